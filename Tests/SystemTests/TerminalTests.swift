import Foundation
import TestSupport
import Testing

@Suite("What files say cannot command a terminal")
struct TerminalTests {
    private let escape = "\u{1B}[31m"

    @Test("check shows names of files and zones without what a terminal would obey")
    func diagnostics() throws {
        let directory = try TemporaryDirectory()
        let text = ICSText.calendar(start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: "first")
            .replacing("DTSTART:20480420T150000Z", with: "DTSTART;TZID=No\(escape)where:20480420T150000")
            .replacing("DTEND:20480420T160000Z", with: "DTEND;TZID=No\(escape)where:20480420T160000")
        let file = try directory.write(text, to: "red\(escape).ics")
        let process = try DaemonProcess(["check", file.path])
        _ = process.waitForExit()
        let shown = process.log.joined(separator: "\n")
        #expect(shown.contains("ICS008") && shown.contains("where"), "\(shown)")
        #expect(!shown.unicodeScalars.contains("\u{1B}"))
    }

    @Test("explain shows neither a booking's UID nor what it was asked for as a terminal would obey it")
    func explained() throws {
        let directory = try TemporaryDirectory()
        let text = ICSText.calendar(
            start: "20480420T150000Z", end: "20480420T160000Z", room: "blue", uid: "first\(escape)")
        let state = "\(directory.path)/state"
        _ = try directory.write(text, to: "team/a.ics")
        #expect(try DaemonProcess(["import", "\(directory.path)/team", "--once", "--state", state]).waitForExit() == 0)
        let asked = [
            ["explain", "blue", "--at", "2048-04-20T15:00:00Z"], ["explain", "bl\(escape)ue"],
            ["explain", "--uid", "none\(escape)"],
        ]
        for arguments in asked {
            let process = try DaemonProcess(arguments + ["--state", state])
            _ = process.waitForExit()
            #expect(process.log.contains { $0.contains("[31m") }, "\(arguments): \(process.log)")
            #expect(!process.log.joined().unicodeScalars.contains("\u{1B}"), "\(arguments)")
        }
    }
}
