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

    func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole {
        switch (path.count, name) {
        case (1, .ewsBody): namespace == path[0].namespace ? .descend : .skip
        case (2, .ewsGetItemResponse), (2, .ewsFindItemResponse): namespace == .ewsMessages ? .descend : .skip
        case (3, .ewsResponseMessages), (4, .ewsGetItemMessage), (4, .ewsFindItemMessage), (5, .ewsRootFolder),
            (5, .ewsItems), (6, .ewsItems):
            .descend
        case (6, .ewsCalendarItem), (7, .ewsCalendarItem):
            path.last?.name == .ewsItems && namespace == .ewsTypes ? .record : .skip
        default: .skip
        }
    }

    mutating func enter(_ tag: XMLTag, path: [XMLTag]) {
        switch tag.name {
        case .ewsGetItemMessage, .ewsFindItemMessage: enterMessage(tag)
        case .ewsRootFolder: if tag.value(.ewsIncludesLastItem) == "false" { mode = .page }
        default: break
        }
    }

    func note(_ context: XMLRecord, path: [XMLTag]) {}

    func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        ExchangeItem(record: record, zones: zones).items().forEach(item)
    }

    /// What a failed message should have held is not known to be absent.
    private mutating func enterMessage(_ tag: XMLTag) {
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
