import CalendarImport
import Diagnostics
import ICalendar
import Testing

/// Every code of the iCalendar reader with the smallest file that provokes it.
@Suite("Each ICS code is provoked")
struct ICSCodeTests {
    struct Provocation: Sendable, CustomTestStringConvertible {
        var code: DiagnosticCode
        var severity: Severity
        var file: [UInt8]

        init(_ code: DiagnosticCode, _ severity: Severity, _ file: [UInt8]) {
            (self.code, self.severity, self.file) = (code, severity, file)
        }

        var testDescription: String { "\(code.rawValue) \(severity.rawValue)" }
    }

    private static let start = "DTSTART:20261208T090000Z"

    static let provocations: [Provocation] = [
        Provocation(.badLine, .warning, calendar(start, "Agenda follows")),
        Provocation(.unbalancedComponent, .warning, calendar(start, "BEGIN:VALARM")),
        Provocation(.unbalancedComponent, .error, Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u".utf8)),
        Provocation(.missingUID, .warning, calendar("END:VEVENT", "BEGIN:VEVENT", start)),
        Provocation(.missingStart, .error, calendar()),
        Provocation(.badDateTime, .error, calendar("DTSTART:20261308T100000")),
        Provocation(.badDateTime, .warning, calendar(start, "CREATED:yesterday")),
        Provocation(.badDateTime, .warning, calendar("DTSTART:2026-12-08T09:00:00Z")),
        Provocation(.endAndDuration, .warning, calendar(start, "DTEND:20261208T100000Z", "DURATION:PT1H")),
        Provocation(.unknownZone, .warning, calendar("DTSTART;TZID=Head office:20261208T090000")),
        Provocation(.zoneByName, .note, calendar("DTSTART;TZID=Europe/Paris:20261208T090000")),
        Provocation(.floatingTime, .warning, calendar("DTSTART:20261208T090000")),
        Provocation(
            .floatingTime, .note,
            calendar("DTSTART:20261208T090000", calendarLines: ["X-WR-TIMEZONE:Europe/Paris"])),
        Provocation(.badRule, .error, calendar(start, "RRULE:FREQ=WEEKLY;BYDAY=XX")),
        Provocation(.badRule, .error, calendar(start, "RRULE:RSCALE=CHINESE;FREQ=YEARLY")),
        Provocation(.badRule, .warning, calendar(start, "RRULE:")),
        Provocation(.badRule, .warning, calendar(start, "RRULE:D1 #3")),
        Provocation(.endlessRule, .note, calendar(start, "RRULE:FREQ=WEEKLY")),
        Provocation(.tooManyOccurrences, .error, calendar(start, "RRULE:FREQ=SECONDLY")),
        Provocation(.orphanedOverride, .warning, calendar(start, "RECURRENCE-ID:20261209T090000Z", master)),
        Provocation(
            .orphanedOverride, .error,
            calendar(start, "RECURRENCE-ID:20261209T090000Z", "\(master)\r\nSEQUENCE:1")),
        Provocation(
            .exceptionDateType, .warning, calendar(start, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261209")),
        Provocation(
            .foreignComponent, .note, calendar(start, "END:VEVENT", "BEGIN:VTODO", "END:VTODO", "BEGIN:VEVENT")),
        Provocation(.foreignMethod, .warning, calendar(start, calendarLines: ["METHOD:REPLY"])),
        Provocation(.unsupportedVersion, .warning, Array("BEGIN:VCALENDAR\nEND:VCALENDAR\n".utf8)),
        Provocation(.zoneTransition, .note, calendar("DTSTART;TZID=Europe/Berlin:20270328T023000")),
        Provocation(
            .badEncoding, .warning, Array(calendar(start, "SUMMARY:B?ro").map { $0 == UInt8(ascii: "?") ? 0xFC : $0 })),
        Provocation(.badEncoding, .note, [0xEF, 0xBB, 0xBF] + calendar(start)),
    ]

    /// The series that the event before it seems to belong to.
    private static let master =
        "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:one@example.org\r\n\(start)\r\nRRULE:FREQ=WEEKLY;COUNT=2"

    @Test("The smallest file for a code gives it, with a line and what became of it", arguments: provocations)
    func provoked(_ provocation: Provocation) throws {
        let diagnostics = try reader().read(provocation.file, path: "blue.ics").diagnostics
        let found = diagnostics.filter { $0.code == provocation.code && $0.severity == provocation.severity }
        #expect(!found.isEmpty, "\(diagnostics)")
        #expect(found.allSatisfy { ($0.line ?? 0) > 0 && !$0.message.isEmpty })
    }

    @Test("No code of the reader, and none of the family ICS, is missing from the table")
    func whole() {
        let family = DiagnosticCode.allCases.filter { $0.rawValue.hasPrefix("ICS") }
        let read = ICalendarDiagnostic.Code.allCases.compactMap { DiagnosticCode(rawValue: $0.rawValue) }
        #expect(Set(Self.provocations.map(\.code)) == Set(family + read))
    }
}
