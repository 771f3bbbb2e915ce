import ICalendar

/// Answers of Exchange Web Services to GetItem and FindItem: a SOAP envelope down to `Items` / `CalendarItem`.
struct ExchangeDialect: DialectReader {
    static let dialect = XMLDialect.exchange
    static let namespaces = [XMLNamespace.ewsTypes]

    let sourceName: String? = nil
    let defaultZone: String? = nil
    private(set) var mode = XMLReading.Mode.snapshot
    private(set) var diagnostics: [XMLDiagnostic] = []
    private let zones: TimeZoneResolver?
    private let line: Int
    private var hasAnswer = false

    init?(root: XMLTag, zones: TimeZoneResolver?) {
        guard root.is(.ewsEnvelope, .soap) || root.is(.ewsEnvelope, .documentedSOAP) else { return nil }
        self.zones = zones
        line = root.line
    }

    /// Requests and answers to other questions must not pass for an empty calendar.
    var refusal: XMLDiagnostic? {
        guard !hasAnswer else { return nil }
        return XMLDiagnostic(
            .unknownDialect, .fileRejected, line: line, "the envelope holds no answer to GetItem or FindItem")
    }

    mutating func role(of tag: XMLTag, path: [XMLTag]) -> ElementRole {
        switch tag.name {
        case .ewsBody: return path.count == 1 && tag.namespace == path[0].namespace ? .descend : .skip
        case .ewsGetItemResponse, .ewsFindItemResponse:
            return path.count == 2 && tag.namespace == .ewsMessages ? .descend : .skip
        case .ewsResponseMessages: return path.count == 3 ? .descend : .skip
        case .ewsGetItemMessage, .ewsFindItemMessage:
            guard path.count == 4 else { return .skip }
            noteMessage(tag)
            return .descend
        case .ewsRootFolder:
            guard path.count == 5 else { return .skip }
            if tag.value(.ewsIncludesLastItem) == "false" { mode = .page }
            return .descend
        case .ewsItems: return (5...6).contains(path.count) ? .descend : .skip
        case .ewsCalendarItem: return path.last?.name == .ewsItems && tag.namespace == .ewsTypes ? .record : .skip
        default: return .skip
        }
    }

    func note(_ context: XMLRecord, path: [XMLTag]) {}

    func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        var calendarItem = ExchangeItem(record: record, zones: zones)
        calendarItem.items().forEach(item)
    }

    /// What a failed message should have held is not known to be absent.
    private mutating func noteMessage(_ tag: XMLTag) {
        hasAnswer = true
        let outcome = tag.value(.ewsResponseClass) ?? ""
        guard outcome != "Success" else { return }
        mode = .page
        guard diagnostics.count < Self.keptDiagnostics else { return }
        diagnostics.append(
            XMLDiagnostic(
                .badValue, .tolerated, line: tag.line,
                "an answer is \(outcome.quoted), no success: nothing is withdrawn"))
    }
}
