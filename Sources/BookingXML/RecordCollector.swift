import ICalendar

/// Turns the parser's events into records, and records into items, with the help of a dialect.
struct RecordCollector {
    private(set) var dialect: (any DialectReader)?
    /// The line of a root element that no dialect knows: the rest of the file says nothing.
    private(set) var unknownRootLine: Int?
    /// The open elements outside of records, the root first.
    private var path: [XMLTag] = []
    /// What the open record is for; `nil` between records.
    private var purpose: Purpose?
    private var record: XMLRecord
    private var namespaces: [XMLNamespace] = []
    /// Open elements inside one that does not matter.
    private var skipped = 0

    private let zones: TimeZoneResolver?
    private let mappings: [XMLMapping]
    /// The row of a mapped file whose values are coming, and its mapping.
    private var row: (row: MappedRow, mapping: XMLMapping)?
    var rowWatcher: ((MappedRow) -> Void)?

    private enum Purpose {
        case record, context
    }

    init(limits: XMLLimits, zones: TimeZoneResolver?, mappings: [XMLMapping]) {
        record = XMLRecord(limits: limits)
        self.zones = zones
        self.mappings = mappings
    }

    /// Where the attributes of an element go.
    enum Destination {
        /// To `attribute`, one by one.
        case record
        /// To `enter`, all at once.
        case path
        case nowhere
    }

    /// Begins an element.
    mutating func start(
        _ name: XMLName, _ namespace: XMLNamespace, otherName: Span<UInt8>, line: Int
    ) -> Destination {
        guard skipped == 0 else {
            skipped += 1
            return .nowhere
        }
        if purpose == nil {
            guard !path.isEmpty else { return .path }
            switch dialect?.role(of: name, namespace, path: path) ?? .skip {
            case .descend: return .path
            case .skip:
                skipped = 1
                return .nowhere
            case .record: begin(.record)
            case .context: begin(.context)
            }
        }
        guard namespaces.contains(namespace) else {
            record.start(.other, otherName: Span(), line: line)
            return .record
        }
        record.start(name, otherName: otherName, line: line)
        return .record
    }

    /// Adds an attribute to the record's element that was started last.
    mutating func attribute(_ name: XMLName, _ namespace: XMLNamespace, value: Span<UInt8>) {
        record.attribute(name, namespace, value: value)
    }

    /// Goes into the element outside of records that was started last.
    mutating func enter(_ tag: XMLTag) {
        guard path.isEmpty else {
            dialect?.enter(tag, path: path)
            path.append(tag)
            return
        }
        guard let reader = XMLDialect.reader(for: tag, zones: zones) else {
            unknownRootLine = tag.line
            skipped = 1
            return
        }
        namespaces = type(of: reader).namespaces
        dialect = reader
        path.append(tag)
    }

    mutating func text(_ text: Span<UInt8>) {
        guard purpose != nil else { return }
        record.append(text: text)
    }

    /// Ends the innermost open element, and calls `item` for what a record held that ends with it.
    mutating func end(_ item: (XMLItem) -> Void) {
        guard skipped == 0 else {
            skipped -= 1
            return
        }
        guard let purpose else {
            path.removeLast(path.isEmpty ? 0 : 1)
            return
        }
        guard record.end() else { return }
        self.purpose = nil
        switch purpose {
        case .context: dialect?.note(record, path: path)
        case .record: finishRecord(item)
        }
    }

    private mutating func begin(_ purpose: Purpose) {
        self.purpose = purpose
        record.removeAll()
    }

    private mutating func finishRecord(_ item: (XMLItem) -> Void) {
        guard !record.isOverLimit else {
            let diagnostic = XMLDiagnostic(
                .limit, .bookingRejected, line: record.line, "the entry has too many elements or too much text")
            item(.rejected(XMLRejection(uid: nil, line: record.line, diagnostics: [diagnostic])))
            return
        }
        dialect?.read(record, path: path, item: item)
    }

    // MARK: Rows of mapped files

    /// Begins a row, and calls `item` for the one before it.
    mutating func startRow(mapping index: Int, line: Int, _ item: (XMLItem) -> Void) {
        endRow(item)
        let mapping = mappings[index]
        row = (MappedRow(line: line, fields: mapping.rules.count), mapping)
    }

    /// Adds a text of the field with this number.
    mutating func addValue(field: Int, line: Int, _ text: Span<UInt8>) {
        row?.row.texts[field].append(MappedRow.Text(text: String(copying: text).trimmed, line: line))
    }

    /// Rejects the row; of several reasons the first is told.
    mutating func rejectRow(_ code: XMLDiagnostic.Code, field: Int?, line: Int, _ reason: Span<UInt8>) {
        guard let row, row.row.fault == nil else { return }
        let place = field.map { $0 < 0 ? "each: " : "\(row.mapping.rules[$0].field.rawValue): " } ?? ""
        self.row?.row.fault = XMLDiagnostic(
            code, .bookingRejected, line: line, place + String(copying: reason))
    }

    mutating func endRow(_ item: (XMLItem) -> Void) {
        guard let (row, mapping) = row else { return }
        self.row = nil
        rowWatcher?(row)
        item(MappedBooking(row: row, mapping: mapping).item())
    }
}
