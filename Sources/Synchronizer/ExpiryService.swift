package import Foundation
package import Logging
package import ReservationStore
package import Reservations
import ServiceLifecycle

/// Looks at the clock: ends conferences that no DELETE ended, writes what became of reservations that are over, and
/// forgets what is old.
package struct ExpiryService<Time: Clock>: Service where Time.Duration == Duration {
    let store: ReservationStore
    let policy: AdmissionPolicy
    let retention: Retention
    let clock: Time
    let now: @Sendable () -> Date
    let logger: Logger

    package init(
        store: ReservationStore, policy: AdmissionPolicy, retention: Retention, clock: Time,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.store = store
        self.policy = policy
        self.retention = retention
        self.clock = clock
        self.now = now
        self.logger = logger
    }

    /// Ends when it is asked to; what goes wrong is told and tried again.
    package func run() async {
        await cancelWhenGracefulShutdown {
            let start = clock.now
            var expiring = Expiring(self, startingAt: now())
            while !Task.isCancelled {
                await expiring.step(at: now(), elapsed: start.duration(to: clock.now))
                do {
                    try await clock.sleep(for: .seconds(15))
                } catch {
                    // Asked to stop while waiting.
                }
            }
        }
    }
}

/// How long things that are over are kept.
package struct Retention: Hashable, Sendable {
    package var all: Duration
    /// How long it is known whose they were.
    package var personal: Duration

    package init(all: Duration, personal: Duration) {
        self.all = all
        self.personal = personal
    }
}

/// The work of the service, one step at a time.
struct Expiring {
    private let store: ReservationStore
    private let policy: AdmissionPolicy
    private let retention: Retention
    private let logger: Logger
    private var steady = SteadyClock()
    private var answeringSince: Date
    private var nextPurge = Duration.zero

    private static let purgeInterval = Duration.seconds(3_600)

    init<Time: Clock>(_ service: ExpiryService<Time>, startingAt now: Date) {
        store = service.store
        policy = service.policy
        retention = service.retention
        logger = service.logger
        answeringSince = now
    }

    /// - Parameter elapsed: monotonic time since the service began.
    mutating func step(at now: Date, elapsed: Duration) async {
        if steady.leaps(to: now, elapsed: elapsed) {
            logger.warning(
                "the clock was set: nothing is closed by it for a while",
                metadata: ["now": "\(now.formatted(.iso8601))", "seconds": "\(SteadyClock.distrust / .seconds(1))"]
            )
            answeringSince = now
        }
        do {
            try await store.noteAnswering(from: answeringSince, until: now)
            guard steady.isTrusted(elapsed: elapsed) else { return }
            let summary = try await store.expire(policy: policy, at: now)
            if !summary.isEmpty {
                logger.info(
                    "looked at what is over",
                    metadata: [
                        "closed": "\(summary.closed)", "expiries": "\(summary.written)",
                        "corrected": "\(summary.corrected)",
                    ]
                )
            }
            try await purge(at: now, elapsed: elapsed)
        } catch is CancellationError {
            // Asked to stop.
        } catch {
            logger.error("the store does not answer, trying again", metadata: ["error": "\(error)"])
        }
    }

    private mutating func purge(at now: Date, elapsed: Duration) async throws {
        guard elapsed >= nextPurge else { return }
        let purged = try await store.purge(
            endedBefore: now.addingTimeInterval(-retention.all.inSeconds),
            personalBefore: now.addingTimeInterval(-retention.personal.inSeconds)
        )
        nextPurge = elapsed + Self.purgeInterval
        if purged > 0 { logger.info("forgot what is old", metadata: ["rows": "\(purged)"]) }
    }
}
