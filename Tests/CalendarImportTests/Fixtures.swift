import CalendarImport
import Foundation
import ICalendar
import Reservations
import Testing

/// 22 November 2026, noon UTC.
let today = Date(timeIntervalSince1970: 1_795_348_800)

/// A reader as a source without settings has it, in a zone that is not UTC.
func reader(
    _ change: (inout SourceRules) -> Void = { _ in },
    clock: ProcessorClock = .thread
) throws -> ExportReader {
    let zone = try #require(TimeZoneDatabase.system.zone(named: "Europe/Berlin"))
    var rules = SourceRules(source: "test", rooms: RoomResolver(), zone: zone)
    change(&rules)
    let window = ImportWindow(around: today, ahead: .seconds(400 * 86_400))
    return ExportReader(rules: rules, window: window, clock: clock)
}

/// A calendar with one event, whose lines are `lines`.
func calendar(_ lines: String..., calendarLines: [String] = []) -> [UInt8] {
    calendar(lines, calendarLines: calendarLines)
}

func calendar(_ lines: [String], calendarLines: [String] = []) -> [UInt8] {
    let all =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"] + calendarLines
        + ["BEGIN:VEVENT", "UID:one@example.org", "DTSTAMP:20261101T000000Z"] + lines + ["END:VEVENT", "END:VCALENDAR"]
    return Array((all.joined(separator: "\r\n") + "\r\n").utf8)
}

func instant(_ text: String) throws -> Date {
    try Date(text, strategy: .iso8601)
}
