package import Foundation

/// Where to begin: the last pass that changed something, the sources, and the exports with their verdicts.
package struct IndexReport: Hashable, Sendable {
    package var pass: Int64
    package var passedAt: Date
    package var conflicts: Int
    /// By source and name.
    package var exports: [Export]

    package struct Export: Hashable, Sendable {
        package var source: String
        package var export: String
        package var verdict: ExportReport.Verdict
        package var counts: ExportReport.Counts
        /// Of its report below the directory of reports, without the format's extension.
        package var path: String

        package init(
            source: String, export: String, verdict: ExportReport.Verdict, counts: ExportReport.Counts, path: String
        ) {
            self.source = source
            self.export = export
            self.verdict = verdict
            self.counts = counts
            self.path = path
        }
    }

    /// A source with the sums over its exports.
    struct Source: Hashable {
        var name: String
        var exports = 0
        var verdicts: [ExportReport.Verdict: Int] = [:]
        var counts = ExportReport.Counts()
    }

    package init(pass: Int64, passedAt: Date, conflicts: Int, exports: [Export]) {
        self.pass = pass
        self.passedAt = passedAt
        self.conflicts = conflicts
        self.exports = exports.sorted { ($0.source, $0.export) < ($1.source, $1.export) }
    }

    /// Exports that are listed; the rest is in the sums. Those that were not taken come first.
    static let listed = 2_000

    var sources: [Source] {
        var sources: [Source] = []
        for export in exports {
            if sources.last?.name != export.source { sources.append(Source(name: export.source)) }
            sources[sources.count - 1].add(export)
        }
        return sources
    }

    var gravest: [Export] {
        let ranked = exports.enumerated().sorted {
            ($0.element.verdict.rank, $0.offset) < ($1.element.verdict.rank, $1.offset)
        }
        return ranked.prefix(Self.listed).map(\.element)
    }

    /// JSON, in UTF-8.
    package func json() -> [UInt8] {
        JSONText(
            .object([
                ("pass", .number(Int(pass))), ("passed_at", .text(Timestamp.utc(passedAt))),
                ("conflicts_total", .number(conflicts)),
                ("sources", .array(sources.map { JSONText.Value($0.fields) })),
                ("exports_total", .number(exports.count)),
                ("exports", .array(gravest.map { JSONText.Value($0.fields) })),
            ])
        ).bytes
    }
}

extension IndexReport.Source {
    fileprivate mutating func add(_ export: IndexReport.Export) {
        exports += 1
        verdicts[export.verdict, default: 0] += 1
        counts.add(export.counts)
    }

    fileprivate var fields: [ReportField] {
        [ReportField("name", FieldValue(name)), ReportField("exports", exports)]
            + ExportReport.Verdict.allCases.map {
                ReportField($0.rawValue.replacing(" ", with: "_"), verdicts[$0] ?? 0)
            } + counts.fields.map { $0.name == "rejected" ? ReportField("rejected_entries", $0.value) : $0 }
    }
}

extension IndexReport.Export {
    fileprivate var fields: [ReportField] {
        [
            ReportField("source", FieldValue(source)),
            ReportField("export", FieldValue(export, limit: ReportText.messageLimit)),
            ReportField("verdict", .text(verdict.rawValue)),
            ReportField("report", .text("\(path).json")),
        ] + counts.fields
    }
}

extension ExportReport.Counts {
    fileprivate mutating func add(_ other: Self) {
        bookings += other.bookings
        rejected += other.rejected
        granted += other.granted
        declined += other.declined
        duplicate += other.duplicate
        withdrawn += other.withdrawn
        ignored += other.ignored
        errors += other.errors
        warnings += other.warnings
        notes += other.notes
    }
}

extension ExportReport.Verdict {
    /// From what needs somebody to what needs nobody.
    fileprivate var rank: Int {
        switch self {
        case .rejected: 0
        case .partlyAccepted: 1
        case .acceptedWithWarnings: 2
        case .accepted: 3
        case .unchanged: 4
        }
    }
}
