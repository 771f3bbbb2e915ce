import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Starting, or refusing to")
struct StartTests {
    private func exit(
        _ arguments: [String], with rights: DaemonProcess.Rights = .all
    ) throws -> (code: Int32, log: String) {
        let daemon = try DaemonProcess(arguments, with: rights)
        let code = daemon.waitForExit()
        return (code, daemon.log.joined(separator: "\n"))
    }

    @Test("What cannot start ends with 78 and a clear line")
    func refusals() throws {
        let directory = try TemporaryDirectory()
        try directory.write("listen: {prot: 1}\n", to: "typo.yaml")
        try directory.write("listen: {address: 0.0.0.0}\nsources: [{name: s, directory: .}]\n", to: "public.yaml")
        try directory.write(
            "listen: {token_header: 'X Token'}\nsources: [{name: s, directory: .}]\n", to: "header.yaml")
        try directory.write("sources: [{name: s, directory: x}]\nreports: {directory: x/reports}\n", to: "inside.yaml")
        try directory.write("sources: [{name: rooms, directory: .}]\n", to: "name.yaml")
        try directory.write("listen: {address: '127.0.0.1:9'}\nsources: [{name: s, directory: .}]\n", to: "port.yaml")
        let cases: [(name: String, arguments: [String], says: String)] = [
            ("a directory that does not exist", ["--watch", "\(directory.path)/none"], "no such directory"),
            ("a typo", ["--config", "\(directory.path)/typo.yaml"], "CFG001"),
            ("no such configuration", ["--config", "\(directory.path)/none.yaml"], "cannot be read"),
            ("a token header that cannot be one", ["--config", "\(directory.path)/header.yaml"], "CFG002"),
            ("a public address without a token", ["--config", "\(directory.path)/public.yaml"], "CFG007"),
            ("reports inside a watched directory", ["--config", "\(directory.path)/inside.yaml"], "CFG004"),
            ("nothing to watch", [], "nothing to watch"),
            ("a name that the reports need", ["--config", "\(directory.path)/name.yaml"], "Take another one"),
            ("a port in the address", ["--config", "\(directory.path)/port.yaml"], "has a port in it"),
            ("an empty name", ["--watch", ""], "is empty"),
        ]
        for (name, arguments, says) in cases {
            let (code, log) = try exit(["serve", "--state", "\(directory.path)/state"] + arguments)
            #expect(code == 78, "\(name): \(code) \(log)")
            #expect(log.contains(says), "\(name): \(log)")
            #expect(log.contains("commented example") == says.contains("CFG002"), "\(name): \(log)")
        }
    }

