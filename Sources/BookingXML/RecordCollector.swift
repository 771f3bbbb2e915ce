internal import CBookingXML
import ICalendar

/// Turns the parser's elements into records, and records into items, with the help of a dialect.
struct RecordCollector {
    private(set) var dialect: (any DialectReader)?
    /// The line of a root element that no dialect knows: the rest of the file says nothing.
    private(set) var unknownRootLine: Int?
    /// The open elements outside of records, the root first.
    private var path: [XMLTag] = []
    /// For each of them its end in the table; 0 where it has not come.
    private var ends: [UInt32] = []
    /// What the record is for of which the end has not come; it stands first in the next table.
    private var openPurpose: Purpose?
    private var record: XMLRecord
    private var namespaces = XMLNamespaceSet([])
    private var forbidsText = false
    /// Whether there is text that is forbidden since the last element outside of records.
    private var hasTextOutside = false
    /// The level of an open element that does not matter, with all that is inside; 0 for none.
    private var skippedLevel: UInt32 = 0
    /// The line of the record that is skipped because it is over a limit.
    private var lineOverLimit: Int?

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

    // MARK: Elements

    /// Takes the next elements, and calls `item` for what the records hold that are whole.
    ///
    /// - Returns: The first that is needed once more: the table must begin with it the next time.
    mutating func take(_ table: borrowing XMLElementTable, _ item: (XMLItem) -> Void) -> Int {
        var index = 0
        // Of the text outside of records.
        var seen = 0
        while true {
            guard index < table.count else {
                noteText(table, seen..<table.textCount, isAtEnd: ends.first.map { $0 != 0 } ?? false)
                while let end = ends.last, end != 0 { leave() }
                return index
            }
            let element = table.element(index)
            noteText(table, seen..<max(seen, Int(element.text)), before: element)
            seen = Int(element.end == 0 ? element.text : element.text_end)
            while let end = ends.last, end != 0, Int(end) <= index { leave() }
            guard element.name != BOOKINGXML_CLOSED else {
                close(level: element.depth + 1, item)
                index += 1
                continue
            }
            guard skippedLevel == 0 else {
                index = element.end == 0 ? index + 1 : Int(element.end)
                continue
            }
            switch role(of: element) {
            case .descend:
                enter(element, of: table)
                seen = Int(element.text)
                index += 1
            case .skip: index = skip(element, index)
            case .record:
                guard let next = read(.record, table, index, item) else { return index }
                index = next
            case .context:
                guard let next = read(.context, table, index, item) else { return index }
                index = next
            }
        }
    }

    /// Notes text outside of records, by the line of the next element, or of the root where none follows.
    private mutating func noteText(
        _ table: borrowing XMLElementTable, _ range: Range<Int>, before next: bookingxml_element? = nil,
        isAtEnd: Bool = false
    ) {
        guard forbidsText, skippedLevel == 0, openPurpose == nil, let root = path.first else { return }
        hasTextOutside = hasTextOutside || !table.isBlank(range)
        guard hasTextOutside, next != nil || isAtEnd else { return }
        hasTextOutside = false
        let line = next.flatMap { $0.name == BOOKINGXML_CLOSED ? nil : Int($0.line) }
        dialect?.noteText(line: line ?? root.line)
    }

    private mutating func role(of element: bookingxml_element) -> ElementRole {
        switch openPurpose {
        case .record: return .record
        case .context: return .context
        case nil: break
        }
        guard !path.isEmpty else { return .descend }
        return dialect?.role(
            of: .numbered(Int(element.name)), .numbered(Int(element.space)), path: path) ?? .skip
    }

    /// Goes into an element outside of records.
    private mutating func enter(_ element: bookingxml_element, of table: borrowing XMLElementTable) {
        var tag = XMLTag(
            name: .numbered(Int(element.name)), namespace: .numbered(Int(element.space)), line: Int(element.line))
        for place in Int(element.attributes)..<Int(element.attributes_end) {
            let attribute = table.attribute(place)
            tag.attributes.append(
                XMLAttribute(
                    name: .numbered(Int(attribute.name)), namespace: .numbered(Int(attribute.space)),
                    value: table.value(attribute)))
        }
        if path.isEmpty {
            guard let reader = XMLDialect.reader(for: tag, zones: zones) else {
                unknownRootLine = tag.line
                skippedLevel = element.depth
                return
            }
            namespaces = XMLNamespaceSet(type(of: reader).namespaces)
            forbidsText = type(of: reader).forbidsText
            dialect = reader
        } else {
            dialect?.enter(tag, path: path)
        }
        path.append(tag)
        ends.append(element.end)
    }

    private mutating func leave() {
        path.removeLast()
        ends.removeLast()
    }

    /// - Returns: Where to go on.
    private mutating func skip(_ element: bookingxml_element, _ index: Int) -> Int {
        guard element.end == 0 else { return Int(element.end) }
        skippedLevel = element.depth
        return index + 1
    }

    /// Ends an element that began in a former table.
    private mutating func close(level: UInt32, _ item: (XMLItem) -> Void) {
        if level == skippedLevel {
            skippedLevel = 0
            if let line = lineOverLimit { rejectOverLimit(line, item) }
            lineOverLimit = nil
        } else if skippedLevel == 0, !path.isEmpty {
            leave()
        }
    }

    /// Reads what a record holds.
    ///
    /// - Returns: Where to go on; `nil` where the record is not whole yet.
    private mutating func read(
        _ purpose: Purpose, _ table: borrowing XMLElementTable, _ index: Int, _ item: (XMLItem) -> Void
    ) -> Int? {
        let element = table.element(index)
        let isWhole = element.end != 0
        guard isWhole || !record.holds(table.size(of: index)) else {
            openPurpose = purpose
            return nil
        }
        openPurpose = nil
        if !isWhole { skippedLevel = element.depth }
        switch purpose {
        case .context:
            record.fill(from: table, at: index, namespaces: namespaces)
            dialect?.note(record, path: path)
        case .record where isWhole:
            record.fill(from: table, at: index, namespaces: namespaces)
            if record.isOverLimit {
                rejectOverLimit(record.line, item)
            } else {
                dialect?.read(record, path: path, item: item)
            }
        case .record: lineOverLimit = Int(element.line)
        }
        return isWhole ? Int(element.end) : table.count
    }

    private func rejectOverLimit(_ line: Int, _ item: (XMLItem) -> Void) {
        let diagnostic = XMLDiagnostic(
            .limit, .bookingRejected, line: line, "the entry has too many elements or too much text")
        item(.rejected(XMLRejection(uid: nil, line: line, diagnostics: [diagnostic])))
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
