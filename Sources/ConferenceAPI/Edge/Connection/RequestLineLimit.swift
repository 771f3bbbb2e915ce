import NIOCore

/// Refuses a connection's first request while its request line is still coming, as soon as that is too long.
///
/// The decoder's own limit is that of header fields, so its error could not tell which of the two it was. Prosody makes
/// one request a connection; the lines of later ones are left to the decoder and to `LimitRequests`.
final class RequestLineLimit: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum State {
        case counting(Int)
        case passed
        case refused
    }

    private var state = State.counting(0)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count(unwrapInboundIn(data).readableBytesView)
        if case .refused = state {
            context.fireErrorCaught(RequestLimits.requestLineTooLong)
        } else {
            context.fireChannelRead(data)
        }
    }

    private func count(_ bytes: ByteBufferView) {
        guard case .counting(let before) = state else { return }
        // Empty lines before a request do not count (RFC 9112 §2.2).
        let line = before == 0 ? bytes.drop { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") } : bytes
        let end = line.firstIndex(of: UInt8(ascii: "\n"))
        let length = before + (end.map { $0 - line.startIndex } ?? line.count)
        // The line may end with CR, which is no part of it.
        if length > RequestLimits.requestLine + 1 {
            state = .refused
        } else {
            state = end == nil ? .counting(length) : .passed
        }
    }
}
