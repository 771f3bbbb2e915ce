import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Who is connected now: all connections, and those of each address.
final class ConnectionBook: Sendable {
    private struct Counts {
        var all = 0
        var ofAddress: [String: Int] = [:]
    }

    private let limits: ConnectionLimits
    private let counts = Mutex(Counts())

    init(_ limits: ConnectionLimits) { self.limits = limits }

    /// - Parameter address: `nil` for a Unix socket, whose clients are told apart by nothing.
    /// - Returns: `false` when there are too many already; then there is nothing to leave.
    func enter(_ address: String?) -> Bool {
        counts.withLock { counts in
            let own = address.flatMap { counts.ofAddress[$0] } ?? 0
            guard counts.all < limits.connections, own < limits.connectionsPerAddress else { return false }
            counts.all += 1
            if let address { counts.ofAddress[address] = own + 1 }
            return true
        }
    }

    func leave(_ address: String?) {
        counts.withLock { counts in
            counts.all -= 1
            guard let address, let own = counts.ofAddress[address] else { return }
            counts.ofAddress[address] = own > 1 ? own - 1 : nil
        }
    }
}

/// Refuses a connection that is one too many: answered 503, never left waiting.
final class ConnectionLimit: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    static let refusal = Rejection(
        .serviceUnavailable, "The reservation system has too many connections. Please try again in a moment.")

    private let book: ConnectionBook
    private var address: String?
    private var isEntered = false

    init(_ book: ConnectionBook) { self.book = book }

    func channelActive(context: ChannelHandlerContext) {
        address = context.remoteAddress?.ipAddress
        isEntered = book.enter(address)
        context.fireChannelActive()
        if !isEntered { context.fireErrorCaught(Self.refusal) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isEntered { book.leave(address) }
        isEntered = false
        context.fireChannelInactive()
    }
}
