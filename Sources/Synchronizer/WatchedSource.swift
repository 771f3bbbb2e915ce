package import CalendarImport
package import DirectoryWatch

/// A configured directory, and how its exports are read.
package struct WatchedSource: Sendable {
    package var name: String
    package var root: WatchedRoot
    package var rules: SourceRules
    /// What the absence of an export means.
    package var onRemoval: Removal

    package enum Removal: Sendable {
        case withdraw
        /// For drop boxes that are emptied.
        case keep
    }

    package init(name: String, root: WatchedRoot, rules: SourceRules, onRemoval: Removal = .withdraw) {
        self.name = name
        self.root = root
        self.rules = rules
        self.onRemoval = onRemoval
    }
}
