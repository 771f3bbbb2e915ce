import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOTLS
import Testing

@testable import ConferenceAPI

/// Lets a channel be closed for output alone, which `EmbeddedChannel` takes for the end of both.
private final class HalfClosing: ChannelOutboundHandler {
    typealias OutboundIn = Never

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all else {
            promise?.succeed()
            return
        }
        context.close(mode: mode, promise: promise)
    }
}

/// One connection through our own handlers and the decoder, with time in the test's hand.
private final class Connection {
    let channel = EmbeddedChannel()

    init(book: ConnectionBook? = nil, from address: String = "192.0.2.1", limits: ConnectionLimits = .init()) throws {
        let address = try SocketAddress(ipAddress: address, port: 4_000)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HalfClosing())
        try pipeline.addHandlers(LimitedChannel.byteHandlers())
        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try LimitedChannel.addClosing(to: pipeline)
        try pipeline.addHandlers(LimitedChannel.handlers(limits, book ?? ConnectionBook(limits)))
        try channel.connect(to: address).wait()
    }

    func send(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }
    func wait(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    /// Everything that was written since the last look.
    func answer() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }

    func respond() throws {
        let head = HTTPResponse(status: .ok, headerFields: [.contentLength: "0"])
        try channel.writeOutbound(HTTPResponsePart.head(head))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    /// The parts of requests that have come through to whoever answers them, since the last look.
    func passed() throws -> [HTTPRequestPart] {
        var parts: [HTTPRequestPart] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) { parts.append(part) }
        return parts
    }

    var isOpen: Bool { channel.isActive }
}

@Suite("Connections")
struct ConnectionTests {
    private let head = "POST /conference HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"

    @Test("A head that drips is refused 5 s after its first byte, and cut 2 s later")
    func slowHead() throws {
        let connection = try Connection()
        connection.wait(20)
        for byte in "POST " {
            try connection.send(String(byte))
            #expect(try connection.answer().isEmpty)
            connection.wait(1)
        }
        let answer = try connection.answer()
        #expect(answer.hasPrefix("HTTP/1.1 408 "))
        #expect(answer.lowercased().contains("connection: close") && answer.contains("\"message\":"))
        #expect(connection.isOpen)
        connection.wait(2)
        #expect(!connection.isOpen)
    }

    @Test("A handshake has as long as a head, and the head behind it has its own 5 s")
    func handshake() throws {
        let connection = try Connection()
        try connection.send("POST ")
        connection.wait(4)
        connection.channel.pipeline.fireUserInboundEventTriggered(
            TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
        connection.wait(4)
        try connection.send("/ HT")
        connection.wait(4)
        #expect(try connection.answer().isEmpty)
        connection.wait(1)
        #expect(try connection.answer().hasPrefix("HTTP/1.1 408 "))
    }

    @Test("A body that drips is refused 10 s after its head")
    func slowBody() throws {
        let connection = try Connection()
        try connection.send(head)
        for _ in 0..<9 {
            connection.wait(1)
            try connection.send("x")
        }
        #expect(try connection.answer().isEmpty)
        connection.wait(1)
        #expect(try connection.answer().hasPrefix("HTTP/1.1 408 "))
    }

    @Test(
        "Nothing passes of a request that is cut off, by a deadline, by its client, or by what is no chunk",
        arguments: ["Content-Length: 90", "Transfer-Encoding: chunked"], ["deadline", "close", "nonsense"])
    func cutOff(length: String, ending: String) throws {
        let connection = try Connection()
        let body = "name=room3"
        try connection.send("POST /conference HTTP/1.1\r\nHost: x\r\n\(length)\r\n\r\n")
        try connection.send(length.hasPrefix("T") ? "a\r\n\(body)\r\n" : body)
        switch ending {
        case "deadline": connection.wait(10)
        case "close": _ = try? connection.channel.finish(acceptAlreadyClosed: true)
        default: try connection.send("zz\r\n")
        }
        #expect(try connection.passed().isEmpty)
    }

    @Test("A whole request passes at once with one body, whatever pieces that came in")
    func whole() throws {
        let connection = try Connection()
        for byte in head + "0123456789" { try connection.send(String(byte)) }
        let parts = try connection.passed()
        #expect(parts.count == 3)
        #expect(parts.dropFirst().first == .body(ByteBuffer(string: "0123456789")))
    }

    @Test("Nothing passes of a request whose body is too large; it is refused at once", arguments: [true, false])
    func tooLarge(isDeclared: Bool) throws {
        let connection = try Connection()
        let length = isDeclared ? "Content-Length: 16385" : "Transfer-Encoding: chunked"
        try connection.send("DELETE /conference/1 HTTP/1.1\r\nHost: x\r\n\(length)\r\n\r\n")
        if !isDeclared { try connection.send("4000\r\n\(String(repeating: "x", count: 16_384))\r\n1\r\nx\r\n") }
        #expect(try connection.answer().hasPrefix("HTTP/1.1 413 "))
        try connection.send("0\r\n\r\n")
        _ = try? connection.channel.finish(acceptAlreadyClosed: true)
        #expect(try connection.passed().isEmpty)
    }

    @Test("A body of 16 KiB passes")
    func largest() throws {
        let connection = try Connection()
        let body = String(repeating: "x", count: 16_384)
        try connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 16384\r\n\r\n\(body)")
        #expect(try connection.passed().count == 3)
    }

    @Test("After whose answer the connection ends, its request says so as whoever answers reads it")
    func closing() throws {
        let cases = [
            ("1.0", "", true), ("1.0", "Connection: keep-alive\r\n", true), ("1.1", "", false),
            ("1.1", "Connection: Close\r\n", true), ("1.1", "Connection: x, close\r\n", true),
        ]
        for (version, field, isLast) in cases {
            let connection = try Connection()
            try connection.send("GET / HTTP/\(version)\r\nHost: x\r\n\(field)\r\n")
            guard case .head(let request) = try connection.passed().first else {
                Issue.record("nothing passed of HTTP/\(version) with '\(field)'")
                continue
            }
            #expect((request.headerFields[.connection] == "close") == isLast, "HTTP/\(version) with '\(field)'")
        }
    }

    @Test("A connection on which nothing is asked ends after 30 s, before the first request and after an answer")
    func idle() throws {
        let connection = try Connection()
        connection.wait(29)
        #expect(connection.isOpen)
        try connection.send(head + "0123456789")
        connection.wait(60)
        try connection.respond()
        _ = try connection.answer()
        connection.wait(29)
        #expect(connection.isOpen)
        connection.wait(1)
        #expect(!connection.isOpen)
        #expect(try connection.answer().isEmpty)
    }

    @Test("A slow body is answered also on a connection that was idle for long before it")
    func slowAfterIdle() throws {
        let connection = try Connection()
        connection.wait(25)
        try connection.send(head)
        connection.wait(9)
        #expect(connection.isOpen)
        connection.wait(1)
        #expect(try connection.answer().hasPrefix("HTTP/1.1 408 "))
        let limits = ConnectionLimits()
        #expect(LimitedChannel.configuration(limits, ConnectionBook(limits)).idleTimeout == nil)
    }

    @Test("A request that comes in time may be answered late, and the connection stays for the next")
    func patient() throws {
        let connection = try Connection()
        try connection.send(head + "0123456789")
        connection.wait(60)
        try connection.respond()
        #expect(try connection.answer().hasPrefix("HTTP/1.1 200 "))
        connection.wait(20)
        try connection.send("GET / HT")
        connection.wait(4)
        #expect(try connection.answer().isEmpty)
        connection.wait(1)
        #expect(try connection.answer().hasPrefix("HTTP/1.1 408 "))
    }

    @Test("The answer that is owed to an earlier request goes before a refusal")
    func pipelined() throws {
        let connection = try Connection()
        try connection.send(head + "0123456789")
        try connection.send("nonsense\r\n\r\n")
        #expect(try connection.answer().isEmpty)
        try connection.respond()
        let answer = try connection.answer()
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("HTTP/1.1 400 "))
    }

