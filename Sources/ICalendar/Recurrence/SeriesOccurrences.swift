import struct Foundation.Date

/// The occurrences of a series in a window, found one by one as they are asked for.
public struct SeriesOccurrences: Sequence, Sendable {
    let series: EventSeries
    let plan: SeriesPlan
    let lower: Int
    let upper: Int
    let limits: RecurrenceLimits
    let resolver: TimeZoneResolver

    init(_ series: EventSeries, window: Range<Date>, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) {
        self.series = series
        self.limits = limits
        self.resolver = resolver
        lower = window.lowerBound.wholeSeconds
        upper = window.upperBound.wholeSeconds
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
        private let lower: Int
        private let upper: Int
        private var segments: [SeriesSegment]
        private var heads: [SeriesOccurrence?]
        private var singleIndex = 0
        private var remaining: Int

        /// Whether it ended because of a limit: the series is not whole then.
        public var reachedLimit: Bool { remaining < 0 || plan.ranOut || segments.contains(where: \.ranOut) }

        /// The first occurrence whose start the clocks skip or show twice.
        var firstMisfit: (start: Date, fit: ZoneCursor.Fit)? {
            segments.compactMap(\.firstMisfit).min { $0.start < $1.start }
        }

        fileprivate init(_ occurrences: SeriesOccurrences) {
            plan = occurrences.plan
            lower = occurrences.lower
            upper = occurrences.upper
            remaining = occurrences.limits.occurrences
            var segments = SeriesSegment.segments(of: occurrences)
            heads = segments.indices.map { segments[$0].next() }
            self.segments = segments
            while singleIndex < plan.singles.count, plan.singles[singleIndex].start.instant < lower { singleIndex += 1 }
        }

        public mutating func next() -> SeriesOccurrence? {
            guard remaining >= 0, let occurrence = nextOfAll() else { return nil }
            remaining -= 1
            return remaining < 0 ? nil : occurrence
        }

        private mutating func nextOfAll() -> SeriesOccurrence? {
            var first: Int?
            for index in heads.indices {
                guard let head = heads[index] else { continue }
                if let best = first, let known = heads[best], !head.comes(before: known) { continue }
                first = index
            }
            if singleIndex < plan.singles.count, plan.singles[singleIndex].start.instant < upper {
                let single = plan.singles[singleIndex].occurrence
                if first.flatMap({ heads[$0] }).map({ single.comes(before: $0) }) ?? true {
                    singleIndex += 1
                    return single
                }
            }
            guard let first else { return nil }
            defer { heads[first] = segments[first].next() }
            return heads[first]
        }
    }
}

extension SeriesPlan.Single {
    fileprivate var occurrence: SeriesOccurrence {
        SeriesOccurrence(component, recurrenceID: recurrenceID, start: start, end: end, kind: kind)
    }
}

extension SeriesOccurrence {
    /// By start, then by end.
    fileprivate func comes(before other: SeriesOccurrence) -> Bool { (start, end) < (other.start, other.end) }
}

extension Date {
    /// Seconds since 1970, rounded up: window bounds then mean the same for starts in whole seconds.
    fileprivate var wholeSeconds: Int {
        let seconds = timeIntervalSince1970.rounded(.up)
        return Int(Swift.min(Swift.max(seconds, -1e12), 1e12))
    }
}
