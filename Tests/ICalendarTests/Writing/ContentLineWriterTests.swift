import ICalendar
import TestSupport
import Testing

@Suite("Writing") struct ContentLineWriterTests {
    private func written(_ property: WrittenProperty) -> String {
        var writer = ContentLineWriter()
        writer.write(property)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        "Text is escaped",
        arguments: [
            ("a, b; c", #"a\, b\; c"#), (#"C:\new"#, #"C:\\new"#), ("one\ntwo", #"one\ntwo"#),
            ("one\r\ntwo", #"one\ntwo"#),
            ("one\rtwo", #"one\ntwo"#), ("bell\u{7}", "bell"), ("tab\t", "tab\t"), ("a:b\"", "a:b\""),
        ])
    func escaping(text: String, expected: String) {
        #expect(written(WrittenProperty("SUMMARY", text: text)) == "SUMMARY:\(expected)\r\n")
    }

    @Test(
        "Parameters are quoted where they must be, and escaped by RFC 6868",
        arguments: [
            (["Ann"], "Ann"), (["Doe, Ann"], "\"Doe, Ann\""), (["a", "b"], "a,b"), (["a;b", "c:d"], "\"a;b\",\"c:d\""),
            (["the \"boss\""], "the ^'boss^'"), (["a^b\nc"], "a^^b^nc"), (["a\r\nb"], "a^nb"), ([""], ""),
            ([" blank"], "\" blank\""),
        ])
    func parameters(values: [String], expected: String) {
        let property = WrittenProperty(
            "attendee", rawValue: "mailto:a@example.com", parameters: [PropertyParameter(name: "cn", values: values)])
        #expect(written(property) == "ATTENDEE;CN=\(expected):mailto:a@example.com\r\n")
    }

    @Test(
        "Times carry their type and zone",
        arguments: [
            ("20261108", nil, "DTSTART;VALUE=DATE:20261108"), ("20261108T093005", nil, "DTSTART:20261108T093005"),
            ("20261108T093005Z", nil, "DTSTART:20261108T093005Z"),
            ("20261108T093005", "Europe/Berlin", "DTSTART;TZID=Europe/Berlin:20261108T093005"),
            ("09990102T000000", nil, "DTSTART:09990102T000000"),
        ])
    func times(text: String, tzid: String?, expected: String) throws {
        let time = try CalendarTime(text.utf8, tzid: tzid)
        #expect(written(WrittenProperty("DTSTART", time: time)) == expected + "\r\n")
    }

    @Test(
        "Durations are written with their parts",
        arguments: [
            (0, 0, "PT0S"), (1, 0, "P1D"), (15, 18_020, "P15DT5H0M20S"), (0, -900, "-PT15M"), (-7, 0, "-P7D"),
            (0, 3_600, "PT1H"), (0, 61, "PT1M1S"), (0, 5_400, "PT1H30M"),
        ])
    func durations(days: Int, seconds: Int, expected: String) throws {
        let duration = CalendarDuration(days: days, seconds: seconds)
        #expect(duration.valueText == expected)
        #expect(try CalendarDuration(expected.utf8) == duration)
    }

    @Test("What is no name, or would be read as the bound of a component, is not written")
    func unwritable() {
        let properties = [
            WrittenProperty("BEGIN", rawValue: "VALARM"), WrittenProperty("é", rawValue: "x"),
            WrittenProperty("X-A\r\nB", rawValue: "one\r\ntwo"),
        ]
        let bytes = WrittenComponent("VEVENT", properties: properties).bytes
        #expect(String(decoding: bytes, as: UTF8.self) == "BEGIN:VEVENT\r\nX-AB:onetwo\r\nEND:VEVENT\r\n")
    }

    @Test("Lines are folded at 75 octets between characters", arguments: 0..<200 as Range<UInt64>)
    func folding(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let line = written(WrittenProperty("SUMMARY", text: generator.text(characters: 0...300)))
        let lines = line.split(separator: "\r\n", omittingEmptySubsequences: true)
        for (index, line) in lines.enumerated() {
            #expect(line.utf8.count <= 75, "seed \(seed)")
            #expect(index == lines.count - 1 || line.utf8.count > 75 - 4, "seed \(seed): folded too early")
            #expect(!line.unicodeScalars.contains("\u{FFFD}"), "seed \(seed)")
        }
    }

    @Test("Reading what was written gives the same component", arguments: 0..<1_000 as Range<UInt64>)
    func identity(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let calendar = WrittenComponent("VCALENDAR", components: [generator.component("VEVENT", depth: 3)])
        let document = CalendarDocument(calendar.bytes)
        #expect(document.diagnostics == [], "seed \(seed)")
        #expect(document.components.map { WrittenComponent($0) } == [calendar], "seed \(seed)")
    }

    @Test("Quoted-printable text is written as TEXT")
    func quotedPrintable() throws {
        let line = "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:caf=C3=A9=0D=0A=\r\n one, two"
        let document = CalendarDocument("BEGIN:VCALENDAR\r\nVERSION:1.0\r\n\(line)\r\nEND:VCALENDAR\r\n")
        let view = try #require(document.components.first?.properties(named: "DESCRIPTION").first)
        #expect(written(WrittenProperty(view)) == "DESCRIPTION:café\\n one\\, two\r\n")
    }
}

extension SeededGenerator {
    /// Characters that mean something to the grammar, and some of every length in UTF-8.
    fileprivate mutating func text(characters: ClosedRange<Int>) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", "n", "N", "0", " ", "\t", ",", ";", ":", "=", "\\", "\"", "^", "'", ".", "é", "€", "\u{2028}",
            "😀",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: characters, using: &self) {
            text.append(alphabet[Int.random(in: alphabet.indices, using: &self)])
        }
        return String(text)
    }

    private mutating func property() -> WrittenProperty {
        let names = ["SUMMARY", "DTSTART", "X-A", "ATTENDEE", "RRULE", "X_B", "ATTACH"]
        let parameters = (0..<Int.random(in: 0...3, using: &self)).map { _ in
            let names = ["CN", "TZID", "X-P", "ENCODING"]
            let values = (0..<Int.random(in: 1...3, using: &self)).map { _ in text(characters: 0...40) }
            return PropertyParameter(name: names[Int.random(in: names.indices, using: &self)], values: values)
        }
        return WrittenProperty(
            names[Int.random(in: names.indices, using: &self)], rawValue: text(characters: 0...200),
            parameters: parameters, group: Bool.random(using: &self) ? nil : "item1")
    }

    fileprivate mutating func component(_ name: String, depth: Int) -> WrittenComponent {
        let properties = (0..<Int.random(in: 0...6, using: &self)).map { _ in property() }
        guard depth > 0 else { return WrittenComponent(name, properties: properties) }
        let inner = (0..<Int.random(in: 0...2, using: &self)).map { _ in
            component(Bool.random(using: &self) ? "VALARM" : "X-Part é", depth: depth - 1)
        }
        return WrittenComponent(name, properties: properties, components: inner)
    }
}