    @Test(
        "A directory that cannot be read, or not be entered, ends with 78 and says so", arguments: [0, 0o444, 0o111])
    func unreadable(mode: Int) throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "exports/.keep")
        let exports = "\(directory.path)/exports"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: exports)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: exports) }
        let (code, log) = try exit(["serve", "--state", "\(directory.path)/state", "--watch", exports], with: .ofOwner)
        #expect(code == 78)
        #expect(log.contains("\(exports): the directory cannot be read by this user"), "\(log)")
    }

    @Test("A configuration that cannot be read ends with 78 and the system's own words")
    func unreadableConfiguration() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("sources: []\n", to: "b.yaml").path
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
        let (code, log) = try exit(["serve", "--state", "\(directory.path)/state", "--config", file], with: .ofOwner)
        #expect(code == 78)
        #expect(log.contains("\(file): CFG002 error: cannot be read: Permission denied"), "\(log)")
    }

    /// What serves an empty directory.
    private func plainService(in directory: TemporaryDirectory) throws -> [String] {
        try directory.write("", to: "exports/.keep")
        return [
            "serve", "--watch", "\(directory.path)/exports", "--state", "\(directory.path)/state", "--listen",
            "127.0.0.1:0",
        ]
    }

    @Test(
        "A state directory that cannot be one ends with 78 and the reason",
        arguments: [("", "--state: the name of the directory is empty"), ("/dev/null/x", "the store cannot be opened")])
    func oddState(state: String, says: String) throws {
        let directory = try TemporaryDirectory()
        let (code, log) = try exit(["serve", "--state", state, "--watch", directory.path, "--listen", "127.0.0.1:0"])
        #expect(code == 78 && log.contains("CFG002 error: \(says)") && log.contains("help: Name"), "\(log)")
    }

    @Test("A store from a newer version ends with 78 and one line, and stays as it is")
    func newerStore() async throws {
        let directory = try TemporaryDirectory()
        let arguments = try plainService(in: directory)
        let first = try DaemonProcess(arguments)
        try first.waitForLine("first pass done")
        #expect(first.terminate() == 0)
        let store = directory.url.appending(path: "state/bookwatch.sqlite")
        let database = try DatabaseQueue(path: store.path)
        try await database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-future')") }
        try database.close()
        let before = try Data(contentsOf: store)
        let (code, log) = try exit(arguments)
        #expect(code == 78)
        let told = log.split(separator: "\n").filter { !$0.contains(" info ") }
        let reason = "\(store.path): CFG002 error: the store was written by a newer version (migration 9999-future)"
        #expect(told.count == 2 && told[0] == "bookwatch: \(reason)" && told[1].hasPrefix(" = help: Run"), "\(log)")
        #expect(try Data(contentsOf: store) == before)
    }

    @Test("A store that is no database any more ends with 78, and with the advice to restore a backup")
    func damagedStore() throws {
        let directory = try TemporaryDirectory()
        let arguments = try plainService(in: directory)
        try directory.write(String(repeating: "\u{1}\u{7F}\u{FC}", count: 10_000), to: "state/bookwatch.sqlite")
        let (code, log) = try exit(arguments)
        #expect(code == 78)
        #expect(log.contains("the store is damaged") && log.contains("restore a backup"), "\(log)")
        #expect(!log.contains("--state"), "\(log)")
    }

    @Test("A port in use ends with 78 and one line")
    func portInUse() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "exports/.keep")
        let exports = "\(directory.path)/exports"
        let first = try DaemonProcess([
            "serve", "--watch", exports, "--state", "\(directory.path)/a", "--listen", "127.0.0.1:0",
        ])
        let port = try first.waitForPort()
        let (code, log) = try exit(
            ["serve", "--watch", exports, "--state", "\(directory.path)/b", "--listen", "127.0.0.1:\(port)"])
        #expect(code == 78)
        #expect(log.contains("CFG002 error: cannot listen on 127.0.0.1:\(port): Address already in use"), "\(log)")
        #expect(first.terminate() == 0)
        let second = try DaemonProcess(
            ["serve", "--watch", exports, "--state", "\(directory.path)/b", "--listen", "127.0.0.1:0"])
        try second.waitForLine("first pass done")
        #expect(second.terminate() == 0)
        #expect(!second.log.contains { $0.contains("the last end was not clean") }, "\(second.log)")
    }

    @Test("Each --watch is a source, with a name that does")
    func watched() throws {
        let directory = try TemporaryDirectory()
        let folders = ["a/.hidden", "b/hidden", "rooms", "conflicts.d"]
        for folder in folders { try directory.write("", to: "\(folder)/.keep") }
        let daemon = try DaemonProcess(
            ["serve", "--state", "\(directory.path)/state", "--listen", "127.0.0.1:0"]
                + folders.flatMap { ["--watch", "\(directory.path)/\($0)"] })
        #expect(try daemon.waitForLine("starting").contains("sources=hidden,hidden-1,rooms-1,exports-1"))
        _ = try daemon.waitForPort()
        #expect(daemon.terminate() == 0)
    }

    @Test("A second daemon on the same store ends with 75 and disturbs nothing; after kill -9 the next one may start")
    func storeInUse() throws {
        let directory = try TemporaryDirectory()
        let arguments = try plainService(in: directory)
        let first = try DaemonProcess(arguments)
        let port = try first.waitForPort()
        let (code, log) = try exit(arguments)
        #expect(code == 75)
        #expect(log.contains("in use by another"))
        #expect(try HTTPExchange.simple("GET", "/livez", port: port).status == 200)
        first.kill()
        let next = try DaemonProcess(arguments)
        _ = try next.waitForPort()
        #expect(next.terminate() == 0)
    }

    @Test("One whose disk fails as it ends says so, ends with 73, and lets the next one look its store through")
    func failingDisk() throws {
        let directory = try TemporaryDirectory()
        let arguments = try plainService(in: directory)
        let daemon = try DaemonProcess(arguments, with: .ofLimitedWriter)
        _ = try daemon.waitForPort()
        try daemon.waitForLine("first pass done")
        try daemon.limitFiles(toBytes: 0)
        #expect(daemon.terminate() == 73)
        #expect(daemon.log.contains { $0.contains(" error ") && $0.contains("the store cannot be closed") })
        #expect(!daemon.log.contains { $0.hasPrefix("Error:") }, "\(daemon.log)")
        let next = try DaemonProcess(arguments)
        try next.waitForLine("the last end was not clean")
        _ = try next.waitForPort()
        #expect(next.terminate() == 0)
    }
}
