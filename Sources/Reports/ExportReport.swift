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
        var draft = ExportReportDraft(
            source: source, export: export, usage: usage, diagnostics: diagnostics, zone: context.zone,
            limit: context.findingLimit)
        draft.add(bookings, context: context)
        self = draft.report
    }

    init(
        source: String, export: String, verdict: Verdict, counts: Counts, findings: [Finding], findingsTotal: Int
    ) {
        self.source = source
        self.export = export
        self.verdict = verdict
        self.counts = counts
        self.findings = findings
        self.findingsTotal = findingsTotal
    }
}
