import BookingXML
import Foundation
import ICalendar

/// An export that was read, with all that came out.
struct Reading {
    let result: XMLReading
    let items: [XMLItem]

    init(
        _ bytes: [UInt8], limits: XMLLimits = XMLLimits(), zones: TimeZoneResolver? = nil, mappings: [XMLMapping] = []
    ) {
        var items: [XMLItem] = []
        result = BookingXMLReader.read(bytes.span, limits: limits, zones: zones, mappings: mappings) {
            items.append($0)
        }
        self.items = items
    }

    init(_ text: String, limits: XMLLimits = XMLLimits(), zones: TimeZoneResolver? = nil) {
        self.init(Array(text.utf8), limits: limits, zones: zones)
    }

    init(file: URL, zones: TimeZoneResolver? = nil, mappings: [XMLMapping] = []) throws {
        self.init([UInt8](try Data(contentsOf: file)), zones: zones, mappings: mappings)
    }

    /// In pieces of `size` bytes.
    init(_ bytes: [UInt8], piecesOf size: Int, limits: XMLLimits = XMLLimits(), mappings: [XMLMapping] = []) {
        var items: [XMLItem] = []
        var reader = BookingXMLReader(limits: limits, mappings: mappings)
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + size, bytes.count)
            reader.feed(bytes.span.extracting(offset..<end)) { items.append($0) }
            offset = end
        }
        result = reader.finish { items.append($0) }
        self.items = items
    }

    var bookings: [XMLBooking] {
        items.compactMap { item in
            guard case .booking(let booking) = item else { return nil }
            return booking
        }
    }

    var rejections: [XMLRejection] {
        items.compactMap { item in
            guard case .rejected(let rejection) = item else { return nil }
            return rejection
        }
    }

    var calendars: [EmbeddedCalendar] {
        items.compactMap { item in
            guard case .calendar(let calendar) = item else { return nil }
            return calendar
        }
    }

    /// The codes of the whole file, of its bookings and of its rejections, in this order.
    var codes: [String] {
        let found =
            result.diagnostics + bookings.flatMap(\.diagnostics) + rejections.flatMap(\.diagnostics)
        return found.map(\.code.rawValue)
    }
}

/// The checkout's own exports.
enum Samples {
    static func files(in folder: String) -> [URL] {
        let checkout = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let all = FileManager.default.enumerator(
            at: checkout.appending(path: "Samples/\(folder)"), includingPropertiesForKeys: nil)
        let files = (all?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "xml" }
        return files.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    static let all = ["native-xml", "xcal", "exchange-ews", "schedule-xml", "caldav"].flatMap(files)

    static func file(_ folder: String, _ name: String) throws -> URL {
        guard let file = files(in: folder).first(where: { $0.lastPathComponent == name }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return file
    }
}

/// `20261208T100000`, with `Z`, or with `TZID=…:` before it; `20261208` for a day.
func text(_ time: CalendarTime?) -> String {
    switch time {
    case nil: "none"
    case .date(let date)?: text(date)
    case .floating(let local)?: text(local)
    case .utc(let local)?: text(local) + "Z"
    case .zoned(let local, let tzid)?: "TZID=\(tzid):\(text(local))"
    }
}

private func text(_ date: CalendarDate) -> String {
    pad(date.year, 4) + pad(date.month, 2) + pad(date.day, 2)
}

private func text(_ local: LocalDateTime) -> String {
    text(local.date) + "T" + pad(local.hour, 2) + pad(local.minute, 2) + pad(local.second, 2)
}

private func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
