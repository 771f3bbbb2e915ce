import Foundation
import TestSupport
import Testing

@Suite("The built daemon", .serialized)
struct MainJobTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            at: directory.url.appending(path: "exports"), withIntermediateDirectories: true)
    }

    private func start(with rights: DaemonProcess.Rights = .all) throws -> (daemon: DaemonProcess, port: Int) {
        let daemon = try DaemonProcess(
            [
                "serve", "--watch", "\(directory.path)/exports", "--state", "\(directory.path)/state", "--listen",
                "127.0.0.1:0",
            ], with: rights)
        let port = try daemon.waitForPort()
        return (daemon, port)
    }

    /// Written under another name, then renamed, as README asks producers to do.
    private func drop(_ text: String, as name: String) throws {
        let temporary = try directory.write(text, to: "exports/.\(name).tmp")
        try FileManager.default.moveItem(at: temporary, to: directory.url.appending(path: "exports/\(name)"))
    }

    private func open(_ room: String, at time: String, port: Int, owner: String = "ann@example.org") throws
        -> HTTPExchange
    {
        try HTTPExchange.open(
            port: port, fields: [("start_time", time), ("mail_owner", owner), ("name", room)])
    }

    @Test("A dropped export is served: booked start and length, whatever the year; then 409, GET, DELETE, reopening")
    func mainJob() throws {
        let (daemon, port) = try start()
        try daemon.waitForLine("first pass done")
        try drop(
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "r%C3%A9union"), as: "a.ics")
        try daemon.waitForLine("decided", "granted=1")

        let opened = try open("r%c3%a9union", at: "2048-04-20T15:02:00.000Z", port: port)
        #expect(opened.status == 200)
        let body = try opened.json()
        #expect(body["name"] as? String == "r%c3%a9union")
        #expect(body["start_time"] as? String == "2048-04-20T15:00:00.000Z")
        #expect(body["duration"] as? Int == 3_600)
        #expect(body["mail_owner"] as? String == "ann@example.org")
        let id = try #require(body["id"] as? Int)

        let again = try open("r%c3%a9union", at: "2048-04-20T15:02:00.000Z", port: port)
        #expect(again.status == 409)
        #expect(try again.json()["conflict_id"] as? Int == id)
        for path in ["/conference/\(id)", "/conference/\(id).0", "//conference/\(id)"] {
            let shown = try HTTPExchange.simple("GET", path, port: port)
            #expect(shown.status == 200, "\(path)")
            #expect(try shown.json()["id"] as? Int == id)
        }
        #expect(try HTTPExchange.simple("DELETE", "/conference/\(id)", port: port).status == 204)
        #expect(try HTTPExchange.simple("DELETE", "/conference/\(id)", port: port).status == 204)
        #expect(try HTTPExchange.simple("DELETE", "/conference/12345", port: port).status == 404)

        let reopened = try open("r%c3%a9union", at: "2048-04-20T15:05:00.000Z", port: port)
        #expect(reopened.status == 200)
        #expect(try reopened.json()["id"] as? Int != id)
        #expect(daemon.terminate() == 0)
    }

    @Test("kill -9 and a restart lose no acknowledged conference, and what was committed is served at once")
    func killed() throws {
        try drop(ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue"), as: "a.ics")
        let (first, port) = try start()
        try first.waitForLine("decided", "granted=1")
        let opened = try open("blue", at: "2048-04-20T15:00:00.000Z", port: port)
        #expect(opened.status == 200)
        first.kill()

        let (second, secondPort) = try start()
        let again = try open("blue", at: "2048-04-20T15:00:00.000Z", port: secondPort)
        #expect(again.status == 409)
        #expect(try again.json()["conflict_id"] as? Int == opened.json()["id"] as? Int)
        #expect(second.terminate() == 0)
    }

    @Test("SQLite takes its settings, being told before the first database is opened")
    func settings() throws {
        let (daemon, _) = try start()
        try daemon.waitForLine("first pass done")
        #expect(!daemon.log.contains { $0.contains("statistics of its memory") })
    }

    @Test("Exports are read on threads that answer nobody")
    func threads() throws {
        let one = booking(of: "u0")
        let begin = try #require(one.range(of: "BEGIN:VEVENT")).lowerBound
        let end = try #require(one.range(of: "END:VCALENDAR")).lowerBound
        let events = (0..<2_000).map { one[begin..<end].replacing("u0", with: "u\($0)") }
        try drop(one[..<begin] + events.joined() + one[end...], as: "a.ics")
        let (daemon, _) = try start()
        try daemon.waitForLine("first pass done")
        let ticks = try daemon.processorTicks()
        // Tasks without such a wish run on the pool's; the store has threads of its own.
        let (workers, pool) = (ticks["worker", default: 0], ticks["oot.default", default: 0])
        #expect(workers > pool, "\(ticks)")
    }

    @Test("An export that is written slowly is served when it is whole, never before")
    func slowWriting() throws {
        let (daemon, port) = try start()
        try daemon.waitForLine("first pass done")
        let text = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue")
        let file = try directory.write(String(text.prefix(150)), to: "exports/slow.ics")
        try daemon.waitForLine("not usable", "slow.ics", "SRC003")
        #expect(try open("blue", at: "2048-04-20T15:00:00.000Z", port: port).status == 403)
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.dropFirst(150).utf8))
        try handle.close()
        try daemon.waitForLine("decided", "granted=1")
        #expect(try open("blue", at: "2048-04-20T15:00:00.000Z", port: port).status == 200)
    }

    private func booking(of room: String) -> String {
        ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: room, uid: room)
    }

    @Test("A cut-off, empty or binary export frees no room")
    func brokenUpdates() throws {
        let (daemon, port) = try start()
        let whole = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue")
        let cases = [
            ("cut", String(whole.prefix(200)), "SRC003"), ("empty", "", "SRC003"),
            ("binary", "\u{1}\u{2}\u{3}", "SRC006"),
        ]
        // A room of its own for each: an open conference keeps its slot, whatever becomes of the booking.
        for (room, broken, code) in cases {
            try drop(booking(of: room), as: "\(room).ics")
            try daemon.waitForLine("decided", "granted=1")
            try FileManager.default.removeItem(at: directory.url.appending(path: "exports/\(room).ics"))
            try drop(broken, as: "\(room).ics")
            try daemon.waitForLine("not usable", "\(room).ics", code)
            try drop(booking(of: "after-\(room)"), as: "after-\(room).ics")
            try daemon.waitForLine("decided", "granted=1")
            #expect(try open(room, at: "2048-04-20T15:00:00.000Z", port: port).status == 200)
        }
    }

    /// Each ends as it must, and the daemon goes on.
    private func expectServing(_ daemon: DaemonProcess, _ port: Int, _ room: String) throws {
        try drop(booking(of: room), as: "\(room).ics")
        try daemon.waitForLine("decided", "granted=1")
        #expect(try open(room, at: "2048-04-20T15:00:00.000Z", port: port).status == 200)
    }

    @Test("An export of 100 MB in one line is told with its code, frees no room and stops nothing")
    func longLine() throws {
        try drop(booking(of: "blue"), as: "a.ics")
        let (daemon, port) = try start()
        try daemon.waitForLine("first pass done", "granted=1")
        let file = directory.url.appending(path: "exports/.a.tmp")
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: Data("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:".utf8))
        let part = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<100 { try handle.write(contentsOf: part) }
        try handle.close()
        try FileManager.default.removeItem(at: directory.url.appending(path: "exports/a.ics"))
        try FileManager.default.moveItem(at: file, to: directory.url.appending(path: "exports/a.ics"))
        try daemon.waitForLine("not usable", "a.ics", "SRC003")
        try expectServing(daemon, port, "red")
        #expect(try open("blue", at: "2048-04-20T15:00:00.000Z", port: port).status == 200)
    }

    @Test("Exports that come and go stop nothing and are told as nothing, and what is there in the end is served")
    func comingAndGoing() throws {
        let (daemon, port) = try start()
        try daemon.waitForLine("first pass done")
        let text = String(repeating: booking(of: "blue"), count: 2_000)
        for _ in 0..<20 {
            try drop(text, as: "a.ics")
            try FileManager.default.removeItem(at: directory.url.appending(path: "exports/a.ics"))
        }
        try expectServing(daemon, port, "red")
        #expect(!daemon.log.contains { $0.contains("a.ics") && $0.contains("not usable") }, "\(daemon.log)")
    }

    @Test("An export that may not be read any more is told once, and keeps its room")
    func unreadable() throws {
        try drop(booking(of: "blue"), as: "a.ics")
        let (daemon, port) = try start(with: .ofOwner)
        try daemon.waitForLine("first pass done", "granted=1")
        let file = "\(directory.path)/exports/a.ics"
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
        try daemon.waitForLine("cannot use a file or directory", "a.ics", "SRC001", "Permission denied")
        try expectServing(daemon, port, "red")
        #expect(try open("blue", at: "2048-04-20T15:00:00.000Z", port: port).status == 200)
        #expect(daemon.terminate() == 0)
    }

    @Test("A directory that may not be entered is told, stops nothing, and is read when it may be")
    func closedDirectory() throws {
        try directory.write(booking(of: "blue"), to: "exports/closed/a.ics")
        let closed = "\(directory.path)/exports/closed"
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed) }
        let (daemon, port) = try start(with: .ofOwner)
        try daemon.waitForLine("cannot use a file or directory", "closed", "SRC001", "Permission denied")
        try daemon.waitForLine("first pass done", "granted=0")
        try expectServing(daemon, port, "red")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed)
        try daemon.waitForLine("decided", "granted=1")
        #expect(try open("blue", at: "2048-04-20T15:00:00.000Z", port: port).status == 200)
        #expect(daemon.terminate() == 0)
    }

    @Test("A conflict is written back, for the operator and for the sender")
    func conflict() throws {
        let (daemon, _) = try start()
        try drop(
            ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: "first"),
            as: "a.ics")
        try daemon.waitForLine("decided", "granted=1")
        try drop(
            ICSText.calendar(
                start: "20480420T153000Z", end: "20480420T163000Z", room: "blue", uid: "second",
                owner: "ben@example.org"),
            as: "b.ics")
        try daemon.waitForLine("decided", "declined=1")
        try daemon.waitForLine("reports written")
        let conflicts = try String(
            contentsOf: directory.url.appending(path: "state/reports/conflicts.csv"), encoding: .utf8)
        #expect(conflicts.contains("second") && conflicts.contains("first") && conflicts.contains("CNF001"))
        let report = directory.url.appending(path: "state/reports/exports/b.ics.report.json")
        #expect(try String(contentsOf: report, encoding: .utf8).contains("declined"))
        #expect(daemon.terminate() == 0)
    }

    @Test("A file renamed into the directory is served; how soon is measured and printed")
    func latency() throws {
        let (daemon, port) = try start()
        try daemon.waitForLine("first pass done")
        var milliseconds: [Double] = []
        for number in 0..<5 {
            let room = "room\(number)"
            try drop(
                ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: room, uid: room),
                as: "\(room).ics")
            let begin = DispatchTime.now().uptimeNanoseconds
            try daemon.waitForLine("decided", "granted=1")
            #expect(try open(room, at: "2048-04-20T15:00:00.000Z", port: port).status == 200)
            milliseconds.append(Double(DispatchTime.now().uptimeNanoseconds - begin) / 1_000_000)
        }
        // A bound would be one on the machine that runs the tests; waiting has a deadline.
        print("from rename to served, milliseconds:", milliseconds.map { Int($0) }.sorted())
    }
}
