import Foundation
import TestSupport
import Testing

@Suite("bookwatch list, agenda and free")
struct AgendaCommandTests {
    private let directory: TemporaryDirectory

    /// A store with one conflict in blue on 20 April 2048, 15:00–16:00, and a meeting in green an hour later.
    init() throws {
        directory = try TemporaryDirectory()
        for (uid, hour, room) in [("first", 15, "blue"), ("late", 15, "blue"), ("other", 16, "green")] {
            let text = ICSText.calendar(
                start: "20480420T\(hour)0000Z", end: "20480420T\(hour + 1)0000Z", room: room, uid: uid,
                owner: "\(uid)@example.org")
            try directory.write(text.replacing("SUMMARY:", with: "SUMMARY:\u{1B}[31m"), to: "team/\(uid).ics")
        }
        #expect(try run("import", "\(directory.path)/team", "--once").code == 0)
    }

    @Test("The list has every reservation of a span with its verdict, or those of one room")
    func list() throws {
        let all = try run("list", "--from", "2048-04-20", "--to", "2048-04-21")
        #expect(all.code == 0)
        #expect(all.lines.count == 3)
        #expect(all.lines.contains { $0.hasPrefix("declined: blue 2048-04-20T15:00:00Z to ") }, "\(all.lines)")
        #expect(!all.lines.joined().unicodeScalars.contains("\u{1B}"))
        let green = try run("list", "--room", "Green", "--from", "2048-04-20", "--json")
        #expect(green.lines.count == 1)
        #expect(green.lines.first?.contains("\"uid\":\"other\"") == true, "\(green.lines)")
        #expect(try run("list", "--from", "2048-04-21").lines == ["no reservation is in that span"])
        #expect(try run("list", "--from", "2048-04-21", "--to", "2048-04-20").code == 64)
    }

    @Test("The agenda has what is granted on a day, by time, and in a week")
    func agenda() throws {
        let day = try run("agenda", "2048-04-20")
        #expect(day.lines.count == 2)
        #expect(day.lines.first?.hasPrefix("2048-04-20T15:00:00Z  2048-04-20T16:00:00Z  blue  first@") == true)
        #expect(try run("agenda", "2048-04-14", "--week").lines.count == 2)
        #expect(try run("agenda", "2048-04-21").lines == ["no room is taken on 2048-04-21"])
        #expect(try run("agenda", "2048-02-31").code == 64)
    }

    @Test("A room is free that nobody has for as long as is asked; none is a finding")
    func free() throws {
        let before = try run("free", "--at", "2048-04-20T14:00:00Z")
        #expect(before.code == 0)
        #expect(before.lines == ["blue  until 2048-04-20T15:00:00Z", "green  until 2048-04-20T16:00:00Z"])
        #expect(try run("free", "--at", "2048-04-20T14:00:00Z", "--for", "2h").lines.count == 1)
        let none = try run("free", "--at", "2048-04-20T15:30:00Z")
        #expect(none.code == 1)
        #expect(none.lines == ["no room is free for 1h from 2048-04-20T15:30:00Z on"])
        #expect(try run("free", "--at", "2048-04-20T16:00:00Z").lines == ["blue  from then on"])
        #expect(try run("free", "--for", "soon").code == 64)
    }

    private func run(_ arguments: String...) throws -> (code: Int32, lines: [String]) {
        let process = try DaemonProcess(arguments + ["--state", "\(directory.path)/state"])
        return (process.waitForExit(), process.log)
    }
}
