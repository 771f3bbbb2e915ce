import Diagnostics
package import Foundation
package import Logging
import Reports
package import ReservationStore
import Reservations

/// Writes the reports from what is committed: those that have something new to tell, and each file only when its bytes
/// change.
package struct ReportWriter: Sendable {
    let reports: StoredReports
    let tree: ReportTree
    private let logger: Logger

    package init(_ reports: StoredReports, logger: Logger) {
        self.reports = reports
        tree = ReportTree(root: reports.settings.directory)
        self.logger = logger
    }

    package init(_ store: ReservationStore, _ settings: ReportSettings, logger: Logger) {
        self.init(StoredReports(store, settings), logger: logger)
    }

    var store: ReservationStore { reports.store }
    var settings: ReportSettings { reports.settings }

    /// Writes what is not told yet. What cannot be written is told (RPT001), and everything is looked at again by the
    /// next call.
    ///
    /// - Parameter progress: called with how many rooms are told, and how many there are.
    /// - Returns: what was written, or `nil` when there was nothing to tell.
    package func write(at now: Date, progress: (Int, Int) -> Void = { _, _ in }) async throws -> ReportTally? {
        guard let news = try await store.news(forReportsBy: settings.fingerprint) else { return nil }
        guard !news.isEmpty else {
            // A pass that changed nothing, as the first one after a restart does.
            try await store.noteReported(news, isTold: true, by: settings.fingerprint, summaries: [:])
            return nil
        }
        var tally = ReportTally()
        if news.isEverything { try await removeFormerCopies(news, &tally) }
        var exports = Set(news.exports)
        var replies: Set<ReplyName> = []
        var rooms = RoomBatch()
        for (number, room) in news.rooms.enumerated() {
            exports.formUnion(try await write(room, in: news, &replies, &rooms, &tally))
            if rooms.isFull { write(&rooms, &tally) }
            progress(number + 1, news.rooms.count)
        }
        write(&rooms, &tally)
        replies.formUnion(try await store.rejections(in: news))
        tally.noteEvents(tree.events.append(news.expiries.flatMap { ReservationEvent($0).line() }))

        let summaries = try await write(exports.sorted(), &tally)
        try await write(replies.sorted(), &tally)
        try await write(expiriesOf: days(toTell: news, at: now), at: now, &tally)
        try await writeConflicts(at: now, &tally)
        try await store.noteReported(
            news, isTold: !tally.missesEvents, by: tally.failures.isEmpty ? settings.fingerprint : nil,
            summaries: Dictionary(summaries.map { ($0.row, $0.summary.text) }, uniquingKeysWith: { first, _ in first }))
        try await writeIndex(StoredPass(generation: news.current, at: news.passedAt), &tally)
        tally.tell(logger)
        return tally
    }

    /// The days of which something has ended; where everything is looked at, all that are not anonymous yet. Of older
    /// ones the store may know less than was written.
    private func days(toTell news: ReportNews, at now: Date) async throws -> Set<LocalDay> {
        let new = Set(news.expiries.map { LocalDay(ofEnd: $0.slot.end, in: settings.zone) })
        guard news.isEverything else { return new }
        let anonymous = LocalDay(of: now.addingTimeInterval(-settings.personalRetention.inSeconds), in: settings.zone)
        let known = try await store.endsOfExpiries().map { LocalDay(ofEnd: $0, in: settings.zone) }
        return new.union(known.filter { $0 > anonymous })
    }

    /// Whether conflicts are over that were open at `last`.
    func hasEndedConflicts(since last: Date?, at now: Date) async throws -> Bool {
        try await store.hasDeclined(endingAfter: last ?? .distantPast, until: now)
    }

    /// Writes the open conflicts anew, and how many they are into the index.
    func tidyConflicts(at now: Date) async throws -> ReportTally {
        var tally = ReportTally()
        try await writeConflicts(at: now, &tally)
        if let pass = try await store.lastPass() { try await writeIndex(pass, &tally) }
        tally.tellFailures(logger)
        return tally
    }

    /// Keeps what depends on the time alone: old days go, and from days that are not so old goes whose the bookings
    /// were.
    package func tidy(at now: Date) async throws -> ReportTally {
        var tally = ReportTally()
        let oldest = LocalDay(of: now.addingTimeInterval(-settings.retention.inSeconds), in: settings.zone)
        let anonymous = LocalDay(of: now.addingTimeInterval(-settings.personalRetention.inSeconds), in: settings.zone)
        let days = try daysWritten()
        for day in days where day < oldest {
            for format in ReportTree.dayFormats { tally.note([tree.expiries(day, format).remove()]) }
        }
        // Days are made anonymous by the store when they are just as old; two more, in case we were not there.
        let turning = Set((0...2).map { anonymous.before(by: $0) }).intersection(days)
        try await write(expiriesOf: turning, at: now, &tally)
        for month in try monthsWritten() where month < oldest.month { tally.note([tree.usage(month: month).remove()]) }
        tally.tellFailures(logger)
        return tally
    }

    private func daysWritten() throws(ReportFailure) -> Set<LocalDay> {
        let names = try ReportFile.names(below: ["expiries"], in: settings.directory)
        return Set(names.compactMap { LocalDay(String($0.prefix(10)), in: settings.zone) })
    }

    private func monthsWritten() throws(ReportFailure) -> Set<String> {
        let names = try ReportFile.names(below: ["usage"], in: settings.directory)
        return Set(
            names.filter { LocalDay("\($0.prefix(7))-01", in: settings.zone) != nil }.map { String($0.prefix(7)) })
    }

    /// - Returns: the exports whose reports name something that has changed here.
    private func write(
        _ room: RoomName, in news: ReportNews, _ replies: inout Set<ReplyName>, _ rooms: inout RoomBatch,
        _ tally: inout ReportTally
    ) async throws -> Set<ExportName> {
        let found = try await store.news(of: room, in: news)
        let events = found.changes.compactMap { change in
            ReservationEvent(
                from: change.before.map { ReportedReservation($0.reservation, $0.decision) },
                to: change.after.map { ReportedReservation($0.reservation, $0.decision) },
                at: change.after?.decidedAt ?? news.passedAt, pass: news.current, now: news.passedAt)
        }
        for event in ReservationEvent.joined(events) { rooms.events += event.line() }
        addFreeBusy(room, granted: found.granted, to: &rooms, &tally)
        let touched = found.changes.flatMap { [$0.before, $0.after].compactMap(\.self) } + found.affected
        replies.formUnion(
            news.isEverything
                ? answeredNowOrBefore(touched + found.visible)
                : Set(touched.filter { reports.replier(of: $0) != nil }.map(ReplyName.init)))
        return found.exports
    }

    /// By other settings than before, those too that could be answered by then.
    func answeredNowOrBefore(_ reservations: [StoredReservation]) -> Set<ReplyName> {
        var answered: Set<ReplyName> = []
        var others: Set<ReplyName> = []
        for stored in reservations {
            let name = ReplyName(stored)
            if reports.replier(of: stored) != nil { answered.insert(name) } else { others.insert(name) }
        }
        // A file is looked for once for all occurrences of a series.
        answered.formUnion(others.subtracting(answered).filter { files(for: $0).contains(where: \.exists) })
        return answered
    }

    func addFreeBusy(
        _ room: RoomName, granted: [StoredReservation], to rooms: inout RoomBatch, _ tally: inout ReportTally
    ) {
        let freeBusy = reports.freeBusy(of: room, granted: granted)
        let file = tree.freeBusy(room)
        if freeBusy.isEmpty { tally.note([file.remove()]) } else { rooms.files.add(file, freeBusy.bytes()) }
    }

    /// The events first: a file never shows what was not told.
    func write(_ rooms: inout RoomBatch, _ tally: inout ReportTally) {
        tally.noteEvents(tree.events.append(rooms.events))
        rooms.events = []
        tally.note(rooms.files.write())
    }

    /// What the index tells of an export, and the export's row in the store.
    typealias Summary = (row: Int64, export: ExportName, summary: ReportSummary)

    func write(_ exports: [ExportName], _ tally: inout ReportTally) async throws -> [Summary] {
        var summaries: [Summary] = []
        var batch = ReportBatch()
        for name in exports {
            guard let export = try await store.export(named: name) else {
                for format in ReportFormat.allCases { tally.note(files(for: name, format).map { $0.remove() }) }
                continue
            }
            let report = try await reports.report(on: export)
            for format in ReportFormat.allCases {
                let bytes = format.bytes(of: report)
                for file in files(for: name, format) { batch.add(file, bytes) }
            }
            let summary = ReportSummary(verdict: report.verdict, counts: report.counts)
            summaries.append((export.row, name, summary))
            if batch.isFull { tally.note(batch.write()) }
        }
        tally.note(batch.write())
        return summaries
    }

    /// Those that there is nothing to say in any more go: nobody is told twice that a booking was withdrawn.
    func write(_ replies: [ReplyName], _ tally: inout ReportTally) async throws {
        var desk = ReplyDesk(reports)
        var batch = ReportBatch()
        for name in replies {
            let files = files(for: name)
            if let bytes = try await desk.reply(name)?.bytes() {
                for file in files { batch.add(file, bytes) }
            } else {
                tally.note(files.map { $0.remove() })
            }
            if batch.isFull { tally.note(batch.write()) }
        }
        tally.note(batch.write())
    }

    private func files(for reply: ReplyName) -> [ReportFile] {
        let own = tree.reply(to: reply.uid, of: reply.source, from: reply.room)
        let copy = settings.copies[reply.source].map {
            ReportTree.replyCopy(in: $0, to: reply.uid, from: reply.room)
        }
        return [own] + [copy].compactMap(\.self)
    }

    private func files(for export: ExportName, _ format: ReportFormat) -> [ReportFile] {
        let own = tree.report(of: export.source, export: export.path, format)
        let copy = settings.copies[export.source].map { ReportTree.copy(in: $0, export: export.path, format) }
        return [own] + [copy].compactMap(\.self)
    }

    /// What lies beyond the memory of the store stays as it was written.
    func write(expiriesOf days: Set<LocalDay>, at now: Date, _ tally: inout ReportTally) async throws {
        let forgotten = LocalDay(of: now.addingTimeInterval(-settings.storeRetention.inSeconds), in: settings.zone)
        let written = days.contains { $0 <= forgotten } ? try daysWritten() : []
        var batch = ReportBatch()
        for day in days.sorted() where day > forgotten || !written.contains(day) {
            let report = try await reports.expiries(on: day)
            for format in ReportTree.dayFormats { batch.add(tree.expiries(day, format), format.bytes(of: report)) }
        }
        let months = Dictionary(days.map { ($0.month, $0) }, uniquingKeysWith: min).values.sorted()
        let counted = months.contains { $0.monthBounds.first <= forgotten } ? try monthsWritten() : []
        for day in months where day.monthBounds.first > forgotten || !counted.contains(day.month) {
            let report = try await reports.usage(inMonthOf: day)
            batch.add(tree.usage(month: report.month), report.csv())
        }
        tally.note(batch.write())
    }

    func writeConflicts(at now: Date, _ tally: inout ReportTally) async throws {
        let report = try await reports.conflicts(at: now)
        tally.conflicts = report.conflictsTotal
        var batch = ReportBatch()
        for format in ReportFormat.allCases { batch.add(tree.conflicts(format), format.bytes(of: report)) }
        tally.note(batch.write())
    }

    private func writeIndex(_ pass: StoredPass, _ tally: inout ReportTally) async throws {
        let noted = try await store.reportSummaries().compactMap { export, text in
            ReportSummary(text).map { (export, $0) }
        }
        writeIndex(pass, try await store.watchedDirectories(), of: noted, &tally)
    }

    func writeIndex(
        _ pass: StoredPass, _ watched: [WatchedDirectory],
        of summaries: [(export: ExportName, summary: ReportSummary)], _ tally: inout ReportTally
    ) {
        let exports = summaries.map { export, summary in
            let path = tree.report(of: export.source, export: export.path, .html).pathBelowRoot.dropLast(5)
            return IndexReport.Export(
                source: export.source, export: export.path, verdict: summary.verdict, counts: summary.counts,
                path: String(path))
        }
        let index = IndexReport(
            pass: pass.generation, passedAt: pass.at, conflicts: tally.conflicts, exports: exports,
            watched: watched.map { IndexReport.Watched(source: $0.source, faults: $0.findings) })
        tally.note([tree.index(.json).write(index.json()), tree.index(.html).write(index.html())])
    }
}

/// What is told of rooms, and is handed to the disk together.
struct RoomBatch {
    /// Whole lines.
    var events: [UInt8] = []
    var files = ReportBatch()

    private static let enoughEvents = 1 << 20

    var isFull: Bool { files.isFull || events.count >= Self.enoughEvents }
}

/// What the index tells of a report, as the store keeps it.
struct ReportSummary: Codable {
    var verdict: ExportReport.Verdict
    var counts: ExportReport.Counts

    init(verdict: ExportReport.Verdict, counts: ExportReport.Counts) {
        self.verdict = verdict
        self.counts = counts
    }

    /// `nil` for a text of another version; the next report of the export replaces it.
    init?(_ text: String) {
        guard let summary = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = summary
    }

    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Numbers and one word of an enumeration: nothing that could not be encoded.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension ReservationEvent {
    init(_ expired: ExpiredReservation) {
        self.init(
            expired.revision == 1 ? .expired : .corrected, at: expired.writtenAt, id: expired.id, slot: expired.slot,
            source: expired.export.source, code: expired.expiry.code, expiry: expired.expiry,
            revision: expired.revision)
    }
}
