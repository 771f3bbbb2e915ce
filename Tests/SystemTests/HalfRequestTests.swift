import Foundation
import TestSupport
import Testing

@Suite("A request of which only half comes")
struct HalfRequestTests {
    /// Ended before its directory goes.
    private let daemon: DaemonProcess
    private let directory: TemporaryDirectory
    private let port: Int

    /// Two rooms are booked, `room` and `room2`: the half of the one's name is the other's.
    init() throws {
        directory = try TemporaryDirectory()
        for room in ["room", "room2"] {
            let text = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: room, uid: room)
            try directory.write(text, to: "exports/\(room).ics")
        }
        (daemon, port) = try Self.start(in: directory)
    }

    private static func start(in directory: TemporaryDirectory) throws -> (DaemonProcess, Int) {
        let daemon = try DaemonProcess([
            "serve", "--watch", "\(directory.path)/exports", "--state", "\(directory.path)/state", "--listen",
            "127.0.0.1:0",
        ])
        let port = try daemon.waitForPort()
        try daemon.waitForLine("first pass done")
        return (daemon, port)
    }

    enum Framing: CaseIterable {
        case length, chunks

        var field: String {
            switch self {
            case .length: "Content-Length: 54"
            case .chunks: "Transfer-Encoding: chunked"
            }
        }

        /// All that a POST for `room` needs, and less than was announced.
        var half: String {
            let form = "start_time=2048-04-20T15%3A00%3A00.000Z&name=room"
            return switch self {
            case .length: form
            case .chunks: "\(String(form.utf8.count, radix: 16))\r\n\(form)\r\n"
            }
        }
    }

    private func half(_ framing: Framing) throws -> ClientConnection {
        let connection = try ClientConnection(port: port)
        connection.send("POST /conference HTTP/1.1\r\nHost: x\r\n\(framing.field)\r\n\r\n")
        connection.send(framing.half)
        return connection
    }

    /// 200, and not 409: nobody has opened it.
    private func expectUnopened(on port: Int) throws {
        let fields = [("start_time", "2048-04-20T15:00:00.000Z"), ("name", "room")]
        #expect(try HTTPExchange.open(port: port, fields: fields).status == 200)
    }

    @Test("The half would open a room if it were taken for the whole", arguments: Framing.allCases)
    func whole(framing: Framing) throws {
        let connection = try ClientConnection(port: port)
        let length = framing == .length ? "Content-Length: \(framing.half.utf8.count)" : framing.field
        connection.send("POST /conference HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(length)\r\n\r\n")
        connection.send(framing.half + (framing == .chunks ? "0\r\n\r\n" : ""))
        #expect(try HTTPExchange(answer: connection.receiveAll()).status == 200)
    }

    @Test("A client that leaves opens nothing", arguments: Framing.allCases)
    func leaves(framing: Framing) throws {
        do { _ = try half(framing) }
        try expectUnopened(on: port)
    }

    @Test("A client that ends its side opens nothing, and the connection ends", arguments: Framing.allCases)
    func halfCloses(framing: Framing) throws {
        let connection = try half(framing)
        connection.finishSending()
        #expect(!connection.receiveAll().hasPrefix("HTTP/1.1 2"))
        try expectUnopened(on: port)
    }

    @Test("A client that is too slow is told, and opens nothing", arguments: Framing.allCases)
    func tooSlow(framing: Framing) throws {
        let answer = try HTTPExchange(answer: half(framing).receiveAll())
        #expect(answer.status == 408)
        #expect(try answer.json()["message"] as? String != nil)
        try expectUnopened(on: port)
    }

    @Test("What is no chunk in the place of the last one is refused, and opens nothing")
    func lastChunkMissing() throws {
        let connection = try half(.chunks)
        connection.send("nonsense\r\n")
        #expect(try HTTPExchange(answer: connection.receiveAll()).status == 400)
        try expectUnopened(on: port)
    }

    @Test("SIGTERM in the middle opens nothing, and is obeyed at once", arguments: Framing.allCases)
    func terminated(framing: Framing) throws {
        let connection = try half(framing)
        // Answered on a later connection, so that what came on the first has been read.
        #expect(try HTTPExchange.simple("GET", "/livez", port: port).status == 200)
        #expect(daemon.terminate() == 0)
        #expect(!connection.receiveAll().hasPrefix("HTTP/1.1 2"))
        let (next, port) = try Self.start(in: directory)
        try withExtendedLifetime(next) { try expectUnopened(on: port) }
    }

    @Test("A DELETE whose body is too large and is then cut off ends no conference")
    func deletes() throws {
        let fields = [("start_time", "2048-04-20T15:00:00.000Z"), ("name", "room")]
        let id = try #require(try HTTPExchange.open(port: port, fields: fields).json()["id"] as? Int)
        let connection = try ClientConnection(port: port)
        connection.send("DELETE /conference/\(id) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.send("5000\r\n\(String(repeating: "x", count: 0x5000))\r\n")
        #expect(try HTTPExchange(answer: connection.receiveAll()).status == 413)
        #expect(try HTTPExchange.open(port: port, fields: fields).status == 409)
    }

    @Test("The connection of a client that speaks HTTP/1.0 ends with its answer")
    func oldVersion() throws {
        let connection = try ClientConnection(port: port)
        connection.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let begin = ContinuousClock.now
        #expect(try HTTPExchange(answer: connection.receiveAll()).status == 200)
        // Less than the 20 s after which nothing more is waited for.
        #expect(ContinuousClock.now - begin < .seconds(15))
    }
}
