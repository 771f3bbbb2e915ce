import Foundation
import Glibc

/// One call as Prosody makes it: a connection of its own, a form, an answer.
struct Question {
    let status: Int
    let body: String
    let seconds: Double

    static func post(_ room: String, port: Int) throws -> Question {
        let instant = ISO8601DateFormatter().string(from: Date())
        return try Question(
            "POST", "/conference", form: "name=\(room)&start_time=\(instant)&mail_owner=ann%40example.org", port: port)
    }

    init(_ method: String, _ path: String, form: String = "", port: Int) throws {
        let begin = ContinuousClock.now
        let request = """
            \(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
            Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\r\n\(form)
            """
        let answer = try Self.exchange(Array(request.utf8), port: port)
        seconds = (ContinuousClock.now - begin) / .seconds(1)
        status = answer.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        body = answer.range(of: "\r\n\r\n").map { String(answer[$0.upperBound...]) } ?? ""
    }

    /// The number that the body has for `"id"`.
    var id: Int? {
        body.range(of: "\"id\":").flatMap { Int(body[$0.upperBound...].prefix(while: \.isNumber)) }
    }

    private static func exchange(_ request: [UInt8], port: Int) throws -> String {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0, unsafe write(socket, request, request.count) == request.count else {
            throw ServingDaemon.Failure(description: "no connection: errno \(errno)")
        }
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4_096)
        while true {
            let got = unsafe read(socket, &part, part.count)
            guard got > 0 else { break }
            answer += part[..<got]
        }
        return String(decoding: answer, as: UTF8.self)
    }
}
