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

    private enum Purpose {
        case record, context
    }

    init(limits: XMLLimits, zones: TimeZoneResolver?) {
        record = XMLRecord(limits: limits)
        self.zones = zones
    }

    /// What the next start tag is to be handed to.
    var place: Place {
        guard purpose == nil else { return .inRecord }
        return skipped > 0 ? .inSkipped : .aboveRecords
    }

    enum Place {
        /// `start`
        case aboveRecords
        /// `startInRecord`, and `attribute` for each attribute.
        case inRecord
        /// `skip`
        case inSkipped
    }

    mutating func startInRecord(_ name: XMLName, _ namespace: XMLNamespace, otherName: Span<UInt8>, line: Int) {
        guard namespaces.contains(namespace) else {
            record.start(.other, otherName: Span(), line: line)
            return
        }
        record.start(name, otherName: otherName, line: line)
    }

    mutating func attribute(_ name: XMLName, _ namespace: XMLNamespace, value: Span<UInt8>) {
        record.attribute(name, namespace, value: value)
    }

    mutating func skip() { skipped += 1 }

    mutating func start(_ tag: XMLTag) {
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

    private mutating func finishRecord(_ item: (XMLItem) -> Void) {
        guard !record.isOverLimit else {
            let diagnostic = XMLDiagnostic(
                .limit, .bookingRejected, line: record.line, "the entry has too many elements or too much text")
            item(.rejected(XMLRejection(uid: nil, line: record.line, diagnostics: [diagnostic])))
            return
        }
        dialect?.read(record, path: path, item: item)
    }
}
