import Foundation

/// By what it is told how much of the processor a reading has used.
package struct ProcessorClock: Sendable {
    /// What this thread has used: a call of the system.
    let used: @Sendable () -> Duration
    /// What has passed since some instant, of which a thread never uses more: a look at memory.
    let passed: @Sendable () -> Duration

    package init(used: @escaping @Sendable () -> Duration, passed: @escaping @Sendable () -> Duration) {
        self.used = used
        self.passed = passed
    }

    /// That of whoever asks: an export is read by one thread.
    package static let thread = ProcessorClock(
        used: {
            var time = timespec()
            guard unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return .zero }
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }, passed: { origin.duration(to: .now) })

    private static let origin = ContinuousClock.now
}
