/// The instances between two THISANDFUTURE overrides: the master's at first, then those that an override moves.
struct SeriesSegment {
    private let set: RecurrenceSet
    private let plan: SeriesPlan
    private let future: SeriesPlan.Future?
    private let window: Range<Int>
    private var times: RecurrenceSet.Times
    private let zone: TimeZoneDefinition
    private var clock = ZoneCursor()
    /// The occurrence that it stands at; `nil` at the end, and before the first step.
    private(set) var head: SeriesOccurrence?
    /// The first start given that the clocks skip or show twice.
    private(set) var firstMisfit: Moment?

    /// Whether the limits ended it.
    var ranOut: Bool { times.ranOut }

    static func segments(
        of plan: SeriesPlan, _ set: RecurrenceSet, _ window: Range<Int>, _ limits: RecurrenceLimits
    ) -> [SeriesSegment] {
        let end = TimeZoneDefinition.endOfTime
        let first = SeriesSegment(plan, set, nil, until: plan.futures.first?.from ?? end, window, limits)
        guard !plan.futures.isEmpty else { return [first] }
        return [first]
            + plan.futures.indices.map { index in
                let next = index + 1 < plan.futures.count ? plan.futures[index + 1].from : end
                return SeriesSegment(plan, set, plan.futures[index], until: next, window, limits)
            }
    }

    private init(
        _ plan: SeriesPlan, _ set: RecurrenceSet, _ future: SeriesPlan.Future?, until end: Int, _ window: Range<Int>,
        _ limits: RecurrenceLimits
    ) {
        self.plan = plan
        self.set = set
        self.future = future
        self.window = window
        zone = future?.frame.zone ?? set.frame.zone
        var (from, to) = (window.lowerBound, window.upperBound)
        if let future {
            // The two walls may differ by the offsets of their zones, which is less than two days.
            from = max(future.from, from - future.shift - 2 * 86_400)
            to = to - future.shift + 2 * 86_400
        }
        times = set.times(from: from, to: min(to, end), limits: limits)
    }

    /// Goes on to the next occurrence.
    mutating func step() { head = next() }

    /// The occurrence that it stands at, or else the next one; it stands at none then.
    mutating func take() -> SeriesOccurrence? {
        guard let head else { return next() }
        self.head = nil
        return head
    }

    private mutating func next() -> SeriesOccurrence? {
        while let original = times.next() {
            if plan.replaces(original) { continue }
            var start = original
            if let future { start = clock.moment(wall: start.wall + future.shift, in: zone) }
            guard window.contains(start.instant) else { continue }
            if start.fit != .once, firstMisfit == nil { firstMisfit = start }
            let length = future?.length ?? set.length(at: original)
            return SeriesOccurrence(
                override: future?.override, original: original, seriesKind: set.frame.kind, start: start,
                end: length.end(of: start, in: zone, clock: &clock), kind: future?.frame.kind ?? set.frame.kind)
        }
        return nil
    }
}
