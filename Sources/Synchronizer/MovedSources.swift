import DirectoryWatch
import Synchronization

/// Where sources lie on another kind of file system than when the work was divided: it is to be divided anew.
final class MovedSources: Sendable {
    private let local: Wakes
    private let moved = Mutex<[String: FileSystemKind]>([:])

    /// - Parameter local: the first synchronizer, for which the others end.
    init(local: Wakes) { self.local = local }

    /// By root.
    var kinds: [String: FileSystemKind] { moved.withLock(\.self) }

    var isEmpty: Bool { moved.withLock(\.isEmpty) }

    func note(_ root: String, to kind: FileSystemKind) {
        moved.withLock { $0[root] = kind }
        local.wake()
    }
}
