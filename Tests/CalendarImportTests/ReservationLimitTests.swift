import CalendarImport
import Diagnostics
import Reservations
import Testing

@Suite("A file makes so many reservations, and no more")
struct ReservationLimitTests {
    @Test("What would make more is rejected whole (ICS013) and keeps what it had, and what still fits is booked")
    func limit() throws {
        let reader = try reader { $0.limits.allow(reservations: 10, perMebibyte: 0) }
        let export = reader.read(Self.calendar(days: [4, 7, 6, 1]), path: "a.ics")
        #expect(export.bookings.map(\.key.uid) == ["u0", "u2"])
        #expect(export.rejectedUIDs == ["u1", "u3"])
        #expect(export.diagnostics.map(\.code) == [.tooManyOccurrences, .tooManyOccurrences])
        #expect(
            export.diagnostics.map(\.message)
                == Array(repeating: "with it the file books more than 10 times", count: 2))
    }

    @Test("A longer file may make more of them", arguments: [(0, ["u0"]), (300, [])])
    func length(padding: Int, rejected: [String]) throws {
        let reader = try reader { $0.limits.allow(reservations: 0, perMebibyte: (1 << 20) / 100) }
        let text = "LOCATION:blue\nX-PAD:\(String(repeating: "x", count: padding))\n"
        let calendar = Self.calendar(days: [5, 1], more: text)
        #expect((300..<1_100).contains(calendar.count))
        #expect(reader.read(calendar, path: "a.ics").rejectedUIDs == Set(rejected))
    }

    @Test("Each of the rooms of an entry counts")
    func rooms() throws {
        let reader = try reader { $0.limits.allow(reservations: 7, perMebibyte: 0) }
        let rooms = "CONFERENCE:https://meet.example.org/blue\nCONFERENCE:https://meet.example.org/red\n"
        let export = reader.read(Self.calendar(days: [3, 2, 1], more: rooms), path: "a.ics")
        #expect(export.bookings.map(\.rooms.count) == [2])
        #expect(export.rejectedUIDs == ["u1", "u2"])
    }

    /// Entries that recur on so many days each.
    private static func calendar(
        days: [Int], more: String = "LOCATION:https://meet.example.org/blue\n"
    ) -> [UInt8] {
        let events = days.enumerated().map { number, days in
            """
            BEGIN:VEVENT
            UID:u\(number)
            DTSTAMP:20261101T000000Z
            DTSTART:20261201T100000Z
            DURATION:PT1H
            RRULE:FREQ=DAILY;COUNT=\(days)
            \(more)END:VEVENT

            """
        }
        return Array("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n\(events.joined())END:VCALENDAR\n".utf8)
    }
}

extension ImportLimits {
    fileprivate mutating func allow(reservations: Int, perMebibyte: Int) {
        self.reservations = reservations
        reservationsPerMebibyte = perMebibyte
    }
}
