import Foundation

/// One request on one new TCP connection, as Prosody makes them: written by hand, so that every byte is ours.
struct HTTPExchange {
    var status: Int
    /// The status line and the fields.
    var head: String
    var body: String

    struct Failure: Error { var reason: String }

    /// - Parameters:
    ///   - pieces: sent one after the other, each as a segment of its own.
    init(port: Int, pieces: [String]) throws { try self.init(ClientConnection(port: port), pieces) }

    /// - Parameter socket: the path of a Unix socket.
    init(socket path: String, pieces: [String]) throws { try self.init(ClientConnection(socket: path), pieces) }

    private init(_ connection: ClientConnection, _ pieces: [String]) throws {
        for piece in pieces { connection.send(piece) }
        try self.init(answer: connection.receiveAll())
    }

    /// - Parameter answer: what came until the server closed.
    init(answer: String) throws {
        guard let end = answer.range(of: "\r\n\r\n"),
            let code = answer.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw Failure(reason: "no HTTP answer: '\(answer.prefix(200))'") }
        status = code
        head = String(answer[..<end.lowerBound])
        body = String(answer[end.upperBound...])
    }
}

extension HTTPExchange {
    /// A POST of Prosody's: fields in the given order, head and body in separate segments.
    static func open(
        port: Int, fields: [(String, String)], token: String? = nil, path: String = "/conference"
    ) throws -> HTTPExchange {
        let body = fields.map { "\($0)=\(escape($1))" }.joined(separator: "&")
        var head = "POST \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        return try HTTPExchange(port: port, pieces: [head + "\r\n", body])
    }

    static func simple(_ method: String, _ path: String, port: Int, token: String? = nil) throws -> HTTPExchange {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        return try HTTPExchange(port: port, pieces: [head + "\r\n"])
    }

    private static func escape(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// The body's fields.
    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] ?? [:]
    }
}
