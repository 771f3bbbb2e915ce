extension TimeZoneDefinition {
    /// More than any zone has up to `lastYear`; what a VTIMEZONE has beyond them is left out.
    private static let mostOnsets = 20_000

    /// Works out a VTIMEZONE's onsets up to the year 2500 (RFC 5545 §3.6.5); `nil` for one without observances.
    ///
    /// Before the first onset its TZOFFSETFROM holds.
    public convenience init?(_ vtimezone: VTimeZone) {
        var onsets: [(instant: Int, from: Int, offset: Int)] = []
        for observance in vtimezone.observances {
            for instant in Self.onsets(of: observance, atMost: Self.mostOnsets - onsets.count) {
                onsets.append((instant, observance.offsetFrom, observance.offsetTo))
            }
        }
        onsets.sort { ($0.instant, $0.from, $0.offset) < ($1.instant, $1.from, $1.offset) }
        guard let first = onsets.first else { return nil }
        let transitions = onsets.map { (instant: $0.instant, offset: $0.offset) }
        self.init(name: vtimezone.identifier, initialOffset: first.from, transitions: transitions)
    }

    /// Instants in seconds since 1970, in no particular order.
    private static func onsets(of observance: VTimeZone.Observance, atMost limit: Int) -> [Int] {
        let wallEnd = CalendarDate.epochDay(year: lastYear + 1, month: 1, day: 1) * 86_400
        var limits = RecurrenceLimits()
        limits.candidatesPerRule = max(limit, 0)
        var instants = [observance.start.epochSecond - observance.offsetFrom]
        for rule in observance.rules {
            let pattern = RecurrencePattern(rule, start: observance.start.epochSecond, wholeDays: false)
            let end = rule.lastInstant(offset: observance.offsetFrom).map { $0 + observance.offsetFrom + 1 } ?? wallEnd
            var cursor = RecurrenceCursor(pattern, start: .asMade, end: min(end, wallEnd), limits: limits)
            while let wall = cursor.next() { instants.append(wall - observance.offsetFrom) }
        }
        for date in observance.dates {
            switch date {
            case .date(let date): instants.append(date.epochDay * 86_400 - observance.offsetFrom)
            case .floating(let local), .zoned(let local, tzid: _):
                instants.append(local.epochSecond - observance.offsetFrom)
            case .utc(let local): instants.append(local.epochSecond)
            }
        }
        return Array(instants.prefix(limit))
    }
}

extension RecurrenceRule {
    /// UNTIL as an instant, for a zone that is `offset` seconds east; `nil` without UNTIL.
    fileprivate func lastInstant(offset: Int) -> Int? {
        guard case .until(let time) = end else { return nil }
        switch time {
        case .date(let date): return (date.epochDay + 1) * 86_400 - 1 - offset
        case .floating(let local), .zoned(let local, tzid: _): return local.epochSecond - offset
        case .utc(let local): return local.epochSecond
        }
    }
}
