import BookingXML
import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("Real exports", .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
struct CorpusTableTests {
    private static let folders = ["caldav", "ews", "r25", "schedule", "spreadsheetml", "unitime", "untis", "xcal"]
    /// Of a long file only the first bookings are shown.
    private static let shownItems = 12

    @Test("Each file gives the bookings that a reader of it would expect", arguments: folders)
    func table(folder: String) throws {
        let root = try #require(Corpus.folder).appending(path: "xml/\(folder)")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        let zones = TimeZoneResolver(database: .system, defaultZone: .utc)
        var table = ""
        for name in names where name.hasSuffix(".xml") {
            let reading = try Reading(file: root.appending(path: name), zones: zones)
            table += "\(name)\n\(describe(reading))"
        }
        try expectGolden(table, "corpus-\(folder).txt")
    }

    private func describe(_ reading: Reading) -> String {
        let result = reading.result
        var lines = ["  \(result.dialect?.rawValue ?? "unknown"), \(result.ending), \(result.mode)"]
        lines += result.diagnostics.map(line)
        if !reading.items.isEmpty {
            lines.append("  \(reading.items.count) items, \(reading.rejections.count) rejected")
        }
        var shown = 0
        for item in reading.items {
            guard shown < Self.shownItems else { break }
            shown += 1
            lines += describe(item)
        }
        if reading.items.count > shown { lines.append("  …") }
        return lines.map { "\($0)\n" }.joined()
    }

    private func describe(_ item: XMLItem) -> [String] {
        switch item {
        case .booking(let booking): describe(booking) + booking.diagnostics.map(line)
        case .rejected(let rejection): ["  rejected \(rejection.uid ?? "-")"] + rejection.diagnostics.map(line)
        case .zone(let zone): ["  zone \(zone.identifier), \(zone.observances.count) observances"]
        case .calendar(let calendar):
            CalendarDocument(calendar.text).calendars.reduce(["  calendar \(calendar.href), line \(calendar.line)"]) {
                $0 + $1.events.map { "    event \($0.event.uid ?? "-") \(text($0.event.start))" }
            }
        }
    }

    private func describe(_ booking: XMLBooking) -> [String] {
        let event = booking.event
        let end = event.duration.map { "+\($0.days)d\($0.seconds)s" } ?? text(event.end)
        let rooms = booking.rooms.isEmpty ? [event.location] : booking.rooms
        var head = "  \(event.line): \(event.uid ?? "-") \(text(event.start)) … \(end)"
        if let original = event.recurrenceID { head += " instead of \(text(original))" }
        if let status = event.status { head += " \(status.rawValue)" }
        var lines = [head, "    in \(rooms.joined(separator: " | ")): \(event.summary.prefix(60))"]
        if let owner = event.organizer { lines.append("    by \(owner.address)") }
        lines += event.attendees.map { "    with \($0.address) \($0.userType) \($0.participationStatus)" }
        lines += event.rules.map { "    repeats \($0)" }
        lines += event.exceptionDates.map { "    except \(text($0))" }
        lines += event.recurrenceDates.map { "    also \(text($0.start)) \(describe($0.period))" }
        return lines
    }

    private func describe(_ period: Event.RecurrenceDate.PeriodEnd?) -> String {
        switch period {
        case nil: ""
        case .end(let end)?: "… \(text(end))"
        case .duration(let length)?: "+\(length.days)d\(length.seconds)s"
        }
    }

    private func line(_ diagnostic: XMLDiagnostic) -> String {
        "    \(diagnostic.line): \(diagnostic.code.rawValue) \(diagnostic.effect): \(diagnostic.message)"
    }
}
