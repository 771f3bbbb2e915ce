import CalendarImport
import Diagnostics
import Foundation
import ICalendar
import Reports
import Reservations
import Testing

/// The findings about a content, as the reader of a source in Berlin tells them.
private func findings(_ bytes: [UInt8], _ change: (inout SourceRules) -> Void = { _ in }) throws -> String {
    let zone = try #require(TimeZoneDatabase.system.zone(named: "Europe/Berlin"))
    var rules = SourceRules(source: "test", rooms: RoomResolver(), zone: zone)
    change(&rules)
    let window = ImportWindow(around: noon, ahead: .seconds(400 * 86_400))
    let export = ExportReader(rules: rules, window: window).read(bytes, path: "blue.ics")
    return export.diagnostics.map(\.description).joined(separator: "\n")
}

/// The findings about a calendar with one event, an hour in December unless its lines say otherwise.
private func event(
    _ lines: String..., start: String = "DTSTART:20261208T090000Z", head: String = "METHOD:PUBLISH",
    change: (inout SourceRules) -> Void = { _ in }
) throws -> String {
    let all =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", head, "BEGIN:VEVENT", "UID:one@example.org"] + [start]
        + lines + ["END:VEVENT", "END:VCALENDAR"]
    return try findings(Array((all.filter { !$0.isEmpty }.joined(separator: "\r\n") + "\r\n").utf8), change)
}

/// The findings about a file of the native vocabulary with one booking.
private func booking(_ elements: String) throws -> String {
    let root = "<bookings xmlns=\"urn:bookwatch:bookings:1\">"
    return try findings(Array("\(root)<booking id=\"a\">\(elements)</booking></bookings>".utf8))
}

extension Provocation {
    private static let end = "DURATION:PT1H"
    private static let start = "DTSTART:20261209T090000Z"
    private static let nextEvent = "END:VEVENT\r\nBEGIN:VEVENT"
    private static let weekly = "UID:two@example.org\r\nDTSTART:20261208T090000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2"

    static let ofCalendars = [
        Provocation(.truncated, "an empty file") { try findings([]) },
        Provocation(.unknownFormat, "a file of plain words") { try findings(Array("Dear all".utf8)) },
        Provocation(.ownReport, "the free/busy of a room") {
            let slot = try #require(TimeSlot(start: noon, end: noon + 3_600))
            let room = try #require(RoomName("blue"))
            let taken = Reservation(
                id: ReservationID(uid: "a", room: room), slot: slot, owner: nil, summary: "", shownRoom: "blue",
                settings: RoomSettings(), source: "hr")
            return try findings(FreeBusyReport(of: room, address: nil, granted: [(taken, noon)]).bytes())
        },
        Provocation(.ownReport, "a report in XML") {
            let report = ConflictReport([], context: ReportContext(zone: .gmt) { _ in nil })
            return try findings(ReportFormat.xml.bytes(of: report))
        },
        Provocation(.badEncoding, "a byte order mark") {
            try findings([0xEF, 0xBB, 0xBF] + Array("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".utf8))
        },
        Provocation(.badLine, "a line without a colon") { try event(end, "Agenda follows") },
        Provocation(.unbalancedComponent, "an alarm that does not end") { try event(end, "BEGIN:VALARM") },
        Provocation(.missingUID, "a second event without UID") { try event(end, nextEvent, end, start) },
        Provocation(.missingStart, "an event without DTSTART") { try event(end, start: "") },
        Provocation(.badDateTime, "a thirteenth month") { try event(end, start: "DTSTART:20261308T100000") },
        Provocation(.endAndDuration, "an event with DTEND and DURATION") { try event(end, "DTEND:20261208T100000Z") },
        Provocation(.unknownZone, "a zone that nobody knows") {
            try event(end, start: "DTSTART;TZID=Head office:20261208T090000")
        },
        Provocation(.zoneByName, "a zone without a VTIMEZONE") {
            try event(end, start: "DTSTART;TZID=Europe/Paris:20261208T090000")
        },
        Provocation(.floatingTime, "a time without a zone") { try event(end, start: "DTSTART:20261208T090000") },
        Provocation(.badRule, "a weekday that does not exist") { try event(end, "RRULE:FREQ=WEEKLY;BYDAY=XX") },
        Provocation(.endlessRule, "a rule without an end") { try event(end, "RRULE:FREQ=WEEKLY") },
        Provocation(.tooManyOccurrences, "a meeting every second") { try event(end, "RRULE:FREQ=SECONDLY") },
        Provocation(.orphanedOverride, "an exception to a day that the series does not have") {
            try event(end, nextEvent, weekly, nextEvent, "\(weekly)\r\nRECURRENCE-ID:20261209T090000Z")
        },
        Provocation(.exceptionDateType, "a date where the series has times") {
            try event(end, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261209")
        },
        Provocation(.foreignComponent, "a task") {
            try event(end, "END:VEVENT", "BEGIN:VTODO", "END:VTODO", "BEGIN:VEVENT", "UID:two@example.org", start)
        },
        Provocation(.foreignMethod, "an answer to an invitation") { try event(end, head: "METHOD:REPLY") },
        Provocation(.unsupportedVersion, "a calendar without a version") {
            try findings(Array("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".utf8))
        },
        Provocation(.zoneTransition, "an hour that the clocks leave out") {
            try event(end, start: "DTSTART;TZID=Europe/Berlin:20270328T023000")
        },
    ]

    static let ofXML = [
        Provocation(.notWellFormed, "a tag that another one ends") { try booking("<room></start>") },
        Provocation(.entityRefused, "an entity") {
            try findings(Array("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".utf8))
        },
        Provocation(.unknownDialect, "a root element that no dialect has") { try findings(Array("<menu/>".utf8)) },
        Provocation(.missingElement, "a booking without a start") { try booking("<room>blue</room>") },
        Provocation(.badElementValue, "a start that is no time") {
            try booking("<room>blue</room><start>soon</start><duration>PT1H</duration>")
        },
        Provocation(.xmlLimit, "elements nested 64 deep") {
            try booking(String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64))
        },
        Provocation(.notValid, "an element that the vocabulary does not have") {
            try booking("<room>blue</room><start>2026-12-08T10:00:00</start><duration>PT1H</duration><cake/>")
        },
    ]

