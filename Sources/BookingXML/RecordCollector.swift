import ICalendar

/// Turns the parser's events into records, and records into items, with the help of a dialect.
struct RecordCollector {
    private(set) var dialect: (any DialectReader)?
    /// The line of a root element that no dialect knows: the rest of the file says nothing.
    private(set) var unknownRootLine: Int?
    /// What was read since the last time they were taken.
    private var items: [XMLItem] = []
    /// The open elements outside of records, the root first.
    private var path: [XMLTag] = []
    /// What the open record is for; `nil` between records.
    private var purpose: Purpose?
    private var record: XMLRecord
    private var namespaces: [XMLNamespace] = []
    /// Open elements inside one that does not matter.
    private var skipped = 0

    private let zones: TimeZoneResolver?

    private enum Purpose {
        case record, context
    }

    init(limits: XMLLimits, zones: TimeZoneResolver?) {
        record = XMLRecord(limits: limits)
        self.zones = zones
    }

    mutating func takeItems() -> [XMLItem] {
        defer { items.removeAll(keepingCapacity: true) }
        return items
    }

    mutating func start(_ tag: XMLTag) {
        guard skipped == 0 else {
            skipped += 1
            return
        }
        guard purpose == nil else {
            record.start(tag, isForeign: !namespaces.contains(tag.namespace))
            return
        }
        guard !path.isEmpty else {
            open(root: tag)
            return
        }
        switch dialect?.role(of: tag, path: path) ?? .skip {
        case .descend: path.append(tag)
        case .skip: skipped = 1
        case .record: begin(.record, tag)
        case .context: begin(.context, tag)
        }
    }

    mutating func text(_ text: Span<UInt8>) {
        guard purpose != nil, skipped == 0 else { return }
        record.text(text)
    }

    mutating func end() {
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
        case .record: finishRecord()
        }
    }

    private mutating func open(root tag: XMLTag) {
        guard let reader = XMLDialect.reader(for: tag, zones: zones) else {
            unknownRootLine = tag.line
            skipped = 1
            return
        }
        namespaces = type(of: reader).namespaces
        dialect = reader
        path.append(tag)
    }

    private mutating func begin(_ purpose: Purpose, _ tag: XMLTag) {
        self.purpose = purpose
        record.begin(tag)
    }

    private mutating func finishRecord() {
        guard !record.isOverLimit else {
            let diagnostic = XMLDiagnostic(
                .limit, .bookingRejected, line: record.line, "the entry has too many elements or too much text")
            items.append(.rejected(XMLRejection(uid: nil, line: record.line, diagnostics: [diagnostic])))
            return
        }
        items.append(contentsOf: dialect?.items(of: record, path: path) ?? [])
    }
}
