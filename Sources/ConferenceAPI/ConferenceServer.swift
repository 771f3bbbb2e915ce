package import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ReservationStore
package import Reservations
import ServiceLifecycle

/// Where the server listens, and whom it lets in.
package struct ServerSettings: Sendable {
    /// A host, or `unix:PATH`.
    package var address: String
    /// 0 lets the system choose.
    package var port: Int
    /// `nil` lets everybody in.
    package var tokens: TokenFile?
    /// The header that carries the token; `nil` means `Authorization: Bearer …`.
    package var tokenHeader: String?

    package init(address: String, port: Int, tokens: TokenFile? = nil, tokenHeader: String? = nil) {
        self.address = address
        self.port = port
        self.tokens = tokens
        self.tokenHeader = tokenHeader
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
    let policy: AdmissionPolicy
    /// Of the times in refusals.
    let zone: TimeZone
    let now: @Sendable () -> Date
    let logger: Logger

    package init(
        settings: ServerSettings, store: ReservationStore, policy: AdmissionPolicy, zone: TimeZone,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        self.settings = settings
        self.store = store
        self.policy = policy
        self.zone = zone
        self.now = now
        self.logger = logger
    }

    /// Ends when it is asked to.
    ///
    /// - Throws: `CannotListen`.
    package func run() async throws {
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: ApplicationConfiguration(
                address: address, serverName: "bookwatch",
                availableConnectionsDelegate: MaximumAvailableConnections(256)
            ),
            onServerRunning: { channel in tell(channel) }, logger: quiet
        )
        do {
            try await application.run()
        } catch let error as IOError {
            throw CannotListen(address: "\(settings.address):\(settings.port)", reason: error.localizedDescription)
        }
    }

    private var address: BindAddress {
        settings.address.hasPrefix("unix:")
            ? .unixDomainSocket(path: String(settings.address.dropFirst("unix:".count)))
            : .hostname(settings.address, port: settings.port)
    }

    /// Hummingbird's own start messages say nothing that ours do not.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .info)
        return logger
    }

    private var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ErrorBodies())
        router.add(middleware: LimitRequests())
        router.get("livez") { _, _ in "live\n" }
        router.get("readyz") { _, _ in
            guard try await store.isReady() else {
                throw Rejection(.serviceUnavailable, "The first pass is not done yet.")
            }
            return "ready\n"
        }
        let guarded = router.group().add(
            middleware: RequireToken(
                tokens: settings.tokens, header: settings.tokenHeader.flatMap { HTTPField.Name($0) })
        )
        ConferenceRoutes(store: store, policy: policy, texts: RefusalText(zone: zone), now: now).add(to: guarded)
        return router
    }

    private func tell(_ channel: any Channel) {
        let local = channel.localAddress
        logger.info(
            "listening",
            metadata: ["address": "\(settings.address)", "port": "\(local?.port ?? settings.port)"]
        )
    }
}
