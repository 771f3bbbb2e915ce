public import struct Foundation.Date

/// A series expanded over a window, with what there is to say about it.
public struct SeriesExpansion: Hashable, Sendable {
    /// In order of start; empty when the series is rejected.
    public var occurrences: [SeriesOccurrence]
    /// At the lines of the components concerned.
    public var diagnostics: [ICalendarDiagnostic]
    /// Whether a limit was reached (ICS013).
    public var isRejected: Bool

    fileprivate init(
        _ plain: PlainOccurrence, _ series: EventSeries, _ window: Range<Int>, _ resolver: TimeZoneResolver,
        _ limits: RecurrenceLimits
    ) {
        let isInside = window.contains(plain.occurrence.startInstant)
        isRejected = isInside && limits.occurrences < 1
        occurrences = isInside && !isRejected ? [plain.occurrence] : []
        diagnostics = plain.isClean ? [] : series.timeDiagnostics(resolver)
        addDiagnostics(series, limits, isEndless: false, misfit: isInside ? plain.misfit : nil)
    }

    fileprivate init(
        _ rule: inout SoleRule, _ series: EventSeries, _ resolver: TimeZoneResolver, _ limits: RecurrenceLimits
    ) {
        var occurrences: [SeriesOccurrence] = []
        occurrences.reserveCapacity(16)
        while occurrences.count <= limits.occurrences, let occurrence = rule.next() { occurrences.append(occurrence) }
        isRejected = occurrences.count > limits.occurrences || rule.ranOut
        self.occurrences = isRejected ? [] : occurrences
        diagnostics = series.timeDiagnostics(resolver)
        addDiagnostics(series, limits, isEndless: rule.isEndless, misfit: rule.firstMisfit)
    }

    fileprivate init(
        _ plan: SeriesPlan, _ series: EventSeries, _ window: Range<Int>, _ resolver: TimeZoneResolver,
        _ limits: RecurrenceLimits
    ) {
        var iterator = SeriesOccurrences.Iterator(plan, window: window, limits)
        var occurrences: [SeriesOccurrence] = []
        if plan.set != nil { occurrences.reserveCapacity(16) }
        while let occurrence = iterator.next() { occurrences.append(occurrence) }
        isRejected = iterator.reachedLimit
        self.occurrences = isRejected ? [] : occurrences
        diagnostics = series.timeDiagnostics(resolver)
        for orphan in plan.orphans { diagnostics.append(series.diagnostic(for: orphan)) }
        addDiagnostics(series, limits, isEndless: plan.isEndless, misfit: iterator.firstMisfit)
    }

    /// - Parameter misfit: the first start in the window that the clocks skip or show twice.
    private mutating func addDiagnostics(
        _ series: EventSeries, _ limits: RecurrenceLimits, isEndless: Bool, misfit: Moment?
    ) {
        guard isRejected || isEndless || misfit != nil else { return }
        let first = series.masterIndex ?? series.overrideIndices.first
        let line = first.map { series.events[$0].line } ?? 1
        if isRejected {
            diagnostics.append(
                ICalendarDiagnostic(
                    .tooManyOccurrences, .componentRejected, line: line,
                    "the series has more than \(limits.occurrences) occurrences in the window or "
                        + "\(limits.rules) rules, or takes more steps to work out than the limits allow"))
        } else if isEndless {
            diagnostics.append(
                ICalendarDiagnostic(
                    .endlessRule, .tolerated, line: line,
                    "the rule has no end, and is expanded up to the end of the window"))
        }
        if !isRejected, let misfit {
            let text = LocalDateTime(clampedEpochSecond: misfit.instant).extendedText
            let what = misfit.fit == .gap ? "skip" : "show twice"
            diagnostics.append(
                ICalendarDiagnostic(
                    .zoneTransition, .tolerated, line: line,
                    "the clocks \(what) the time at which an occurrence begins, \(text)Z is taken"))
        }
    }
}

