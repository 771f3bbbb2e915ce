import BookingXML
import ICalendar

private let zones = TimeZoneResolver(database: .system, defaultZone: .utc)

/// The first byte chooses the size of the pieces that the export comes in.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    // Most seeds begin with `<`: they are read whole.
    let size = first % 16 == 12 ? bytes.count : 1 << (first % 16)
    let text = first == UInt8(ascii: "<") ? bytes[...] : bytes.dropFirst()
    var lines: [Int] = []
    var reader = BookingXMLReader(zones: zones)
    var offset = text.startIndex
    while offset < text.endIndex {
        let end = min(offset + size, text.endIndex)
        reader.feed(bytes.span.extracting(offset..<end)) { lines += linesOfFindings($0) }
        offset = end
    }
    let reading = reader.finish { lines += linesOfFindings($0) }
    precondition((lines + reading.diagnostics.map(\.line)).allSatisfy { $0 > 0 })
    precondition(reading.isAccepted || !reading.diagnostics.isEmpty)
    return 0
}

private func linesOfFindings(_ item: XMLItem) -> [Int] {
    switch item {
    case .booking(let booking): booking.diagnostics.map(\.line)
    case .rejected(let rejection): rejection.diagnostics.map(\.line) + [rejection.line]
    case .zone(let zone): [zone.line]
    case .calendar(let calendar): [calendar.line]
    }
}