    @Test(
        "What is no HTTP or too large is refused with a message, whatever segments it comes in",
        arguments: [
            ("nonsense\r\n\r\n", 400), ("GET / HTTP/9.9\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            ("GET /\(String(repeating: "a", count: 4_083)) HTTP/1.1\r\n", 414),
            ("\r\n\r\nGET /\(String(repeating: "a", count: 300_000))", 414),
            ("GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 300_000))", 431),
        ]
    )
    func refused(request: String, status: Int) throws {
        for piece in [request.utf8.count, 1_000, 1] where piece > 1 || request.utf8.count < 5_000 {
            let connection = try Connection()
            var rest = Substring(request)
            while !rest.isEmpty {
                try connection.send(String(rest.prefix(piece)))
                rest = rest.dropFirst(piece)
            }
            let answer = try connection.answer()
            #expect(answer.dropFirst(9).prefix(3) == "\(status)", "\(request.prefix(60)) by \(piece)")
            #expect(answer.contains("\"message\":"))
        }
    }

    @Test("A request line of 4,096 bytes passes")
    func longestLine() throws {
        let connection = try Connection()
        try connection.send("GET /\(String(repeating: "a", count: 4_082)) HTTP/1.1\r\n")
        try connection.send("\r\n")
        #expect(try connection.answer().isEmpty)
        #expect(try connection.channel.readInbound(as: HTTPRequestPart.self) != nil)
    }

    @Test("An address's 65th connection is answered 503, another address is served, one that leaves makes room")
    func connections() throws {
        let book = ConnectionBook(ConnectionLimits())
        let connections = try (0..<64).map { _ in try Connection(book: book) }
        #expect(try connections.map { try $0.answer() }.allSatisfy(\.isEmpty))
        let late = try Connection(book: book)
        #expect(try late.answer().hasPrefix("HTTP/1.1 503 "))
        late.wait(2)
        #expect(!late.isOpen)
        #expect(try Connection(book: book, from: "192.0.2.2").answer().isEmpty)
        try connections[0].channel.close().wait()
        #expect(try Connection(book: book).answer().isEmpty)
        #expect(try Connection(book: book).answer().hasPrefix("HTTP/1.1 503 "))
    }

    @Test("All together are limited too, those without an address by nothing else")
    func allConnections() {
        let book = ConnectionBook(ConnectionLimits())
        for _ in 0..<256 { #expect(book.enter(nil)) }
        #expect(!book.enter(nil) && !book.enter("192.0.2.1"))
        book.leave(nil)
        #expect(book.enter("192.0.2.1"))
    }
}
