import BookingXML
import Diagnostics
import ICalendar

/// An XML export on its way from bytes to entries. Memory grows with what its entries say, not with the file.
struct XMLExport: ~Copyable {
    private var reader: BookingXMLReader
    private let rules: SourceRules
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

    init(_ rules: SourceRules) {
        self.rules = rules
        reader = BookingXMLReader(rules)
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
        let rules = rules
        let reading = reader.finish { found.take($0) }
        var export = ParsedExport(reading, vtimezones: found.vtimezones, entries: found.entries, by: rules)
        let zone = export.calendars.first?.resolver.defaultZone ?? rules.zone
        for calendar in found.embedded {
            export.append(ParsedExport(calendar, zones: rules.zones, defaultZone: zone))
        }
        return export
    }
}

extension BookingXMLReader {
    init(_ rules: SourceRules) {
        self.init(
            zones: TimeZoneResolver(database: rules.zones, defaultZone: rules.zone), mappings: rules.mappings)
    }
}

extension ParsedExport {
    /// What the reading of an XML file has found, with one calendar of all `entries`.
    init(_ reading: XMLReading, vtimezones: [VTimeZone], entries: [ParsedEntry], by rules: SourceRules) {
        self.init(ending: Ending(reading.ending), isWhole: reading.mode == .snapshot)
        diagnostics = reading.diagnostics.map { Diagnostic($0) }
        let named = reading.defaultZone.map {
            TimeZoneResolver(database: rules.zones, defaultZone: rules.zone).resolve($0, line: 1)
        }
        if let finding = named?.diagnostic, finding.code == .unknownZone { diagnostics.append(Diagnostic(finding)) }
        calendars = [
            ParsedCalendar(
                name: reading.sourceName,
                resolver: TimeZoneResolver(
                    database: rules.zones, vtimezones: vtimezones, defaultZone: named?.zone ?? rules.zone),
                namesItsZone: named != nil, definesZones: !vtimezones.isEmpty,
                entries: CalendarEntries(entries)
            )
        ]
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
