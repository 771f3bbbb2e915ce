import Foundation
import ICalendar
import Testing

@Suite("What must hold for any rule")
struct RecurrencePropertyTests {
    @Test("A rule's text reads back as the same rule")
    func textRoundTrip() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = RandomRule(seed: seed)
            let rule = random.rule()
            #expect(try RecurrenceRule(rule.description.utf8) == rule, "seed \(seed)")
        }
    }

    @Test("Jumping to a window gives what walking there from the start gives")
    func jumpEqualsWalk() {
        var total = 0
        for seed in 0..<1_000 as Range<UInt64> {
            var random = RandomRule(seed: seed)
            let series = Self.series(&random)
            let window = Self.window(&random, after: series)
            let walked = Self.starts(series, Date.distantPast..<window.upperBound).filter { window.contains($0) }
            #expect(Self.starts(series, window) == walked, "seed \(seed)")
            total += walked.count
        }
        #expect(total > 1_000, "the windows are empty, so nothing is shown")
    }

    @Test("Two windows side by side give what one over both gives")
    func windowsAddUp() {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = RandomRule(seed: seed)
            let series = Self.series(&random)
            let window = Self.window(&random, after: series)
            let middle = window.lowerBound.addingTimeInterval(Double(random.number(0...2_000_000)))
            let split = Swift.min(middle, window.upperBound)
            let parts = Self.starts(series, window.lowerBound..<split) + Self.starts(series, split..<window.upperBound)
            #expect(Self.starts(series, window) == parts, "seed \(seed)")
        }
    }

    @Test("Occurrences come in order, each once, and inside the window")
    func order() {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = RandomRule(seed: seed)
            let series = Self.series(&random)
            let window = Self.window(&random, after: series)
            let starts = Self.starts(series, window)
            #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
            #expect(starts.allSatisfy(window.contains), "seed \(seed)")
        }
    }

    /// A zone with gaps and repeated hours in every year.
    private static let resolver = TimeZoneResolver(
        database: TimeZoneDatabase(directory: "/nowhere"), vtimezones: [TestZones.berlin], defaultZone: .utc)

    private static func series(_ random: inout RandomRule) -> EventSeries {
        var event = Event()
        if case .utc(let local) = random.time() { event.start = .zoned(local, tzid: TestZones.berlin.identifier) }
        event.rules = [random.rule()]
        return EventSeries(master: event)
    }

    /// At most four weeks within four years of the start; of rules that count hours or less, a day within a week.
    private static func window(_ random: inout RandomRule, after series: EventSeries) -> Range<Date> {
        guard let master = series.master, case .zoned(let local, _)? = master.start else {
            return Date.distantPast..<Date.distantPast
        }
        let isSubDaily = (master.rules.first?.frequency.rawValue ?? 0) < 3
        let distance = random.number(0...(isSubDaily ? 600_000 : 126_000_000))
        let start = Date(timeIntervalSince1970: Double(local.epochSecond + distance - 7_200))
        return start..<start.addingTimeInterval(Double(random.number(0...(isSubDaily ? 86_400 : 2_419_200))))
    }

    private static func starts(_ series: EventSeries, _ window: Range<Date>) -> [Date] {
        var limits = RecurrenceLimits()
        limits.occurrences = Int.max
        limits.candidatesPerRule = Int.max
        limits.stepsBeforeWindow = Int.max
        // Walking through days of seconds would take minutes and prove no more.
        guard series.master?.rules.first?.frequency != .secondly else { return [] }
        return series.occurrences(in: window, resolver: resolver, limits: limits).map(\.start)
    }
}
