/// The recurrence set of one component (RFC 5545 §3.8.5.3): DTSTART, RRULEs and RDATEs, less EXDATEs and EXRULEs.
struct RecurrenceSet {
    let frame: TimeFrame
    let start: Moment
    let length: OccurrenceLength
    let isRecurring: Bool
    private let rules: [PreparedRule]
    private let exceptionRules: [PreparedRule]
    /// RDATEs, and DTSTART where no rule gives it; rising, each once.
    private let dates: [Moment]
    /// By the instant where they begin: the RDATEs that are periods.
    private let periodLengths: [Int: OccurrenceLength]
    /// EXDATEs as instants and as days, both rising.
    private let excludedInstants: [Int]
    private let excludedDays: [Int]

    var isEndless: Bool { rules.contains(where: \.isEndless) }

    /// - Parameter start: `event.start`.
    init(_ event: Event, start startTime: CalendarTime, _ resolver: TimeZoneResolver) {
        let frame = TimeFrame(startTime, resolver)
        let start = frame.moment(of: startTime, resolver)
        self.frame = frame
        self.start = start
        length = OccurrenceLength(of: event, start: start, frame: frame, resolver)
        isRecurring = !event.rules.isEmpty || !event.recurrenceDates.isEmpty
        rules = event.rules.map { PreparedRule($0, start: start, frame: frame, resolver) }
        exceptionRules = event.exceptionRules.map { PreparedRule($0, start: start, frame: frame, resolver) }
        var dates = event.rules.isEmpty ? [start] : []
        var periodLengths: [Int: OccurrenceLength] = [:]
        for date in event.recurrenceDates {
            let moment = frame.recurrence(of: date.start, start: start, resolver)
            dates.append(moment)
            guard let period = date.period else { continue }
            periodLengths[moment.instant] = frame.length(of: period, start: moment, resolver)
        }
        self.dates = dates.count > 1 ? dates.sortedByInstant() : dates
        self.periodLengths = periodLengths
        var excludedInstants: [Int] = []
        var excludedDays: [Int] = []
        for time in event.exceptionDates {
            switch frame.key(of: time, resolver) {
            case .instant(let instant): excludedInstants.append(instant)
            case .day(let day): excludedDays.append(day)
            }
        }
        self.excludedInstants = excludedInstants.sorted()
        self.excludedDays = excludedDays.sorted()
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
        private var sources: [RuleTimes]
        /// The next time of each source; a source that has ended has none.
        private var heads: [Moment?]
        private var exceptions: [RuleTimes]
        private var exceptionHeads: [Moment?]
        private let set: RecurrenceSet
        private var dateIndex = 0
        private var lower: Int
        private let upper: Int

        /// Whether the limits ended a rule.
        var ranOut: Bool { sources.contains(where: \.ranOut) || exceptions.contains(where: \.ranOut) }

        fileprivate init(_ set: RecurrenceSet, from lower: Int, to upper: Int, _ limits: RecurrenceLimits) {
            self.set = set
            self.lower = lower
            self.upper = upper
            let zone = set.frame.zone
            var sources = set.rules.map { $0.times(from: lower, to: upper, in: zone, start: .included, limits: limits) }
            var exceptions = set.exceptionRules.map {
                $0.times(from: lower, to: upper, in: zone, start: .asMade, limits: limits)
            }
            heads = sources.indices.map { sources[$0].next() }
            exceptionHeads = exceptions.indices.map { exceptions[$0].next() }
            self.sources = sources
            self.exceptions = exceptions
        }

        /// Passes over everything before `instant`.
        mutating func advance(to instant: Int) {
            guard instant > lower else { return }
            lower = instant
            for index in sources.indices where heads[index].map({ $0.instant < instant }) ?? false {
                sources[index].advance(to: instant)
                heads[index] = sources[index].next()
            }
        }

        mutating func next() -> Moment? {
            while let moment = nextOfAll() {
                if moment.instant >= lower, !isExcluded(moment) { return moment }
            }
            return nil
        }

        private mutating func nextOfAll() -> Moment? {
            if sources.count == 1, set.dates.isEmpty {
                defer { heads[0] = heads[0] == nil ? nil : sources[0].next() }
                return heads[0]
            }
            while dateIndex < set.dates.count, set.dates[dateIndex].instant < lower { dateIndex += 1 }
            var first = dateIndex < set.dates.count && set.dates[dateIndex].instant < upper ? set.dates[dateIndex] : nil
            for case let head? in heads where first.map({ head.instant < $0.instant }) ?? true { first = head }
            guard let first else { return nil }
            if dateIndex < set.dates.count, set.dates[dateIndex].instant == first.instant { dateIndex += 1 }
            for index in sources.indices where heads[index]?.instant == first.instant {
                heads[index] = sources[index].next()
            }
            return first
        }

        private mutating func isExcluded(_ moment: Moment) -> Bool {
            if set.excludedInstants.hasSorted(moment.instant) { return true }
            if set.excludedDays.hasSorted(moment.day) { return true }
            for index in exceptions.indices {
                if let head = exceptionHeads[index], head.instant < moment.instant {
                    exceptions[index].advance(to: moment.instant)
                    exceptionHeads[index] = exceptions[index].next()
                }
                if exceptionHeads[index]?.instant == moment.instant { return true }
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
        case .end(let end): OccurrenceLength(end: end, duration: nil, start: start, frame: self, resolver)
        case .duration(let duration):
            OccurrenceLength(end: nil, duration: duration, start: start, frame: self, resolver)
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
