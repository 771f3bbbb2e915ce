import Foundation
import TestSupport
import Testing

@Suite("Hostile and clumsy requests")
struct HostileRequestTests {
    /// Ended before its directory goes.
    private let daemon: DaemonProcess
    private let directory: TemporaryDirectory
    private let port: Int

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("# tokens\nold-token\nnew-token prosody\nreader read\n", to: "tokens")
        try directory.write("listen: {token_file: tokens}\nsources: [{name: s, directory: exports}]\n", to: "b.yaml")
        try directory.write("", to: "exports/.keep")
        daemon = try DaemonProcess(
            [
                "serve", "--config", "\(directory.path)/b.yaml", "--state", "\(directory.path)/state", "--listen",
                "127.0.0.1:0",
            ])
        port = try daemon.waitForPort()
        try daemon.waitForLine("first pass done")
    }

    @Test("Every one of them has a status and a message, and the daemon goes on")
    func answers() throws {
        let token = "Authorization: Bearer new-token\r\n"
        func post(_ head: String, _ body: String, length: Int? = nil) -> [String] {
            [
                "POST /conference HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(head)Content-Length: \(length ?? body.utf8.count)\r\n\r\n",
                body,
            ]
        }
        let long = String(repeating: "x", count: 1 << 20)
        // With Host, Connection, Authorization and Content-Length one more than 64.
        let fields = (0..<61).map { "X-F\($0): 1\r\n" }.joined()
        let cases: [(String, [String], Int)] = [
            ("no token", post("", "name=a"), 401),
            ("a wrong token", post("Authorization: Bearer nonsense\r\n", "name=a"), 401),
            ("a token of another kind", post("Authorization: Bearer reader\r\n", "name=a"), 401),
            ("an old token that is still valid", post("Authorization: Bearer old-token\r\n", "name=a"), 403),
            ("no name", post(token, "start_time=2026-12-08T10:00:00.000Z"), 400),
            ("an unreadable time", post(token, "name=a&start_time=soon"), 400),
            ("a body of 1 MB", post(token, long), 413),
            ("another type", post(token + "Content-Type: text/plain\r\n", "name=a"), 415),
            ("broken JSON", post(token + "Content-Type: application/json\r\n", "{"), 400),
            ("too many fields", post(token + fields, "name=a"), 431),
            ("as many fields as may be", post(token + fields.dropFirst("X-F0: 1\r\n".count), "name=a"), 403),
            (
                "a long address",
                ["GET /\(String(repeating: "a", count: 5_000)) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"], 414
            ),
            ("another path", ["GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"], 404),
            (
                "another method",
                ["PUT /conference HTTP/1.1\r\nHost: x\r\n\(token)Connection: close\r\nContent-Length: 0\r\n\r\n"], 405
            ),
            (
                "an id that is no number",
                ["GET /conference/abc HTTP/1.1\r\nHost: x\r\n\(token)Connection: close\r\n\r\n"], 404
            ),
            ("a room name that cannot be used", post(token, "name=%01"), 403),
        ]
        for (name, pieces, status) in cases {
            let answer = try HTTPExchange(port: port, pieces: pieces)
            #expect(answer.status == status, "\(name): \(answer.status) \(answer.body)")
            #expect(try (answer.json()["message"] as? String)?.isEmpty == false, "\(name)")
        }
        #expect(try HTTPExchange(port: port, pieces: ["nonsense\r\n\r\n"]).status == 400)
        #expect(try HTTPExchange.simple("GET", "/readyz", port: port).status == 200)
    }

    @Test(
        "Numbers for monitoring are for those with a token to read, and not for Prosody",
        arguments: [(nil, 401), ("new-token", 401), ("reader", 200)] as [(String?, Int)])
    func metrics(token: String?, status: Int) throws {
        let answer = try HTTPExchange.simple("GET", "/metrics", port: port, token: token)
        #expect(answer.status == status)
        #expect(answer.body.contains("\nbookwatch_ready 1\n") == (status == 200))
    }

    @Test(
        "A method that an address does not take is refused with those that it takes",
        arguments: [
            ("OPTIONS /conference/1", "GET, DELETE"), ("PROPFIND /conference/1", "GET, DELETE"),
            ("PROPFIND /conference", "POST"), ("GET //conference", "POST"), ("POST /livez", "GET, HEAD"),
            ("DELETE /readyz", "GET, HEAD"), ("POST /metrics", "GET, HEAD"),
        ])
    func methods(line: String, allowed: String) throws {
        let request = "\(line) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer new-token\r\nConnection: close\r\n\r\n"
        let answer = try HTTPExchange(port: port, pieces: [request])
        #expect(answer.status == 405)
        #expect(answer.head.contains("\r\nAllow: \(allowed)\r\n"), "\(answer.head)")
    }

    @Test("HEAD is answered without a body, so that the next answer on the connection is found")
    func head() throws {
        let ask = { (method: String, fields: String) in
            "\(method) /conference/5 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer new-token\r\n\(fields)\r\n"
        }
        let both = try HTTPExchange(port: port, pieces: [ask("HEAD", "") + ask("GET", "Connection: close\r\n")])
        #expect(both.status == 405)
        #expect(both.body.hasPrefix("HTTP/1.1 404 "))
        let health = try HTTPExchange(
            port: port, pieces: ["HEAD /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
        #expect(health.status == 200)
        #expect(health.body.isEmpty)
    }

    @Test("What a request says cannot forge a line of the log, nor command a terminal")
    func log() throws {
        let body = "name=%0D%0Aforged%1B%5B2J"
        let head = "POST /conference HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer new-token\r\n"
        let pieces = [head + "Content-Length: \(body.utf8.count)\r\n\r\n", body]
        #expect(try HTTPExchange(port: port, pieces: pieces).status == 403)
        let line = try daemon.waitForLine("forged")
        #expect(line.contains("refused") && line.contains("BKG010"))
        #expect(!line.unicodeScalars.contains("\u{1B}"))
    }
}
