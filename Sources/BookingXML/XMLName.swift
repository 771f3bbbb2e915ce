/// The local names of elements and attributes that any dialect reads; libxml2 gives them to us as numbers.
enum XMLName: String, CaseIterable {
    /// A name that no dialect reads.
    case other = ""

    // Native.
    case also, booking, bookings, duration, end, except, id, lobby, mode, occurrence, owner, password, `repeat`
    case revision, room, rule, settings, source, start, status, title, zone
    case maxOccupants = "max-occupants"
    case recurrenceOf = "recurrence-of"

    // xCal.
    case attendee, byday, byhour, byminute, bymonth, bymonthday, bysecond, bysetpos, byweekno, byyearday
    case `class`, cn, components, conference, count, created, cutype, daylight, description, dtend, dtstamp, dtstart
    case email, exdate, exrule, freq, icalendar, interval, location, method, name, organizer, parameters, partstat
    case period, properties, range, rdate, recur, rrule, sequence, standard, summary, text, transp, tzid
    case tzoffsetfrom, tzoffsetto, uid, until, url, vcalendar, vevent, vtimezone, wkst
    case date, dateTime = "date-time"
    case lastModified = "last-modified"
    case recurrenceID = "recurrence-id"
    case xLicLocation = "x-lic-location"
    case xCalendarName = "x-wr-calname"
    case xTimeZone = "x-wr-timezone"

    /// The name with this number; `other` for any number that is none.
    static func numbered(_ number: Int) -> XMLName {
        all.indices.contains(number) ? all[number] : .other
    }

    private static let all = allCases
}

/// The namespaces of the dialects. Prefixes do not matter.
enum XMLNamespace: String, CaseIterable {
    case none = ""
    case native = "urn:bookwatch:bookings:1"
    case xCal = "urn:ietf:params:xml:ns:icalendar-2.0"
    case other = "urn:bookwatch:any-other-namespace"

    /// The namespace with this number; `other` for any number that is none.
    static func numbered(_ number: Int) -> XMLNamespace {
        all.indices.contains(number) ? all[number] : .other
    }

    private static let all = allCases
}

/// A start tag.
struct XMLTag {
    var name: XMLName
    var namespace: XMLNamespace
    /// From 1.
    var line: Int
    var attributes: [XMLAttribute] = []
    /// What is written where `name` is `other`.
    var otherName = ""

    func `is`(_ name: XMLName, _ namespace: XMLNamespace) -> Bool { self.name == name && self.namespace == namespace }

    func value(_ name: XMLName) -> String? {
        attributes.first { $0.name == name && $0.namespace == .none }?.value
    }
}

struct XMLAttribute {
    var name: XMLName
    /// `none` for an attribute without prefix.
    var namespace: XMLNamespace
    var value: String
}
