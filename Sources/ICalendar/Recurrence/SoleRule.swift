/// The occurrences in a window of a series that is one event with one rule, and nothing that gives instances beside it:
/// what most series that recur are.
///
/// They are those of a ``SeriesPlan``, without the cost of what that has for overrides, dates and more rules.
struct SoleRule: IteratorProtocol {
    let isEndless: Bool
    private let frame: TimeFrame
    private let length: OccurrenceLength
    private let excluded: ExcludedTimes
    private var times: RuleTimes
    private var clock: ZoneCursor
    /// The first start given that the clocks skip or show twice.
    private(set) var firstMisfit: Moment?

    /// Whether the limits ended it.
    var ranOut: Bool { times.ranOut }

    fileprivate init(
        _ rule: PreparedRule, _ frame: TimeFrame, _ length: OccurrenceLength, _ excluded: ExcludedTimes,
        _ clock: ZoneCursor, _ window: Range<Int>, _ limits: RecurrenceLimits
    ) {
        isEndless = rule.isEndless
        self.frame = frame
        self.length = length
        self.excluded = excluded
        self.clock = clock
        times = rule.times(
            from: window.lowerBound, to: min(window.upperBound, TimeZoneDefinition.endOfTime), in: frame.zone,
            start: .included, limits: limits)
    }

    @inline(__always)
    mutating func next() -> SeriesOccurrence? {
        while let start = times.take() {
            if excluded.contains(start) { continue }
            if start.fit != .once, firstMisfit == nil { firstMisfit = start }
            return SeriesOccurrence(
                override: nil, original: start, seriesKind: frame.kind, start: start,
                end: length.end(of: start, in: frame.zone, clock: &clock), kind: frame.kind)
        }
        return nil
    }
}

extension EventSeries {
    /// `nil` for any other series.
    func soleRule(in window: Range<Int>, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) -> SoleRule? {
        guard overrideIndices.isEmpty, let index = masterIndex, events[index].rules.count == 1,
            events[index].recurrenceDates.isEmpty, events[index].exceptionRules.isEmpty, limits.rules >= 1,
            let time = events[index].start
        else { return nil }
        let frame = resolver.frame(of: time)
        var clock = ZoneCursor()
        let start = frame.moment(of: time, &clock, resolver)
        let length = frame.length(
            from: start, to: events[index].end, duration: events[index].duration, &clock, resolver)
        return SoleRule(
            PreparedRule(events[index].rules[0], start: start, frame: frame, resolver), frame, length,
            ExcludedTimes(events[index].exceptionDates, frame, resolver), clock, window, limits)
    }
}
