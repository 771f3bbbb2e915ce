package import Foundation
package import Logging
package import ReservationStore
import ServiceLifecycle

/// Writes back what the store tells and the reports do not, whenever there may be news. Passes and answers never wait
/// for it.
package struct ReportService<Time: Clock>: Service where Time.Duration == Duration {
    let store: ReservationStore
    let writer: ReportWriter
    let clock: Time
    let now: @Sendable () -> Date
    let logger: Logger

    package init(
        store: ReservationStore, settings: ReportSettings, clock: Time, now: @escaping @Sendable () -> Date,
        logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.now = now
        self.logger = logger
        writer = ReportWriter(store, settings, logger: logger)
    }

    /// Ends when it is asked to; what could not be written is tried again.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                wake.yield()
                group.addTask { for await _ in store.reportNews.listen() { wake.yield() } }
                group.addTask {
                    while !Task.isCancelled {
                        do {
                            try await clock.sleep(for: Reporting.interval)
                            wake.yield()
                        } catch {
                            // Asked to stop while waiting.
                        }
                    }
                }
                let start = clock.now
                var reporting = Reporting(writer, logger: logger)
                for await _ in wakes { await reporting.step(at: now(), elapsed: start.duration(to: clock.now)) }
                group.cancelAll()
            }
        }
    }
}

/// The work of the service, one step at a time.
struct Reporting {
    /// How often it is looked whether something is left to write.
    static let interval = Duration.seconds(60)
    private static let tidyInterval = Duration.seconds(3_600)

    private let writer: ReportWriter
    private let logger: Logger
    private var nextTidying = tidyInterval
    /// When the open conflicts were looked at last; `nil` before that.
    private var conflictsAt: Date?

    init(_ writer: ReportWriter, logger: Logger) {
        self.writer = writer
        self.logger = logger
    }

    /// - Parameter elapsed: monotonic time since the service began.
    mutating func step(at now: Date, elapsed: Duration) async {
        do {
            let tally = try await writer.write(at: now)
            if tally == nil, try await writer.hasEndedConflicts(since: conflictsAt, at: now) {
                guard try await writer.tidyConflicts(at: now).failures.isEmpty else { return }
            }
            conflictsAt = now
            guard elapsed >= nextTidying else { return }
            nextTidying = elapsed + Self.tidyInterval
            _ = try await writer.tidy(at: now)
        } catch is CancellationError {
            // Asked to stop: what is not told yet is told after the next start.
        } catch {
            logger.error("the reports could not be made, trying again", metadata: ["error": "\(error)"])
        }
    }
}
