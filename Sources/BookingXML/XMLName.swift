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

    // CalDAV.
    case href, multistatus, prop, propstat, response
    case calendarData = "calendar-data"
    case syncToken = "sync-token"

    // schedule.xml.
    case acronym, day, event, guid, schedule
    case dayChange = "day_change"
    case timeZoneName = "time_zone_name"

    // Exchange; its names differ from the others' in their first letter.
    case ewsAbsoluteMonthly = "AbsoluteMonthlyRecurrence"
    case ewsAbsoluteYearly = "AbsoluteYearlyRecurrence"
    case ewsAttendee = "Attendee"
    case ewsBody = "Body"
    case ewsCalendarItem = "CalendarItem"
    case ewsCalendarItemType = "CalendarItemType"
    case ewsCreated = "DateTimeCreated"
    case ewsDaily = "DailyRecurrence"
    case ewsDayOfMonth = "DayOfMonth"
    case ewsDayOfWeekIndex = "DayOfWeekIndex"
    case ewsDaysOfWeek = "DaysOfWeek"
    case ewsDeletedOccurrence = "DeletedOccurrence"
    case ewsDeletedOccurrences = "DeletedOccurrences"
    case ewsEmailAddress = "EmailAddress"
    case ewsEnd = "End"
    case ewsEndDate = "EndDate"
    case ewsEndDateRange = "EndDateRecurrence"
    case ewsEnvelope = "Envelope"
    case ewsFindItemMessage = "FindItemResponseMessage"
    case ewsFindItemResponse = "FindItemResponse"
    case ewsFirstDayOfWeek = "FirstDayOfWeek"
    case ewsFirstOccurrence = "FirstOccurrence"
    case ewsFreeBusyStatus = "LegacyFreeBusyStatus"
    case ewsGetItemMessage = "GetItemResponseMessage"
    case ewsGetItemResponse = "GetItemResponse"
    case ewsID = "Id"
    case ewsIncludesLastItem = "IncludesLastItemInRange"
    case ewsInterval = "Interval"
    case ewsIsCancelled = "IsCancelled"
    case ewsItemID = "ItemId"
    case ewsItems = "Items"
    case ewsLastModified = "LastModifiedTime"
    case ewsLocation = "Location"
    case ewsMailbox = "Mailbox"
    case ewsMeetingTimeZone = "MeetingTimeZone"
    case ewsModifiedOccurrences = "ModifiedOccurrences"
    case ewsMonth = "Month"
    case ewsName = "Name"
    case ewsNoEndRange = "NoEndRecurrence"
    case ewsNumberOfOccurrences = "NumberOfOccurrences"
    case ewsNumberedRange = "NumberedRecurrence"
    case ewsOccurrence = "Occurrence"
    case ewsOptionalAttendees = "OptionalAttendees"
    case ewsOrganizer = "Organizer"
    case ewsOriginalStart = "OriginalStart"
    case ewsRecurrence = "Recurrence"
    case ewsRecurrenceID = "RecurrenceId"
    case ewsRelativeMonthly = "RelativeMonthlyRecurrence"
    case ewsRelativeYearly = "RelativeYearlyRecurrence"
    case ewsRequiredAttendees = "RequiredAttendees"
    case ewsResources = "Resources"
    case ewsResponseClass = "ResponseClass"
    case ewsResponseMessages = "ResponseMessages"
    case ewsResponseType = "ResponseType"
    case ewsRootFolder = "RootFolder"
    case ewsRoutingType = "RoutingType"
    case ewsSequence = "AppointmentSequenceNumber"
    case ewsStamp = "DateTimeStamp"
    case ewsStart = "Start"
    case ewsStartTimeZone = "StartTimeZone"
    case ewsStartTimeZoneID = "StartTimeZoneId"
    case ewsSubject = "Subject"
    case ewsTimeZoneName = "TimeZoneName"
    case ewsUID = "UID"
    case ewsWeekly = "WeeklyRecurrence"

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
    case dav = "DAV:"
    case calDAV = "urn:ietf:params:xml:ns:caldav"
    case ewsMessages = "http://schemas.microsoft.com/exchange/services/2006/messages"
    case ewsTypes = "http://schemas.microsoft.com/exchange/services/2006/types"
    case soap = "http://schemas.xmlsoap.org/soap/envelope/"
    /// As Microsoft's documentation prints it.
    case documentedSOAP = "https://schemas.xmlsoap.org/soap/envelope/"
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
