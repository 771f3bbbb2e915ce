/// The properties that this library knows by name; all others are read too, under ``other``.
public enum PropertyKind: String, Hashable, Sendable, CaseIterable {
    case begin = "BEGIN"
    case end = "END"

    // Of a calendar: RFC 5545 §3.7, RFC 7986 §5, and what Apple began and everybody writes.
    case version = "VERSION"
    case productID = "PRODID"
    case method = "METHOD"
    case calendarScale = "CALSCALE"
    case name = "NAME"
    case xCalendarName = "X-WR-CALNAME"
    case xTimeZone = "X-WR-TIMEZONE"

    // Of an event: RFC 5545 §3.8, RFC 7986 §5.
    case uid = "UID"
    case recurrenceID = "RECURRENCE-ID"
    case sequence = "SEQUENCE"
    case status = "STATUS"
    case transparency = "TRANSP"
    case start = "DTSTART"
    case eventEnd = "DTEND"
    case duration = "DURATION"
    case rule = "RRULE"
    case exceptionRule = "EXRULE"
    case recurrenceDate = "RDATE"
    case exceptionDate = "EXDATE"
    case created = "CREATED"
    case lastModified = "LAST-MODIFIED"
    case stamp = "DTSTAMP"
    case summary = "SUMMARY"
    case location = "LOCATION"
    case description = "DESCRIPTION"
    case url = "URL"
    case conference = "CONFERENCE"
    case organizer = "ORGANIZER"
    case attendee = "ATTENDEE"
    case classification = "CLASS"
    case attachment = "ATTACH"

    // Of a time zone: RFC 5545 §3.8.3.
    case zoneID = "TZID"
    case zoneOffsetFrom = "TZOFFSETFROM"
    case zoneOffsetTo = "TZOFFSETTO"
    case zoneName = "TZNAME"
    case zoneURL = "TZURL"

    /// Any other name; ``PropertyView/name`` says which.
    case other = ""

    static let table = NameTable<PropertyKind>()

    /// Whether it has a part in when an event takes place and which of its revisions counts, as STATUS and TRANSP have.
    @inline(__always)
    var decidesTimes: Bool {
        switch self {
        case .uid, .recurrenceID, .sequence, .status, .transparency, .start, .eventEnd, .duration, .rule,
            .exceptionRule, .recurrenceDate, .exceptionDate, .lastModified, .stamp:
            true
        case .begin, .end, .version, .productID, .method, .calendarScale, .name, .xCalendarName, .xTimeZone, .created,
            .summary, .location, .description, .url, .conference, .organizer, .attendee, .classification, .attachment,
            .zoneID, .zoneOffsetFrom, .zoneOffsetTo, .zoneName, .zoneURL, .other:
            false
        }
    }

    /// How many bytes the names of times that events have by the dozen take; 0 for any other name.
    @inline(__always)
    var timeNameLength: Int {
        switch self {
        case .start, .stamp, .created: 7
        case .eventEnd: 5
        case .exceptionDate: 6
        case .lastModified, .recurrenceID: 13
        case _: 0
        }
    }

    /// Those that the times of an event depend on: an event without one of them would be another event.
    static let decidingTimes: [PropertyKind] = [
        .uid, .recurrenceID, .start, .eventEnd, .duration, .rule, .exceptionRule, .recurrenceDate, .exceptionDate,
    ]
}
