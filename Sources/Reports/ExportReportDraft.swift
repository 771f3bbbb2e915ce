package import Diagnostics
package import Foundation
import Reservations

/// A report to which an export's bookings are added part by part: a great export has more than fit into memory.
package struct ExportReportDraft: Sendable {
    private let source: String
    private let export: String
    private let usage: ExportReport.Usage
    private let zone: TimeZone
    private let remarks: EntryRemarks
    private var counts = ExportReport.Counts()
    private var rejected: Set<RejectedEntry> = []
    private var isAnyTaken = false
    private var findings: ListedFindings

    /// - Parameters:
    ///   - diagnostics: what was found in the content; any order.
    ///   - limit: findings that are listed.
    package init(
        source: String, export: String, usage: ExportReport.Usage, diagnostics: [Diagnostic], zone: TimeZone,
        limit: Int
    ) {
        self.source = source
        self.export = export
        self.usage = usage
        self.zone = zone
        remarks = EntryRemarks(diagnostics)
        findings = ListedFindings(limit: limit)
        add(diagnostics)
    }

    /// What is to be said beside what bookings and their reservations tell.
    package mutating func add(_ diagnostics: [Diagnostic]) {
        add(diagnostics.map { Finding($0, file: export, zone: zone.identifier) })
    }

    /// - Parameter context: that knows what stands in the way of these bookings.
    package mutating func add(_ bookings: [ReportedBooking], context: ReportContext) {
        for entry in bookings {
            isAnyTaken = isAnyTaken || entry.isTaken
            add(ExportReport.findings(of: entry, remarks: remarks, file: export, counts: &counts, context: context))
        }
        counts.bookings += bookings.count
    }

    private mutating func add(_ new: [Finding]) {
        for finding in new {
            if finding.verdict == .rejected { rejected.insert(RejectedEntry(finding)) }
            if finding.verdict == .ignored, finding.code != nil { counts.ignored += 1 }
            switch finding.severity {
            case .error: counts.errors += 1
            case .warning: counts.warnings += 1
            case .note: if finding.code != nil { counts.notes += 1 }
            }
            findings.append(finding)
        }
    }

    package var report: ExportReport {
        var counts = counts
        counts.rejected = rejected.count
        return ExportReport(
            source: source, export: export, verdict: verdict(counts), counts: counts, findings: findings.inOrder,
            findingsTotal: findings.total)
    }

    private func verdict(_ counts: ExportReport.Counts) -> ExportReport.Verdict {
        switch usage {
        case .refused: return .rejected
        case .unchanged: return .unchanged
        case .inForce: break
        }
        guard counts.rejected + counts.declined == 0 else { return isAnyTaken ? .partlyAccepted : .rejected }
        return counts.warnings + counts.errors == 0 ? .accepted : .acceptedWithWarnings
    }
}

/// The findings that a report lists: the gravest, of equally grave ones the first of the file.
private struct ListedFindings: Sendable {
    private let limit: Int
    private var kept: [Finding] = []
    private(set) var total = 0

    init(limit: Int) { self.limit = limit }

    mutating func append(_ finding: Finding) {
        total += 1
        kept.append(finding)
        // Where there is no limit, none is left out.
        if kept.count / 2 >= max(limit, 1_000) { kept = inOrder }
    }

    var inOrder: [Finding] {
        let sorted = kept.sorted(by: Finding.inOrderOfFile)
        guard sorted.count > limit else { return sorted }
        // `sorted` keeps the order of equals, so of each severity the first ones of the file stay.
        return Array(sorted.sorted { $0.severity > $1.severity }.prefix(limit)).sorted(by: Finding.inOrderOfFile)
    }
}

/// What makes two errors findings about one entry.
private struct RejectedEntry: Hashable, Sendable {
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
