import CalendarImport
import Diagnostics
import Reservations
import Testing

@Suite("Bad content is a finding, never a trap")
struct BadContentTests {
    private static let whole = calendar("DTSTART:20261208T090000Z", "DTEND:20261208T100000Z", "LOCATION:blue")

    @Test(
        "What cannot be used says so, and books nothing",
        arguments: [
            ("empty", [], ParsedExport.Ending.truncated, DiagnosticCode.truncated),
            ("cut off", Array(whole.dropLast(30)), .truncated, .truncated),
            ("binary", Array(UInt8.min...UInt8.max), .refused, .unknownFormat),
            ("plain text", Array("see you at ten".utf8), .refused, .unknownFormat),
            ("HTML", Array("<html><body>Please log in</body></html>".utf8), .refused, .unknownDialect),
            ("cut off XML", Array("<bookings xmlns='urn:bookwatch:bookings:1'><booking".utf8), .truncated, .truncated),
            (
                "broken XML", Array("<bookings xmlns='urn:bookwatch:bookings:1'></booking>".utf8), .refused,
                .notWellFormed
            ),
        ]
    )
    func refused(name: String, bytes: [UInt8], ending: ParsedExport.Ending, code: DiagnosticCode) throws {
        let export = try reader().read(bytes, path: "x.ics")
        #expect(export.ending == ending, "\(name)")
        #expect(export.diagnostics.contains { $0.code == code }, "\(name): \(export.diagnostics)")
    }

    @Test("Every cut of a file is incomplete, so that nothing is concluded from what is missing")
    func cuts() throws {
        let reader = try reader()
        // Without its last line end the file is whole all the same.
        for length in 0..<(Self.whole.count - 2) {
            let export = reader.read(Array(Self.whole.prefix(length)), path: "x.ics")
            #expect(export.ending != .complete, "cut at byte \(length)")
        }
        #expect(reader.read(Self.whole, path: "x.ics").ending == .complete)
    }

    @Test("A line of 100 MB costs no more than itself")
    func longLine() throws {
        var bytes = calendar("DTSTART:20261208T090000Z", "DTEND:20261208T100000Z", "LOCATION:blue")
        let attachment = Array("ATTACH;ENCODING=BASE64:".utf8) + [UInt8](repeating: 0x41, count: 100 << 20) + [13, 10]
        bytes.insert(contentsOf: attachment, at: bytes.count - "END:VEVENT\r\nEND:VCALENDAR\r\n".utf8.count)
        let export = try reader().read(bytes, path: "x.ics")
        #expect(export.ending == .complete)
        #expect(export.bookings.count == 1)
        let found = export.diagnostics.filter { $0.code == .badLine }
        #expect(found.map(\.severity) == [.note])
        #expect(found.first?.message.contains("attachment") == true)
    }

    @Test("A report lists no more findings than its limit, errors first")
    func findings() throws {
        let warnings = String(repeating: "CREATED:x\r\n", count: 20)
        let lines = ["DTSTART:x", warnings + "END:VEVENT", "BEGIN:VEVENT", "DTSTART:20261208T090000Z", warnings]
        let file = calendar(lines.joined(separator: "\r\n"))
        let export = try reader { $0.limits.findings = 5 }.read(file, path: "x.ics")
        #expect(export.diagnostics.count == 5)
        #expect(export.diagnostics.contains { $0.severity == .error })
    }

    @Test("A bad entry costs that entry, and its UID is told so that what it had stays")
    func badEntry() throws {
        let good =
            "BEGIN:VEVENT\r\nUID:two@example.org\r\nDTSTART:20261209T090000Z\r\nDTEND:20261209T100000Z\r\nLOCATION:blue\r\nEND:VEVENT\r\n"
        let text = String(decoding: calendar("DTSTART:2026-12-XX", "LOCATION:blue"), as: UTF8.self)
            .replacing("END:VCALENDAR", with: good + "END:VCALENDAR")
        let export = try reader().read(Array(text.utf8), path: "x.ics")
        #expect(export.bookings.map(\.key.uid) == ["two@example.org"])
        #expect(export.rejectedUIDs == ["one@example.org"])
        #expect(export.diagnostics.contains { $0.code == .badDateTime && $0.line == 7 && $0.uid == "one@example.org" })
    }

    @Test("What is found about an entry is told once, whatever comes behind it")
    func toldOnce() throws {
        let events = (0..<3).map { number in
            """
            BEGIN:VEVENT
            UID:u\(number)
            DTSTART:20261201T100000Z
            DURATION:P30D
            LOCATION:blue
            END:VEVENT

            """
        }
        let text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n\(events.joined())END:VCALENDAR\n"
        let found = try reader().read(Array(text.utf8), path: "a.ics").diagnostics.filter { $0.code == .tooLong }
        #expect(found.map(\.uid) == ["u0", "u1", "u2"])
    }
}
