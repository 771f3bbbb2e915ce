import BookingXML
import Diagnostics
import ICalendar

extension ParsedExport {
    /// Reads any of the XML dialects.
    init(xml bytes: [UInt8], zones: TimeZoneDatabase, defaultZone: TimeZoneDefinition) {
        var entries: [ParsedEntry] = []
        var embedded: [EmbeddedCalendar] = []
        var vtimezones: [VTimeZone] = []
        let reading = BookingXMLReader.read(
            bytes.span, zones: TimeZoneResolver(database: zones, defaultZone: defaultZone)
        ) { item in
            switch item {
            case .booking(let booking): entries.append(ParsedEntry(booking))
            case .rejected(let rejection): entries.append(ParsedEntry(rejection))
            case .zone(let zone): vtimezones.append(zone)
            case .calendar(let calendar): embedded.append(calendar)
            }
        }
        ending =
            switch reading.ending {
            case .complete: .complete
            case .truncated: .truncated
            case .refused: .refused
            }
        isWhole = reading.mode == .snapshot
        diagnostics = reading.diagnostics.map { Diagnostic($0) }
        let named = reading.defaultZone.map {
            TimeZoneResolver(database: zones, defaultZone: defaultZone).resolve($0, line: 1)
        }
        if let finding = named?.diagnostic, finding.code == .unknownZone { diagnostics.append(Diagnostic(finding)) }
        calendars = [
            ParsedCalendar(
                name: reading.sourceName,
                resolver: TimeZoneResolver(
                    database: zones, vtimezones: vtimezones, defaultZone: named?.zone ?? defaultZone
                ),
                namesItsZone: named != nil, definesZones: !vtimezones.isEmpty, entries: entries
            )
        ]
        for calendar in embedded { append(calendar, zones: zones, defaultZone: named?.zone ?? defaultZone) }
    }

    /// The iCalendar text of a CalDAV answer; its lines are told as lines of the XML.
    private mutating func append(
        _ calendar: EmbeddedCalendar, zones: TimeZoneDatabase, defaultZone: TimeZoneDefinition
    ) {
        var parsed = ParsedExport(iCalendar: calendar.text, zones: zones, defaultZone: defaultZone)
        parsed.shiftLines(by: calendar.line - 1)
        calendars += parsed.calendars
        diagnostics += parsed.diagnostics
    }

    private mutating func shiftLines(by offset: Int) {
        diagnostics = diagnostics.map { $0.shifted(by: offset) }
        for calendar in calendars.indices {
            for entry in calendars[calendar].entries.indices {
                calendars[calendar].entries[entry].event.line += offset
                calendars[calendar].entries[entry].diagnostics = calendars[calendar].entries[entry].diagnostics
                    .map { $0.shifted(by: offset) }
            }
        }
    }
}

extension ParsedEntry {
    init(_ booking: XMLBooking) {
        event = booking.event
        rooms = booking.rooms
        settings = WrittenSettings(
            maxOccupants: booking.settings.maxOccupants ?? booking.event.other("X-JITSI-MAX-OCCUPANTS"),
            lobby: booking.settings.lobby ?? booking.event.other("X-JITSI-LOBBY"),
            password: booking.settings.password ?? booking.event.other("X-JITSI-PASSWORD")
        )
        digest = EntryDigest.of(booking)
        diagnostics = booking.diagnostics.map { Diagnostic($0, uid: booking.event.uid) }
    }

    init(_ rejection: XMLRejection) {
        event = Event()
        event.uid = rejection.uid
        event.line = rejection.line
        settings = WrittenSettings()
        digest = ""
        isRejected = true
        diagnostics = rejection.diagnostics.map { Diagnostic($0, uid: rejection.uid) }
    }
}

extension Diagnostic {
    fileprivate func shifted(by offset: Int) -> Diagnostic {
        var copy = self
        copy.line = line.map { $0 + offset }
        return copy
    }
}
