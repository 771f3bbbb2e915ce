import Synchronization

/// Changes between the thread that hears them and the task that works on them; holds a bounded number.
final class ChangeMailbox: Sendable {
    private struct Pending {
        /// By path, byte by byte: two names that are one to Unicode are two files. The latest arrival tells how the
        /// file came to be as it is now.
        var files: [[UInt8]: Settling.Arrival] = [:]
        var directories: Set<String> = []
        var causes: [DirectoryChange.Cause] = []

        var paths: Int { files.count + directories.count }

        mutating func askForAll(_ cause: DirectoryChange.Cause) {
            // The last says how it is now; the number of different ones is small.
            causes.removeAll { $0 == cause }
            causes.append(cause)
            directories = []
        }
    }

    /// Paths kept for one root; more than that, and the root is scanned instead.
    private let limit: Int
    private let pending = Mutex<[String: Pending]>([:])

    init(limit: Int = 10_000) { self.limit = limit }

    func put(_ changes: [DirectoryChange]) {
        pending.withLock { pending in
            for change in changes { put(change, into: &pending[change.root, default: Pending()]) }
        }
    }

    private func put(_ change: DirectoryChange, into entry: inout Pending) {
        switch change {
        case .file(_, let path, let arrival):
            let name = Array(path.utf8)
            if entry.paths < limit || entry.files[name] != nil {
                entry.files[name] = arrival
            } else {
                entry.askForAll(.overflow)
            }
        case .directory(_, let path):
            // A scan of all shows it too.
            guard entry.causes.isEmpty else { return }
            if entry.paths < limit {
                let kept = entry.directories.insert(path).memberAfterInsert
                // Two of which one name is the other one to Unicode.
                if !kept.utf8.elementsEqual(path.utf8) { entry.askForAll(.directories) }
            } else if !entry.directories.contains(path) {
                entry.askForAll(.overflow)
            }
        case .everything(_, let cause): entry.askForAll(cause)
        }
    }

    /// Takes what has come since the last time, in order of root and path: scans first, of whole roots before those of
    /// directories.
    func take() -> [DirectoryChange] {
        let taken = pending.withLock { pending in
            defer { pending = [:] }
            return pending
        }
        return taken.sorted { $0.key < $1.key }.flatMap { root, entry in
            entry.causes.map { .everything(root: root, cause: $0) }
                + entry.directories.sorted().map { .directory(root: root, path: $0) }
                + entry.files.map { (path: String(decoding: $0.key, as: UTF8.self), arrival: $0.value) }
                .sorted { $0.path < $1.path }.map { .file(root: root, path: $0.path, arrival: $0.arrival) }
        }
    }
}
