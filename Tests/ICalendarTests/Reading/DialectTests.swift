import ICalendar
import Testing

@Suite("Dialects") struct DialectTests {
    @Test("What the standard allows has no findings in its own dialect")
    func good() {
        let document = CalendarDocument(event(goodLines, "SUMMARY:a long\n  one"), dialect: .rfc5545)
        #expect(document.allDiagnostics == [])
        #expect(document.decodedEvents.map(\.isRejected) == [false])
    }

    @Test("The standard's dialect tells of bare line ends, and reads them", arguments: ["\n", "\r"])
    func lineEnds(end: String) {
        let document = CalendarDocument(event(goodLines).replacing("\r\n", with: end), dialect: .rfc5545)
        #expect(document.allDiagnostics.map(\.code) == [.badLine])
        #expect(document.allDiagnostics.map(\.effect) == [.tolerated])
        #expect(document.decodedEvents.map(\.isRejected) == [false])
    }

    @Test("The standard's dialect does not keep lines in another encoding")
    func encodings() {
        var bytes = Array(event(goodLines, "SUMMARY:caf#").utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "#") { bytes[index] = 0xE9 }
        let document = CalendarDocument(bytes, dialect: .rfc5545)
        #expect(document.diagnostics.map(\.code) == [.encoding])
        #expect(document.diagnostics.map(\.effect) == [.valueIgnored])
        #expect(document.decodedEvents.map(\.event.summary) == [""])
        let wide = event(goodLines).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(CalendarDocument(wide, dialect: .rfc5545).calendars.isEmpty)
    }

    @Test("The standard's dialect rejects an event without UID, and one without END")
    func events() {
        let noUID = CalendarDocument(event("DTSTART:20261108T100000Z"), dialect: .rfc5545)
        #expect(noUID.decodedEvents.map(\.isRejected) == [true])
        let noEnd = CalendarDocument(calendar("BEGIN:VEVENT\n\(goodLines)"), dialect: .rfc5545)
        #expect(noEnd.decodedEvents.map(\.isRejected) == [true])
        #expect(CalendarDocument(calendar("BEGIN:VEVENT\n\(goodLines)")).decodedEvents.map(\.isRejected) == [false])
    }

    @Test(
        "The standard's dialect takes times in its own forms only",
        arguments: ["2026-11-08T11:00:00Z", "20261108T1100Z"])
    func times(text: String) {
        let document = CalendarDocument(event(goodLines, "DTEND:\(text)"), dialect: .rfc5545)
        #expect(document.decodedEvents.map(\.isRejected) == [true])
        #expect(CalendarDocument(event(goodLines, "DTEND:\(text)")).decodedEvents.map(\.isRejected) == [false])
    }

    @Test("A group before a name is read in the lenient dialect only")
    func groups() throws {
        let text = event(goodLines, "item1.SUMMARY:x")
        let property = try #require(CalendarDocument(text).decodedEvents.first?.component.first(.summary))
        #expect(property.name == "SUMMARY")
        #expect(property.group == "item1")
        #expect(property.text == "x")
        #expect(CalendarDocument(text, dialect: .rfc5545).decodedEvents.map(\.event.summary) == [""])
    }

    @Test("The standard's dialect offers no event of another version")
    func versions() {
        let text = event(goodLines).replacing("VERSION:2.0", with: "VERSION:1.0")
        #expect(CalendarDocument(text).decodedEvents.count == 1)
        #expect(CalendarDocument(text, dialect: .rfc5545).decodedEvents.isEmpty)
    }
}
