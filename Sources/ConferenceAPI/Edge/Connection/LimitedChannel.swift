import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1
import NIOSSL

/// Hummingbird's HTTP/1 channel between our own handlers: those of bytes before its decoder, the others behind it.
///
///     ArrivingBytes, TLS, RequestLineLimit → decoder → ClosingConnections
///         → ConnectionLimit, RequestDeadlines, WholeRequests, EarlyAnswer → Hummingbird
///
/// A handler that refuses fires a `Rejection` as an error; `EarlyAnswer` writes it and closes.
struct LimitedChannel: ServerChildChannel {
    private let base: HTTP1Channel
    private let certificate: @Sendable () -> ServerCertificate?

    /// - Parameter certificate: asked for at each connection, so that a renewed one counts from the next on.
    init(
        limits: ConnectionLimits, book: ConnectionBook, certificate: @escaping @Sendable () -> ServerCertificate?,
        responder: @escaping HTTPChannelHandler.Responder
    ) {
        self.certificate = certificate
        base = HTTP1Channel(responder: responder, configuration: Self.configuration(limits, book))
    }

    static func configuration(_ limits: ConnectionLimits, _ book: ConnectionBook) -> HTTP1Channel.Configuration {
        // Hummingbird's own idle timer would see nothing of a request until all of it has come.
        var configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: handlers(limits, book), idleTimeout: nil)
        // Beyond these the decoder gives up; what is smaller and still too large is refused by `LimitRequests`.
        configuration.httpDecoder.maxHeaderFieldSize = 2 * RequestLimits.headers
        configuration.httpDecoder.maxHeaderListSize = 2 * RequestLimits.headers
        configuration.httpDecoder.maxHeaderFieldCount = 2 * RequestLimits.headerFields
        return configuration
    }

    static func byteHandlers(_ certificate: ServerCertificate? = nil) -> [any ChannelHandler] {
        let security = certificate.map { NIOSSLServerHandler(context: $0.context) }
        return [ArrivingBytes()] + [security].compactMap(\.self) + [RequestLineLimit()]
    }

    static func handlers(_ limits: ConnectionLimits, _ book: ConnectionBook) -> [any RemovableChannelHandler] {
        [
            ConnectionLimit(book), RequestDeadlines(limits), WholeRequests(), EarlyAnswer(lingering: limits.lingering),
        ]
    }

    /// Between the decoder and its translation to `HTTPTypes`, which drops the version.
    static func addClosing(to pipeline: ChannelPipeline.SynchronousOperations) throws {
        let translation = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
        try pipeline.addHandler(ClosingConnections(), position: .before(translation))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandlers(Self.byteHandlers(certificate()))
        }.flatMap { base.setup(channel: channel, logger: logger) }
            .flatMapThrowing { value in
                try Self.addClosing(to: channel.pipeline.syncOperations)
                return value
            }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
