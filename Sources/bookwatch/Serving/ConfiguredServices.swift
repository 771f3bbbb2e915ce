import Foundation
import Logging
import ReservationStore
import ServiceLifecycle
import Synchronizer

/// The services that the configuration shapes: a reload ends them and starts them by the new one. Its first pass looks
/// at every export and, where the rules of deciding are new, at every room. Requests are answered meanwhile.
struct ConfiguredServices: Service {
    let live: LiveConfiguration
    let store: ReservationStore
    let attempts: Attempts
    let clock: ContinuousClock
    let now: @Sendable () -> Date
    let logger: Logger

    func run() async {
        let memory = ExpiryMemory(clock)
        if !ReservationStore.isSQLiteSet { logger.warning("SQLite keeps statistics of its memory: passes are slower") }
        await cancelWhenGracefulShutdown {
            var changes = live.changes.makeAsyncIterator()
            while !Task.isCancelled {
                let prepared = live.current
                await withDiscardingTaskGroup { group in
                    let workers = WorkerThreads.shared
                    group.addTask(executorPreference: workers) { await synchronizer(prepared).run() }
                    group.addTask(executorPreference: workers) { await expiry(prepared, memory).run() }
                    group.addTask(executorPreference: workers) { await reports(prepared).run() }
                    await changes.next()
                    group.cancelAll()
                }
            }
        }
    }

    private func synchronizer(_ prepared: PreparedConfiguration) -> SynchronizerService<ContinuousClock> {
        let configuration = prepared.configuration
        return SynchronizerService(
            sources: prepared.sources, store: store, policy: prepared.conflicts,
            admission: prepared.admission, horizon: configuration.policy.horizon,
            attempts: attempts, clock: clock, now: now, logger: logger,
            threads: { WorkerThreads.of(source: $0) })
    }

    private func expiry(
        _ prepared: PreparedConfiguration, _ memory: ExpiryMemory<ContinuousClock>
    ) -> ExpiryService<ContinuousClock> {
        ExpiryService(
            store: store, policy: prepared.admission, retention: prepared.configuration.retention, memory: memory,
            clock: clock, now: now, logger: logger
        )
    }

    private func reports(_ prepared: PreparedConfiguration) -> ReportService<ContinuousClock> {
        ReportService(store: store, settings: prepared.reports, clock: clock, now: now, logger: logger)
    }
}
