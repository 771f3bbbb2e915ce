import Diagnostics
import ICalendar
import Reservations

/// One export on its way from entries to bookings. What of it is done can be taken before the rest has come.
struct ExportTranslation {
    private let reader: ExportReader
    private let path: String
    private let budget: CPUBudget
    private var export: ImportedExport
    private var findings: GravestFindings
    private var over = OverBeforeImport()

    /// - Parameters:
    ///   - parsed: what is known of the file; its entries are added one by one.
    ///   - path: below the source's directory; the rule `calendar` may take the room from its name.
    init(of parsed: ParsedExport, path: String, by reader: ExportReader, within budget: CPUBudget) {
        self.reader = reader
        self.path = path
        self.budget = budget
        export = ImportedExport(ending: parsed.ending, isWhole: parsed.isWhole)
        findings = GravestFindings(limit: reader.rules.limits.findings)
        findings += parsed.diagnostics
    }

    /// - Parameter entries: all of the UIDs that are among them, unless they are in another calendar.
    mutating func add(_ entries: [ParsedEntry], of calendar: ParsedCalendar) {
        for entry in entries {
            findings += entry.diagnostics
            guard entry.isRejected else { continue }
            // Nobody knows which booking it was, so that none may be taken for gone.
            if entry.event.uid == nil, entry.diagnostics.contains(where: { $0.code == .xmlLimit }) {
                export.isWhole = false
            }
            var translation = translation(in: calendar)
            translation.reject(entry, because: entry.diagnostics)
            take(translation)
        }
        for series in SeriesOfEntries.grouping(entries.filter { !$0.isRejected }) {
            guard !budget.isSpent else {
                reject(series)
                continue
            }
            var translation = translation(in: calendar)
            translation.add(series)
            take(translation)
        }
    }

    /// What a calendar inside the file says.
    mutating func add(_ embedded: ParsedExport) {
        findings += embedded.diagnostics
        for calendar in embedded.calendars { add(calendar) }
    }

    /// Bookings that are given away at once.
    private static let takenAtOnce = 500

    /// What all entries of a calendar mean.
    ///
    /// - Parameter take: is given bookings whenever some have been made; without it they are kept.
    mutating func add(_ calendar: ParsedCalendar, take: (([Booking]) -> Void)? = nil) {
        guard !calendar.isForeign else { return }
        var gathering = EntryGathering(calendar.entries.repeated)
        for entry in calendar.entries {
            add(gathering.take(entry), of: calendar)
            if let take, export.bookings.count >= Self.takenAtOnce { take(takeBookings()) }
        }
        add(gathering.rest, of: calendar)
        take?(takeBookings())
    }

    /// The bookings that have been made since they were taken last.
    mutating func takeBookings() -> [Booking] {
        var taken: [Booking] = []
        swap(&taken, &export.bookings)
        return taken
    }

    /// With the bookings that nobody has taken.
    consuming func finished() -> ImportedExport {
        findings += over.finding
        export.diagnostics = findings.inOrder
        export.unlisted = findings.unlisted
        return export
    }

    private func translation(in calendar: ParsedCalendar) -> SeriesTranslation {
        SeriesTranslation(rules: reader.rules, window: reader.window, calendar: calendar, path: path)
    }

    private mutating func take(_ translation: SeriesTranslation) {
        for booking in translation.bookings { over.note(booking) }
        export.bookings += translation.bookings
        export.rejectedUIDs.formUnion(translation.rejectedUIDs)
        export.rejectedRequests += translation.rejectedRequests
        findings += translation.diagnostics
    }

    /// What comes after the limit is rejected whole, and stays as it was before.
    private mutating func reject(_ series: SeriesOfEntries) {
        guard let event = (series.master ?? series.overrides.first)?.event else { return }
        if let uid = event.uid { export.rejectedUIDs.insert(uid) }
        findings.append(
            Diagnostic(
                .tooManyOccurrences, line: event.line, uid: event.uid,
                "the file took more of the processor than it may, before it came to this entry"))
    }
}

/// One finding for all bookings that are over: exports keep their history, and nobody wants a line for each.
private struct OverBeforeImport {
    private var bookings = 0
    private var over = 0
    private var first: (line: Int, uid: String)?

    mutating func note(_ booking: Booking) {
        bookings += 1
        guard booking.participation.takesPart, booking.occurrences.isEmpty else { return }
        over += 1
        if first.map({ booking.line < $0.line }) ?? true { first = (booking.line, booking.key.uid) }
    }

    var finding: [Diagnostic] {
        guard let first else { return [] }
        return [
            Diagnostic(
                .overBeforeImport, severity: .note, line: first.line, uid: first.uid,
                "\(over) of \(bookings) entries have no occurrence from a week ago on")
        ]
    }
}
