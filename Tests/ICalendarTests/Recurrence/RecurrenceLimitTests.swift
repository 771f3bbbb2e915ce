import Foundation
import ICalendar
import Testing

@Suite("The limits of recurrence")
struct RecurrenceLimitTests {
    private let resolver = TimeZoneResolver(
        database: TimeZoneDatabase(directory: "/nowhere"), vtimezones: [TestZones.berlin], defaultZone: .utc)

    private func expansion(
        _ rule: String, from start: String = "20200101T090000Z", year: Int = 2026,
        limits: RecurrenceLimits = RecurrenceLimits()
    ) throws -> SeriesExpansion {
        var event = Event()
        event.line = 7
        event.start = try VectorEvents.time(start)
        event.rules = [try RecurrenceRule(rule.utf8)]
        let (from, to) = try (
            Date("\(year)-01-01T00:00:00Z", strategy: .iso8601), Date("\(year + 1)-01-01T00:00:00Z", strategy: .iso8601)
        )
        return EventSeries(master: event).expansion(in: from..<to, resolver: resolver, limits: limits)
    }

    @Test(
        "A series over a limit is rejected whole",
        arguments: [
            "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=MINUTELY;INTERVAL=100", "FREQ=SECONDLY;COUNT=900000000",
            "FREQ=SECONDLY;BYHOUR=9;COUNT=900000000", "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30",
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
        ])
    func rejected(rule: String) throws {
        let expansion = try expansion(rule)
        #expect(expansion.isRejected)
        #expect(expansion.occurrences.isEmpty)
        #expect(expansion.diagnostics.map(\.code) == [.tooManyOccurrences])
        #expect(expansion.diagnostics.map(\.effect) == [.componentRejected])
        #expect(expansion.diagnostics.map(\.line) == [7])
    }

    @Test(
        "As many occurrences as the limit are kept, and one more is too many", arguments: [(365, false), (364, true)])
    func occurrences(limit: Int, isRejected: Bool) throws {
        var limits = RecurrenceLimits()
        limits.occurrences = limit
        #expect(try expansion("FREQ=DAILY", limits: limits).isRejected == isRejected)
    }

    @Test(
        "Rules that make nothing end with the window",
        arguments: [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4",
            "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=9",
            "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1", "FREQ=HOURLY;INTERVAL=24;BYHOUR=8",
        ])
    func nothing(rule: String) throws {
        var limits = RecurrenceLimits()
        // A day at most is a candidate: a year has 365, and one more beyond its end.
        limits.candidatesPerRule = 367
        let expansion = try expansion(rule, limits: limits)
        #expect(!expansion.isRejected)
        #expect(expansion.occurrences.isEmpty)
    }

    @Test(
        "A rule that would go on for ever without an occurrence is given up at the limit of candidates",
        arguments: ["FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1", "FREQ=MINUTELY;INTERVAL=2;BYSETPOS=-2,-2"])
    func candidates(rule: String) throws {
        var limits = RecurrenceLimits()
        limits.candidatesPerRule = 1_000
        #expect(try expansion(rule, limits: limits).isRejected)
        limits.candidatesPerRule = 300_000
        #expect(try !expansion(rule, limits: limits).isRejected)
    }

    @Test(
        "A series of more rules than the limit is rejected, each counted again after every THISANDFUTURE override",
        arguments: [(100, 0, false), (101, 0, true), (50, 1, false), (51, 1, true), (1, 100, true)])
    func rules(count: Int, futures: Int, isRejected: Bool) throws {
        var event = Event()
        event.start = try VectorEvents.time("20260101T090000Z")
        event.rules = Array(repeating: try RecurrenceRule("FREQ=YEARLY".utf8), count: count - count / 2)
        event.exceptionRules = Array(repeating: try RecurrenceRule("FREQ=YEARLY;BYMONTH=2".utf8), count: count / 2)
        let overrides = try (0..<futures).map { number in
            var override = Event()
            override.recurrenceID = try VectorEvents.time("\(2_027 + number)0101T090000Z")
            override.start = override.recurrenceID
            override.appliesToFuture = true
            return override
        }
        let (from, to) = try (
            Date("2026-01-01T00:00:00Z", strategy: .iso8601), Date("2027-01-01T00:00:00Z", strategy: .iso8601)
        )
        let expansion = EventSeries(master: event, overrides: overrides)
            .expansion(in: from..<to, resolver: resolver)
        #expect(expansion.isRejected == isRejected)
        #expect(expansion.diagnostics.contains { $0.code == .tooManyOccurrences } == isRejected)
    }

