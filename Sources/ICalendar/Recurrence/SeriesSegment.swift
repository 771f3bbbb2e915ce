import struct Foundation.Date

/// The instances between two THISANDFUTURE overrides: the master's at first, then those that an override moves.
struct SeriesSegment: IteratorProtocol {
    private let set: RecurrenceSet
    private let plan: SeriesPlan
    private let component: SeriesOccurrence.Component
    private let future: SeriesPlan.Future?
    private let lower: Int
    private let upper: Int
    private var times: RecurrenceSet.Times
    private var clock: ZoneCursor
    /// The first one given whose start the clocks skip or show twice.
    private(set) var firstMisfit: (start: Date, fit: ZoneCursor.Fit)?

    var ranOut: Bool { times.ranOut }

    static func segments(of occurrences: SeriesOccurrences) -> [SeriesSegment] {
        let plan = occurrences.plan
        guard let set = plan.set else { return [] }
        let first = SeriesSegment(occurrences, set, future: nil, until: plan.futures.first?.from ?? Int.max)
        return [first]
            + plan.futures.indices.map { index in
                let next = index + 1 < plan.futures.count ? plan.futures[index + 1].from : Int.max
                return SeriesSegment(occurrences, set, future: plan.futures[index], until: next)
            }
    }

    private init(
        _ occurrences: SeriesOccurrences, _ set: RecurrenceSet, future: SeriesPlan.Future?, until end: Int
    ) {
        self.set = set
        self.future = future
        plan = occurrences.plan
        lower = occurrences.lower
        upper = occurrences.upper
        component = future.map { .override($0.index) } ?? .master
        clock = ZoneCursor(future?.frame.zone ?? set.frame.zone)
        var (from, to) = (lower, upper)
        if let future {
            // The two walls may differ by the offsets of their zones, which is less than two days.
            from = max(future.from, lower - future.shift - 2 * 86_400)
            to = upper - future.shift + 2 * 86_400
        }
        times = set.times(from: from, to: min(to, end), limits: occurrences.limits)
    }

    mutating func next() -> SeriesOccurrence? {
        while let original = times.next() {
            guard !plan.replaces(original) else { continue }
            let start = moved(original)
            guard start.instant >= lower, start.instant < upper else { continue }
            let end = (future?.length ?? set.length(at: original)).end(of: start, clock: &clock)
            let kind = set.frame.kind
            let occurrence = SeriesOccurrence(
                component, recurrenceID: set.isRecurring ? SeriesOccurrence.RecurrenceID(original, kind: kind) : nil,
                start: start, end: end, kind: future?.frame.kind ?? kind)
            if start.fit != .once, firstMisfit == nil { firstMisfit = (occurrence.start, start.fit) }
            return occurrence
        }
        return nil
    }

    private mutating func moved(_ original: Moment) -> Moment {
        guard let future else { return original }
        let wall = original.wall + future.shift
        let (instant, fit) = clock.instant(ofWall: wall)
        return Moment(wall: wall, instant: instant, fit: fit)
    }
}
