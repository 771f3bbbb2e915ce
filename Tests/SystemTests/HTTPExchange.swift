import Foundation
import Glibc

/// One request on one new TCP connection, as Prosody makes them: written by hand, so that every byte is ours.
struct HTTPExchange {
    var status: Int
    /// The status line and the fields.
    var head: String
    var body: String

    struct Failure: Error { var reason: String }

    /// - Parameters:
    ///   - pieces: sent one after the other, each as a segment of its own.
    init(port: Int, pieces: [String]) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(reason: "no socket: \(errno)") }
        defer { close(descriptor) }
        var noDelay: Int32 = 1
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        try Self.connect(descriptor, port)
        try self.init(descriptor, pieces)
    }

    /// - Parameter socket: the path of a Unix socket.
    init(socket path: String, pieces: [String]) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(reason: "no socket: \(errno)") }
        defer { close(descriptor) }
        try Self.connect(descriptor, path)
        try self.init(descriptor, pieces)
    }

    private init(_ descriptor: Int32, _ pieces: [String]) throws {
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        for piece in pieces { try Self.send(descriptor, Array(piece.utf8)) }
        let answer = String(decoding: Self.receive(descriptor), as: UTF8.self)
        guard let end = answer.range(of: "\r\n\r\n"),
            let code = answer.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw Failure(reason: "no HTTP answer: '\(answer.prefix(200))'") }
        status = code
        head = String(answer[..<end.lowerBound])
        body = String(answer[end.upperBound...])
    }

    private static func connect(_ descriptor: Int32, _ port: Int) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(reason: "cannot connect to \(port): \(errno)") }
    }

    private static func connect(_ descriptor: Int32, _ path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Failure(reason: "cannot connect to \(path): \(errno)") }
    }

    private static func send(_ descriptor: Int32, _ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The server may answer and close before it has read everything; its answer is what counts.
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    private static func receive(_ descriptor: Int32) -> [UInt8] {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return answer }
            answer += buffer[..<count]
        }
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
