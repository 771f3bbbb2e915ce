package import CalendarImport
package import DirectoryWatch
import ReservationStore

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

extension WatchedSource {
    /// What the absence of the exports at `gone` changes.
    ///
    /// - Parameter letGo: those of them of which the operator has said that they are gone: nobody is asked again.
    func removals(of gone: [String], letGo: Set<String>) -> [ExportChange] {
        gone.filter { onRemoval == .withdraw || letGo.contains($0) }.map { path in
            ExportChange(
                ExportName(source: name, path: path), .removed, isGuarded: !allowsEmpty && !letGo.contains(path))
        }
    }
}
