/// The recurrence set of one component (RFC 5545 §3.8.5.3): DTSTART, RRULEs and RDATEs, less EXDATEs and EXRULEs.
///
/// A class, because it is large and every iterator shares it.
final class RecurrenceSet: Sendable {
    let frame: TimeFrame
    let start: Moment
    let length: OccurrenceLength
    private let rules: [PreparedRule]
    private let exceptionRules: [PreparedRule]
    /// RDATEs, and DTSTART where no rule gives it; rising, each once.
    private let dates: [Moment]
    /// By the instant where they begin: the RDATEs that are periods.
    private let periodLengths: [Int: OccurrenceLength]
    private let excluded: ExcludedTimes

    var isEndless: Bool { rules.contains(where: \.isEndless) }

    /// - Parameter start: that of the component, in `frame`.
    init(
        start: Moment, length: OccurrenceLength, frame: TimeFrame, rules givenRules: [RecurrenceRule],
        exceptionRules givenExceptions: [RecurrenceRule], dates givenDates: [Event.RecurrenceDate],
        exceptionDates: [CalendarTime], _ resolver: TimeZoneResolver
    ) {
        self.frame = frame
        self.start = start
        self.length = length
        rules = givenRules.map { PreparedRule($0, start: start, frame: frame, resolver) }
        exceptionRules = givenExceptions.map { PreparedRule($0, start: start, frame: frame, resolver) }
        var dates = givenRules.isEmpty ? [start] : []
        var periodLengths: [Int: OccurrenceLength] = [:]
        for date in givenDates {
            let moment = frame.recurrence(of: date.start, start: start, resolver)
            dates.append(moment)
            guard let period = date.period else { continue }
            periodLengths[moment.instant] = frame.length(of: period, start: moment, resolver)
        }
        self.dates = dates.count > 1 ? dates.sortedByInstant() : dates
        self.periodLengths = periodLengths
        excluded = ExcludedTimes(exceptionDates, frame, resolver)
    }

    /// The length of the occurrence that begins at `start`.
    func length(at start: Moment) -> OccurrenceLength {
        periodLengths.isEmpty ? length : periodLengths[start.instant] ?? length
    }

    /// The members from `lower` up to, but not including, `upper`, both instants in seconds.
    func times(from lower: Int, to upper: Int, limits: RecurrenceLimits) -> Times {
        Times(self, from: lower, to: upper, limits)
    }

    /// The members in rising order, each once.
    struct Times: IteratorProtocol {
        private let set: RecurrenceSet
        private var rules: [RuleTimes]
        private var exceptions: [RuleTimes]
        private var dateIndex = 0
        private var lower: Int
        private let upper: Int

        /// Whether the limits ended a rule.
        var ranOut: Bool { rules.contains(where: \.ranOut) || exceptions.contains(where: \.ranOut) }

        fileprivate init(_ set: RecurrenceSet, from lower: Int, to upper: Int, _ limits: RecurrenceLimits) {
            self.set = set
            self.lower = lower
            self.upper = upper
            let zone = set.frame.zone
            rules = set.rules.map { $0.times(from: lower, to: upper, in: zone, start: .included, limits: limits) }
            exceptions = set.exceptionRules.map {
                $0.times(from: lower, to: upper, in: zone, start: .asMade, limits: limits)
            }
        }

        /// Passes over everything before `instant`.
        mutating func advance(to instant: Int) {
            lower = max(lower, instant)
            for index in rules.indices { rules[index].advance(to: lower) }
        }

        mutating func next() -> Moment? {
            let isAlone = rules.count == 1 && set.dates.isEmpty
            while let moment = isAlone ? rules[0].take() : nextOfAll() {
                if moment.instant >= lower, !isExcluded(moment) { return moment }
            }
            return nil
        }

        private mutating func nextOfAll() -> Moment? {
            while dateIndex < set.dates.count, set.dates[dateIndex].instant < lower { dateIndex += 1 }
            var first = dateIndex < set.dates.count && set.dates[dateIndex].instant < upper ? set.dates[dateIndex] : nil
            for index in rules.indices {
                guard let head = rules[index].head else { continue }
                if let known = first, known.instant <= head.instant { continue }
                first = head
            }
            guard let first else { return nil }
            if dateIndex < set.dates.count, set.dates[dateIndex].instant == first.instant { dateIndex += 1 }
            for index in rules.indices where rules[index].head?.instant == first.instant { rules[index].step() }
            return first
        }

        private mutating func isExcluded(_ moment: Moment) -> Bool {
            if set.excluded.contains(moment) { return true }
            for index in exceptions.indices {
                exceptions[index].advance(to: moment.instant)
                if exceptions[index].head?.instant == moment.instant { return true }
            }
            return false
        }
    }
}

/// What an EXDATE or a RECURRENCE-ID names: an instant, or all that begins on a day if either side is a DATE.
enum InstanceKey: Hashable {
    /// Seconds since 1970.
    case instant(Int)
    /// Days since 1970 on the wall of the frame.
    case day(Int)
}

extension TimeFrame {
    func key(of time: CalendarTime, _ resolver: TimeZoneResolver) -> InstanceKey {
        if kind == .date { return .day(day(of: time)) }
        if case .date(let date) = time { return .day(date.epochDay) }
        return .instant(moment(of: time, resolver).instant)
    }

    /// An RDATE; a date beside times means DTSTART's time of day on that day.
    fileprivate func recurrence(of time: CalendarTime, start: Moment, _ resolver: TimeZoneResolver) -> Moment {
        if kind == .date { return moment(wall: day(of: time) * 86_400) }
        if case .date(let date) = time {
            return moment(wall: date.epochDay * 86_400 + start.wall - start.day * 86_400)
        }
        return moment(of: time, resolver)
    }

    fileprivate func length(
        of period: Event.RecurrenceDate.PeriodEnd, start: Moment, _ resolver: TimeZoneResolver
    ) -> OccurrenceLength {
        switch period {
        case .end(let end): length(from: start, to: end, duration: nil, resolver)
        case .duration(let duration): length(from: start, to: nil, duration: duration, resolver)
        }
    }
}

extension [Moment] {
    fileprivate func sortedByInstant() -> [Moment] {
        sorted { $0.instant < $1.instant }.reduce(into: []) { if $0.last?.instant != $1.instant { $0.append($1) } }
    }
}

extension [Int] {
    /// Whether a rising array has `element`.
    func hasSorted(_ element: Int) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] == element { return true }
            if self[middle] < element { low = middle + 1 } else { high = middle }
        }
        return false
    }
}
