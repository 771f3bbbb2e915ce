import Synchronization

/// Who waits for an answer, and lets nobody wait longer than `patience`.
///
/// All are as patient as the first, so that one task with one sleep looks after all of them: a task and a sleep for
/// each request would be most of what it takes to answer one.
final class Waits: Sendable {
    private struct Wait {
        let number: Int
        /// On the clock, after `Waits` was made.
        let end: Duration
        let giveUp: @Sendable () -> Void
    }

    private struct State {
        /// In order of their ends.
        var waits: [Wait] = []
        var nextNumber = 0
        var isWatched = false
    }

    private let patience: Duration
    private let clock: any Clock<Duration>
    private let elapsed: @Sendable () -> Duration
    private let state = Mutex(State())
    private let (somebodyWaits, begin) = AsyncStream<Void>.makeStream()

    init(patience: Duration, clock: some Clock<Duration>) {
        self.patience = patience
        self.clock = clock
        elapsed = { [start = clock.now] in start.duration(to: clock.now) }
    }

    /// Calls `giveUp` when patience ends before `end` is called with the number that is answered here, as long as
    /// somebody watches; at the very end of patience both may happen.
    func begin(_ giveUp: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            let wait = Wait(number: state.nextNumber, end: elapsed() + patience, giveUp: giveUp)
            state.nextNumber += 1
            state.waits.append(wait)
            if !state.isWatched { begin.yield() }
            state.isWatched = true
            return wait.number
        }
    }

    func end(_ number: Int) {
        state.withLock { state in
            guard let place = state.waits.firstIndex(where: { $0.number == number }) else { return }
            state.waits.remove(at: place)
        }
    }

    /// Looks after them until it is cancelled.
    func watch() async {
        for await _ in somebodyWaits {
            while let rest = giveUpOverdue() {
                do { try await clock.sleep(for: rest) } catch { return }
            }
        }
    }

    /// Answers how long the first of those that are left may wait.
    private func giveUpOverdue() -> Duration? {
        let now = elapsed()
        let (overdue, rest) = state.withLock { state in
            let overdue = state.waits.prefix { $0.end <= now }
            state.waits.removeFirst(overdue.count)
            state.isWatched = !state.waits.isEmpty
            return (overdue, state.waits.first.map { $0.end - now })
        }
        for wait in overdue { wait.giveUp() }
        return rest
    }
}
