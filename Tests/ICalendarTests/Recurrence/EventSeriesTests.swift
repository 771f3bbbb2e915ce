import Foundation
import ICalendar
import Testing

/// A calendar's lines, the window, and what comes out: `start/end component`, component `m` for the master, else the
/// number of the override.
struct SeriesCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let lines: String
    let from: String
    let to: String
    let expected: [String]
    let codes: [ICalendarDiagnostic.Code]

    init(
        _ name: String, _ lines: String, from: String = "2026-01-01", to: String = "2027-01-01",
        _ expected: [String], _ codes: [ICalendarDiagnostic.Code] = []
    ) {
        testDescription = name
        self.lines = lines
        self.from = from
        self.to = to
        self.expected = expected
        self.codes = codes
    }

    /// Events are separated by an empty line.
    var series: [EventSeries] {
        get throws {
            let events = lines.split(separator: "\n\n").map { "BEGIN:VEVENT\n\($0)\nEND:VEVENT" }
            return EventSeries.grouping(try VectorEvents.events(events.joined(separator: "\n")))
        }
    }

    var window: Range<Date> {
        get throws {
            try Date("\(from)T00:00:00Z", strategy: .iso8601)..<Date("\(to)T00:00:00Z", strategy: .iso8601)
        }
    }
}

extension SeriesOccurrence {
    /// `start/end component`
    var summary: String {
        switch component {
        case .master: "\(startText)/\(endText) m"
        case .override(let number): "\(startText)/\(endText) \(number)"
        }
    }
}

@Suite("A series of events")
struct EventSeriesTests {
    private let resolver = TimeZoneResolver(
        database: TimeZoneDatabase(directory: "/nowhere"), vtimezones: [TestZones.berlin], defaultZone: .utc)

    @Test("Lengths", arguments: SeriesCase.lengths)
    func lengths(_ example: SeriesCase) throws { try check(example) }

    @Test("Zones of the times", arguments: SeriesCase.zones)
    func zones(_ example: SeriesCase) throws { try check(example) }

    @Test("A master that has a RECURRENCE-ID all the same is told of that one's zone")
    func masterWithName() throws {
        let example = SeriesCase("", "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000", [])
        var master = try #require(example.series[0].master)
        master.recurrenceID = try CalendarTime("20260601T100000".utf8, tzid: "Nowhere")
        let expansion = try EventSeries(master: master).expansion(in: example.window, resolver: resolver)
        #expect(expansion.diagnostics.map(\.code) == [.unknownZone])
    }

    @Test("Dates and exceptions", arguments: SeriesCase.datesAndExceptions)
    func datesAndExceptions(_ example: SeriesCase) throws { try check(example) }

    @Test("Ends of rules", arguments: SeriesCase.ends)
    func ends(_ example: SeriesCase) throws { try check(example) }

    @Test("Overrides of one instance", arguments: SeriesCase.overrides)
    func overrides(_ example: SeriesCase) throws { try check(example) }

    @Test("Overrides of this and the future instances", arguments: SeriesCase.futures)
    func futures(_ example: SeriesCase) throws { try check(example) }

    @Test("Changes of the clock", arguments: SeriesCase.clockChanges)
    func clockChanges(_ example: SeriesCase) throws { try check(example) }

    @Test("A day written as midnight in UTC is that day, wherever the default zone is", arguments: [-5, 0, 9])
    func midnight(hoursEast: Int) throws {
        let zone = try #require(TimeZoneDefinition.fixed(secondsEast: hoursEast * 3_600))
        let example = SeriesCase(
            "", "UID:a\nDTSTART:20260601\nRRULE:FREQ=DAILY;UNTIL=20260603T000000Z\nEXDATE:20260602T000000Z", [])
        let resolver = TimeZoneResolver(database: TimeZoneDatabase(directory: "/nowhere"), defaultZone: zone)
        let found = try example.series[0].occurrences(in: example.window, resolver: resolver).map(\.startText)
        #expect(found == ["2026-06-01", "2026-06-03"])
    }

    private func check(_ example: SeriesCase) throws {
        let series = try example.series
        #expect(series.count == 1)
        let expansion = try series[0].expansion(in: example.window, resolver: resolver)
        #expect(expansion.occurrences.map(\.summary) == example.expected)
        #expect(try Array(series[0].occurrences(in: example.window, resolver: resolver)) == expansion.occurrences)
        #expect(expansion.diagnostics.map(\.code) == example.codes)
        #expect(!expansion.isRejected)
    }

    @Test("Events are grouped by UID in order of appearance, and those without one stand alone")
    func grouping() throws {
        var events = ["b", nil, "a", "b", "", "a"].map { uid in
            var event = Event()
            event.uid = uid
            return event
        }
        events[3].recurrenceID = try VectorEvents.time("20260101")
        let series = EventSeries.grouping(events)
        #expect(series.map(\.masterIndex) == [0, 1, 2, 4])
        #expect(series.map(\.overrideIndices) == [[3], [], [], []])
    }

    @Test("Of two masters with one UID the later revision counts, wherever it stands", arguments: [[0, 1], [1, 0]])
    func masters(order: [Int]) {
        var old = Event()
        old.uid = "a"
        var new = old
        new.sequence = 1
        new.summary = "new"
        let series = EventSeries.grouping(order.map { [old, new][$0] })
        #expect(series.map { $0.master?.summary } == ["new"])
    }

    @Test("The recurrence ID is the start that the master gives, and there is none without recurrence")
    func recurrenceIDs() throws {
        let example = SeriesCase(
            "",
            "UID:a\nDTSTART;TZID=Mitteleuropa:20260601T100000\nRRULE:FREQ=DAILY;COUNT=2\n\n"
                + "UID:a\nRECURRENCE-ID;TZID=Mitteleuropa:20260602T100000\nDTSTART:20260610T100000Z", [])
        let found = try example.series[0].occurrences(in: example.window, resolver: resolver).map(\.recurrenceID)
        let (first, second) = try (
            Date("2026-06-01T08:00:00Z", strategy: .iso8601), Date("2026-06-02T08:00:00Z", strategy: .iso8601)
        )
        #expect(found == [.instant(first), .instant(second)])

        let single = SeriesCase("", "UID:a\nDTSTART:20260601T100000Z", [])
        #expect(try single.series[0].occurrences(in: single.window, resolver: resolver).map(\.recurrenceID) == [nil])

        let days = SeriesCase("", "UID:a\nDTSTART:20260601\nRRULE:FREQ=DAILY;COUNT=1", [])
        let day = try #require(CalendarDate(year: 2026, month: 6, day: 1))
        #expect(
            try days.series[0].occurrences(in: days.window, resolver: resolver).map(\.recurrenceID) == [.date(day)])
    }
}
