import Foundation
import TestSupport
import Testing

@Suite("Where it listens, and to whom")
struct ListeningTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("", to: "exports/.keep")
        try directory.write("secret prosody\n", to: "tokens")
    }

    private func start(listen: String, state: String = "state") throws -> DaemonProcess {
        try directory.write("listen: {\(listen)}\nsources: [{name: s, directory: exports}]\n", to: "\(state).yaml")
        return try DaemonProcess(
            ["serve", "--config", "\(directory.path)/\(state).yaml", "--state", "\(directory.path)/\(state)"])
    }

    private func post(_ header: String = "") -> [String] {
        ["POST /conference HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(header)Content-Length: 6\r\n\r\n", "name=a"]
    }

    @Test(
        "With token_header the token is read from that header and from no other",
        arguments: [
            ("X-Token: secret\r\n", 403), ("X-Token: other\r\n", 401), ("X-Token: Bearer secret\r\n", 401),
            ("Authorization: Bearer secret\r\n", 401), ("", 401),
        ])
    func tokenHeader(header: String, status: Int) throws {
        let daemon = try start(listen: "port: 0, token_file: tokens, token_header: X-Token")
        let port = try daemon.waitForPort()
        try daemon.waitForLine("first pass done")
        #expect(try HTTPExchange(port: port, pieces: post(header)).status == status)
    }

    @Test("An address that only this machine reaches needs no token", arguments: ["127.0.0.2", "'[::1]'", "'::1'"])
    func loopback(address: String) throws {
        let daemon = try start(listen: "address: \(address), port: 0")
        try daemon.waitForLine("listening", "port=")
        #expect(daemon.terminate() == 0)
    }

    @Test("A Unix socket's path is relative to the configuration's file")
    func relativeSocket() throws {
        let daemon = try start(listen: "address: 'unix:s'")
        try daemon.waitForLine("listening", "unix:\(directory.path)/s")
        #expect(FileManager.default.fileExists(atPath: "\(directory.path)/s"))
        #expect(daemon.terminate() == 0)
    }

    @Test("A Unix socket needs a path, and takes the place of nothing that is no socket")
    func unusableSocket() throws {
        let file = try directory.write("precious", to: "plain")
        for (address, reason) in [("unix:", "CFG002"), ("unix:\(file.path)", "no socket")] {
            let daemon = try start(listen: "address: '\(address)'")
            #expect(daemon.waitForExit() == 78, "\(address)")
            #expect(daemon.log.contains { $0.contains(reason) }, "\(daemon.log)")
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == "precious")
    }

    @Test(
        "A Unix socket serves the owner and the group; it is taken over from a killed daemon, never from a living one")
    func unixSocket() throws {
        let path = "\(directory.path)/s"
        let killed = try start(listen: "address: 'unix:\(path)'")
        try killed.waitForLine("listening", path)
        killed.kill()
        let daemon = try start(listen: "address: 'unix:\(path)'")
        try daemon.waitForLine("listening", path)
        #expect(
            try HTTPExchange(socket: path, pieces: ["GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
                .status == 200)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
        let second = try start(listen: "address: 'unix:\(path)'", state: "second")
        #expect(second.waitForExit() == 78)
        #expect(second.log.contains { $0.contains("cannot listen on unix:\(path)") && $0.contains("in use") })
        #expect(daemon.terminate() == 0)
    }
}
