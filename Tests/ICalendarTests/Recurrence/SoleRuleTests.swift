import Foundation
import ICalendar
import Testing

@Suite("One event with one rule")
struct SoleRuleTests {
    /// A date far outside the window gives nothing, but the series has more than its rule then.
    @Test("A series of one rule is expanded as one that has more is, with the same to say about it")
    func likeAnyOther() throws {
        let far = Event.RecurrenceDate(start: .date(try #require(CalendarDate(year: 9_000, month: 1, day: 1))))
        var (total, rejected, told) = (0, 0, 0)
        for seed in 0..<1_000 as Range<UInt64> {
            var random = RandomRule(seed: seed)
            var event = Self.event(&random)
            let window = Self.window(&random, event)
            let limits = Self.limits(&random)
            event.exceptionDates = Self.exceptions(&random, event, window)
            let sole = Self.expansion(event, window, limits)
            event.recurrenceDates = [far]
            #expect(sole == Self.expansion(event, window, limits), "seed \(seed)")
            total += sole.occurrences.count
            rejected += sole.isRejected ? 1 : 0
            told += sole.diagnostics.contains { $0.code == .zoneTransition } ? 1 : 0
        }
        #expect(total > 1_000, "the windows are empty, so nothing is shown")
        #expect(rejected > 10, "no limit is reached, so nothing is shown of them")
        #expect(told > 5, "the clocks never skip a start nor show one twice")
    }

    @Test("Where no rule is allowed, a series of one rule is rejected")
    func noRules() {
        var random = RandomRule(seed: 1)
        var limits = RecurrenceLimits()
        limits.rules = 0
        let event = Self.event(&random)
        #expect(Self.expansion(event, Self.window(&random, event), limits).isRejected)
    }

    /// A zone with gaps and repeated hours in every year, for floating times too.
    private static let resolver = TimeZoneResolver(
        database: TimeZoneDatabase(directory: "/nowhere"), vtimezones: [TestZones.berlin], defaultZone: .utc)

    private static func expansion(_ event: Event, _ window: Range<Date>, _ limits: RecurrenceLimits) -> SeriesExpansion
    {
        EventSeries(master: event).expansion(in: window, resolver: resolver, limits: limits)
    }

    /// In any of the four forms, but mostly with a zone; some of them at night, when the clocks change.
    private static func event(_ random: inout RandomRule) -> Event {
        var event = Event()
        event.rules = [random.rule()]
        guard case .utc(var local) = random.time() else { return event }
        if random.number(0...3) > 0 {
            local = LocalDateTime(date: local.date, secondOfDay: random.number(7_200...10_799)) ?? local
        }
        switch random.number(0...9) {
        case 0: event.start = .date(local.date)
        case 1: event.start = .floating(local)
        case 2: event.start = .utc(local)
        default: event.start = .zoned(local, tzid: TestZones.berlin.identifier)
        }
        switch random.number(0...2) {
        case 0: event.duration = CalendarDuration(days: random.number(0...2), seconds: random.number(0...90_000))
        case 1: event.end = event.start
        default: break
        }
        return event
    }

    /// Up to two years from shortly before the start; of rules that count hours or less, up to a day.
    private static func window(_ random: inout RandomRule, _ event: Event) -> Range<Date> {
        let isSubDaily = (event.rules.first?.frequency.rawValue ?? 0) < 3
        let first = EventSeries(master: event).startSecond + random.number(-7_200...(isSubDaily ? 600_000 : 40_000_000))
        let start = Date(timeIntervalSince1970: Double(first))
        return start..<start.addingTimeInterval(Double(random.number(0...(isSubDaily ? 86_400 : 60_000_000))))
    }

    /// Often such that they are reached.
    private static func limits(_ random: inout RandomRule) -> RecurrenceLimits {
        var limits = RecurrenceLimits()
        if random.number(0...3) == 0 { limits.occurrences = random.number(0...20) }
        limits.candidatesPerRule = random.number(0...3) == 0 ? random.number(1...50) : 5_000
        limits.stepsBeforeWindow = random.number(0...3) == 0 ? random.number(1...50) : 5_000
        return limits
    }

    /// Of some events every third start, as an instant or by its day.
    private static func exceptions(_ random: inout RandomRule, _ event: Event, _ window: Range<Date>) -> [CalendarTime]
    {
        guard random.number(0...2) == 0 else { return [] }
        let starts = expansion(event, window, RecurrenceLimits()).occurrences.map(\.start).enumerated()
        return starts.filter { $0.offset % 3 == 0 }.compactMap { _, start in
            guard let local = LocalDateTime(epochSecond: Int(start.timeIntervalSince1970)) else { return nil }
            return random.number(0...3) == 0 ? .date(local.date) : .utc(local)
        }
    }
}

extension EventSeries {
    /// Of the master's start, as if it were in UTC.
    fileprivate var startSecond: Int {
        switch master?.start {
        case .date(let date): date.epochDay * 86_400
        case .floating(let local), .utc(let local), .zoned(let local, _): local.epochSecond
        case nil: 0
        }
    }
}
