import ConferenceAPI
import Diagnostics
import Foundation
import Logging
import ReservationStore
import ServiceLifecycle
import Synchronizer
import UnixSignals

/// The one root of everything that runs: it makes the clocks, wires the services and owns their order.
enum Daemon {
    /// The wall clock of the whole program.
    static let now: @Sendable () -> Date = { Date() }

    /// Runs until SIGTERM or SIGINT.
    ///
    /// - Throws: `BadConfiguration`, `StoreError` or `CannotListen` when it cannot start; what goes wrong later is told
    ///   and tried again.
    static func run(_ configuration: Configuration, logger: Logger) async throws {
        let (store, lock) = try openStore(configuration)
        defer { withExtendedLifetime(lock) {} }
        let admission = try configuration.admissionPolicy()
        let reports = try configuration.reportWriter()
        let synchronizer = SynchronizerService(
            sources: try configuration.watchedSources(), store: store, policy: configuration.conflictPolicy,
            admission: admission, horizon: configuration.policy.horizon, reports: reports,
            attempts: attemptLog(configuration, logger), clock: ContinuousClock(), now: now, logger: logger
        )
        let server = ConferenceServer(
            settings: configuration.serverSettings, store: store, policy: admission,
            zone: try configuration.shownZone(), clock: ContinuousClock(), now: now, logger: logger
        )
        let expiry = ExpiryService(
            store: store, policy: admission, retention: configuration.retention, clock: ContinuousClock(), now: now,
            logger: logger
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: synchronizer, successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: expiry, successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: StoreCheckService(store: store, logger: logger)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
            )
        )
        logger.info("starting", metadata: ["sources": "\(configuration.sources.map(\.name).joined(separator: ","))"])
        try await group.run()
        try store.close()
        logger.info("stopped")
    }

    private static func attemptLog(_ configuration: Configuration, _ logger: Logger) -> AttemptLog {
        do {
            return try AttemptLog(path: storePath(configuration) + ".reading")
        } catch {
            logger.warning("attempts at reading are not recorded", metadata: ["error": "\(error)"])
            return .none
        }
    }

    private static func storePath(_ configuration: Configuration) -> String {
        configuration.store.path ?? "bookwatch.sqlite"
    }

    /// Where the store is; its directory is there afterwards.
    ///
    /// - Throws: `StoreError`.
    static func preparedStorePath(_ configuration: Configuration) throws -> String {
        let path = storePath(configuration)
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw StoreError.cannotOpen(path: path, reason: error.localizedDescription)
        }
        return path
    }

    private static func openStore(_ configuration: Configuration) throws -> (ReservationStore, StoreLock) {
        let path = try preparedStorePath(configuration)
        let lock = try StoreLock(ofStoreAt: path)
        return (try ReservationStore.open(at: path), lock)
    }
}
