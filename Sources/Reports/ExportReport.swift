package import Diagnostics
import Foundation
import Reservations

/// What became of one export: the verdict first, then counts, then one item a finding.
package struct ExportReport: Hashable, Sendable {
    package var source: String
    /// The file, relative to the source's directory.
    package var export: String
    package var verdict: Verdict
    package var counts: Counts
    /// In order of line, at most as many as the context allows; the gravest are kept.
    package var findings: [Finding]
    /// How many there were before the list was cut.
    package var findingsTotal: Int

    package enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
        case accepted
        case acceptedWithWarnings = "accepted with warnings"
        case partlyAccepted = "partly accepted"
        /// Nothing of it is in force; what an earlier content booked may still be.
        case rejected
        /// Its content says what is in force already.
        case unchanged
    }

    /// Whether the content that the report is about was taken.
    package enum Usage: Hashable, Sendable {
        case inForce
        /// Cut off, broken or unreadable: the last good content stays in force.
        case refused
        case unchanged
    }

    package struct Counts: Hashable, Sendable, Codable {
        /// Bookings that could be read.
        package var bookings = 0
        /// Entries that could not.
        package var rejected = 0
        /// Occurrences in rooms, by what was decided.
        package var granted = 0
        package var declined = 0
        package var duplicate = 0
        /// Bookings that were cancelled.
        package var withdrawn = 0
        /// Bookings that take no time, whose room declined, or that have a greater revision elsewhere.
        package var ignored = 0
        package var errors = 0
        package var warnings = 0
        package var notes = 0
    }

    /// The report on `export`.
    ///
    /// - Parameters:
    ///   - bookings: those of this content that could be read, each with its reservations; any order.
    ///   - diagnostics: what was found in the content; any order.
    package init(
        source: String, export: String, usage: Usage, bookings: [ReportedBooking], diagnostics: [Diagnostic],
        context: ReportContext
    ) {
        self.source = source
        self.export = export
        let remarks = EntryRemarks(diagnostics)
        var all = diagnostics.map { Finding($0, file: export, zone: context.zone.identifier) }
        var counts = Counts()
        for entry in bookings {
            all += Self.findings(of: entry, remarks: remarks, file: export, counts: &counts, context: context)
        }
        counts.bookings = bookings.count
        counts.rejected = Set(all.filter { $0.verdict == .rejected }.map { RejectedEntry($0) }).count
        counts.ignored += all.count { $0.verdict == .ignored && $0.code != nil }
        counts.errors = all.count { $0.severity == .error }
        counts.warnings = all.count { $0.severity == .warning }
        counts.notes = all.count { $0.severity == .note && $0.code != nil }
        self.counts = counts
        verdict = Self.verdict(usage, counts, isAnyTaken: bookings.contains(where: \.isTaken))
        findingsTotal = all.count
        findings = Self.ordered(all, limit: context.findingLimit)
    }

    private static func verdict(_ usage: Usage, _ counts: Counts, isAnyTaken: Bool) -> Verdict {
        switch usage {
        case .refused: return .rejected
        case .unchanged: return .unchanged
        case .inForce: break
        }
        guard counts.rejected + counts.declined == 0 else { return isAnyTaken ? .partlyAccepted : .rejected }
        return counts.warnings + counts.errors == 0 ? .accepted : .acceptedWithWarnings
    }

    private static func ordered(_ findings: [Finding], limit: Int) -> [Finding] {
        var kept = findings.sorted(by: Finding.inOrderOfFile)
        if kept.count > limit {
            // `sorted` keeps the order of equals, so of each severity the first ones of the file stay.
            kept = Array(kept.sorted { $0.severity > $1.severity }.prefix(limit)).sorted(by: Finding.inOrderOfFile)
        }
        return kept
    }
}

/// What makes two errors findings about one entry.
private struct RejectedEntry: Hashable {
    let uid: String?
    let line: Int?

    init(_ finding: Finding) {
        uid = finding.uid
        line = finding.uid == nil ? finding.line : nil
    }
}

extension ReportedBooking {
    /// Whether it counts as it is written: one that is over, cancelled, or told by another export too, wants nothing
    /// and was refused nothing.
    fileprivate var isTaken: Bool {
        !booking.participation.takesPart || reservations.isEmpty
            || reservations.contains { $0.decision.verdict != .declined }
    }
}
