import struct Foundation.Date

/// The occurrences of a series in a window, found one by one as they are asked for.
public struct SeriesOccurrences: Sequence, Sendable {
    let series: EventSeries
    let window: Range<Int>
    let limits: RecurrenceLimits
    let resolver: TimeZoneResolver
    private let source: Source

    /// What makes the occurrences. Most series are one event at one time, which needs no plan.
    private enum Source: Sendable {
        case single(SeriesOccurrence, misfit: Moment?)
        case plan(SeriesPlan)
    }

    init(_ series: EventSeries, window: Range<Date>, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) {
        self.series = series
        self.limits = limits
        self.resolver = resolver
        // Rounded up: the bounds then mean the same for starts in whole seconds.
        self.window = window.lowerBound.epochSecond(.up)..<window.upperBound.epochSecond(.up)
        if let (single, misfit) = series.plainOccurrence(resolver) {
            source = .single(single, misfit: misfit)
        } else {
            source = .plan(SeriesPlan(series, resolver, limits))
        }
    }

    public func makeIterator() -> Iterator {
        switch source {
        case .single(let single, _): Iterator(single, window: window, limits)
        case .plan(let plan): Iterator(plan, window: window, limits)
        }
    }

    /// Whether a rule without end was cut by the window.
    public var isEndless: Bool {
        switch source {
        case .single: false
        case .plan(let plan): plan.set?.isEndless ?? false
        }
    }

    /// All of them; none if a limit was reached, for a series is taken whole or not at all.
    public func collected() -> SeriesExpansion {
        switch source {
        case .single(let single, let misfit):
            let isInside = window.contains(single.startInstant)
            return SeriesExpansion(
                isInside ? [single] : [], series, resolver, limits, isEndless: false, misfit: isInside ? misfit : nil,
                orphans: [], reachedLimit: isInside && limits.occurrences < 1)
        case .plan(let plan):
            var iterator = Iterator(plan, window: window, limits)
            var occurrences: [SeriesOccurrence] = []
            if plan.set != nil { occurrences.reserveCapacity(16) }
            while let occurrence = iterator.next() { occurrences.append(occurrence) }
            return SeriesExpansion(
                occurrences, series, resolver, limits, isEndless: isEndless, misfit: iterator.firstMisfit,
                orphans: plan.orphans, reachedLimit: iterator.reachedLimit)
        }
    }

    public struct Iterator: IteratorProtocol {
        private let plan: SeriesPlan?
        private let window: Range<Int>
        private var segments: [SeriesSegment] = []
        /// Those of the plan that are still to come, rising.
        private var singles: ArraySlice<SeriesOccurrence>
        private var remaining: Int

        /// Whether it ended because of a limit: the series is not whole then.
        public var reachedLimit: Bool {
            remaining < 0 || plan?.ranOut ?? false || segments.contains(where: \.ranOut)
        }

        /// The first occurrence whose start the clocks skip or show twice.
        fileprivate var firstMisfit: Moment? {
            var first: Moment?
            for segment in segments { first = first.earlier(segment.firstMisfit, in: window) }
            for misfit in plan?.singleMisfits ?? [] { first = first.earlier(misfit, in: window) }
            return first
        }

        fileprivate init(_ single: SeriesOccurrence, window: Range<Int>, _ limits: RecurrenceLimits) {
            plan = nil
            self.window = window
            remaining = limits.occurrences
            singles = window.contains(single.startInstant) ? [single] : []
        }

        fileprivate init(_ plan: SeriesPlan, window: Range<Int>, _ limits: RecurrenceLimits) {
            self.plan = plan
            self.window = window
            remaining = limits.occurrences
            singles = plan.singles[...]
            if !singles.isEmpty {
                singles = singles.drop { $0.startInstant < window.lowerBound }
                    .prefix { $0.startInstant < window.upperBound }
            }
            guard let set = plan.set else { return }
            segments = SeriesSegment.segments(of: plan, set, window, limits)
            guard !isAlone else { return }
            for index in segments.indices { segments[index].step() }
        }

        /// Whether there is but one source, so that nothing has to be put in order.
        private var isAlone: Bool { segments.count == 1 && singles.isEmpty }

        public mutating func next() -> SeriesOccurrence? {
            guard let occurrence = isAlone ? segments[0].take() : nextOfAll() else { return nil }
            remaining -= 1
            return remaining < 0 ? nil : occurrence
        }

        private mutating func nextOfAll() -> SeriesOccurrence? {
            var first: SeriesOccurrence?
            var place = 0
            for index in segments.indices {
                guard let head = segments[index].head else { continue }
                if let known = first, !head.comes(before: known) { continue }
                first = head
                place = index
            }
            if let single = singles.first, first.map({ single.comes(before: $0) }) ?? true {
                singles.removeFirst()
                return single
            }
            if first != nil { segments[place].step() }
            return first
        }
    }
}

extension Moment? {
    /// The earlier one of the two, if the other is in the window.
    fileprivate func earlier(_ other: Moment?, in window: Range<Int>) -> Moment? {
        guard let other, window.contains(other.instant) else { return self }
        guard let self, self.instant <= other.instant else { return other }
        return self
    }
}

extension EventSeries {
    /// The only occurrence of an event that neither recurs nor is overridden, wherever it lies, and its start where the
    /// clocks skip it or show it twice; `nil` for any other series.
    fileprivate func plainOccurrence(_ resolver: TimeZoneResolver) -> (SeriesOccurrence, misfit: Moment?)? {
        guard overrideIndices.isEmpty, let index = masterIndex, !events[index].hasRecurrence,
            let time = events[index].start
        else { return nil }
        let frame = TimeFrame(time, resolver)
        var clock = ZoneCursor()
        let start = frame.moment(of: time, &clock, resolver)
        let length = OccurrenceLength(
            end: events[index].end, duration: events[index].duration, start: start, frame: frame, &clock, resolver)
        let occurrence = SeriesOccurrence(
            override: nil, original: nil, seriesKind: frame.kind, start: start,
            end: length.end(of: start, in: frame.zone, clock: &clock), kind: frame.kind)
        return (occurrence, start.fit == .once ? nil : start)
    }
}

extension Event {
    /// Whether any of its properties gives or takes instances.
    fileprivate var hasRecurrence: Bool {
        !(rules.isEmpty && recurrenceDates.isEmpty && exceptionDates.isEmpty && exceptionRules.isEmpty)
    }
}
