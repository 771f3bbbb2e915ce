import Foundation
import ICalendar
import Testing

/// One cell of the table in RFC 5545 §3.3.10: a rule over whole days, or over times in UTC, and what it begins with.
struct RecurrenceCell: Sendable, CustomTestStringConvertible {
    let rule: String
    let start: String
    let starts: [String]

    init(_ rule: String, from start: String, _ starts: String) {
        self.rule = rule
        self.start = start
        self.starts = starts.split(separator: " ").map(String.init)
    }

    var testDescription: String { rule }
}

@Suite("The standard's table of rule parts")
struct RecurrenceTableTests {
    private let resolver = TimeZoneResolver(database: TimeZoneDatabase(directory: "/nowhere"), defaultZone: .utc)

    @Test("Of whole days", arguments: RecurrenceCell.days)
    func days(_ cell: RecurrenceCell) throws { #expect(try starts(cell) == cell.starts) }

    @Test("Of times", arguments: RecurrenceCell.times)
    func times(_ cell: RecurrenceCell) throws {
        #expect(try starts(cell).map { $0.replacing(":00Z", with: "") } == cell.starts)
    }

    private func starts(_ cell: RecurrenceCell) throws -> [String] {
        var event = Event()
        event.start = try VectorEvents.time(cell.start)
        event.rules = [try RecurrenceRule(cell.rule.utf8)]
        let window = try Date("2000-01-01T00:00:00Z", strategy: .iso8601)..<Date.distantFuture
        return EventSeries(master: event).occurrences(in: window, resolver: resolver).prefix(cell.starts.count)
            .map(\.startText)
    }
}

extension RecurrenceCell {
    fileprivate static let days = [
        RecurrenceCell("FREQ=YEARLY", from: "20240229", "2024-02-29 2028-02-29 2032-02-29"),
        RecurrenceCell("FREQ=YEARLY;BYMONTH=4", from: "20260430", "2026-04-30 2027-04-30"),
        RecurrenceCell("FREQ=YEARLY;BYMONTHDAY=31", from: "20260131", "2026-01-31 2026-03-31 2026-05-31 2026-07-31"),
        RecurrenceCell("FREQ=YEARLY;BYMONTHDAY=-31", from: "20260101", "2026-01-01 2026-03-01 2026-05-01 2026-07-01"),
        RecurrenceCell("FREQ=YEARLY;BYYEARDAY=-1,60", from: "20231231", "2023-12-31 2024-02-29 2024-12-31 2025-03-01"),
        RecurrenceCell("FREQ=YEARLY;BYYEARDAY=1,32;BYMONTH=2", from: "20260201", "2026-02-01 2027-02-01"),
        RecurrenceCell("FREQ=YEARLY;BYDAY=-1SU", from: "20261227", "2026-12-27 2027-12-26 2028-12-31"),
        RecurrenceCell("FREQ=YEARLY;BYDAY=1MO;BYMONTH=3,5", from: "20260302", "2026-03-02 2026-05-04 2027-03-01"),
        RecurrenceCell("FREQ=YEARLY;BYDAY=53FR", from: "20271231", "2027-12-31 2032-12-31 2038-12-31"),
        RecurrenceCell("FREQ=YEARLY;BYWEEKNO=1", from: "20241230", "2024-12-30 2025-12-29 2027-01-04 2028-01-03"),
        RecurrenceCell("FREQ=YEARLY;BYWEEKNO=1;INTERVAL=2", from: "20241230", "2024-12-30 2027-01-04 2029-01-01"),
        RecurrenceCell("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,SU", from: "20201228", "2020-12-28 2021-01-03 2026-12-28"),
        RecurrenceCell("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=1MO", from: "20201228", "2020-12-28 2021-12-27 2022-12-26"),
        RecurrenceCell("FREQ=MONTHLY", from: "20260131", "2026-01-31 2026-03-31 2026-05-31"),
        RecurrenceCell("FREQ=MONTHLY;BYMONTHDAY=-31,-28", from: "20260101", "2026-01-01 2026-01-04 2026-02-01"),
        RecurrenceCell("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", from: "20260213", "2026-02-13 2026-03-13 2026-11-13"),
        RecurrenceCell("FREQ=MONTHLY;BYDAY=5FR;BYMONTH=1,7", from: "20260130", "2026-01-30 2026-07-31 2027-01-29"),
        RecurrenceCell("FREQ=MONTHLY;BYDAY=MO,-1FR;BYSETPOS=-1", from: "20260130", "2026-01-30 2026-02-27 2026-03-30"),
        RecurrenceCell(
            "FREQ=WEEKLY;BYMONTH=2", from: "20260202", "2026-02-02 2026-02-09 2026-02-16 2026-02-23 2027-02-01"),
        RecurrenceCell("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO", from: "20260601", "2026-06-01 2026-06-07 2026-06-15"),
        RecurrenceCell(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", from: "20260601", "2026-06-01 2026-06-14 2026-06-15"),
        RecurrenceCell("FREQ=WEEKLY;BYDAY=1TU,TH", from: "20260602", "2026-06-02 2026-06-04 2026-06-09"),
        RecurrenceCell("FREQ=DAILY;BYMONTHDAY=-1;BYMONTH=2,4", from: "20240229", "2024-02-29 2024-04-30 2025-02-28"),
        RecurrenceCell("FREQ=DAILY;INTERVAL=3;BYDAY=MO", from: "20260601", "2026-06-01 2026-06-22 2026-07-13"),
    ]

    fileprivate static let times = [
        RecurrenceCell(
            "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", from: "20260601T200000Z", "2026-06-01T20:00 2026-06-02T08:00"),
        RecurrenceCell(
            "FREQ=MONTHLY;BYHOUR=9,10;BYMINUTE=0,30;BYSETPOS=2,-1", from: "20260601T093000Z",
            "2026-06-01T09:30 2026-06-01T10:30 2026-07-01T09:30"),
        RecurrenceCell(
            "FREQ=HOURLY;BYMINUTE=15,45;BYHOUR=23", from: "20260601T231500Z",
            "2026-06-01T23:15 2026-06-01T23:45 2026-06-02T23:15"),
        RecurrenceCell(
            "FREQ=HOURLY;INTERVAL=5;BYDAY=MO", from: "20260601T200000Z", "2026-06-01T20:00 2026-06-08T02:00"),
        RecurrenceCell("FREQ=HOURLY;BYYEARDAY=-1", from: "20261231T230000Z", "2026-12-31T23:00 2027-12-31T00:00"),
        RecurrenceCell(
            "FREQ=HOURLY;BYMINUTE=10,20,30;BYSETPOS=-1", from: "20260601T103000Z", "2026-06-01T10:30 2026-06-01T11:30"),
        RecurrenceCell(
            "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=59", from: "20260601T095900Z", "2026-06-01T09:59 2026-06-02T09:59"),
        RecurrenceCell(
            "FREQ=SECONDLY;BYSECOND=0;BYMINUTE=0,30;BYHOUR=9", from: "20260601T090000Z",
            "2026-06-01T09:00 2026-06-01T09:30 2026-06-02T09:00"),
        RecurrenceCell("FREQ=DAILY;BYSECOND=60", from: "20260601T095959Z", "2026-06-01T09:59:59Z 2026-06-02T09:59:59Z"),
    ]
}
