import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Passes a request on when all of it has come, and refuses one whose body is too large.
///
/// What is behind takes the end of a connection for the end of a body. A request that is cut off, by its client, by a
/// deadline or by our own end, would be executed with what has come of it, which may name another room; here it is
/// lost with its connection.
final class WholeRequests: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private var head: HTTPRequest?
    private var body = ByteBuffer()
    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        switch unwrapInboundIn(data) {
        case .head(let request):
            head = request
            if request.declaredBody > RequestLimits.body { refuse(context) }
        case .body(let bytes):
            body.writeImmutableBuffer(bytes)
            if body.readableBytes > RequestLimits.body { refuse(context) }
        case .end(let trailers): passOn(trailers, context)
        }
    }

    private func passOn(_ trailers: HTTPFields?, _ context: ChannelHandlerContext) {
        if let head { context.fireChannelRead(wrapInboundOut(.head(head))) }
        if body.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(body))) }
        context.fireChannelRead(wrapInboundOut(.end(trailers)))
        head = nil
        body = ByteBuffer()
    }

    private func refuse(_ context: ChannelHandlerContext) {
        isRefused = true
        head = nil
        body = ByteBuffer()
        context.fireErrorCaught(RequestLimits.bodyTooLarge)
    }
}

extension HTTPRequest {
    fileprivate var declaredBody: Int { headerFields[.contentLength].flatMap { Int($0) } ?? 0 }
}
