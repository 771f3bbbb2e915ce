/// The components that this library knows by name (RFC 5545 §3.6, RFC 7953, RFC 9073); all others are ``other``.
public enum ComponentKind: String, Hashable, Sendable, CaseIterable {
    case calendar = "VCALENDAR"
    case event = "VEVENT"
    case toDo = "VTODO"
    case journal = "VJOURNAL"
    case freeBusy = "VFREEBUSY"
    case timeZone = "VTIMEZONE"
    case availability = "VAVAILABILITY"
    case poll = "VPOLL"
    case standard = "STANDARD"
    case daylight = "DAYLIGHT"
    case alarm = "VALARM"
    /// Any other name; ``ComponentView/name`` says which.
    case other = ""

    static let table = NameTable<ComponentKind>()

    /// Whether it stands directly in a calendar and holds no other of its like, so that its BEGIN ends an open one.
    var standsInCalendar: Bool {
        switch self {
        case .event, .toDo, .journal, .freeBusy, .timeZone, .availability, .poll: true
        case .calendar, .standard, .daylight, .alarm, .other: false
        }
    }
}
