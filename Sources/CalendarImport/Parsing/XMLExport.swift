import BookingXML
import Diagnostics
import ICalendar

/// An XML export on its way from bytes to entries. Memory grows with what its entries say, not with the file.
struct XMLExport: ~Copyable {
    private var reader: BookingXMLReader
    private let zones: TimeZoneDatabase
    private let defaultZone: TimeZoneDefinition
    private var found = Found()

    private struct Found {
        var entries: [ParsedEntry] = []
        var embedded: [EmbeddedCalendar] = []
        var vtimezones: [VTimeZone] = []

        mutating func take(_ item: XMLItem) {
            switch item {
            case .booking(let booking): entries.append(ParsedEntry(booking))
            case .rejected(let rejection): entries.append(ParsedEntry(rejection))
            case .zone(let zone): vtimezones.append(zone)
            case .calendar(let calendar): embedded.append(calendar)
            }
        }
    }

    init(mappings: [XMLMapping], zones: TimeZoneDatabase, defaultZone: TimeZoneDefinition) {
        reader = BookingXMLReader(
            zones: TimeZoneResolver(database: zones, defaultZone: defaultZone), mappings: mappings)
        self.zones = zones
        self.defaultZone = defaultZone
    }

    /// Reads the next bytes, of any number.
    mutating func feed(_ bytes: Span<UInt8>) {
        var found = found
        self.found = Found()
        reader.feed(bytes) { found.take($0) }
        self.found = found
    }

    /// Tells that no more bytes come.
    consuming func finish() -> ParsedExport {
        var found = found
        let (zones, defaultZone) = (zones, defaultZone)
        let reading = reader.finish { found.take($0) }
        var export = ParsedExport(ending: ParsedExport.Ending(reading.ending), isWhole: reading.mode == .snapshot)
        export.diagnostics = reading.diagnostics.map { Diagnostic($0) }
        let named = reading.defaultZone.map {
            TimeZoneResolver(database: zones, defaultZone: defaultZone).resolve($0, line: 1)
        }
        if let finding = named?.diagnostic, finding.code == .unknownZone {
            export.diagnostics.append(Diagnostic(finding))
        }
        let zone = named?.zone ?? defaultZone
        export.calendars = [
            ParsedCalendar(
                name: reading.sourceName,
                resolver: TimeZoneResolver(database: zones, vtimezones: found.vtimezones, defaultZone: zone),
                namesItsZone: named != nil, definesZones: !found.vtimezones.isEmpty, entries: found.entries
            )
        ]
        for calendar in found.embedded { export.append(calendar, zones: zones, defaultZone: zone) }
        return export
    }
}

extension ParsedExport.Ending {
    fileprivate init(_ ending: XMLReading.Ending) {
        self =
            switch ending {
            case .complete: .complete
            case .truncated: .truncated
            case .refused: .refused
            }
    }
}
