import ReservationStore
import Synchronization

/// What the synchronizers of one service share: those of directories that may hang work for themselves.
final class SharedWork: Sendable {
    private struct State {
        /// Those whose exports, as they were at the start, are not all in a pass yet, and when each was heard of last.
        var starting: [Int: Duration]
        var isStarted = false
        var held: [String: HeldSource] = [:]
    }

    let attempts: Attempts
    /// What one of them may read before it is decided.
    let portion: ReadingPortion
    let turns = PassTurns()
    /// Directories on other machines settle in ten seconds, and are read a moment later.
    static let longestSilence = Duration.seconds(15)
    private let state: Mutex<State>

    /// - Parameter groups: how many synchronizers there are.
    init(attempts: Attempts, groups: Int = 1) {
        self.attempts = attempts
        portion = ReadingPortion(ofOneAmong: groups)
        state = Mutex(State(starting: Dictionary(uniqueKeysWithValues: (0..<groups).map { ($0, .zero) })))
    }

    /// Whether the first pass is done, in all of its parts.
    var isStarted: Bool { state.withLock(\.isStarted) }

    func noteStarted() { state.withLock { $0.isStarted = true } }

    /// What `group` had at the start is in a pass, or there is nothing.
    func noteStarted(_ group: Int) { state.withLock { $0.starting[group] = nil } }

    /// `group` goes on.
    func noteStep(of group: Int, at now: Duration) {
        state.withLock { if $0.starting[group] != nil { $0.starting[group] = now } }
    }

    /// Whether others have not started yet, and may be expected to: the disks of this machine always answer.
    func isWaiting(forOthersThan group: Int, at now: Duration) -> Bool {
        state.withLock {
            $0.starting.contains { $0.key != group && ($0.key == 0 || now - $0.value < Self.longestSilence) }
        }
    }

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
