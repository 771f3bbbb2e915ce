import Synchronization

/// Changes between the thread that hears them and the task that works on them; holds a bounded number.
final class ChangeMailbox: Sendable {
    private struct Pending {
        /// By path; the latest arrival tells how the file came to be as it is now.
        var files: [String: Settling.Arrival] = [:]
        var causes: [DirectoryChange.Cause] = []
    }

    /// Paths kept for one root; more than that, and the root is scanned instead.
    private let limit: Int
    private let pending = Mutex<[String: Pending]>([:])

    init(limit: Int = 10_000) { self.limit = limit }

    func put(_ changes: [DirectoryChange]) {
        pending.withLock { pending in
            for change in changes {
                var entry = pending[change.root, default: Pending()]
                switch change {
                case .file(_, let path, let arrival):
                    if entry.files.count < limit || entry.files[path] != nil {
                        entry.files[path] = arrival
                    } else if !entry.causes.contains(.overflow) {
                        entry.causes.append(.overflow)
                    }
                case .everything(_, let cause):
                    // The last says how it is now; the number of different ones is small.
                    entry.causes.removeAll { $0 == cause }
                    entry.causes.append(cause)
                }
                pending[change.root] = entry
            }
        }
    }

    /// Takes what has come since the last time, in order of root and path; scans first.
    func take() -> [DirectoryChange] {
        let taken = pending.withLock { pending in
            defer { pending = [:] }
            return pending
        }
        return taken.sorted { $0.key < $1.key }.flatMap { root, entry in
            entry.causes.map { .everything(root: root, cause: $0) }
                + entry.files.sorted { $0.key < $1.key }.map { .file(root: root, path: $0.key, arrival: $0.value) }
        }
    }
}
