import Diagnostics
import ICalendar
package import Reservations

/// Turns the bytes of an export into bookings, by the rules of its source. Pure but for time zone data.
package struct ExportReader: Sendable {
    let rules: SourceRules
    let window: ImportWindow
    let clock: ProcessorClock

    /// - Parameters:
    ///   - window: the days for which recurring bookings are expanded.
    ///   - clock: of the processor, which no export may use for long.
    package init(rules: SourceRules, window: ImportWindow, clock: ProcessorClock = .thread) {
        self.rules = rules
        self.window = window
        self.clock = clock
    }

    /// Never throws: what is wrong with the content is in the result.
    ///
    /// - Parameter path: below the source's directory; the rule `calendar` may take the room from its name.
    package func read(_ bytes: consuming [UInt8], path: String) -> ImportedExport {
        var bookings: [Booking] = []
        var export = read(consume bytes, path: path) { bookings += $0 }
        // A series is whole when the last of its entries has come.
        bookings.sort { $0.line < $1.line }
        export.bookings = bookings
        return export
    }

    /// The same, with the bookings given away as soon as there are some, and not in the result.
    ///
    /// - Parameters:
    ///   - bytes: of iCalendar they are unfolded where they lie if the caller gives them away, and else copied.
    ///   - take: is given each booking once, in an order that says nothing.
    package func read(
        _ bytes: consuming [UInt8], path: String, take: ([Booking]) -> Void
    ) -> ImportedExport {
        let budget = ExportBudget(bytes: bytes.count, limits: rules.limits, clock: clock)
        let parsed = parse(consume bytes)
        var translation = ExportTranslation(of: parsed, path: path, by: self, within: budget)
        withoutActuallyEscaping(take) { take in
            for calendar in parsed.calendars { translation.add(calendar, take: take) }
        }
        return translation.finished()
    }

    /// The same for an export that comes in pieces: what its first reading will find out, for `stream`.
    ///
    /// - Parameter size: of the whole, in bytes; how much of the processor both readings may use depends on it.
    package func survey(size: Int) -> ExportSurvey {
        ExportSurvey(self, budget: ExportBudget(bytes: size, limits: rules.limits, clock: clock))
    }

    /// The second reading of an export that comes in pieces, after its first one has told what there is.
    package func stream(path: String, after outline: ExportOutline) -> ExportStream {
        ExportStream(of: outline, path: path, by: self)
    }

    /// What the file says, before it is asked which rooms it means.
    package func parse(_ bytes: consuming [UInt8]) -> ParsedExport {
        switch ExportFormat(of: copy bytes) {
        case .empty:
            ParsedExport(ending: .truncated, diagnostics: [Diagnostic(.truncated, "the file is empty")])
        case .iCalendar: ParsedExport(iCalendar: bytes, zones: rules.zones, defaultZone: rules.zone)
        case .xml: ParsedExport(xml: bytes, by: rules)
        }
    }
}
