import ReservationStore
import Synchronization

/// The sources of which withdrawals wait for a word of the operator.
final class HeldSources: Sendable {
    private let local: Wakes
    private let held = Mutex<[String: HeldSource]>([:])

    /// - Parameter local: the first synchronizer, which asks for that word.
    init(local: Wakes) { self.local = local }

    var isEmpty: Bool { held.withLock(\.isEmpty) }

    /// Takes in what waits of a source by now; answers what did before.
    func note(_ now: HeldSource?, ofSource source: String) -> HeldSource? {
        let before = held.withLock { held in
            defer { held[source] = now }
            return held[source]
        }
        // Whoever holds it may hang when the operator lets it through.
        if before == nil, now != nil { local.wake() }
        return before
    }
}
