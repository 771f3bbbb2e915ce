import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Passes a request on when all of it has come.
///
/// What is behind takes the end of a connection for the end of a body. A request that is cut off, by its client, by a
/// deadline or by our own end, would be executed with what has come of it, which may name another room; here it is
/// lost with its connection. A body that is too large is not kept: it passes as it comes, to be refused.
final class WholeRequests: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private var head: HTTPRequest?
    private var body = ByteBuffer()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            head = request
            if request.declaresTooLargeBody { passOn(context) }
        case .body(let bytes):
            body.writeImmutableBuffer(bytes)
            if head == nil || body.readableBytes > RequestLimits.body { passOn(context) }
        case .end(let trailers):
            passOn(context)
            context.fireChannelRead(wrapInboundOut(.end(trailers)))
        }
    }

    private func passOn(_ context: ChannelHandlerContext) {
        if let head { context.fireChannelRead(wrapInboundOut(.head(head))) }
        if body.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(body))) }
        head = nil
        body = ByteBuffer()
    }
}

extension HTTPRequest {
    var declaresTooLargeBody: Bool {
        headerFields[.contentLength].flatMap { Int($0) }.map { $0 > RequestLimits.body } ?? false
    }
}