    static let ofBookings = [
        Provocation(.noRoom, "a booking without a place, where places are URLs") {
            try event(end) { $0.rooms = RoomResolver(rules: RoomRules([.url])) }
        },
        Provocation(.unknownRoom, "a room beside the configured ones") {
            let pattern = try #require(RoomPattern("board*"))
            let catalogue = RoomCatalogue([RoomCatalogue.Entry(pattern, RoomTerms())])
            return try event(end, "LOCATION:bord") { $0.rooms = RoomResolver(catalogue: catalogue) }
        },
        Provocation(.endNotAfterStart, "an end before the start") { try event("DTEND:20261208T080000Z") },
        Provocation(.noLength, "neither an end nor a length") { try event() },
        Provocation(.tooLong, "two days at a stretch") { try event("DTEND:20261210T090000Z") },
        Provocation(.unusableRoomName, "a room whose name is a line end") {
            try event(end, "LOCATION:https://meet.example.org/%0d%0a")
        },
        Provocation(.badMaxOccupants, "many occupants") { try event(end, "X-JITSI-MAX-OCCUPANTS:many") },
        Provocation(.badLobby, "perhaps a lobby") { try event(end, "X-JITSI-LOBBY:perhaps") },
        Provocation(.badPassword, "a password of 201 characters") {
            try event(end, "X-JITSI-PASSWORD:" + String(repeating: "x", count: 201))
        },
        Provocation(.noOwner, "nobody's booking of a room that its owner alone may open") {
            let pattern = try #require(RoomPattern("*"))
            let catalogue = RoomCatalogue([RoomCatalogue.Entry(pattern, RoomTerms(ownerPolicy: .owner))])
            return try event(end, "LOCATION:board") { $0.rooms = RoomResolver(catalogue: catalogue) }
        },
        Provocation(.staleRevision, "two revisions in one file") {
            try event(end, "SEQUENCE:2", nextEvent, "UID:one@example.org", end, start, "SEQUENCE:1")
        },
        Provocation(.moreAttendeesThanSeats, "two people in a room for one") {
            let attendees = ["ann", "ben"].map { "ATTENDEE:mailto:\($0)@example.org" }.joined(separator: "\r\n")
            return try event(end, attendees, "X-JITSI-MAX-OCCUPANTS:1")
        },
        Provocation(.overBeforeImport, "a meeting of last month") { try event(end, start: "DTSTART:20261001T090000Z") },
    ]
}
