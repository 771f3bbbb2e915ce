import struct Foundation.Date

/// The occurrences of a series in a window, found one by one as they are asked for.
public struct SeriesOccurrences: Sequence, Sendable {
    private let window: Range<Int>
    private let limits: RecurrenceLimits
    private let source: Source

    /// What makes the occurrences. Most series are one event at one time, which needs no plan.
    private enum Source: Sendable {
        case single(SeriesOccurrence)
        case plan(SeriesPlan)
    }

    init(_ series: EventSeries, window: Range<Date>, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) {
        self.limits = limits
        self.window = window.epochSeconds
        if let plain = series.plainOccurrence(resolver) {
            source = .single(plain.occurrence)
        } else {
            source = .plan(SeriesPlan(series, resolver, limits))
        }
    }

    public func makeIterator() -> Iterator {
        switch source {
        case .single(let single): Iterator(single, window: window, limits)
        case .plan(let plan): Iterator(plan, window: window, limits)
        }
    }

    /// Whether a rule without end was cut by the window.
    public var isEndless: Bool {
        switch source {
        case .single: false
        case .plan(let plan): plan.isEndless
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
        var firstMisfit: Moment? {
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

        init(_ plan: SeriesPlan, window: Range<Int>, _ limits: RecurrenceLimits) {
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
