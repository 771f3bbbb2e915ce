import Diagnostics
import HTTPTypes
import NIOCore
import NIOHTTPTypes
import NIOTLS

/// Says that bytes have come, before anything is known about them.
struct BytesArrived: Sendable {}

/// Tells the handlers behind the decoder of every byte: a head that never ends never reaches them otherwise.
final class ArrivingBytes: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireUserInboundEventTriggered(BytesArrived())
        context.fireChannelRead(data)
    }
}

/// Refuses a request whose head or body does not come in time, however steadily it drips.
///
/// A head that begins in the segment in which the request before it, or the handshake of TLS, ends has its clock from
/// its next byte on.
final class RequestDeadlines: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    static let slowHead = Rejection(.requestTimeout, "The request's head did not come in time.", .badRequest)
    static let slowBody = Rejection(.requestTimeout, "The request's body did not come in time.", .badRequest)

    private let limits: ConnectionLimits
    private var deadline: Scheduled<Void>?

    init(_ limits: ConnectionLimits) { self.limits = limits }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is BytesArrived: if deadline == nil { start(limits.head, Self.slowHead, context) }
        // What came until now was no head; the handshake had as long as one.
        case TLSUserEvent.handshakeCompleted: stop()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: start(limits.body, Self.slowBody, context)
        case .body: break
        case .end: stop()
        }
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func start(_ limit: Duration, _ refusal: Rejection, _ context: ChannelHandlerContext) {
        stop()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) {
            context.fireErrorCaught(refusal)
        }
    }

    private func stop() {
        deadline?.cancel()
        deadline = nil
    }
}
