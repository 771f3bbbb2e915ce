import BookingXML

extension XMLMapping {
    /// A mapping of text, as a file of the operator would give it.
    static func of(
        _ record: String, _ fields: [MappedField: String], namespaces: [String: String] = [:], each: String? = nil,
        zone: String? = nil, mode: XMLReading.Mode = .snapshot,
        change: (inout [FieldRule]) throws -> Void = { _ in }
    ) throws -> XMLMapping {
        let namespaces = try MappingNamespaces(namespaces)
        let path = try MappedName.path(record, namespaces)
        var rules: [FieldRule] = []
        for field in MappedField.allCases {
            guard let xpath = fields[field] else { continue }
            rules.append(FieldRule(field, try XPathExpression(xpath, namespaces)))
        }
        try change(&rules)
        return try XMLMapping(
            name: "test", root: path[0], path: path, namespaces: namespaces,
            each: try each.map { try XPathExpression($0, namespaces) }, rules: rules, zone: zone, mode: mode)
    }
}

extension [FieldRule] {
    /// The rule of a field that is there.
    subscript(field: MappedField) -> FieldRule {
        get { self[firstIndex { $0.field == field } ?? 0] }
        set { self[firstIndex { $0.field == field } ?? 0] = newValue }
    }
}

extension Reading {
    init(_ text: String, mappings: [XMLMapping], limits: XMLLimits = XMLLimits()) {
        self.init(Array(text.utf8), limits: limits, mappings: mappings)
    }
}
