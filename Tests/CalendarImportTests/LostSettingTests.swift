import CalendarImport
import Diagnostics
import ICalendar
import Reservations
import Testing

@Suite("A setting that is written badly leaves no room less protected")
struct LostSettingTests {
    private static let times = ["DTSTART:20261208T090000Z", "DTEND:20261208T100000Z", "LOCATION:blue"]
    private static let secret = "open sesame"

    @Test(
        "A password that is not in a line of its own rejects the booking (BKG013), and is quoted nowhere",
        arguments: [
            "X-JITSI-PASSWORD=open sesame", "X JITSI-PASSWORD:open sesame", "X-JITSI-PASSWORD open sesame",
            "X-JITSI-PASSWORD;open sesame", "X–JITSI–PASSWORD:open sesame", "x_jitsi_password:open sesame",
            "X-JITSI-PASWORD:open sesame", "X-JITSI-PASSWD:open sesame", "X-JITSI-PWD:open sesame",
            "JITSI-PASSWORD:open sesame", "X-JITSI-PASSWORD=a:open sesame", " X-JITSI-PASSWORD:open sesame",
            "BEGIN:VALARM\r\nX-JITSI-PASSWORD:open sesame\r\nEND:VALARM",
            "BEGIN:VALARM\r\nX-JITSI-PASSWORD=open sesame\r\nEND:VALARM",
            "X-JITSI-PASSWORD:\(String(repeating: "open sesame", count: 7_000))",
            "X-JITSI-PASSWORD:\(String(repeating: "open sesame", count: 100_000))",
        ]
    )
    func passwordLost(line: String) throws {
        // After a time, a line that goes on makes it unreadable.
        for place in (line.hasPrefix(" ") ? 3 : 0)...Self.times.count {
            var lines = Self.times
            lines.insert(line, at: place)
            let export = try reader().read(calendar(lines), path: "x.ics")
            try expectRejected(export)
        }
    }

    @Test(
        "A password inside of another value is found wherever it stands", arguments: ["x", "-", "X-JITSI", "jitsi-x-"])
    func passwordAnywhere(filler: String) throws {
        for count in 0..<40 {
            for name in ["X-JITSI-PASSWORD", "x-jitsi-password"] {
                let text = String(repeating: filler, count: count) + name
                let export = try reader().read(calendar(Self.times + ["SUMMARY:\(text)=open sesame"]), path: "x.ics")
                try expectRejected(export)
            }
        }
    }

    @Test("A password that goes on a time rejects the entry for its time, and is not quoted either")
    func passwordInTime() throws {
        let lines = ["DTSTART:20261208T090000Z", " X-JITSI-PASSWORD:open sesame", "LOCATION:blue"]
        try expectRejected(reader().read(calendar(lines), path: "x.ics"), because: .badDateTime)
    }

    @Test(
        "A password in the calendar instead of the entry rejects what has none of its own",
        arguments: [
            "X-JITSI-PASSWORD:open sesame", "X-JITSI-PASSWORD=open sesame",
            "NAME:Blue\r\n X-JITSI-PASSWORD:open sesame",
        ]
    )
    func passwordOfCalendar(line: String) throws {
        try expectRejected(reader().read(calendar(Self.times, calendarLines: [line]), path: "x.ics"))
        let own = Self.times + ["X-JITSI-PASSWORD:other"]
        let export = try reader().read(calendar(own, calendarLines: [line]), path: "x.ics")
        #expect(export.bookings.map(\.settings.password) == ["other"])
    }

    @Test(
        "A password in its own line is read, whatever else is there",
        arguments: [
            ["X-JITSI-PASSWORD:open sesame"], ["x-jitsi-password:open sesame"], ["X-JITSI-PASSWORD:open", "  sesame"],
            ["X-JITSI-PASSWORD:", "X-JITSI-PASSWORD:open sesame"],
            ["X-JITSI-PASSWORD;ENCODING=QUOTED-PRINTABLE:open=20sesame"],
            ["X-JITSI-PASSWORD;ENCODING=QUOTED-PRINTABLE:open=", "=20sesame"],
            ["X JITSI-PASSWORD:other", "X-JITSI-PASSWORD:open sesame"],
        ]
    )
    func passwordRead(lines: [String]) throws {
        let export = try reader().read(calendar(Self.times + lines), path: "x.ics")
        #expect(export.bookings.map(\.settings.password) == [Self.secret])
    }

    @Test(
        "What only looks a bit like it is none",
        arguments: [
            "X-JITSI-PASSWORD:", "DESCRIPTION:Jitsi password: see below", "X-WEBEX-PASSWORD:1", "Passcode 123 456",
        ]
    )
    func noPassword(line: String) throws {
        let export = try reader().read(calendar(Self.times + [line]), path: "x.ics")
        #expect(export.bookings.map(\.settings) == [RoomSettings()])
    }

    @Test("A lobby that cannot be read counts as true (BKG012), a number of occupants is left out (BKG011)")
    func others() throws {
        let lines = Self.times + ["X-JITSI-LOBBY=false", "X JITSI-MAX-OCCUPANTS:12"]
        let export = try reader().read(calendar(lines), path: "x.ics")
        #expect(export.bookings.map(\.settings) == [RoomSettings(lobby: true)])
        let codes = export.diagnostics.map(\.code).filter { $0 != .badLine }
        #expect(codes == [.badMaxOccupants, .badLobby])
    }

    @Test(
        "The same holds for xCal",
        arguments: [
            ("<x-jitsi-password><text>open sesame</text></x-jitsi-password>", "", true),
            ("<x-jitsi-password>open sesame</x-jitsi-password>", "", true),
            ("<x-jitsi-passwort><text>open sesame</text></x-jitsi-passwort>", "", false),
            ("", "<x-jitsi-password><text>open sesame</text></x-jitsi-password>", false),
        ]
    )
    func xCal(property: String, outside: String, isRead: Bool) throws {
        let text = """
            <icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar><components><vevent>\(outside)
            <properties><uid><text>one@example.org</text></uid>
            <dtstart><date-time>2026-12-08T09:00:00Z</date-time></dtstart>
            <dtend><date-time>2026-12-08T10:00:00Z</date-time></dtend>
            <location><text>blue</text></location>\(property)
            </properties></vevent></components></vcalendar></icalendar>
            """
        let export = try reader().read(Array(text.utf8), path: "x.xml")
        guard !isRead else {
            #expect(export.bookings.map(\.settings.password) == [Self.secret])
            return
        }
        try expectRejected(export)
    }

    private func expectRejected(_ export: ImportedExport, because code: DiagnosticCode = .badPassword) throws {
        #expect(export.bookings.isEmpty)
        #expect(export.rejectedUIDs == ["one@example.org"])
        #expect(export.diagnostics.contains { $0.code == code && $0.severity == .error })
        #expect(!"\(export)".contains("sesame"))
    }
}