    @Test(
        "A thousand years from the start to the window are no distance",
        arguments: [
            ("FREQ=SECONDLY;INTERVAL=86400", 365), ("FREQ=DAILY", 365), ("FREQ=WEEKLY;BYDAY=MO", 52),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", 12), ("FREQ=YEARLY", 1), ("FREQ=HOURLY;BYHOUR=7", 365),
            ("FREQ=HOURLY;COUNT=900000000;INTERVAL=12", 730), ("FREQ=SECONDLY;INTERVAL=86400;COUNT=900000000", 365),
        ])
    func farAway(rule: String, count: Int) throws {
        var limits = RecurrenceLimits()
        limits.candidatesPerRule = 2_000
        // Enough for what little no arithmetic jumps over, and far too few for a walk.
        limits.stepsBeforeWindow = 100
        let expansion = try expansion(rule, from: "10260101T120000Z", limits: limits)
        #expect(!expansion.isRejected)
        #expect(expansion.occurrences.count == count)
    }

    @Test("What is stepped through before the window is no candidate", arguments: [(4_384, false), (4_383, true)])
    func stepsBeforeWindow(steps: Int, isRejected: Bool) throws {
        var limits = RecurrenceLimits()
        limits.candidatesPerRule = 1_000
        limits.stepsBeforeWindow = steps
        let rule = "FREQ=DAILY;COUNT=3000;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12"
        #expect(try expansion(rule, limits: limits).isRejected == isRejected)
    }

    @Test(
        "COUNT ends a rule at the same place whether it is counted or reckoned",
        arguments: [
            ("FREQ=DAILY;COUNT=2200", 8), ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=630", 3),
            ("FREQ=HOURLY;INTERVAL=6;COUNT=8770", 3),
            ("FREQ=MINUTELY;INTERVAL=720;COUNT=8772;BYSECOND=0,30", 4),
            ("FREQ=DAILY;BYHOUR=1,2,3;BYSETPOS=-1;COUNT=2200", 8),
            ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10", 0),
        ])
    func count(rule: String, count: Int) throws {
        let reckoned = try expansion(rule).occurrences
        // A month that is always allowed makes it count one by one.
        let counted = try expansion("\(rule);BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12").occurrences
        #expect(reckoned == counted)
        #expect(reckoned.count == count)
    }

    @Test("Times end with the year 9999")
    func lastYear() throws {
        #expect(try expansion("FREQ=DAILY", from: "99991201T000000Z", year: 9_999).occurrences.count == 31)
    }

    @Test("Values that no text can make do no harm")
    func wildValues() throws {
        var event = Event()
        event.start = try VectorEvents.time("20260101T000000Z")
        var rule = RecurrenceRule(frequency: .yearly)
        rule.interval = 0
        rule.end = .count(-5)
        rule.byMonth = [0, 13, -1, 99]
        rule.byMonthDay = [0, 32, Int.min, Int.max]
        rule.byHour = [-1, 24]
        rule.byYearDay = [Int.min, 0, 400]
        rule.byWeekNumber = [Int.max]
        rule.bySetPosition = [0, Int.min + 1, Int.max]
        event.rules = [rule]
        let window = try Date("2026-01-01T00:00:00Z", strategy: .iso8601)..<Date.distantFuture
        let found = EventSeries(master: event).occurrences(in: window, resolver: resolver).map(\.startText)
        #expect(found == ["2026-01-01T00:00:00Z"])
    }
}
