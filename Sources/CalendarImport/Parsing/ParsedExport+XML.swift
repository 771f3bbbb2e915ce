import BookingXML
import Diagnostics
import ICalendar

extension ParsedExport {
    /// Reads any of the XML dialects, or what one of the mappings is for.
    init(xml bytes: [UInt8], by rules: SourceRules) {
        var export = XMLExport(rules)
        export.feed(bytes.span)
        self = export.finish()
    }

    /// The iCalendar text of a CalDAV answer; its lines are told as lines of the XML.
    init(_ calendar: EmbeddedCalendar, zones: TimeZoneDatabase, defaultZone: TimeZoneDefinition) {
        self.init(iCalendar: calendar.text, zones: zones, defaultZone: defaultZone)
        shiftLines(by: calendar.line - 1)
    }

    /// What is wrong with an embedded calendar as a whole costs that calendar.
    mutating func append(_ embedded: ParsedExport) {
        calendars += embedded.calendars
        diagnostics += embedded.diagnostics
    }

    private mutating func shiftLines(by offset: Int) {
        diagnostics = diagnostics.map { $0.shifted(by: offset) }
        for calendar in calendars.indices { calendars[calendar].entries.shiftLines(by: offset) }
    }
}

extension ParsedEntry {
    convenience init(_ booking: XMLBooking) {
        var event = booking.event
        // Only meeting URLs are looked for in it, and long ones are many in great exports.
        if !event.details.contains("://") { event.details = "" }
        let others = event.others.map(\.name).filter { SettingName(rawValue: $0) == nil }
        var settings = WrittenSettings(event, lost: LostSettings.ofNames(others + booking.misplacedNames))
        settings.maxOccupants = booking.settings.maxOccupants ?? settings.maxOccupants
        settings.lobby = booking.settings.lobby ?? settings.lobby
        settings.password = booking.settings.password ?? settings.password
        self.init(
            event, rooms: booking.rooms, calendarName: booking.calendarName, settings: settings,
            digest: EntryDigest.of(booking),
            diagnostics: booking.diagnostics.map { Diagnostic($0, uid: booking.event.uid) })
    }

    convenience init(_ rejection: XMLRejection) {
        var event = Event()
        event.uid = rejection.uid
        event.line = rejection.line
        self.init(
            event, settings: WrittenSettings(), digest: "", isRejected: true,
            diagnostics: rejection.diagnostics.map { Diagnostic($0, uid: rejection.uid) })
    }
}

extension Diagnostic {
    /// As it is about a file around the one in which it was found.
    func shifted(by offset: Int) -> Diagnostic {
        var copy = self
        copy.line = line.map { $0 + offset }
        return copy
    }
}
