extension TimeZoneDefinition {
    /// Candidates of all rules, and RDATEs: more than any zone has up to `lastYear`; what a VTIMEZONE has beyond them
    /// is left out.
    private static let mostOnsets = 20_000

    /// Works out a VTIMEZONE's onsets up to the year 2500 (RFC 5545 §3.6.5); `nil` for one without observances.
    ///
    /// Before the first onset its TZOFFSETFROM holds.
    public convenience init?(_ vtimezone: VTimeZone) {
        var onsets: [(instant: Int, from: Int, offset: Int)] = []
        var budget = Self.mostOnsets
        for observance in vtimezone.observances {
            for instant in Self.onsets(of: observance, within: &budget) {
                onsets.append((instant, observance.offsetFrom, observance.offsetTo))
            }
        }
        onsets.sort { ($0.instant, $0.from, $0.offset) < ($1.instant, $1.from, $1.offset) }
        guard let first = onsets.first else { return nil }
        let transitions = onsets.map { (instant: $0.instant, offset: $0.offset) }
        self.init(name: vtimezone.identifier, initialOffset: first.from, transitions: transitions)
    }

    /// Instants in seconds since 1970, in no particular order.
    ///
    /// - Parameter budget: how many candidates may be tried; less what it took afterwards.
    private static func onsets(of observance: VTimeZone.Observance, within budget: inout Int) -> [Int] {
        guard budget > 0 else { return [] }
        let wallEnd = CalendarDate.epochDay(year: lastYear + 1, month: 1, day: 1) * 86_400
        var limits = RecurrenceLimits()
        var instants = [observance.start.epochSecond - observance.offsetFrom]
        budget -= 1
        for rule in observance.rules where budget > 0 {
            limits.candidatesPerRule = budget
            let pattern = RecurrencePattern(rule, start: observance.start.epochSecond, wholeDays: false)
            let end = rule.lastInstant(offset: observance.offsetFrom).map { $0 + observance.offsetFrom + 1 } ?? wallEnd
            var cursor = RecurrenceCursor(pattern, start: .asMade, end: min(end, wallEnd), limits: limits)
            while let wall = cursor.next() { instants.append(wall - observance.offsetFrom) }
            // One more for the rule itself, so that many that make nothing end, too.
            budget = cursor.budget - 1
        }
        for date in observance.dates.prefix(max(budget, 0)) {
            budget -= 1
            switch date {
            case .date(let date): instants.append(date.epochDay * 86_400 - observance.offsetFrom)
            case .floating(let local), .zoned(let local, tzid: _):
                instants.append(local.epochSecond - observance.offsetFrom)
            case .utc(let local): instants.append(local.epochSecond)
            }
        }
        return instants
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
