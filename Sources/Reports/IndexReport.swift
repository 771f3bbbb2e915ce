package import Diagnostics
package import Foundation

/// Where to begin: the last pass that changed something, the sources, and the exports with their verdicts.
package struct IndexReport: Hashable, Sendable {
    package var pass: Int64
    package var passedAt: Date
    package var conflicts: Int
    /// By source and name.
    package var exports: [Export]
    /// Sources that have no export yet are among them.
    package var watched: [Watched]

    /// A source whose directory is watched, and what is wrong with the directory, or waits for the operator.
    package struct Watched: Hashable, Sendable {
        package var source: String
        package var faults: [Diagnostic]

        package init(source: String, faults: [Diagnostic]) {
            self.source = source
            self.faults = faults
        }
    }

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
        var faults: [Diagnostic] = []
    }

    package init(pass: Int64, passedAt: Date, conflicts: Int, exports: [Export], watched: [Watched] = []) {
        self.pass = pass
        self.passedAt = passedAt
        self.conflicts = conflicts
        self.exports = exports.sorted { ($0.source, $0.export) < ($1.source, $1.export) }
        self.watched = watched
    }

    /// Exports that are listed; the rest is in the sums. Those that were not taken come first.
    static let listed = 2_000

    /// In order of name.
    var sources: [Source] {
        var sources: [String: Source] = [:]
        for export in exports { sources[export.source, default: Source(name: export.source)].add(export) }
        for source in watched {
            sources[source.source, default: Source(name: source.source)].faults = source.faults
        }
        return sources.values.sorted { $0.name < $1.name }
    }

    /// Faults of one source that are listed.
    static let faultsListed = 20

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
                ("sources", .array(sources.map(\.json))),
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

    fileprivate var faultItems: JSONText.Value {
        .array(
            faults.prefix(IndexReport.faultsListed).map { fault in
                JSONText.Value([
                    ReportField("path", FieldValue(fault.file ?? ".", limit: ReportText.messageLimit)),
                    ReportField("code", .text(fault.code.rawValue)),
                    ReportField("message", FieldValue(fault.message, limit: ReportText.messageLimit)),
                    ReportField("hint", .text(fault.hint)),
                ])
            })
    }

    /// As an object.
    fileprivate var json: JSONText.Value {
        guard case .object(let members) = JSONText.Value(fields) else { return .object([]) }
        return .object(members + [("faults_total", .number(faults.count)), ("faults", faultItems)])
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
