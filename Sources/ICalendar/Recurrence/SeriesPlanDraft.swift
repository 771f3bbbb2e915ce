/// A plan in the making: looks up what each override means.
struct SeriesPlanDraft {
    let series: EventSeries
    let resolver: TimeZoneResolver
    /// `nil` without a master, or with one that has no DTSTART.
    let set: RecurrenceSet?
    let isRecurring: Bool
    private(set) var futures: [SeriesPlan.Future] = []
    private(set) var singles: [SeriesOccurrence] = []
    private(set) var misfits: [Moment] = []
    private(set) var replacedInstants: [Int] = []
    private(set) var replacedDays: [Int] = []
    private(set) var orphans: [SeriesPlan.Orphan] = []
    private(set) var ranOut: Bool

    init(_ series: EventSeries, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) {
        self.series = series
        self.resolver = resolver
        ranOut = series.ruleCount > limits.rules
        guard let index = series.masterIndex, let start = series.events[index].start, !ranOut else {
            (set, isRecurring) = (nil, false)
            return
        }
        isRecurring = !series.events[index].rules.isEmpty || !series.events[index].recurrenceDates.isEmpty
        let frame = resolver.frame(of: start)
        let moment = frame.moment(of: start, resolver)
        let length = frame.length(
            from: moment, to: series.events[index].end, duration: series.events[index].duration, resolver)
        // Not the event as a whole, which is large and would be copied.
        set = RecurrenceSet(
            start: moment, length: length, frame: frame, rules: series.events[index].rules,
            exceptionRules: series.events[index].exceptionRules, dates: series.events[index].recurrenceDates,
            exceptionDates: series.events[index].exceptionDates, resolver)
    }

    /// Sorts the overrides into those for one instance, those for this and the future ones, and those that name none.
    mutating func placeOverrides(_ limits: RecurrenceLimits) {
        guard !series.overrideIndices.isEmpty, !ranOut else { return }
        let candidates = candidates()
        let found = instances(named: candidates.map(\.key), limits)
        let masterSequence = series.masterIndex.map { series.events[$0].sequence } ?? Int.min
        for (candidate, instance) in zip(candidates, found) {
            let event = series.events[series.overrideIndices[candidate.override]]
            if instance == nil {
                let isStale = event.sequence < masterSequence
                orphans.append(SeriesPlan.Orphan(override: candidate.override, isStale: isStale))
                if isStale { continue }
            }
            place(event, candidate, instance)
        }
    }

    /// A master that does not recur is an occurrence like those of overrides, unless one replaces it.
    mutating func placeSingleMaster() {
        guard let set, !isRecurring else { return }
        var times = set.times(from: set.start.instant, to: set.start.instant + 1, limits: RecurrenceLimits())
        guard let start = times.next(), replacedDays.isEmpty, replacedInstants.isEmpty, futures.isEmpty else { return }
        add(override: nil, original: nil, start, set.length, set.frame)
    }

    private struct Candidate {
        let override: Int
        let key: InstanceKey
        /// The instance named, on the wall of the master.
        let named: Moment
    }

    /// The overrides that count, in the order of the instances that they name.
    private func candidates() -> [Candidate] {
        var best: [InstanceKey: Candidate] = [:]
        for (number, index) in series.overrideIndices.enumerated() {
            guard let name = series.events[index].recurrenceID else { continue }
            let frame = set?.frame ?? resolver.frame(of: name)
            let key = frame.key(of: name, resolver)
            if let known = best[key] {
                let rival = series.events[series.overrideIndices[known.override]]
                guard series.events[index].isLaterRevision(than: rival) else { continue }
            }
            let named =
                switch key {
                case .instant: frame.moment(of: name, resolver)
                case .day(let day): frame.moment(wall: day * 86_400)
                }
            best[key] = Candidate(override: number, key: key, named: named)
        }
        return best.values.sorted { ($0.named.instant, $0.override) < ($1.named.instant, $1.override) }
    }

    /// The master's instance that each key names; `nil` where there is none. The keys come in rising order.
    private mutating func instances(named keys: [InstanceKey], _ limits: RecurrenceLimits) -> [Moment?] {
        guard let set, !keys.isEmpty else { return keys.map { _ in nil } }
        let starts = keys.map { key in
            switch key {
            case .instant(let instant): instant
            case .day(let day): set.frame.moment(wall: day * 86_400).instant
            }
        }
        var times = set.times(from: starts[0], to: TimeZoneDefinition.endOfTime, limits: limits)
        var head: Moment?
        var found: [Moment?] = []
        for (key, start) in zip(keys, starts) {
            if head.map({ $0.instant < start }) ?? true {
                times.advance(to: start)
                head = times.next()
            }
            let matches =
                switch key {
                case .instant(let instant): head?.instant == instant
                case .day(let day): head?.day == day
                }
            found.append(matches ? head : nil)
        }
        ranOut = times.ranOut
        return found
    }

    private mutating func place(_ event: Event, _ candidate: Candidate, _ instance: Moment?) {
        // A cancellation may come without DTSTART.
        guard let startTime = event.start ?? event.recurrenceID else { return }
        let frame = resolver.frame(of: startTime)
        let start = frame.moment(of: startTime, resolver)
        let length = frame.length(from: start, to: event.end, duration: event.duration, resolver)
        let original = instance ?? candidate.named
        if event.appliesToFuture, isRecurring {
            futures.append(
                SeriesPlan.Future(
                    override: candidate.override, from: original.instant, shift: start.wall - original.wall,
                    frame: frame, length: length))
            if instance != nil { return }
        }
        add(override: candidate.override, original: original, start, length, frame)
        switch candidate.key {
        case .instant(let instant): replacedInstants.append(instant)
        case .day(let day): replacedDays.append(day)
        }
    }

    private mutating func add(
        override: Int?, original: Moment?, _ start: Moment, _ length: OccurrenceLength, _ frame: TimeFrame
    ) {
        var clock = ZoneCursor()
        singles.append(
            SeriesOccurrence(
                override: override, original: original, seriesKind: set?.frame.kind ?? frame.kind, start: start,
                end: length.end(of: start, in: frame.zone, clock: &clock), kind: frame.kind))
        if start.fit != .once { misfits.append(start) }
    }
}

extension EventSeries {
    /// How many rules have to be run: each again for every stretch that begins with a THISANDFUTURE override.
    fileprivate var ruleCount: Int {
        guard let master = masterIndex else { return 0 }
        let rules = events[master].rules.count + events[master].exceptionRules.count
        return rules * (1 + overrideIndices.count { events[$0].appliesToFuture })
    }
}
