import BookingXML
import ICalendar

/// What mappings ask, from small to dear, beside what the input brings.
private let fixed = [
    "r", "@*", "..//*[last()]", "concat(../@a, '/', position())", "//*[.//*]", "sum(.//*) div count(//*)", "self::*[r]",
    "translate(., 'abc', 'x')", "substring-after(., ':')", "ancestor::*/@*", "r | .//text()", "string(number(.))",
]
private let formats = ["yyyy-MM-dd", "M/d/yy h:mm a", "yyyyMMddHHmmssX", "iso8601"].compactMap { try? TimeFormat($0) }

/// The lines before an empty one are a mapping, the rest is a file: the path to the records, `each`, then XPaths of
/// fields. The first byte chooses the size of the pieces, and which fixed XPaths stand where the input has none.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    var lines: [String] = []
    var rest = bytes.dropFirst()
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), lines.count < 20 {
        let line = rest[..<end]
        rest = rest[end...].dropFirst()
        guard !line.isEmpty else { break }
        lines.append(String(decoding: line, as: UTF8.self))
    }
    _ = lines.last.map { try? TimeFormat($0) }
    guard let mapping = mapping(lines, Int(first)) else { return 0 }

    let size = 1 << (Int(first) % 16)
    var reader = BookingXMLReader(mappings: [mapping])
    var rejections = 0
    var offset = rest.startIndex
    while offset < rest.endIndex {
        let end = min(offset + size, rest.endIndex)
        reader.feed(bytes.span.extracting(offset..<end)) { rejections += check($0) }
        offset = end
    }
    let reading = reader.finish { rejections += check($0) }
    precondition(reading.isAccepted || !reading.diagnostics.isEmpty)
    let trial = MappingTrial(mapping, on: bytes.span.extracting(rest.startIndex..<rest.endIndex), shown: 3)
    // What is not well-formed is found sooner or later, as the pieces are.
    precondition(trial.reading.isAccepted == reading.isAccepted)
    precondition(trial.rejected == rejections || !reading.isAccepted)
    return 0
}

private func mapping(_ lines: [String], _ choice: Int) -> XMLMapping? {
    let uris = [
        "a": "urn:a", "r25": "http://www.collegenet.com/r25", "ss": "urn:schemas-microsoft-com:office:spreadsheet",
    ]
    guard let namespaces = try? MappingNamespaces(uris), let record = lines.first,
        let path = try? MappedName.path(record, namespaces)
    else { return nil }
    let each = lines.dropFirst().first.flatMap { try? XPathExpression($0, namespaces) }
    let rules = MappedField.allCases.filter { $0 != .duration }.enumerated().compactMap { index, field -> FieldRule? in
        let text = lines.indices.contains(index + 2) ? lines[index + 2] : fixed[(index + choice) % fixed.count]
        guard let xpath = try? XPathExpression(text, namespaces) else { return nil }
        var rule = FieldRule(field, xpath)
        if field.isTime, choice % 2 == 0 { rule.timeFormats = formats }
        return rule
    }
    return try? XMLMapping(
        name: "fuzz", root: path[0], path: path, namespaces: namespaces, each: each?.isNodes == true ? each : nil,
        rules: rules)
}

/// How many rows of it were rejected.
private func check(_ item: XMLItem) -> Int {
    switch item {
    case .booking(let booking):
        precondition(!booking.rooms.isEmpty && booking.diagnostics.allSatisfy { $0.line > 0 })
        return 0
    case .rejected(let rejection):
        precondition(!rejection.diagnostics.isEmpty && rejection.diagnostics.allSatisfy { $0.line > 0 })
        return 1
    case .zone, .calendar: preconditionFailure("a mapped file has neither")
    }
}
