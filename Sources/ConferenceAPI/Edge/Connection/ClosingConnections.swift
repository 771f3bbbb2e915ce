import NIOCore
import NIOHTTP1

/// Says `Connection: close` of each request after whose answer the connection ends, as Hummingbird wants to read it.
///
/// That is what its client says in any spelling, and every request of HTTP/1.0: one that asks to keep the connection
/// waits for a word of ours that it is kept, else for its end.
final class ClosingConnections: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version == .http1_0 || !head.isKeepAlive else {
            context.fireChannelRead(data)
            return
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
