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

/// Refuses a request whose head or body does not come in time, however steadily it drips, and ends a connection on
/// which nothing is asked.
///
/// A head that begins in the segment in which the request before it, or the handshake of TLS, ends has its clock from
/// its next byte on.
final class RequestDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    static let slowHead = Rejection(.requestTimeout, "The request's head did not come in time.", .badRequest)
    static let slowBody = Rejection(.requestTimeout, "The request's body did not come in time.", .badRequest)

    private let limits: ConnectionLimits
    private var deadline: Scheduled<Void>?
    private var isReading = false
    /// Requests that have come whole and whose answer has not ended.
    private var unanswered = 0

    init(_ limits: ConnectionLimits) { self.limits = limits }

    func channelActive(context: ChannelHandlerContext) {
        startIdle(context)
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is BytesArrived: if !isReading { startReading(limits.head, Self.slowHead, context) }
        // What came until now was no head; the handshake had as long as one.
        case TLSUserEvent.handshakeCompleted: startIdle(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: startReading(limits.body, Self.slowBody, context)
        case .body: break
        case .end:
            unanswered += 1
            startIdle(context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered = max(0, unanswered - 1)
            if !isReading { startIdle(context) }
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func startReading(_ limit: Duration, _ refusal: Rejection, _ context: ChannelHandlerContext) {
        stop()
        isReading = true
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) {
            context.fireErrorCaught(refusal)
        }
    }

    /// Nothing runs while an answer is owed: that has its own limit.
    private func startIdle(_ context: ChannelHandlerContext) {
        stop()
        isReading = false
        guard unanswered == 0 else { return }
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.idle)) {
            context.close(promise: nil)
        }
    }

    private func stop() {
        deadline?.cancel()
        deadline = nil
    }
}
