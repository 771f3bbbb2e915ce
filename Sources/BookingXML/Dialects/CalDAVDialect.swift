import ICalendar

/// A WebDAV `multistatus` as CalDAV servers answer reports (RFC 4791 §7, RFC 6578): each `response` holds one calendar
/// object as iCalendar text, or says that it is gone.
struct CalDAVDialect: DialectReader {
    static let dialect = XMLDialect.calDAV
    static let namespaces = [XMLNamespace.dav, .calDAV]

    let sourceName: String? = nil
    let defaultZone: String? = nil
    private(set) var diagnostics: [XMLDiagnostic] = []
    private var responses = 0
    private var hasSyncToken = false
    /// Whether the server kept something back.
    private var isIncomplete = false
    /// Whether any response speaks of calendar data, if only to say that it has none.
    private var isAboutCalendars = false
    private let line: Int

    init?(root: XMLTag) {
        guard root.is(.multistatus, .dav) else { return nil }
        line = root.line
    }

    /// With a token the answer holds what changed since an earlier one (RFC 6578 §3).
    var mode: XMLReading.Mode { hasSyncToken ? .changes : isIncomplete ? .page : .snapshot }

    /// Answers to other questions, about addresses or rights, look alike but do not speak of calendar data.
    var refusal: XMLDiagnostic? {
        guard responses > 0, !isAboutCalendars, !hasSyncToken else { return nil }
        return XMLDiagnostic(.unknownDialect, .fileRejected, line: line, "the multistatus is not about calendar data")
    }

    mutating func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole {
        guard path.count == 1, namespace == .dav else { return .skip }
        switch name {
        case .response: return .record
        case .syncToken:
            hasSyncToken = true
            return .skip
        default: return .skip
        }
    }

    func note(_ context: XMLRecord, path: [XMLTag]) {}

    mutating func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        responses += 1
        let href = record.child(.href, of: 0).map { record.string($0) } ?? ""
        if let status = record.child(.status, of: 0) {
            switch record.status(status) {
            case 404:
                isAboutCalendars = true
                item(.booking(removal(of: href, line: record.line)))
            case 200, 401, 403: break
            default: noteFailure(record, status, href)
            }
        }
        for propstat in record.children(of: 0) where record.name(of: propstat) == .propstat {
            guard let data = record.descendant(.prop, .calendarData, of: propstat) else { continue }
            isAboutCalendars = true
            let status = record.child(.status, of: propstat)
            switch status.flatMap({ record.status($0) }) {
            case 200: item(calendar(record, data, href))
            // No calendar object, as the calendar itself, or one that is not for us to read.
            case 401, 403, 404: break
            default: noteFailure(record, status ?? propstat, href)
            }
        }
    }

    /// What the server could not give is not known to be absent.
    private mutating func noteFailure(_ record: XMLRecord, _ index: Int, _ href: String) {
        isIncomplete = true
        guard diagnostics.count < Self.keptDiagnostics else { return }
        let outcome = record.name(of: index) == .status ? record.string(index) : "without a status"
        diagnostics.append(
            record.finding(
                .badValue, .tolerated, index,
                "the answer about \(href.quoted) is \(outcome.quoted), no success: nothing is withdrawn"))
    }

    private mutating func calendar(_ record: XMLRecord, _ data: Int, _ href: String) -> XMLItem {
        guard record.isLeaf(data) else {
            // Nobody knows which booking that was.
            isIncomplete = true
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
    /// The code of a status line such as `HTTP/1.1 200 OK`; `nil` for anything else.
    fileprivate func status(_ index: Int) -> Int? {
        let parts = string(index).split(separator: " ")
        return parts.count > 1 ? Int(parts[1]) : nil
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
