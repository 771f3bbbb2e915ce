import BookingXML
import ICalendar

/// The first of two readings of a large XML export: whether it counts, which zones it defines, and how many entries
/// there are of each UID.
struct XMLSurvey: ~Copyable {
    private var reader: BookingXMLReader
    private let rules: SourceRules
    private var found = Found()

    private struct Found {
        var vtimezones: [VTimeZone] = []
        var entries = EntryCounts()

        mutating func take(_ item: XMLItem) {
            switch item {
            case .booking(let booking): entries.note(booking.event.uid)
            case .zone(let zone): vtimezones.append(zone)
            // Neither is put together with other entries.
            case .rejected, .calendar: break
            }
        }
    }

    init(_ rules: SourceRules) {
        self.rules = rules
        reader = BookingXMLReader(rules)
    }

    /// Reads the next bytes, of any number.
    mutating func feed(_ bytes: Span<UInt8>) {
        var found = Found()
        swap(&found, &self.found)
        reader.feed(bytes) { found.take($0) }
        swap(&found, &self.found)
    }

    /// Tells that no more bytes come.
    consuming func finish() -> XMLOutline {
        var found = found
        let rules = rules
        let reading = reader.finish { found.take($0) }
        return XMLOutline(
            parsed: ParsedExport(reading, vtimezones: found.vtimezones, entries: [], by: rules),
            repeated: found.entries.repeated)
    }
}

/// An XML export without its entries.
struct XMLOutline: Sendable {
    /// With one calendar, that of the entries that are records of the XML; their zone counts for embedded ones too.
    var parsed: ParsedExport
    var repeated: RepeatedUIDs = RepeatedUIDs()
}

/// How many entries each UID has. UIDs are told apart by a hash, in little memory: those that share one are put
/// together by themselves later.
struct EntryCounts {
    private var counts: [Int: UInt32] = [:]

    mutating func note(_ uid: String?) {
        guard let uid, !uid.isEmpty else { return }
        counts[uid.hashOfBytes, default: 0] += 1
    }

    /// Those with several.
    var repeated: RepeatedUIDs { RepeatedUIDs(counts: counts.filter { $0.value > 1 }) }
}

/// How many entries there are of the UIDs that have several, by the UIDs' hash.
struct RepeatedUIDs: Sendable {
    var counts: [Int: UInt32] = [:]
}
