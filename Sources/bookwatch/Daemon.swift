import ConferenceAPI
import Diagnostics
import Foundation
import Logging
import ReservationStore
import ServiceLifecycle
import Synchronizer
import UnixSignals

/// The disk did not let the store be closed, as was told.
struct StoreLeftOpen: Error {}

/// The one root of everything that runs: it makes the clocks, wires the services and owns their order.
enum Daemon {
    /// The wall clock of the whole program.
    static let now: @Sendable () -> Date = { Date() }
    static let clock = ContinuousClock()
    /// With directories that are asked about before anything runs, and by commands.
    static let patience = Patience(clock: clock, limit: Patience.withSilence)

    /// Runs until SIGTERM or SIGINT; ends the process where services have not ended `StopDeadline.patience` later.
    ///
    /// - Parameter reread: what SIGHUP replaces `prepared` with.
    /// - Throws: `StoreError` or `CannotListen` when it cannot start, `StoreLeftOpen` at its end; what goes wrong
    ///   meanwhile is told and tried again.
    static func run(
        _ prepared: PreparedConfiguration,
        reread: @escaping @Sendable () async throws(BadConfiguration) -> PreparedConfiguration, logger: Logger
    ) async throws {
        let configuration = prepared.configuration
        let (store, lock) = try openStore(configuration)
        defer { withExtendedLifetime(lock) {} }
        let attempts = attempts(besideStore: configuration.storePath, logger)
        let live = LiveConfiguration(prepared)
        let server = ConferenceServer(
            settings: configuration.serverSettings, store: store,
            storeThreads: WorkerThreads(count: 4, named: "desk"), rules: { live.current.answering },
            clock: clock, now: now, logger: logger
        )
        let configured = ConfiguredServices(
            live: live, store: store, attempts: attempts, clock: clock, now: now, logger: logger)
        let deadline = StopDeadline.ofProcess(attempts, logger: logger)
        let signals = StopSignals { deadline.begin() }
        defer { withExtendedLifetime(signals) {} }
        func limited(_ service: any Service, _ name: String) -> LimitedService {
            LimitedService(name: name, service: service, deadline: deadline)
        }
        let reload = ReloadService(live: live, reread: reread, logger: logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: limited(configured, "sources"), successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: limited(server, "server"), successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: limited(reload, "reload")),
                    .init(service: limited(StoreCheckService(store: store, logger: logger), "store check")),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
            )
        )
        logger.info("starting", metadata: ["sources": "\(configuration.sources.map(\.name).joined(separator: ","))"])
        let ending: Result<Void, any Error>
        do {
            ending = .success(try await group.run())
        } catch {
            ending = .failure(error)
        }
        // Also after a start that failed: a store that was left open is taken for one that a crash left.
        let closing = Result { try store.close() }
        if case .failure(let error) = closing {
            logger.error(
                "the store cannot be closed: what is committed stays in its log, and the next start looks it through",
                metadata: ["error": "\(error)"])
        }
        try ending.get()
        if case .failure = closing { throw StoreLeftOpen() }
        logger.info("stopped")
    }

    private static func attempts(besideStore storePath: String, _ logger: Logger) -> Attempts {
        do {
            return try Attempts(besideStore: storePath)
        } catch {
            logger.warning("attempts at contents are not recorded", metadata: ["error": "\(error)"])
            return .none
        }
    }

    /// Where the store is; its directory is there afterwards.
    ///
    /// - Throws: `StoreError`.
    static func preparedStorePath(_ configuration: Configuration) throws -> String {
        let path = configuration.storePath
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
