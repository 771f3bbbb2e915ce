import ICalendar

/// What a mapping makes of a file, shown step by step, for whoever writes the mapping.
package struct MappingTrial: Sendable {
    package struct Row: Hashable, Sendable {
        package var line: Int
        package var fields: [Field]
        /// Why it gives no booking; empty where it gives one.
        package var reasons: [XMLDiagnostic]
    }

    package struct Field: Hashable, Sendable {
        package var field: MappedField
        package var line: Int
        /// The texts of the nodes, without white space at their ends.
        package var raw: [String]
        /// What they mean; `nil` where they mean nothing.
        package var value: String?
    }

    /// The first rows.
    package private(set) var rows: [Row] = []
    package private(set) var bookings = 0
    package private(set) var rejected = 0
    package private(set) var reading: XMLReading

    /// - Parameter shown: how many rows are kept to be shown.
    package init(_ mapping: XMLMapping, on bytes: Span<UInt8>, shown: Int, limits: XMLLimits = XMLLimits()) {
        var reader = BookingXMLReader(limits: limits, mappings: [mapping])
        var last: MappedRow?
        reader.watchRows { last = $0 }
        var (rows, bookings, rejected): ([Row], Int, Int) = ([], 0, 0)
        let take = { (item: XMLItem) in
            var reasons: [XMLDiagnostic] = []
            if case .rejected(let rejection) = item { reasons = rejection.diagnostics }
            bookings += reasons.isEmpty ? 1 : 0
            rejected += reasons.isEmpty ? 0 : 1
            guard let row = last, rows.count < shown else { return }
            rows.append(Row(line: row.line, fields: mapping.fields(of: row), reasons: reasons))
        }
        reader.feed(bytes, item: take)
        reading = reader.finish(item: take)
        self.rows = rows
        self.bookings = bookings
        self.rejected = rejected
        if reading.isAccepted, reading.mapping == nil { refuse(mapping) }
    }

    /// What a dialect that is built in has read says nothing about the mapping.
    private mutating func refuse(_ mapping: XMLMapping) {
        (bookings, rejected) = (0, 0)
        reading.ending = .refused
        reading.diagnostics.append(
            XMLDiagnostic(
                .unknownDialect, .fileRejected, line: 1,
                "the root element is not \(mapping.root), which the mapping reads"))
    }
}

extension XMLMapping {
    fileprivate func fields(of row: MappedRow) -> [MappingTrial.Field] {
        rules.indices.map { index in
            let field = rules[index].field
            let raw = row.texts[index]
            return MappingTrial.Field(
                field: field, line: raw.first?.line ?? row.line,
                raw: raw.map { field.isSecret ? "…" : $0.text },
                value: value(of: field, in: row))
        }
    }

    private func value(of field: MappedField, in row: MappedRow) -> String? {
        do throws(XMLDiagnostic) {
            let texts = try texts(of: field, in: row)
            guard !texts.isEmpty, !field.isSecret else { return texts.isEmpty ? nil : "…" }
            var shown: [String] = []
            for found in texts {
                guard let value = meaning(of: found.text, field) else { return nil }
                shown.append(value)
            }
            return shown.joined(separator: ", ")
        } catch {
            return nil
        }
    }

    private func meaning(of text: String, _ field: MappedField) -> String? {
        if field.isTime { return time(text, field)?.text }
        guard field == .duration else { return text }
        return duration(text).map { $0.days == 0 ? "PT\($0.seconds)S" : "P\($0.days)DT\($0.seconds)S" }
    }
}

extension MappedField {
    fileprivate var isSecret: Bool { self == .password }
}

extension XMLTime {
    /// `2026-12-08`, `2026-12-08T10:00:00`, or with `Z` for an instant.
    fileprivate var text: String {
        switch self {
        case .date(let date): date.extendedText
        case .local(let local): local.extendedText
        case .instant(let utc): "\(utc.extendedText)Z"
        }
    }
}
