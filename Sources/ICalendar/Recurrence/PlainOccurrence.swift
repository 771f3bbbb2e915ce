/// The only occurrence of an event that neither recurs nor is overridden, wherever it lies: what most series are.
struct PlainOccurrence {
    let occurrence: SeriesOccurrence
    /// Its start where the clocks skip it or show it twice.
    let misfit: Moment?
    /// Whether all its times have one TZID of which there is nothing to say.
    let isClean: Bool
}

extension EventSeries {
    /// `nil` for any other series.
    func plainOccurrence(_ resolver: TimeZoneResolver) -> PlainOccurrence? {
        guard overrideIndices.isEmpty, let index = masterIndex, !events[index].hasRecurrence,
            let time = events[index].start
        else { return nil }
        let frame = resolver.frame(of: time)
        var clock = ZoneCursor()
        let start = frame.moment(of: time, &clock, resolver)
        let length = frame.length(
            from: start, to: events[index].end, duration: events[index].duration, &clock, resolver)
        let occurrence = SeriesOccurrence(
            override: nil, original: nil, seriesKind: frame.kind, start: start,
            end: length.end(of: start, in: frame.zone, clock: &clock), kind: frame.kind)
        return PlainOccurrence(
            occurrence: occurrence, misfit: start.fit == .once ? nil : start,
            isClean: frame.isClean && frame.names(zoneOf: events[index].end) && !events[index].isOverride)
    }
}

extension Event {
    /// Whether any of its properties gives or takes instances.
    @inline(__always)
    fileprivate var hasRecurrence: Bool {
        !(rules.isEmpty && recurrenceDates.isEmpty && exceptionDates.isEmpty && exceptionRules.isEmpty)
    }

    /// Asked by a pattern: to compare with nil would copy the time.
    @inline(__always)
    fileprivate var isOverride: Bool {
        if case .some = recurrenceID { true } else { false }
    }
}