extension EventSeries {
    /// All occurrences that begin in the window, as ``occurrences(in:resolver:limits:)`` gives them; none if a limit
    /// was reached, for a series is taken whole or not at all.
    public func expansion(
        in window: Range<Date>, resolver: TimeZoneResolver, limits: RecurrenceLimits = RecurrenceLimits()
    ) -> SeriesExpansion {
        let window = window.epochSeconds
        if let plain = plainOccurrence(resolver) {
            return SeriesExpansion(plain, self, window, resolver, limits)
        }
        if var rule = soleRule(in: window, resolver, limits) {
            return SeriesExpansion(&rule, self, resolver, limits)
        }
        return SeriesExpansion(SeriesPlan(self, resolver, limits), self, window, resolver, limits)
    }
}

extension EventSeries {
    /// ICS008, ICS009, ICS010 and ICS015: each once for a component.
    fileprivate func timeDiagnostics(_ resolver: TimeZoneResolver) -> [ICalendarDiagnostic] {
        var found: [ICalendarDiagnostic] = []
        if let masterIndex { addTimeDiagnostics(masterIndex, resolver, &found) }
        for index in overrideIndices { addTimeDiagnostics(index, resolver, &found) }
        return found
    }

    private func addTimeDiagnostics(
        _ index: Int, _ resolver: TimeZoneResolver, _ found: inout [ICalendarDiagnostic]
    ) {
        if hasPlainTimes(index, resolver) { return }
        let line = events[index].line
        addZoneDiagnostic(events[index].start, line, resolver, &found)
        addZoneDiagnostic(events[index].end, line, resolver, &found)
        addZoneDiagnostic(events[index].recurrenceID, line, resolver, &found)
        if case .floating? = events[index].start {
            found.append(
                ICalendarDiagnostic(
                    .floatingTime, .tolerated, line: line,
                    "the times have no zone, \(resolver.defaultZone.name) is taken"))
        }
        if let exception = events[index].exceptionDates.first(where: { !$0.fits(events[index].start) }) {
            found.append(
                ICalendarDiagnostic(
                    .exceptionDateType, .tolerated, line: line,
                    "EXDATE \(exception.valueText) is written in another form than DTSTART"))
        }
    }

    /// Whether start and end have one TZID of which there is nothing to say, and no other time is there: as usual.
    private func hasPlainTimes(_ index: Int, _ resolver: TimeZoneResolver) -> Bool {
        guard events[index].exceptionDates.isEmpty, case .zoned(_, let tzid)? = events[index].start else {
            return false
        }
        if case .some = events[index].recurrenceID { return false }
        switch events[index].end {
        case .zoned(_, tzid)?, nil: break
        case _: return false
        }
        return resolver.isClean(tzid)
    }

    private func addZoneDiagnostic(
        _ time: CalendarTime?, _ line: Int, _ resolver: TimeZoneResolver, _ found: inout [ICalendarDiagnostic]
    ) {
        guard case .zoned(_, let tzid)? = time, !resolver.isClean(tzid),
            let diagnostic = resolver.resolve(tzid, line: line).diagnostic, !found.contains(diagnostic)
        else { return }
        found.append(diagnostic)
    }

    fileprivate func diagnostic(for orphan: SeriesPlan.Orphan) -> ICalendarDiagnostic {
        let line = events[overrideIndices[orphan.override]].line
        return orphan.isStale
            ? ICalendarDiagnostic(
                .orphanedOverride, .componentRejected, line: line,
                "RECURRENCE-ID names no instance of the series, and SEQUENCE is below the master's")
            : ICalendarDiagnostic(
                .orphanedOverride, .tolerated, line: line,
                "RECURRENCE-ID names no instance of the series, it is taken for an occurrence of its own")
    }
}

extension CalendarTime {
    /// Whether an EXDATE is of DTSTART's form; UTC beside a zone is allowed by custom and unambiguous.
    fileprivate func fits(_ start: CalendarTime?) -> Bool {
        switch (self, start) {
        case (_, nil), (.date, .date), (.floating, .floating), (.utc, .utc), (.utc, .zoned), (.zoned, .zoned): true
        case (.date, _), (.floating, _), (.utc, _), (.zoned, _): false
        }
    }
}
