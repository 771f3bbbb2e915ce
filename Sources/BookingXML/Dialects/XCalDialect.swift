import ICalendar

/// iCalendar in XML (RFC 6321): `icalendar` / `vcalendar` / `components` / `vevent`.
struct XCalDialect: DialectReader {
    static let dialect = XMLDialect.xCal
    static let namespaces = [XMLNamespace.xCal]

    /// Those of the first calendar; events of others are told their own.
    private(set) var sourceName: String?
    private(set) var defaultZone: String?
    private var calendars = 0
    /// The name and the zone of the calendar that is open.
    private var openName: String?
    private var openZone: String?
    private let zones: TimeZoneResolver?
    let mode = XMLReading.Mode.snapshot
    private(set) var diagnostics: [XMLDiagnostic] = []
    /// METHOD of the calendar that is open, upper-cased; empty where it has none.
    private var method = ""
    /// Properties of the calendar that is open, as far as nobody reads them.
    private var otherNames: [String] = []

    init?(root: XMLTag, zones: TimeZoneResolver?) {
        guard root.is(.icalendar, .xCal) else { return nil }
        self.zones = zones
    }

    mutating func role(of name: XMLName, _ namespace: XMLNamespace, path: [XMLTag]) -> ElementRole {
        guard namespace == .xCal else { return .skip }
        switch (path.count, path.last?.name, name) {
        case (1, _, .vcalendar):
            method = ""
            otherNames = []
            (openName, openZone) = (nil, nil)
            calendars += 1
            return .descend
        case (2, .vcalendar, .properties): return .context
        case (2, .vcalendar, .components): return .descend
        case (3, .components, .vevent): return booksNothing ? .skip : .record
        case (3, .components, .vtimezone): return .record
        default: return .skip
        }
    }

    /// The properties of a calendar.
    mutating func note(_ context: XMLRecord, path: [XMLTag]) {
        otherNames = context.children(of: 0).map { context.otherName(of: $0) }.filter { !$0.isEmpty }
        for property in context.children(of: 0) {
            let value = context.children(of: property).first { context.name(of: $0) != .parameters }
            guard let value else { continue }
            switch context.name(of: property) {
            case .method: method = context.string(value).uppercased()
            case .name: openName = context.string(value)
            case .xCalendarName: openName = openName ?? context.string(value)
            case .xTimeZone: openZone = context.string(value)
            default: break
            }
        }
        if calendars == 1 { (sourceName, defaultZone) = (openName, openZone) }
        if booksNothing, diagnostics.count < Self.keptDiagnostics {
            diagnostics.append(
                XMLDiagnostic(
                    .foreignMethod, .tolerated, line: context.line, "METHOD is \(method), which books nothing"))
        }
    }

    mutating func read(_ record: XMLRecord, path: [XMLTag], item: (XMLItem) -> Void) {
        guard record.name(of: 0) != .vevent else {
            let isCancellation = method == "CANCEL"
            var event = XCalEvent(
                record: record, isCancellation: isCancellation, namesOutside: otherNames, zone: zoneApart)
            event.calendarName = calendars == 1 ? nil : openName ?? ""
            item(event.item())
            return
        }
        do throws(XMLDiagnostic) {
            item(.zone(try XCalTimeZone(record: record).zone()))
        } catch {
            if diagnostics.count < Self.keptDiagnostics { diagnostics.append(error) }
        }
    }

    /// The zone of the open calendar's times, where it is not that of the first one.
    private var zoneApart: String? {
        let (own, first) = (openZone ?? zones?.defaultZone.name, defaultZone ?? zones?.defaultZone.name)
        return own == first ? nil : own
    }

    /// Answers and requests between people (RFC 5546 §3.2) say nothing about what is booked.
    private var booksNothing: Bool { ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"].contains(method) }
}
