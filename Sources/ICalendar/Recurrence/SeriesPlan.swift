/// A series with its times resolved: which instances the overrides replace, and where they begin themselves.
struct SeriesPlan {
    /// `nil` without a master, or with one that has no DTSTART.
    private(set) var set: RecurrenceSet?
    /// Overrides with THISANDFUTURE, by the instance from which they hold.
    private(set) var futures: [Future] = []
    /// Overrides for one instance, in order of start.
    private(set) var singles: [Single] = []
    /// What the singles replace, rising.
    private(set) var replacedInstants: [Int] = []
    private(set) var replacedDays: [Int] = []
    /// Overrides that name no instance.
    private(set) var orphans: [Orphan] = []
    /// Whether the limits were reached while looking for the instances that the overrides name.
    private(set) var ranOut = false

    struct Single {
        let component: SeriesOccurrence.Component
        let recurrenceID: SeriesOccurrence.RecurrenceID?
        let start: Moment
        let end: Moment
        let kind: TimeFrame.Kind
    }

    struct Future {
        let index: Int
        /// The first instance, as the master has it.
        let from: Int
        /// Seconds on the wall from the master's instances to the override's.
        let shift: Int
        let frame: TimeFrame
        let length: OccurrenceLength
    }

    struct Orphan: Hashable {
        let index: Int
        let isStale: Bool
    }

    init(_ series: EventSeries, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits) {
        if let start = series.master?.start, let master = series.master {
            set = RecurrenceSet(master, start: start, resolver)
        }
        guard !series.overrides.isEmpty else { return }
        let candidates = Self.candidates(series.overrides, set?.frame, resolver)
        let found = instances(named: candidates.map(\.key), limits)
        let masterSequence = series.master?.sequence ?? Int.min
        for (candidate, instance) in zip(candidates, found) {
            let event = series.overrides[candidate.index]
            if instance == nil {
                let isStale = event.sequence < masterSequence
                orphans.append(Orphan(index: candidate.index, isStale: isStale))
                if isStale { continue }
            }
            add(event, candidate, instance, resolver)
        }
        singles.sort { ($0.start.instant, $0.end.instant) < ($1.start.instant, $1.end.instant) }
        futures.sort { $0.from < $1.from }
        replacedInstants.sort()
        replacedDays.sort()
        orphans.sort { $0.index < $1.index }
    }

    private struct Candidate {
        let index: Int
        let key: InstanceKey
        /// The instance named, on the wall of the master.
        let named: Moment
    }

    /// The overrides that count, in the order of the instances that they name.
    private static func candidates(
        _ overrides: [Event], _ masterFrame: TimeFrame?, _ resolver: TimeZoneResolver
    ) -> [Candidate] {
        var best: [InstanceKey: Candidate] = [:]
        for (index, event) in overrides.enumerated() {
            guard let name = event.recurrenceID else { continue }
            let frame = masterFrame ?? TimeFrame(name, resolver)
            let key = frame.key(of: name, resolver)
            if let known = best[key], !event.isLaterRevision(than: overrides[known.index]) { continue }
            let named =
                switch key {
                case .instant: frame.moment(of: name, resolver)
                case .day(let day): frame.moment(wall: day * 86_400)
                }
            best[key] = Candidate(index: index, key: key, named: named)
        }
        return best.values.sorted { ($0.named.instant, $0.index) < ($1.named.instant, $1.index) }
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

    private mutating func add(
        _ event: Event, _ candidate: Candidate, _ instance: Moment?, _ resolver: TimeZoneResolver
    ) {
        guard let startTime = event.start ?? event.recurrenceID else { return }
        let frame = TimeFrame(startTime, resolver)
        let start = frame.moment(of: startTime, resolver)
        let length = OccurrenceLength(of: event, start: start, frame: frame, resolver)
        let original = instance ?? candidate.named
        if event.appliesToFuture, set != nil {
            let shift = start.wall - original.wall
            futures.append(
                Future(index: candidate.index, from: original.instant, shift: shift, frame: frame, length: length))
            if instance != nil { return }
        }
        var clock = ZoneCursor(frame.zone)
        singles.append(
            Single(
                component: .override(candidate.index),
                recurrenceID: SeriesOccurrence.RecurrenceID(original, kind: set?.frame.kind ?? frame.kind),
                start: start, end: length.end(of: start, clock: &clock), kind: frame.kind))
        switch candidate.key {
        case .instant(let instant): replacedInstants.append(instant)
        case .day(let day): replacedDays.append(day)
        }
    }

    func replaces(_ moment: Moment) -> Bool {
        replacedInstants.hasSorted(moment.instant) || replacedDays.hasSorted(moment.day)
    }
}
