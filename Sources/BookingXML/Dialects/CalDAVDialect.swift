import ICalendar

/// A WebDAV `multistatus` as CalDAV servers answer reports (RFC 4791 §7, RFC 6578): each `response` holds one calendar
/// object as iCalendar text, or says that it is gone.
struct CalDAVDialect: DialectReader {
    static let dialect = XMLDialect.calDAV
    static let namespaces = [XMLNamespace.dav, .calDAV]

    let sourceName: String? = nil
    let defaultZone: String? = nil
    private(set) var mode = XMLReading.Mode.snapshot
    let diagnostics: [XMLDiagnostic] = []
    private var responses = 0
    /// Whether any response speaks of calendar data, if only to say that it has none.
    private var isAboutCalendars = false
    private let line: Int

    init?(root: XMLTag) {
        guard root.is(.multistatus, .dav) else { return nil }
        line = root.line
    }

    /// Answers to other questions, about addresses or rights, look alike but do not speak of calendar data.
    var refusal: XMLDiagnostic? {
        guard responses > 0, !isAboutCalendars, mode == .snapshot else { return nil }
        return XMLDiagnostic(.unknownDialect, .fileRejected, line: line, "the multistatus is not about calendar data")
    }

    mutating func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole {
        guard path.count == 1, namespace == .dav else { return .skip }
        switch name {
        case .response: return .record
        case .syncToken:
            // The answer holds what changed since an earlier token.
            mode = .changes
            return .skip
        default: return .skip
        }
    }

    func note(_ context: XMLRecord, path: [XMLTag]) {}

    mutating func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        responses += 1
        let href = record.child(.href, of: 0).map { record.string($0) } ?? ""
        if let status = record.child(.status, of: 0), record.isStatus(404, status) {
            isAboutCalendars = true
            item(.booking(removal(of: href, line: record.line)))
            return
        }
        for propstat in record.children(of: 0) where record.name(of: propstat) == .propstat {
            guard let data = record.descendant(.prop, .calendarData, of: propstat) else { continue }
            isAboutCalendars = true
            guard let status = record.child(.status, of: propstat), record.isStatus(200, status) else { continue }
            item(calendar(record, data, href))
        }
    }

    private func calendar(_ record: XMLRecord, _ data: Int, _ href: String) -> XMLItem {
        guard record.children(of: data).first(where: { _ in true }) == nil else {
            let finding = record.rejection(.badValue, data, "calendar-data is not iCalendar text")
            return .rejected(XMLRejection(uid: nil, line: record.line(of: data), diagnostics: [finding]))
        }
        let text = Array(record.fullText(data))
        return .calendar(EmbeddedCalendar(text: text, line: record.line(of: data), href: href))
    }

    /// The object at an address is gone (RFC 6578 §3.5). Its UID is not told; clients name their objects by it.
    private func removal(of href: String, line: Int) -> XMLBooking {
        var name = href.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if name.hasSuffix(".ics") { name.removeLast(4) }
        var event = Event()
        event.uid = name.removingPercentEscapes
        event.status = .cancelled
        event.line = line
        let guess = XMLDiagnostic(
            .missingElement, .tolerated, line: line, "the answer names no UID: taken from the address \(href.quoted)")
        return XMLBooking(event: event, diagnostics: [guess])
    }
}

extension XMLRecord {
    /// Whether a status line such as `HTTP/1.1 200 OK` has this code.
    fileprivate func isStatus(_ code: Int, _ index: Int) -> Bool {
        let parts = string(index).split(separator: " ")
        return parts.count > 1 && Int(parts[1]) == code
    }
}

extension String {
    /// With `%41` as `A`; as it is where that gives no UTF-8 (RFC 3986 §2.1).
    fileprivate var removingPercentEscapes: String {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count > 1 else {
                return self
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self) ?? self
    }
}
