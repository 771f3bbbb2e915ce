import ICalendar

/// What a mapping makes of the texts of a row.
extension XMLMapping {
    func has(_ field: MappedField) -> Bool { rules.contains { $0.field == field } }

    /// The texts that count for a field, as its map changes them; what is empty is as good as absent.
    ///
    /// - Throws: `badValue` for a text that the map does not have, which rejects the booking.
    func texts(of field: MappedField, in row: MappedRow) throws(XMLDiagnostic) -> [MappedRow.Text] {
        guard let index = rules.firstIndex(where: { $0.field == field }) else { return [] }
        let rule = rules[index]
        let written = row.texts[index].filter { !$0.text.isEmpty }
        guard let first = written.first else {
            return rule.fallback.map { [MappedRow.Text(text: $0, line: row.line)] } ?? []
        }
        guard let map = rule.map else { return field.isList ? written : [first] }
        var mapped: [MappedRow.Text] = []
        for found in field.isList ? written : [first] {
            guard let value = map.value(of: found.text) else {
                let shown = field == .password ? "not" : "\(found.text.quoted), which is not"
                throw XMLDiagnostic(
                    .badValue, .bookingRejected, line: found.line,
                    "\(field.rawValue) is \(shown) in the mapping's table")
            }
            if !value.isEmpty { mapped.append(MappedRow.Text(text: value, line: found.line)) }
        }
        return mapped
    }

    func time(_ text: String, _ field: MappedField) -> XMLTime? {
        let bytes = Array(text.utf8)[...]
        let formats = rule(field)?.timeFormats ?? []
        guard !formats.isEmpty else { return XMLTime(bytes) }
        return formats.lazy.compactMap { $0.time(bytes) }.first
    }

    func duration(_ text: String) -> CalendarDuration? {
        let bytes = Array(text.utf8)[...]
        let formats = rule(.duration)?.durationFormats ?? []
        return (formats.isEmpty ? [.iso8601] : formats).lazy.compactMap { $0.duration(bytes) }.first
    }

    /// The forms that a field's text may have, for a message; empty where the mapping names none.
    func forms(of field: MappedField) -> String {
        guard let rule = rule(field) else { return "" }
        let forms = rule.timeFormats.map(\.text) + rule.durationFormats.map(\.rawValue)
        return forms.isEmpty ? "" : " of the form \(forms.joined(separator: " or "))"
    }

    private func rule(_ field: MappedField) -> FieldRule? { rules.first { $0.field == field } }
}
