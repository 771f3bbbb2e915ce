import Foundation
import TestSupport
import Testing

@Suite("Commands about the store")
struct CommandTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func run(_ arguments: [String]) throws -> (code: Int32, output: String) {
        let process = try DaemonProcess(arguments + ["--state", "\(directory.path)/state"])
        let code = process.waitForExit()
        return (code, process.log.joined(separator: "\n"))
    }

    private func putTwo() throws {
        for uid in ["first", "second"] {
            let text = ICSText.calendar(
                start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: uid, owner: "\(uid)@example.org")
            try directory.write(text, to: "team/\(uid).ics")
        }
        let daemon = try DaemonProcess([
            "serve", "--watch", "\(directory.path)/team", "--listen", "127.0.0.1:0", "--state",
            "\(directory.path)/state",
        ])
        try daemon.waitForLine("first pass done", "granted=1")
        #expect(daemon.terminate() == 0)
    }

    @Test("explain says in words why the winner came first")
    func reason() throws {
        try putTwo()
        let (code, output) = try run(["explain", "blue", "--at", "2048-04-20T15:00:00Z"])
        #expect(code == 0)
        #expect(output.contains("in the way: first (equal in all else, first by its identifier)"), "\(output)")
    }

    @Test("What has the form of a code and is none is told so, and taken for a room")
    func unknownCode() throws {
        try putTwo()
        let (code, output) = try run(["explain", "cnf999"])
        #expect(code == 0)
        #expect(output.contains("no diagnostic has the code CNF999") && output.contains("room 'cnf999'"), "\(output)")
    }

    @Test(
        "restore tells a backup that cannot be read from a store that cannot be written",
        arguments: [("none", 66), ("noise", 74), ("state", 74), ("empty", 74)] as [(String, Int32)])
    func restore(file: String, exit: Int32) throws {
        try putTwo()
        try directory.write("", to: "empty")
        try directory.write(String(repeating: "noise", count: 1_000), to: "noise")
        let (code, output) = try run(["restore", "\(directory.path)/\(file)"])
        #expect(code == exit && output.contains("\(directory.path)/\(file)"), "\(output)")
        #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/state/bookwatch.sqlite.part"))
    }

    @Test("backup onto the store itself is refused, and the store stays")
    func backupOntoItself() throws {
        try putTwo()
        let (code, output) = try run(["backup", "\(directory.path)/state/bookwatch.sqlite"])
        #expect(code == 73 && output.contains("the store itself"), "\(output)")
        #expect(try run(["explain", "blue", "--at", "2048-04-20T15:00:00Z"]).output.contains("200: booking"))
    }

    @Test("explain --uid tells of a booking that was withdrawn while its conference is open")
    func withdrawn() throws {
        let team = "\(directory.path)/team"
        let text = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: "first")
        try directory.write(text, to: "team/a.ics")
        let daemon = try DaemonProcess([
            "serve", "--watch", team, "--listen", "127.0.0.1:0", "--state", "\(directory.path)/state",
        ])
        let port = try daemon.waitForPort()
        try daemon.waitForLine("first pass done", "granted=1")
        let fields = [("name", "blue"), ("start_time", "2048-04-20T15:00:00.000Z")]
        #expect(try HTTPExchange.open(port: port, fields: fields).status == 200)
        // At another time: at the same one it would take over the room.
        let later = ICSText.calendar(start: "20480420T180000Z", end: "20480420T190000Z", room: "blue", uid: "second")
        let other = try directory.write(later, to: "team/.new.tmp")
        try FileManager.default.removeItem(atPath: "\(team)/a.ics")
        try FileManager.default.moveItem(atPath: other.path, toPath: "\(team)/a.ics")
        try daemon.waitForLine("decided", "withdrawn=1")
        let (code, output) = try run(["explain", "--uid", "first"])
        #expect(code == 0 && output.contains("its export no longer says so"), "\(output)")
        #expect(output.contains("EXP040"), "\(output)")
    }

    @Test("explain --uid tells what is wrong with an entry that was rejected")
    func rejected() throws {
        let text = ICSText.calendar(start: "20481320T150000Z", end: "20480420T160000Z", room: "blue", uid: "first")
        try directory.write(text, to: "team/a.ics")
        _ = try run(["import", "\(directory.path)/team", "--once"])
        let (code, output) = try run(["explain", "--uid", "first"])
        #expect(code == 0 && output.contains("team/a.ics:") && output.contains("ICS006 error"), "\(output)")
        #expect(try run(["explain", "--uid", "second"]).code == 1)
    }

    @Test("import withdraws nothing of what lies in a directory that may not be read")
    func closedDirectory() throws {
        let text = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue")
        let closed = try directory.write(text, to: "team/closed/a.ics").deletingLastPathComponent().path
        let arguments = ["import", "\(directory.path)/team", "--once", "--state", "\(directory.path)/state"]
        #expect(try run(Array(arguments.prefix(3))).code == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed) }
        let again = try DaemonProcess(arguments, with: .ofOwner)
        #expect(again.waitForExit() == 1)
        #expect(again.log.contains { $0.contains("SRC001") && $0.contains("Permission denied") }, "\(again.log)")
        #expect(again.log.contains { $0.contains("0 gone") && $0.contains("0 out") }, "\(again.log)")
        #expect(try run(["explain", "blue", "--at", "2048-04-20T15:00:00Z"]).output.contains("200: booking"))
    }

    @Test("read ends with 1 where a file has errors, as check does, unless told otherwise")
    func brokenFile() throws {
        let text = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue")
        let whole = try directory.write(text, to: "whole.ics").path
        let broken = try directory.write(text.replacing("DTSTART:2048", with: "DTSTART:xxxx"), to: "broken.ics").path
        #expect(try run(["read", whole]).code == 0)
        #expect(try run(["read", whole, broken]).code == 1)
        #expect(try run(["read", broken, "--from", "2048-01-01", "--to", "2049-01-01"]).code == 1)
        #expect(try run(["read", broken, "--fail-on", "never"]).code == 0)
        let password = "X-JITSI-PASSWORD:\(String(repeating: "x", count: 300))\r\nSUMMARY:"
        let unsafe = text.replacing("SUMMARY:", with: password)
        #expect(try run(["read", try directory.write(unsafe, to: "unsafe.ics").path]).code == 1)
        let cancelled = unsafe.replacing("SUMMARY:", with: "STATUS:CANCELLED\r\nSUMMARY:")
        let (code, output) = try run(["read", try directory.write(cancelled, to: "cancelled.ics").path])
        #expect(code == 0 && output.contains("\"status\":\"cancelled\""), "\(output)")
    }

    @Test("--version says which this is")
    func version() throws {
        let process = try DaemonProcess(["--version"])
        #expect(process.waitForExit() == 0)
        #expect(process.log.count == 1 && process.log[0].hasPrefix("bookwatch 0."), "\(process.log)")
    }
}
