import struct Foundation.Date

/// The occurrences of a series in a window, found one by one as they are asked for.
public struct SeriesOccurrences: Sequence, Sendable {
    let series: EventSeries
    let plan: SeriesPlan
    let window: Range<Int>
    let limits: RecurrenceLimits
    let resolver: TimeZoneResolver

    init(_ series: EventSeries, window: Range<Date>, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) {
        self.series = series
        self.limits = limits
        self.resolver = resolver
        // Rounded up: the bounds then mean the same for starts in whole seconds.
        self.window = window.lowerBound.epochSecond(.up)..<window.upperBound.epochSecond(.up)
        plan = SeriesPlan(series, resolver, limits)
    }

    public func makeIterator() -> Iterator { Iterator(self) }

    /// Whether a rule without end was cut by the window.
    public var isEndless: Bool { plan.set?.isEndless ?? false }

    /// All of them; none if a limit was reached, for a series is taken whole or not at all.
    public func collected() -> SeriesExpansion {
        var iterator = makeIterator()
        var occurrences: [SeriesOccurrence] = []
        while let occurrence = iterator.next() { occurrences.append(occurrence) }
        return SeriesExpansion(self, occurrences, iterator)
    }

    public struct Iterator: IteratorProtocol {
        private let plan: SeriesPlan
        private let window: Range<Int>
        private var segments: [SeriesSegment] = []
        private var singleIndex = 0
        private var remaining: Int

        /// Whether it ended because of a limit: the series is not whole then.
        public var reachedLimit: Bool { remaining < 0 || plan.ranOut || segments.contains(where: \.ranOut) }

        /// The first occurrence whose start the clocks skip or show twice.
        var firstMisfit: Moment? {
            let found = segments.compactMap(\.firstMisfit) + plan.singleMisfits
            return found.filter { window.contains($0.instant) }.min { $0.instant < $1.instant }
        }

        fileprivate init(_ occurrences: SeriesOccurrences) {
            plan = occurrences.plan
            window = occurrences.window
            remaining = occurrences.limits.occurrences
            if let set = plan.set {
                segments = SeriesSegment.segments(of: plan, set, window, occurrences.limits)
            }
            while singleIndex < plan.singles.count, plan.singles[singleIndex].startInstant < window.lowerBound {
                singleIndex += 1
            }
        }

        public mutating func next() -> SeriesOccurrence? {
            guard let occurrence = nextOfAll() else { return nil }
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
            if singleIndex < plan.singles.count {
                let single = plan.singles[singleIndex]
                if single.startInstant < window.upperBound, first.map({ single.comes(before: $0) }) ?? true {
                    singleIndex += 1
                    return single
                }
            }
            if first != nil { segments[place].step() }
            return first
        }
    }
}
