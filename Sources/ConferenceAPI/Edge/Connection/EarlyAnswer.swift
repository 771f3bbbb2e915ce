import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers a request that will never be whole, and closes: a `Rejection` that was fired, and what the decoder refused.
///
/// Answers that are owed to requests before it on the same connection go first. It stands behind `WholeRequests`, so
/// that whatever reaches it will be answered.
final class EarlyAnswer: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let lingering: Duration
    private var refusal: Rejection?
    /// Requests that have come whole and whose answer has not ended.
    private var unanswered = 0
    private var isWriting = false
    private var isClosing = false
    private var cut: Scheduled<Void>?

    init(lingering: Duration) { self.lingering = lingering }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard refusal == nil else { return }
        if case .end = unwrapInboundIn(data) { unanswered += 1 }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard refusal == nil else { return }
        switch error {
        case let rejection as Rejection: refusal = rejection
        case HTTPParserError.headerOverflow: refusal = RequestLimits.headersTooLarge
        case is IOError, is ChannelError: return context.fireErrorCaught(error)
        default: refusal = RequestLimits.notHTTP
        }
        answer(context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let part = unwrapOutboundIn(data)
        context.write(data, promise: promise)
        switch part {
        case .head: isWriting = true
        case .body: break
        case .end:
            isWriting = false
            unanswered -= 1
            answer(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        cut?.cancel()
        context.fireChannelInactive()
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let refusal, !isClosing, !isWriting, unanswered == 0 else { return }
        isClosing = true
        write(refusal, context)
        context.flush()
        context.close(mode: .output, promise: nil)
        cut = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(lingering)) {
            context.close(promise: nil)
        }
    }

    private func write(_ refusal: Rejection, _ context: ChannelHandlerContext) {
        guard let body = refusal.bytes else { return }
        var head = HTTPResponse(status: refusal.status, headerFields: .json(length: body.readableBytes))
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
