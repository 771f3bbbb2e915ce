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
        /// That of the calendar of the records; `nil` where nothing is read a second time.
        let records: SeriesTranslation?
        var gathering: EntryGathering
        var translation: ExportTranslation

        mutating func take(_ item: XMLItem) {
            guard let records else { return }
            switch item {
            case .booking(let booking): translation.add(gathering.take(ParsedEntry(booking)), by: records)
            case .rejected(let rejection): translation.add([ParsedEntry(rejection)], by: records)
            case .zone: break
            case .calendar(let embedded):
                let zone = records.calendar.resolver.defaultZone
                translation.add(ParsedExport(embedded, zones: rules.zones, defaultZone: zone))
            }
        }

        mutating func finish() -> ImportedExport {
            if let records { translation.add(gathering.rest, by: records) }
            return translation.finished()
        }
    }

    init(of outline: ExportOutline, path: String, by exportReader: ExportReader) {
        reader = BookingXMLReader(exportReader.rules)
        var header = outline.xml.parsed
        if outline.needsSecondReading { header.calendars = [] }
        var translation = ExportTranslation(of: header, path: path, by: exportReader, within: outline.budget)
        for calendar in header.calendars { translation.add(calendar) }
        let records = outline.needsSecondReading ? outline.xml.parsed.calendars.first : nil
        work = Work(
            rules: exportReader.rules, records: records.map(translation.translation),
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
