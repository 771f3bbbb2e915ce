import ReservationStore
import Synchronization

/// What the synchronizers of one service share: those of directories that may hang work for themselves.
final class SharedWork: Sendable {
    private struct State {
        /// Those whose exports, as they were at the start, are not all in a pass yet.
        var starting: Set<Int>
        var isStarted = false
        var held: [String: HeldSource] = [:]
    }

    let attempts: Attempts
    let turns = PassTurns()
    private let state: Mutex<State>

    /// - Parameter groups: how many synchronizers there are.
    init(attempts: Attempts, groups: Int = 1) {
        self.attempts = attempts
        state = Mutex(State(starting: Set(0..<groups)))
    }

    /// Whether the first pass is done, in all of its parts.
    var isStarted: Bool { state.withLock(\.isStarted) }

    func noteStarted() { state.withLock { $0.isStarted = true } }

    /// What `group` had at the start is in a pass, or there is nothing.
    func noteStarted(_ group: Int) { state.withLock { _ = $0.starting.remove(group) } }

    func isWaiting(forOthersThan group: Int) -> Bool { state.withLock { !$0.starting.subtracting([group]).isEmpty } }

    /// Whether withdrawals of any source wait.
    var isHolding: Bool { state.withLock { !$0.held.isEmpty } }

    /// Takes in what waits of a source by now; answers what did before.
    func note(_ held: HeldSource?, ofSource source: String) -> HeldSource? {
        state.withLock { state in
            defer { state.held[source] = held }
            return state.held[source]
        }
    }
}

/// Passes come one after the other, in the order in which they were asked for.
actor PassTurns {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func give() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }

    nonisolated func run<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        await take()
        do {
            // Somebody may have been asked to stop while it waited.
            try Task.checkCancellation()
            let result = try await work()
            await give()
            return result
        } catch {
            await give()
            throw error
        }
    }
}
