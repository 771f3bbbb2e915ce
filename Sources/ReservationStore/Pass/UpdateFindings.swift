import Diagnostics
import Foundation
import GRDB
import Reservations

/// What is to be said about an export's new content beside what it replaces; its reader knows only the new one.
struct UpdateFindings {
    private(set) var findings: [Diagnostic] = []
    /// Where the new content has what stays as it was, by UID.
    private(set) var linesOfUnread: [String: Int] = [:]

    /// - Parameters:
    ///   - imported: the new content.
    ///   - earlier: what the store has about the export.
    init(
        _ diff: BookingDiff, to imported: ImportedBookings, by change: ExportChange,
        earlier: (digest: String, diagnostics: [Diagnostic])?, _ db: Database
    ) throws {
        noteKept(diff.unread, rejected: change.diagnostics)
        if let earlier, !change.digest.isEmpty, earlier.digest == change.digest {
            // The same content, read for another day: what it changed when it came is still so.
            findings += earlier.diagnostics.filter { $0.code == .unannouncedTimeChange }
        } else if !change.export.path.lowercased().hasSuffix(".xml") {
            // Most XML has no SEQUENCE that could be counted up.
            try noteMoves(diff.replacements, to: imported, db)
        }
    }

    /// So many moves are told one by one; of a whole building that moves nobody reads each.
    private static let toldMoves = 1_000

    private mutating func noteMoves(
        _ replacements: [(row: Int64, place: Int)], to imported: ImportedBookings, _ db: Database
    ) throws {
        var decoder = BookingDecoder()
        var moves = 0
        for (row, place) in replacements {
            guard let old = try StoredBooking.withRow(row, by: &decoder, db)?.booking,
                let found = Self.unannounced(from: old, to: try imported.booking(place))
            else { continue }
            moves += 1
            if moves <= Self.toldMoves { findings.append(found) }
        }
        guard moves > Self.toldMoves else { return }
        findings.append(
            Diagnostic(
                .unannouncedTimeChange, "\(moves - Self.toldMoves) more bookings moved with the SEQUENCE they had"))
    }

    /// One for each UID: what of it was rejected is told by the reader.
    private mutating func noteKept(_ kept: [UnreadBooking], rejected: [Diagnostic]) {
        let revisions = Dictionary(kept.map { ($0.uid, $0.revision) }, uniquingKeysWith: max)
        for finding in rejected where finding.severity == .error {
            guard let uid = finding.uid, let revision = revisions[uid], linesOfUnread[uid] == nil else { continue }
            linesOfUnread[uid] = finding.line
            let modified = revision.modified
            let day = modified.timeIntervalSince1970 == 0 ? "" : " of \(modified.formatted(Self.day))"
            findings.append(
                Diagnostic(
                    .badUpdate, line: finding.line, uid: uid,
                    "the new revision cannot be used; SEQUENCE \(revision.sequence)\(day) stays in force"))
        }
    }

    /// Where none of the old times is left, and nothing tells which of both is the newer one but the text.
    private static func unannounced(from old: Booking, to new: Booking) -> Diagnostic? {
        guard old.revision.sequence == new.revision.sequence, old.revision.digest != new.revision.digest,
            old.participation.takesPart, new.participation.takesPart,
            let before = old.occurrences.first?.slot, let after = new.occurrences.first?.slot,
            Set(old.occurrences.map(\.slot)).isDisjoint(with: new.occurrences.map(\.slot))
        else { return nil }
        return Diagnostic(
            .unannouncedTimeChange, line: new.line, uid: new.key.uid,
            "moved from \(text(before)) to \(text(after)) with the same SEQUENCE \(new.revision.sequence)")
    }

    private static let day = Date.ISO8601FormatStyle().year().month().day()

    private static func text(_ slot: TimeSlot) -> String {
        "\(slot.start.formatted(.iso8601))/\(slot.end.formatted(.iso8601))"
    }
}

extension StoredExport {
    /// What was read last of the export in `row`.
    static func earlier(_ row: Int64, _ db: Database) throws -> (digest: String, diagnostics: [Diagnostic])? {
        let statement = try db.cachedStatement(sql: "SELECT digest, diagnostics FROM export WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [row]).map { found in
            let text: String = found["diagnostics"]
            return (found["digest"], text == "[]" ? [] : try StoredJSON.decode([Diagnostic].self, text))
        }
    }
}
