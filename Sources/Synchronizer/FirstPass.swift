import Synchronization

/// How far a new store is: it answers nobody before all synchronizers have brought what they had at the start.
final class FirstPass: Sendable {
    private struct State {
        /// Those whose exports are not all in a pass yet, and when each was heard of last.
        var waitedFor: [Int: Duration]
        var isDone = false
    }

    /// Directories on other machines settle in ten seconds, and are read a moment later.
    static let longestSilence = Duration.seconds(15)
    private let state: Mutex<State>

    init(groups: Int) {
        state = Mutex(State(waitedFor: Dictionary(uniqueKeysWithValues: (0..<groups).map { ($0, .zero) })))
    }

    /// In all of its parts.
    var isDone: Bool { state.withLock(\.isDone) }

    func noteDone() { state.withLock { $0.isDone = true } }

    /// What `group` had at the start is in a pass, or there is nothing.
    func noteDone(_ group: Int) { state.withLock { $0.waitedFor[group] = nil } }

    /// `group` goes on.
    func noteStep(of group: Int, at now: Duration) {
        state.withLock { if $0.waitedFor[group] != nil { $0.waitedFor[group] = now } }
    }

    /// Whether others have not done so yet, and may be expected to: the disks of this machine always answer.
    func isWaiting(forOthersThan group: Int, at now: Duration) -> Bool {
        state.withLock {
            $0.waitedFor.contains { $0.key != group && ($0.key == 0 || now - $0.value < Self.longestSilence) }
        }
    }
}
