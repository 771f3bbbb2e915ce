import Foundation
import TestSupport
import Testing

@Suite("TLS", .enabled(if: Curl.program != nil, "no curl"))
struct TLSTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("", to: "exports/.keep")
        try put(.first)
        try configure("port: 0, tls_certificate: server.pem, tls_key: key.pem")
    }

    private func put(_ certificate: TestCertificate, key: TestCertificate? = nil) throws {
        try directory.write(certificate.certificate, to: "server.pem")
        let file = try directory.write((key ?? certificate).key, to: "key.pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    private func configure(_ listen: String) throws {
        try directory.write("listen: {\(listen)}\nsources: [{name: s, directory: exports}]\n", to: "b.yaml")
    }

    private func start() throws -> DaemonProcess {
        try DaemonProcess(["serve", "--config", "\(directory.path)/b.yaml", "--state", "\(directory.path)/state"])
    }

    private func ask(port: Int, trusting certificate: TestCertificate) throws -> Curl {
        let file = try directory.write(certificate.certificate, to: "trusted.pem")
        return try Curl("https://localhost:\(port)/livez", trusting: file.path)
    }

    @Test("Clients that trust the certificate are answered, plain requests are not; a reload takes a renewed one")
    func renewed() throws {
        let daemon = try start()
        let port = try daemon.waitForPort()
        #expect(try ask(port: port, trusting: .first).output == "live\n")
        #expect(try ask(port: port, trusting: .second).code == Curl.untrusted)
        let plain = try? HTTPExchange(
            port: port, pieces: ["GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
        #expect(plain?.body != "live\n")
        try put(.second)
        daemon.hangUp()
        try daemon.waitForLine("the configuration was read anew")
        #expect(try ask(port: port, trusting: .second).output == "live\n")
        #expect(try ask(port: port, trusting: .first).code == Curl.untrusted)
        #expect(daemon.terminate() == 0)
    }

    @Test(
        "What cannot be used is refused at the start, with its name",
        arguments: [
            ("tls_certificate: server.pem", "tls_key"), ("tls_key: key.pem", "tls_certificate"),
            ("tls_certificate: none.pem, tls_key: key.pem", "none.pem"),
            ("tls_certificate: b.yaml, tls_key: key.pem", "b.yaml"),
            ("tls_certificate: server.pem, tls_key: server.pem", "server.pem"),
        ])
    func refused(listen: String, word: String) throws {
        try configure("port: 0, \(listen)")
        let daemon = try start()
        #expect(daemon.waitForExit() == 78)
        #expect(daemon.log.contains { $0.contains("CFG002") && $0.contains(word) }, "\(daemon.log)")
    }

    @Test("A key that is another certificate's is refused, at the start and by a reload")
    func foreignKey() throws {
        let daemon = try start()
        let port = try daemon.waitForPort()
        try put(.second, key: .first)
        daemon.hangUp()
        try daemon.waitForLine("the old configuration stays in force")
        #expect(try ask(port: port, trusting: .first).output == "live\n")
        #expect(daemon.terminate() == 0)
        #expect(try start().waitForExit() == 78)
    }

    @Test("A key that everybody can read is warned of")
    func openKey() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(directory.path)/key.pem")
        let daemon = try start()
        try daemon.waitForLine("CFG006", "key.pem")
    }
}

/// One request of a client that is not ours.
private struct Curl {
    static let program: URL? = {
        let place = "/usr/bin/curl"
        return FileManager.default.isExecutableFile(atPath: place) ? URL(fileURLWithPath: place) : nil
    }()

    /// The exit code for a certificate that leads to nobody who is trusted.
    static let untrusted: Int32 = 60

    let code: Int32
    let output: String

    init(_ address: String, trusting file: String) throws {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = Self.program
        process.arguments = ["--silent", "--noproxy", "*", "--max-time", "20", "--cacert", file, address]
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        code = process.terminationStatus
        output = String(decoding: bytes, as: UTF8.self)
    }
}
