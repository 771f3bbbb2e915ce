/// The local names of elements and attributes that any dialect reads; libxml2 gives them to us as numbers. They are
/// not raw values, for then comparing two names would compare their texts.
enum XMLName: CaseIterable {
    /// A name that no dialect reads.
    case other

    // Native.
    case also, booking, bookings, duration, end, except, id, lobby, mode, occurrence, owner, password, `repeat`
    case revision, room, rule, settings, source, start, status, title, zone
    case maxOccupants, recurrenceOf

    // xCal.
    case attendee, byday, byhour, byminute, bymonth, bymonthday, bysecond, bysetpos, byweekno, byyearday
    case `class`, cn, components, conference, count, created, cutype, daylight, description, dtend, dtstamp, dtstart
    case email, exdate, exrule, freq, icalendar, interval, location, method, name, organizer, parameters, partstat
    case period, properties, range, rdate, recur, rrule, sequence, standard, summary, text, transp, tzid
    case tzoffsetfrom, tzoffsetto, uid, until, url, vcalendar, vevent, vtimezone, wkst
    case boolean, calAddress, integer, uri
    case date, dateTime, lastModified, recurrenceID, xLicLocation, xCalendarName, xTimeZone

    // CalDAV.
    case href, multistatus, prop, propstat, response
    case calendarData, syncToken

    // schedule.xml.
    case acronym, day, event, guid, schedule
    case dayChange, timeZoneName

    // Exchange; its names differ from the others' in their first letter.
    case ewsAbsoluteMonthly, ewsAbsoluteYearly, ewsAttendee, ewsBody, ewsCalendarItem, ewsCalendarItemType, ewsCreated
    case ewsDaily, ewsDayOfMonth, ewsDayOfWeekIndex, ewsDaysOfWeek, ewsDeletedOccurrence, ewsDeletedOccurrences
    case ewsEmailAddress, ewsEnd, ewsEndDate, ewsEndDateRange, ewsEnvelope, ewsFindItemMessage, ewsFindItemResponse
    case ewsFirstDayOfWeek, ewsFirstOccurrence, ewsFreeBusyStatus, ewsGetItemMessage, ewsGetItemResponse, ewsID
    case ewsIncludesLastItem, ewsInterval, ewsIsAllDay, ewsIsCancelled, ewsItemID, ewsItems, ewsLastModified
    case ewsLocation, ewsMailbox, ewsMeetingTimeZone, ewsModifiedOccurrences, ewsMonth, ewsName, ewsNoEndRange
    case ewsNumberOfOccurrences, ewsNumberedRange, ewsOccurrence, ewsOptionalAttendees, ewsOrganizer, ewsOriginalStart
    case ewsRecurrence, ewsRecurrenceID, ewsRelativeMonthly, ewsRelativeYearly, ewsRequiredAttendees, ewsResources
    case ewsResponseClass, ewsResponseMessages, ewsResponseType, ewsRootFolder, ewsRoutingType, ewsSequence, ewsStamp
    case ewsStart, ewsStartTimeZone, ewsStartTimeZoneID, ewsSubject, ewsTimeZoneName, ewsUID, ewsWeekly

    /// The name with this number; `other` for any number that is none.
    static func numbered(_ number: Int) -> XMLName {
        all.indices.contains(number) ? all[number] : .other
    }

    /// By their numbers.
    static let all = allCases
}

/// The namespaces of the dialects. Prefixes do not matter.
enum XMLNamespace: CaseIterable {
    case none
    case native
    case xCal
    case dav
    case calDAV
    case ewsMessages
    case ewsTypes
    case soap
    /// As Microsoft's documentation prints it.
    case documentedSOAP
    case other

    var uri: String {
        switch self {
        case .none: ""
        case .native: "urn:bookwatch:bookings:1"
        case .xCal: "urn:ietf:params:xml:ns:icalendar-2.0"
        case .dav: "DAV:"
        case .calDAV: "urn:ietf:params:xml:ns:caldav"
        case .ewsMessages: "http://schemas.microsoft.com/exchange/services/2006/messages"
        case .ewsTypes: "http://schemas.microsoft.com/exchange/services/2006/types"
        case .soap: "http://schemas.xmlsoap.org/soap/envelope/"
        case .documentedSOAP: "https://schemas.xmlsoap.org/soap/envelope/"
        case .other: "urn:bookwatch:any-other-namespace"
        }
    }

    /// The namespace with this number; `other` for any number that is none.
    static func numbered(_ number: Int) -> XMLNamespace {
        all.indices.contains(number) ? all[number] : .other
    }

    private static let all = allCases
}

/// Some namespaces, asked by the numbers that libxml2's names come with.
struct XMLNamespaceSet {
    private var bits: UInt32 = 0

    init(_ namespaces: [XMLNamespace]) {
        for (number, namespace) in XMLNamespace.allCases.enumerated() where namespaces.contains(namespace) {
            bits |= 1 << UInt32(number)
        }
    }

    func contains(number: Int32) -> Bool { number >= 0 && number < 32 && bits >> UInt32(number) & 1 == 1 }
}

/// A start tag.
struct XMLTag {
    var name: XMLName
    var namespace: XMLNamespace
    /// From 1.
    var line: Int
    var attributes: [XMLAttribute] = []

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
