extension ReportDocument {
    /// JSON, in UTF-8; described by `Schema/reports.schema.json`.
    func json() -> [UInt8] {
        var members = facts.map { ($0.name, JSONText.Value($0.value)) }
        if let counts { members.append(("counts", JSONText.Value(counts))) }
        members.append(("\(list.name)_total", .number(list.total)))
        members.append((list.name, .array(list.items.map { JSONText.Value($0) })))
        return JSONText(.object(members)).bytes
    }
}

extension JSONText.Value {
    init(_ fields: [ReportField]) { self = .object(fields.map { ($0.name, Self($0.value)) }) }

    init(_ value: FieldValue) {
        switch value {
        case .none: self = .null
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        case .blocking(let blockers): self = .array(blockers.map { Self($0) })
        }
    }
}
