extension ExportReport {
    /// The report as JSON, in UTF-8.
    package func json() -> [UInt8] {
        JSONText(
            .object([
                ("source", .text(ReportText.clean(source, limit: ReportText.valueLimit))),
                ("export", .text(ReportText.clean(export, limit: ReportText.messageLimit))),
                ("verdict", .text(verdict.rawValue)),
                ("counts", .object(counts.fields.map { ($0.name, .number($0.count)) })),
                ("findings_total", .number(findingsTotal)),
                ("findings", .array(findings.map { JSONText.Value($0.fields) })),
            ])
        ).bytes
    }
}

extension ConflictReport {
    /// The report as JSON, in UTF-8.
    package func json() -> [UInt8] {
        JSONText(
            .object([
                ("conflicts_total", .number(conflictsTotal)),
                ("conflicts", .array(conflicts.map { JSONText.Value($0.fields) })),
            ])
        ).bytes
    }
}

extension ExportReport.Counts {
    /// The counts in the order of all formats.
    var fields: [(name: String, count: Int)] {
        [
            ("bookings", bookings), ("rejected", rejected), ("granted", granted), ("declined", declined),
            ("duplicate", duplicate), ("withdrawn", withdrawn), ("ignored", ignored), ("errors", errors),
            ("warnings", warnings), ("notes", notes),
        ]
    }
}

extension JSONText.Value {
    fileprivate init(_ fields: [ReportField]) { self = .object(fields.map { ($0.name, Self($0.value)) }) }

    private init(_ value: FieldValue) {
        switch value {
        case .none: self = .null
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        case .blocking(let blockers): self = .array(blockers.map { Self($0) })
        }
    }
}
