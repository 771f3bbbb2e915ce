import Foundation
import TestSupport
import Testing

@Suite("Reading the configuration anew")
struct ReloadTests {
    /// Ended before its directory goes.
    private let daemon: DaemonProcess
    private let directory: TemporaryDirectory
    private let port: Int

    /// Two bookings that touch, which a buffer between different owners makes a conflict.
    init() throws {
        directory = try TemporaryDirectory()
        let (first, second) = (
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: "first"),
            ICSText.calendar(
                start: "20480420T160000Z", end: "20480420T170000Z", room: "blue", uid: "second",
                owner: "ben@example.org")
        )
        try directory.write(first, to: "exports/first.ics")
        try directory.write(second, to: "exports/second.ics")
        try directory.write("", to: "more/.keep")
        try directory.write("secret\n", to: "tokens")
        try Self.write("", sources: "{name: s, directory: exports}", in: directory)
        daemon = try DaemonProcess(["serve", "--listen", "127.0.0.1:0"] + Self.options(directory))
        port = try daemon.waitForPort()
        try daemon.waitForLine("first pass done", "granted=2")
    }

    private static func options(_ directory: TemporaryDirectory) -> [String] {
        ["--config", "\(directory.path)/b.yaml", "--state", "\(directory.path)/state"]
    }

    private static func write(_ keys: String, sources: String, in directory: TemporaryDirectory) throws {
        try directory.write("\(keys)\nsources: [\(sources)]\n", to: "b.yaml")
    }

    private func reload() throws -> (code: Int32, log: String) {
        let command = try DaemonProcess(["reload"] + Self.options(directory))
        let code = command.waitForExit()
        return (code, command.log.joined(separator: "\n"))
    }

    private func open(at time: String, token: String? = nil) throws -> HTTPExchange {
        try HTTPExchange.open(
            port: port, fields: [("name", "blue"), ("start_time", "2048-04-20T\(time).000Z")], token: token)
    }

    @Test("New rules decide every room anew, tokens count from the next request, open conferences stay")
    func rules() throws {
        let opened = try open(at: "15:00:00").json()["id"] as? Int
        #expect(opened != nil)
        try Self.write(
            "policy: {buffer: 5m}\nlisten: {token_file: tokens}", sources: "{name: s, directory: exports}",
            in: directory)
        #expect(try reload().code == 0)
        try daemon.waitForLine("first pass done", "declined=1")
        #expect(try open(at: "15:10:00").status == 401)
        let again = try open(at: "15:10:00", token: "secret")
        #expect(again.status == 409)
        #expect(try again.json()["conflict_id"] as? Int == opened)
        #expect(try open(at: "16:10:00", token: "secret").status == 403)
    }

    @Test("A source that is added is watched, one that is taken away withdraws its bookings")
    func sources() throws {
        try directory.write(
            ICSText.calendar(start: "20480420T180000Z", end: "20480420T190000Z", room: "blue", uid: "third"),
            to: "more/third.ics")
        try Self.write("", sources: "{name: m, directory: more}", in: directory)
        #expect(try reload().code == 0)
        try daemon.waitForLine("first pass done", "granted=1")
        #expect(try open(at: "18:00:00").status == 200)
        #expect(try open(at: "15:00:00").status == 403)
    }

    @Test("What cannot be used is told, by the command and by the daemon, and the old configuration stays in force")
    func refused() throws {
        try Self.write("polcy: {buffer: 5m}", sources: "{name: s, directory: exports}", in: directory)
        let (code, log) = try reload()
        #expect(code == 78)
        #expect(log.contains("CFG001") && log.contains("policy"), "\(log)")
        daemon.hangUp()
        let told = try daemon.waitForLine("the new configuration cannot be used")
        #expect(told.contains("unknown key 'polcy' (help: Did you mean 'policy'?)"), "\(told)")
        try daemon.waitForLine("the old configuration stays in force")
        #expect(try open(at: "15:00:00").status == 200)
        #expect(try open(at: "16:00:00").status == 200)
        #expect(daemon.terminate() == 0)
    }

    @Test("A token file that is emptied leaves the tokens as they were, and is told once")
    func emptiedTokens() throws {
        try Self.write("listen: {token_file: tokens}", sources: "{name: s, directory: exports}", in: directory)
        #expect(try reload().code == 0)
        try daemon.waitForLine("first pass done")
        #expect(try open(at: "15:00:00", token: "secret").status == 200)
        try directory.write("", to: "tokens")
        #expect(try open(at: "15:00:00", token: "secret").status == 409)
        #expect(try open(at: "15:00:00", token: "other").status == 401)
        try daemon.waitForLine("the token file cannot be used", "CFG002", "has no token")
        #expect(daemon.terminate() == 0)
        #expect(daemon.log.count { $0.contains("the token file cannot be used") } == 1)
    }

    @Test("A daemon that has its sources from --watch alone can be told to read anew")
    func watchedAlone() throws {
        let state = ["--state", "\(directory.path)/watched"]
        let watch = ["--watch", "\(directory.path)/more", "--listen", "127.0.0.1:0"]
        let other = try DaemonProcess(["serve"] + watch + state)
        try other.waitForLine("first pass done")
        let command = try DaemonProcess(["reload"] + state)
        #expect(command.waitForExit() == 0, "\(command.log)")
        try other.waitForLine("the configuration was read anew")
        #expect(other.terminate() == 0)
    }

    @Test("What needs a restart is told; without a daemon there is nobody to tell")
    func restart() throws {
        try Self.write("store: {path: other.sqlite}", sources: "{name: s, directory: exports}", in: directory)
        daemon.hangUp()
        try daemon.waitForLine("only after a restart", "store.path")
        let (code, log) = try reload()
        #expect(code == 75)
        #expect(log.contains("no daemon runs"), "\(log)")
    }
}
