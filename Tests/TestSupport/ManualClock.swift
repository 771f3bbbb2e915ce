import Synchronization

/// A clock that stands still until the test moves it.
package final class ManualClock: Clock {
    package struct Instant: InstantProtocol {
        fileprivate var sinceStart = Duration.zero

        package func advanced(by duration: Duration) -> Instant { Instant(sinceStart: sinceStart + duration) }
        package func duration(to other: Instant) -> Duration { other.sinceStart - sinceStart }
        package static func < (left: Instant, right: Instant) -> Bool { left.sinceStart < right.sinceStart }
    }

    private struct State {
        var now = Instant()
        var sleepers: [(deadline: Instant, alarm: AsyncStream<Never>.Continuation)] = []
    }

    private let state = Mutex(State())
    private let (fellAsleep, somebodySleeps) = AsyncStream<Void>.makeStream()

    package init() {}

    package var now: Instant { state.withLock { $0.now } }
    package var minimumResolution: Duration { .nanoseconds(1) }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (night, alarm) = AsyncStream<Never>.makeStream()
        let isAwake = state.withLock { state in
            guard deadline > state.now else { return true }
            state.sleepers.append((deadline, alarm))
            return false
        }
        if !isAwake {
            somebodySleeps.yield()
            for await _ in night {}
        }
        try Task.checkCancellation()
    }

    /// Waits until somebody has fallen asleep; each sleep counts once.
    package func waitForSleeper() async { _ = await fellAsleep.first { true } }

    /// Wakes everybody whose time has come.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let now = state.now
            defer { state.sleepers.removeAll { $0.deadline <= now } }
            return state.sleepers.filter { $0.deadline <= now }.map(\.alarm)
        }
        for alarm in woken { alarm.finish() }
    }
}
