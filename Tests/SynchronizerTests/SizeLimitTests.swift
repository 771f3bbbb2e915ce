import CalendarImport
import DirectoryWatch
import Foundation
import ICalendar
import Reservations
import TestSupport
import Testing

@testable import Synchronizer

@Suite("How large an export may be")
struct SizeLimitTests {
    private static let xml = "\u{FEFF}\n <bookings xmlns='urn:bookwatch:bookings:1'/>"
    private static let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"

    @Test(
        "What a file holds decides, whatever it is called",
        arguments: [
            ("a.xml", xml, nil), ("a.ics", xml, nil), ("a.xml", calendar, 20), ("a.ics", calendar, 20),
            ("a.xml", "", nil), ("a.xml", xml + String(repeating: " ", count: 200), 200),
            ("a.ics", xml + String(repeating: " ", count: 200), 200),
            ("a.xml", calendar + String(repeating: "\r\n", count: 100), 20),
        ])
    func contents(name: String, text: String, limit: Int64?) throws {
        let directory = try TemporaryDirectory()
        try directory.write(text, to: name)
        var rules = SourceRules(source: "test", rooms: RoomResolver(), zone: .utc)
        (rules.limits.calendarBytes, rules.limits.xmlBytes) = (20, 200)
        let source = WatchedSource(name: "test", root: WatchedRoot(directory.path), rules: rules)
        let settled = try FileReading.stamp(of: name, below: source.root)
        var refused: Int64?
        do throws(SourceFault) {
            _ = try ExportContents(name, of: source, settled: settled)
        } catch {
            guard case .tooLarge(settled.size, let limit) = error else { throw error }
            refused = limit
        }
        // Above both limits it is not even opened.
        #expect(refused == (settled.size > 200 ? 200 : limit))
    }

    @Test("Only a large XML file is read twice instead of kept, whatever it is called", arguments: ["a.xml", "a.ics"])
    func twice(name: String) throws {
        let directory = try TemporaryDirectory()
        let padding = String(repeating: " ", count: Int(ExportContents.keptBytes))
        try directory.write(Self.xml + padding, to: name)
        let source = WatchedSource(
            name: "test", root: WatchedRoot(directory.path),
            rules: SourceRules(source: "test", rooms: RoomResolver(), zone: .utc))
        let settled = try FileReading.stamp(of: name, below: source.root)
        let contents = try ExportContents(name, of: source, settled: settled)
        try directory.write(Self.xml + padding + " ", to: name)
        let window = ImportWindow(around: Date(timeIntervalSince1970: 1_800_000_000), ahead: .seconds(86_400))
        #expect(throws: SourceFault.changing) {
            try contents.read(by: ExportReader(rules: source.rules, window: window))
        }
    }

    @Test("A content is read once: its reader has the bytes for itself")
    func once() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.calendar, to: "a.ics")
        let source = WatchedSource(
            name: "test", root: WatchedRoot(directory.path),
            rules: SourceRules(source: "test", rooms: RoomResolver(), zone: .utc))
        let settled = try FileReading.stamp(of: "a.ics", below: source.root)
        let contents = try ExportContents("a.ics", of: source, settled: settled)
        let window = ImportWindow(around: Date(timeIntervalSince1970: 1_800_000_000), ahead: .seconds(86_400))
        let reader = ExportReader(rules: source.rules, window: window)
        #expect(try contents.read(by: reader).ending == .complete)
        #expect(throws: SourceFault.changing) { try contents.spooled(by: reader) }
    }
}
