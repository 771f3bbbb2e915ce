extension ExportReport {
    /// The report as XML, valid by `Schema/reports.xsd`, in UTF-8.
    package func xml() -> [UInt8] {
        var markup = Markup(beginningWith: declaration)
        let attributes = [
            ("xmlns", namespace), ("source", ReportText.clean(source, limit: ReportText.valueLimit)),
            ("export", ReportText.clean(export, limit: ReportText.messageLimit)), ("verdict", verdict.rawValue),
        ]
        markup.element("report", attributes) { markup in
            markup.empty("counts", counts.fields.map { ($0.name, String($0.count)) })
            markup.list("findings", of: findings, total: findingsTotal)
        }
        return markup.bytes
    }
}

extension ConflictReport {
    /// The report as XML, valid by `Schema/reports.xsd`, in UTF-8.
    package func xml() -> [UInt8] {
        var markup = Markup(beginningWith: declaration)
        markup.list("conflicts", of: conflicts, total: conflictsTotal, [("xmlns", namespace)])
        return markup.bytes
    }
}

private let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
/// Of the vocabulary of our reports, version 1.
private let namespace = "urn:bookwatch:reports:1"

extension Markup {
    /// Findings with how many there were before the list was cut.
    fileprivate mutating func list(
        _ name: String, of findings: [Finding], total: Int, _ attributes: [(String, String)] = []
    ) {
        element(name, attributes + [("total", String(total))]) { markup in
            for finding in findings {
                markup.element("finding") { $0.fields(finding.fields) }
            }
        }
    }

    /// One element a field, in order; those without a value are left out.
    private mutating func fields(_ fields: [ReportField]) {
        for field in fields {
            switch field.value {
            case .none: break
            case .number(let number): element(field.name, text: String(number))
            case .text(let text): element(field.name, text: text)
            case .blocking(let blockers):
                guard !blockers.isEmpty else { continue }
                element(field.name) { markup in
                    for blocker in blockers { markup.element("reservation") { $0.fields(blocker) } }
                }
            }
        }
    }
}
