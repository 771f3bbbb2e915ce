import DirectoryWatch
import ReservationStore
import Synchronization

/// What has been found of sources whose directories were others' before, which still have exports: those wait for it.
final class Sights: Sendable {
    private struct State {
        var awaited: Set<String> = []
        var seen: [String: Sight] = [:]
    }

    private let local: Wakes
    private let state = Mutex(State())

    /// - Parameter local: the first synchronizer, which cares for the exports that wait.
    init(local: Wakes) { self.local = local }

    /// Lets nobody keep what is seen of sources but for these.
    func wait(for sources: Set<String>) {
        state.withLock { state in
            state.awaited = sources
            state.seen = state.seen.filter { sources.contains($0.key) }
        }
    }

    func isAwaited(_ source: String) -> Bool { state.withLock { $0.awaited.contains(source) } }

    /// What has been seen of `source` since it was taken last.
    func take(of source: String) -> Sight? { state.withLock { $0.seen.removeValue(forKey: source) } }

    func note(_ sight: Sight, of source: String) {
        state.withLock { if $0.awaited.contains(source) { $0.seen[source] = sight } }
        local.wake()
    }
}

/// A scan of a source, of which all has been read that could be.
struct Sight: Sendable {
    let scan: DirectoryScan
    /// What is there, and has no content in force.
    let unread: Set<String>

    /// What of `exports`, which another source has, is not known to be read here, or gone.
    func leaves(_ exports: [StoredExport]) -> [StoredExport] {
        let away = ExportDisks(exports, seenBy: scan).away
        let refused = Set(scan.refusals.map(\.path))
        return exports.filter { export in
            let path = export.name.path
            return scan.hides(path) || away.contains(path) || refused.contains(path) || unread.contains(path)
        }
    }
}
