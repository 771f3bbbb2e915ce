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
}
