/// A rule with its start and its UNTIL resolved, ready to be run any number of times.
struct PreparedRule: Sendable {
    let pattern: RecurrencePattern
    let isEndless: Bool
    /// The last time that UNTIL allows, on the wall and as an instant; both hold.
    private let lastWall: Int
    private let lastInstant: Int

    init(_ rule: borrowing RecurrenceRule, start: Moment, frame: TimeFrame, _ resolver: TimeZoneResolver) {
        pattern = RecurrencePattern(rule, start: start.wall, wholeDays: frame.kind == .date)
        isEndless = rule.end == .never
        guard case .until(let time) = rule.end else {
            (lastWall, lastInstant) = (Int.max, Int.max)
            return
        }
        switch (frame.kind, time) {
        case (.date, _): (lastWall, lastInstant) = (frame.day(of: time) * 86_400, Int.max)
        // A date ends with its day: whoever writes it means the occurrence on that day.
        case (_, .date(let date)): (lastWall, lastInstant) = (date.epochDay * 86_400 + 86_399, Int.max)
        case (_, .floating(let local)): (lastWall, lastInstant) = (local.epochSecond, Int.max)
        case (_, .utc), (_, .zoned): (lastWall, lastInstant) = (Int.max, frame.moment(of: time, resolver).instant)
        }
    }

    /// The rule's times from `lower` up to, but not including, `upper`, both instants in seconds.
    func times(
        from lower: Int, to upper: Int, in zone: TimeZoneDefinition, start: RecurrenceCursor.Start,
        limits: RecurrenceLimits
    ) -> RuleTimes {
        let end = lastInstant < upper ? lastInstant + 1 : upper
        let wallEnd = min(zone.wallBounds(of: end).upper, lastWall == Int.max ? Int.max : lastWall + 1)
        let cursor = RecurrenceCursor(pattern, start: start, end: wallEnd, limits: limits)
        return RuleTimes(cursor, zone, from: lower, to: end)
    }
}

extension TimeZoneDefinition {
    /// An instant that no wall shows before the year 10000.
    static let endOfTime = (CalendarDate.epochDays.upperBound + 3) * 86_400

    /// Wall times below `lower` lie before the instant, those from `upper` on at it or after it. Between them only a
    /// gap or a repeated hour makes a difference.
    func wallBounds(of instant: Int) -> (lower: Int, upper: Int) {
        // No zone has ever skipped more than a day.
        let (now, before) = offsets(at: instant, andSecondsBefore: 86_401)
        return (instant + min(now, before), instant + max(now, before))
    }
}
