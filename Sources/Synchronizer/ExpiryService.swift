package import Foundation
package import Logging
package import ReservationStore
package import Reservations
import ServiceLifecycle
import Synchronization

/// Looks at the clock: ends conferences that no DELETE ended, writes what became of reservations that are over, and
/// forgets what is old.
package struct ExpiryService<Time: Clock>: Service where Time.Duration == Duration {
    let store: ReservationStore
    let policy: AdmissionPolicy
    let retention: Retention
    let memory: ExpiryMemory<Time>
    let clock: Time
    let now: @Sendable () -> Date
    let logger: Logger

    package init(
        store: ReservationStore, policy: AdmissionPolicy, retention: Retention, memory: ExpiryMemory<Time>,
        clock: Time,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.store = store
        self.policy = policy
        self.retention = retention
        self.memory = memory
        self.clock = clock
        self.now = now
        self.logger = logger
    }

    /// Ends when it is asked to; what goes wrong is told and tried again.
    package func run() async {
        await cancelWhenGracefulShutdown {
            var expiring = Expiring(self)
            while !Task.isCancelled {
                await expiring.step(at: now(), elapsed: memory.start.duration(to: clock.now))
                memory.keep(expiring.known)
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

/// What the service has found out about the clock and about itself: it outlives a reload, which ends one service and
/// starts another while requests are answered.
package final class ExpiryMemory<Time: Clock>: Sendable where Time.Duration == Duration {
    let start: Time.Instant
    private let known = Mutex(Expiring.Known())

    package init(_ clock: Time) { start = clock.now }

    func keep(_ new: Expiring.Known) { known.withLock { $0 = new } }

    func recall() -> Expiring.Known { known.withLock { $0 } }
}

/// The work of the service, one step at a time.
struct Expiring {
    struct Known: Sendable {
        var steady = SteadyClock()
        var hasBegun = false
        /// `nil` while nobody is answered.
        var answeringSince: Date?
        /// When it was noted last that requests are answered, in monotonic time.
        var notedAt: Duration?
        /// Not at once: a clock that is wrong at the start should have time to be set.
        var nextPurge = Expiring.purgeInterval
    }

    private let store: ReservationStore
    private let policy: AdmissionPolicy
    private let retention: Retention
    private let logger: Logger
    private(set) var known: Known

    private static let purgeInterval = Duration.seconds(3_600)
    /// Longer without a note, and we did not answer: stopped, or the disk was full.
    private static let longestSilence = Duration.seconds(60)

    init<Time: Clock>(_ service: ExpiryService<Time>) {
        store = service.store
        policy = service.policy
        retention = service.retention
        logger = service.logger
        known = service.memory.recall()
    }

    /// - Parameter elapsed: monotonic time since the memory began.
    mutating func step(at now: Date, elapsed: Duration) async {
        do {
            try await look(at: now, elapsed: elapsed)
            try await noteAnswering(until: now, elapsed: elapsed)
            guard known.steady.isTrusted(elapsed: elapsed) else { return }
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

    private mutating func look(at now: Date, elapsed: Duration) async throws {
        let finding: String
        if !known.hasBegun {
            let noted = try await store.lastNoted()
            known.hasBegun = true
            guard known.steady.isStrange(at: now, after: noted, elapsed: elapsed) else { return }
            finding = "the clock is far from what was noted last"
        } else {
            guard known.steady.leaps(to: now, elapsed: elapsed) else { return }
            finding = "the clock was set"
            known.answeringSince = nil
        }
        logger.warning(
            "\(finding): nothing is closed by it for a while",
            metadata: ["now": "\(now.formatted(.iso8601))", "seconds": "\(SteadyClock.distrust / .seconds(1))"])
    }

    /// Before the first pass everybody is told to come again, which is no answer.
    private mutating func noteAnswering(until now: Date, elapsed: Duration) async throws {
        guard try await store.isReady() else { return }
        if let notedAt = known.notedAt, elapsed - notedAt > Self.longestSilence { known.answeringSince = nil }
        let since = known.answeringSince ?? now
        try await store.noteAnswering(from: since, until: now)
        known.answeringSince = since
        known.notedAt = elapsed
    }

    private mutating func purge(at now: Date, elapsed: Duration) async throws {
        guard elapsed >= known.nextPurge else { return }
        let purged = try await store.purge(
            endedBefore: now.addingTimeInterval(-retention.all.inSeconds),
            personalBefore: now.addingTimeInterval(-retention.personal.inSeconds)
        )
        known.nextPurge = elapsed + Self.purgeInterval
        if purged > 0 { logger.info("forgot what is old", metadata: ["rows": "\(purged)"]) }
    }
}
