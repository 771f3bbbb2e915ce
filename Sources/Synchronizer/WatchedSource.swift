package import CalendarImport
package import DirectoryWatch

/// A configured directory, and how its exports are read.
package struct WatchedSource: Sendable {
    package var name: String
    package var root: WatchedRoot
    package var rules: SourceRules
    /// What the absence of an export means.
    package var onRemoval: Removal
    /// Whether withdrawals apply however many they are; else those that look like an accident are held.
    package var allowsEmpty: Bool
    /// How long it may bring no news; `nil` for as long as it likes.
    package var expectedEvery: Duration?

    package enum Removal: Sendable {
        case withdraw
        /// For drop boxes that are emptied.
        case keep
    }

    package init(
        name: String, root: WatchedRoot, rules: SourceRules, onRemoval: Removal = .withdraw,
        allowsEmpty: Bool = false, expectedEvery: Duration? = nil
    ) {
        self.name = name
        self.root = root
        self.rules = rules
        self.onRemoval = onRemoval
        self.allowsEmpty = allowsEmpty
        self.expectedEvery = expectedEvery
    }
}
