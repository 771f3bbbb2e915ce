package import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
package import ReservationStore
import ServiceLifecycle

/// Where the server listens; stays as it was at the start.
package struct ServerSettings: Sendable {
    /// A host, or `unix:PATH`.
    package var address: String
    /// 0 lets the system choose.
    package var port: Int
    package var limits = ConnectionLimits()

    package init(address: String, port: Int) {
        self.address = address
        self.port = port
    }
}

/// The server could not take its address: in use, not ours, or not allowed.
package struct CannotListen: Error, Sendable, CustomStringConvertible {
    package let address: String
    package let reason: String

    package var description: String { "cannot listen on \(address): \(reason)" }
}

/// The HTTP server as a service of the daemon.
package struct ConferenceServer: Service {
    let settings: ServerSettings
    let store: ReservationStore
    /// Where the store is asked: whoever asks may have to wait there for a disk.
    let storeThreads: (any TaskExecutor)?
    let rules: @Sendable () -> AnsweringRules
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let logger: Logger

    package init(
        settings: ServerSettings, store: ReservationStore, storeThreads: (any TaskExecutor)? = nil,
        rules: @escaping @Sendable () -> AnsweringRules, clock: any Clock<Duration>,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.settings = settings
        self.store = store
        self.storeThreads = storeThreads
        self.rules = rules
        self.clock = clock
        self.now = now
        self.logger = logger
    }

    /// Ends when it is asked to, after what was answered and refused by then is written.
    ///
    /// - Throws: `CannotListen`.
    package func run() async throws {
        try await socket?.refuseIfServed()
        let desk = StoreDesk(clock: clock, threads: storeThreads)
        let refusals = RefusalLog(store: store, clock: clock, logger: logger)
        async let asked: Void = desk.run()
        async let noted: Void = refusals.run()
        let ending: Result<Void, any Error>
        do {
            ending = .success(try await listen(desk, refusals))
        } catch {
            ending = .failure(error)
        }
        desk.close()
        await asked
        refusals.close()
        await noted
        try ending.get()
    }

    private func listen(_ desk: StoreDesk, _ refusals: RefusalLog) async throws {
        let book = ConnectionBook(settings.limits)
        let application = Application(
            router: router(desk, refusals),
            server: HTTPServerBuilder { [limits = settings.limits, rules] responder in
                LimitedChannel(
                    limits: limits, book: book, certificate: { rules().certificate }, responder: responder)
            },
            configuration: ApplicationConfiguration(
                address: address, serverName: "bookwatch",
                // Those beyond our own limit are answered, not left waiting, unless there are too many even for that.
                availableConnectionsDelegate: MaximumAvailableConnections(2 * settings.limits.connections)
            ),
            onServerRunning: { channel in tell(channel) }, logger: logger
        )
        do {
            try await application.run()
        } catch let error as IOError {
            throw CannotListen(address: shownAddress, reason: unsafe String(cString: strerror(error.errnoCode)))
        } catch is UnixDomainSocketPathWrongType {
            throw CannotListen(address: shownAddress, reason: "what is there is no socket")
        } catch let error as SocketAddressError.UnknownHost {
            throw CannotListen(address: shownAddress, reason: "no host is called '\(error.host)'")
        } catch let error as SocketAddressError {
            throw CannotListen(address: shownAddress, reason: "\(error)")
        }
    }

    private var socket: UnixSocket? { UnixSocket(address: settings.address) }

    private var shownAddress: String {
        socket == nil ? "\(settings.address):\(settings.port)" : settings.address
    }

    private var address: BindAddress {
        guard let socket else { return .hostname(settings.address, port: settings.port) }
        return .unixDomainSocket(path: socket.path)
    }

    private func router(_ desk: StoreDesk, _ refusals: RefusalLog) -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ErrorBodies())
        router.add(middleware: LimitRequests())
        for method in [HTTPRequest.Method.get, .head] {
            router.on("livez", method: method) { _, _ in "live\n" }
            router.on("readyz", method: method) { _, _ in
                guard try await desk.ask({ [store] in try await store.isReady() }) else {
                    throw Rejection(.serviceUnavailable, "The first pass is not done yet.")
                }
                return "ready\n"
            }
        }
        let readers = router.group().add(middleware: RequireToken(of: [.read, .admin], rules: rules))
        for method in [HTTPRequest.Method.get, .head] {
            readers.on("metrics", method: method) { _, _ in
                let metrics = try await desk.ask { [store] in try await store.metrics() }
                return Response(
                    status: .ok, headers: [.contentType: MetricsText.contentType, .cacheControl: "no-store"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: MetricsText(metrics).text)))
            }
        }
        let guarded = router.group().add(middleware: RequireToken(of: [.prosody, .admin], rules: rules))
        ConferenceRoutes(store: store, desk: desk, refusals: refusals, rules: rules, now: now).add(to: guarded)
        return router
    }

    private func tell(_ channel: any Channel) {
        guard let socket else {
            let port = channel.localAddress?.port ?? settings.port
            logger.info(
                "listening",
                metadata: [
                    "address": "\(settings.address)", "port": "\(port)", "tls": "\(rules().certificate != nil)",
                ])
            return
        }
        do {
            try socket.open()
        } catch {
            logger.warning("only this user can connect", metadata: ["error": "\(error)"])
        }
        logger.info("listening", metadata: ["address": "\(settings.address)"])
    }
}
