import Diagnostics
import ICalendar
import Reservations

/// One export on its way from entries to bookings. What of it is done can be taken before the rest has come.
struct ExportTranslation {
    private let reader: ExportReader
    private let path: String
    private var budget: ExportBudget
    private var export: ImportedExport
    private var translated = TranslatedSeries()
    private var findings: GravestFindings
    private var over = OverBeforeImport()
    /// That the bookings make, in all of their rooms.
    private var reservations = 0

    /// - Parameters:
    ///   - parsed: what is known of the file; its entries are added one by one.
    ///   - path: below the source's directory; the rule `calendar` may take the room from its name.
    init(of parsed: ParsedExport, path: String, by reader: ExportReader, within budget: ExportBudget) {
        self.reader = reader
        self.path = path
        self.budget = budget
        export = ImportedExport(ending: parsed.ending, isWhole: parsed.isWhole)
        findings = GravestFindings(limit: reader.rules.limits.findings)
        findings += parsed.diagnostics
    }

    /// - Parameters:
    ///   - entries: all of the UIDs that are among them, unless they are in another calendar.
    ///   - translation: that of their calendar.
    mutating func add(_ entries: [ParsedEntry], by translation: borrowing SeriesTranslation) {
        if entries.count == 1, let only = entries.first, !only.isRejected {
            findings += only.diagnostics
            return add(SeriesOfEntries(of: only), by: translation)
        }
        for entry in entries {
            findings += entry.diagnostics
            guard entry.isRejected else { continue }
            // Nobody knows which booking it was, so that none may be taken for gone.
            if entry.event.uid == nil, entry.diagnostics.contains(where: { $0.code == .xmlLimit }) {
                export.isWhole = false
            }
            translation.reject(entry, because: entry.diagnostics, into: &translated)
        }
        for series in SeriesOfEntries.grouping(entries.filter { !$0.isRejected }) { add(series, by: translation) }
    }

    private mutating func add(_ series: SeriesOfEntries, by translation: borrowing SeriesTranslation) {
        guard !budget.isSpent() else {
            return reject(
                series, since: "the file took more of the processor than it may, before it came to this entry")
        }
        let before = translated.bookings.count
        translation.translate(series, into: &translated)
        // By their numbers: to go from one to the next copies all that is known of it.
        let added = (before..<translated.bookings.count).reduce(0) { count, index in
            count + translated.bookings[index].occurrences.count * translated.bookings[index].rooms.count
        }
        guard reservations + added <= budget.reservations else {
            translated.bookings.removeLast(translated.bookings.count - before)
            _ = translated.takeDiagnostics()
            return reject(series, since: "with it the file books more than \(budget.reservations) times")
        }
        reservations += added
        for index in before..<translated.bookings.count { over.note(index, of: translated.bookings) }
        findings += translated.takeDiagnostics()
    }

    /// What a calendar inside the file says.
    mutating func add(_ embedded: ParsedExport) {
        findings += embedded.diagnostics
        for calendar in embedded.calendars { add(calendar) }
    }

    /// Bookings that are given away at once: they are still in the processor's cache then.
    private static let takenAtOnce = 64

    /// What all entries of a calendar mean.
    ///
    /// - Parameter take: is given bookings whenever some have been made; without it they are kept.
    mutating func add(_ calendar: ParsedCalendar, take: (([Booking]) -> Void)? = nil) {
        guard !calendar.isForeign else { return }
        let translation = translation(in: calendar)
        var gathering = EntryGathering(calendar.entries.repeated)
        for entry in calendar.entries {
            add(gathering.take(entry), by: translation)
            if let take, translated.bookings.count >= Self.takenAtOnce { take(takeBookings()) }
        }
        add(gathering.rest, by: translation)
        take?(takeBookings())
    }

    /// The bookings that have been made since they were taken last.
    mutating func takeBookings() -> [Booking] {
        guard !translated.bookings.isEmpty else { return [] }
        var taken: [Booking] = []
        taken.reserveCapacity(translated.bookings.count)
        swap(&taken, &translated.bookings)
        return taken
    }

    /// With the bookings that nobody has taken.
    consuming func finished() -> ImportedExport {
        findings += over.finding
        export.bookings = translated.bookings
        export.rejectedUIDs = translated.rejectedUIDs
        export.rejectedRequests = translated.rejectedRequests
        export.diagnostics = findings.inOrder
        export.unlisted = findings.unlisted
        return export
    }

    /// What turns the entries of `calendar` into bookings.
    func translation(in calendar: ParsedCalendar) -> SeriesTranslation {
        SeriesTranslation(rules: reader.rules, window: reader.window, calendar: calendar, path: path)
    }

    /// What comes after the limit is rejected whole, and stays as it was before.
    private mutating func reject(_ series: SeriesOfEntries, since reason: String) {
        guard let event = (series.master ?? series.overrides.first)?.event else { return }
        if let uid = event.uid { translated.rejectedUIDs.insert(uid) }
        findings.append(
            Diagnostic(
                .tooManyOccurrences, line: event.line, uid: event.uid, reason))
    }
}

/// One finding for all bookings that are over: exports keep their history, and nobody wants a line for each.
private struct OverBeforeImport {
    private var bookings = 0
    private var over = 0
    private var first: (line: Int, uid: String)?

    /// Is told the number of the booking, since to be given it would copy all of it.
    mutating func note(_ index: Int, of made: borrowing [Booking]) {
        bookings += 1
        guard made[index].occurrences.isEmpty, made[index].participation.takesPart else { return }
        over += 1
        if first.map({ made[index].line < $0.line }) ?? true { first = (made[index].line, made[index].key.uid) }
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
