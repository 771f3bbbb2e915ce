import Diagnostics
import ICalendar
import Reservations

/// Turns the bytes of an export into bookings, by the rules of its source. Pure but for time zone data.
package struct ExportReader: Sendable {
    let rules: SourceRules
    let window: ImportWindow
    let cpuTime: @Sendable () -> Duration

    /// - Parameters:
    ///   - window: the days for which recurring bookings are expanded.
    ///   - cpuTime: the processor time that has been used.
    package init(
        rules: SourceRules, window: ImportWindow, cpuTime: @escaping @Sendable () -> Duration = threadTime
    ) {
        self.rules = rules
        self.window = window
        self.cpuTime = cpuTime
    }

    /// Never throws: what is wrong with the content is in the result.
    ///
    /// - Parameter path: below the source's directory; the rule `calendar` may take the room from its name.
    package func read(_ bytes: [UInt8], path: String) -> ImportedExport {
        let budget = CPUBudget(bytes: bytes.count, limits: rules.limits, time: cpuTime)
        return translate(parse(bytes), path: path, within: budget)
    }

    /// The same for an export that comes in pieces.
    ///
    /// - Parameter size: of the whole, in bytes; how much of the processor it may use depends on it.
    package func stream(path: String, size: Int) -> ExportStream {
        ExportStream(
            self, path: path, budget: CPUBudget(bytes: size, limits: rules.limits, time: cpuTime))
    }

    /// What the file says, before it is asked which rooms it means.
    package func parse(_ bytes: [UInt8]) -> ParsedExport {
        switch ExportFormat(of: bytes) {
        case .empty:
            ParsedExport(ending: .truncated, diagnostics: [Diagnostic(.truncated, "the file is empty")])
        case .iCalendar: ParsedExport(iCalendar: bytes, zones: rules.zones, defaultZone: rules.zone)
        case .xml: ParsedExport(xml: bytes, mappings: rules.mappings, zones: rules.zones, defaultZone: rules.zone)
        }
    }

    func translate(_ parsed: ParsedExport, path: String, within budget: CPUBudget) -> ImportedExport {
        var export = ImportedExport(ending: parsed.ending, isWhole: parsed.isWhole)
        export.diagnostics = parsed.diagnostics
        for calendar in parsed.calendars where !calendar.isForeign {
            let entries = calendar.entries.filter { !$0.isRejected }
            for entry in calendar.entries {
                export.diagnostics += entry.diagnostics
                guard entry.isRejected else { continue }
                var translation = SeriesTranslation(rules: rules, window: window, calendar: calendar, path: path)
                translation.reject(entry, because: entry.diagnostics)
                export.take(translation)
            }
            for series in SeriesOfEntries.grouping(entries) {
                guard !budget.isSpent else {
                    export.reject(series)
                    continue
                }
                var translation = SeriesTranslation(rules: rules, window: window, calendar: calendar, path: path)
                translation.add(series)
                export.take(translation)
            }
        }
        export.diagnostics += overBeforeImport(export.bookings)
        export.diagnostics = export.diagnostics.enumerated()
            .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
        export.cap(at: rules.limits.findings)
        return export
    }

    /// One finding for all of them: exports keep their history, and nobody wants a line for each.
    private func overBeforeImport(_ bookings: [Booking]) -> [Diagnostic] {
        let over = bookings.filter { $0.participation.takesPart && $0.occurrences.isEmpty }
        guard let first = over.first else { return [] }
        return [
            Diagnostic(
                .overBeforeImport, severity: .note, line: first.line, uid: first.key.uid,
                "\(over.count) of \(bookings.count) entries have no occurrence from a week ago on"
            )
        ]
    }
}

extension ImportedExport {
    fileprivate mutating func take(_ translation: SeriesTranslation) {
        bookings += translation.bookings
        rejectedUIDs.formUnion(translation.rejectedUIDs)
        rejectedRequests += translation.rejectedRequests
        diagnostics += translation.diagnostics
    }

    /// What comes after the limit is rejected whole, and stays as it was before.
    fileprivate mutating func reject(_ series: SeriesOfEntries) {
        guard let event = (series.master ?? series.overrides.first)?.event else { return }
        if let uid = event.uid { rejectedUIDs.insert(uid) }
        diagnostics.append(
            Diagnostic(
                .tooManyOccurrences, line: event.line, uid: event.uid,
                "the file took more of the processor than it may, before it came to this entry"))
    }

    fileprivate mutating func cap(at limit: Int) {
        guard diagnostics.count > limit else { return }
        // The errors stay: whoever reads the report must find each entry that was not taken.
        let ranked = diagnostics.enumerated().sorted {
            ($0.element.severity, $1.offset) > ($1.element.severity, $0.offset)
        }
        let kept = Set(ranked.prefix(limit).map(\.offset))
        diagnostics = diagnostics.enumerated().filter { kept.contains($0.offset) }.map(\.element)
    }
}
