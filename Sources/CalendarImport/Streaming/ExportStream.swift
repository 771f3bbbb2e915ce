import BookingXML
import ICalendar
package import Reservations

/// The second reading of an export that is read piece by piece. What its memory holds are the entries of series that
/// are not whole yet, and bookings that nobody has taken.
package struct ExportStream: ~Copyable {
    private var reader: BookingXMLReader
    private var work: Work?

    private struct Work {
        let rules: SourceRules
        let calendar: ParsedCalendar?
        var gathering: EntryGathering
        var translation: ExportTranslation

        mutating func take(_ item: XMLItem) {
            guard let calendar else { return }
            switch item {
            case .booking(let booking): translation.add(gathering.take(ParsedEntry(booking)), of: calendar)
            case .rejected(let rejection): translation.add([ParsedEntry(rejection)], of: calendar)
            case .zone: break
            case .calendar(let embedded):
                let zone = calendar.resolver.defaultZone
                translation.add(ParsedExport(embedded, zones: rules.zones, defaultZone: zone))
            }
        }

        mutating func finish() -> ImportedExport {
            if let calendar { translation.add(gathering.rest, of: calendar) }
            return translation.finished()
        }
    }

    init(of outline: ExportOutline, path: String, by exportReader: ExportReader) {
        reader = BookingXMLReader(exportReader.rules)
        var header = outline.xml.parsed
        if outline.needsSecondReading { header.calendars = [] }
        var translation = ExportTranslation(of: header, path: path, by: exportReader, within: outline.budget)
        for calendar in header.calendars { translation.add(calendar) }
        work = Work(
            rules: exportReader.rules, calendar: outline.needsSecondReading ? outline.xml.parsed.calendars.first : nil,
            gathering: EntryGathering(outline.xml.repeated), translation: translation)
    }

    /// Reads the next bytes, of any number.
    package mutating func feed(_ bytes: Span<UInt8>) {
        // Not copied while it is changed.
        guard var work = self.work.take() else { return }
        reader.feed(bytes) { work.take($0) }
        self.work = work
    }

    /// The bookings that have become whole since they were taken last.
    package mutating func takeBookings() -> [Booking] { work?.translation.takeBookings() ?? [] }

    /// Tells that no more bytes come; answers what is wrong with the content, and the bookings that are left.
    package consuming func finish() -> ImportedExport {
        guard var work = self.work.take() else { return ImportedExport(ending: .refused) }
        _ = reader.finish { work.take($0) }
        return work.finish()
    }
}
