extension ReportDocument {
    /// XML, valid by `Schema/reports.xsd`, in UTF-8.
    func xml() -> [UInt8] {
        var markup = Markup(beginningWith: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        let attributes = [("xmlns", Self.namespace)] + facts.map { ($0.name, $0.value.attribute) }
        if let counts {
            markup.element(name, attributes) { markup in
                markup.empty("counts", counts.map { ($0.name, $0.value.attribute) })
                markup.list(list)
            }
        } else {
            markup.list(list, attributes)
        }
        return markup.bytes
    }

    /// Of the vocabulary of our reports, version 1.
    private static let namespace = "urn:bookwatch:reports:1"
}

extension FieldValue {
    fileprivate var attribute: String {
        switch self {
        case .none, .blocking: ""
        case .number(let number): String(number)
        case .text(let text): text
        }
    }
}

extension Markup {
    fileprivate mutating func list(_ list: ReportDocument.List, _ attributes: [(String, String)] = []) {
        element(list.name, attributes + [("total", String(list.total))]) { markup in
            for item in list.items {
                markup.element(list.item) { $0.fields(item) }
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
