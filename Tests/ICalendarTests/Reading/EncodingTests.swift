import ICalendar
import Testing

@Suite("Encodings") struct EncodingTests {
    private static let text = event(goodLines, "SUMMARY:Größe – 15 €", "LOCATION:plain")

    private func summary(_ document: CalendarDocument) -> String? { document.decodedEvents.first?.event.summary }

    @Test("A byte order mark is passed over and told")
    func mark() {
        let document = CalendarDocument([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8))
        #expect(summary(document) == "Größe – 15 €")
        #expect(document.allDiagnostics.map(\.code) == [.encoding])
        #expect(document.isComplete)
    }

    @Test("UTF-16 is read in both orders, with and without a mark", arguments: [true, false], [true, false])
    func utf16(isBigEndian: Bool, hasMark: Bool) {
        let units = (hasMark ? [0xFEFF] : []) + Array((Self.text + "\u{1F600}").utf16)
        let bytes = units.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return isBigEndian ? [high, low] : [low, high]
        }
        let document = CalendarDocument(bytes)
        #expect(summary(document) == "Größe – 15 €")
        #expect(document.diagnostics.map(\.code).contains(.encoding))
        #expect(document.isComplete)
    }

    @Test("Lines that are not UTF-8 are read as Windows-1252, the others as UTF-8")
    func windows1252() {
        var bytes = Array(event(goodLines, "SUMMARY:Gr#", "LOCATION:Größe", "X-A;X-P=#:b").utf8)
        while let place = bytes.firstIndex(of: UInt8(ascii: "#")) {
            bytes.replaceSubrange(place...place, with: [0x80, 0xF6])
        }
        let document = CalendarDocument(bytes)
        let decoded = document.decodedEvents.first
        #expect(decoded?.event.summary == "Gr€ö")
        #expect(decoded?.event.location == "Größe")
        #expect(decoded?.component.properties(named: "X-A").first?.parameter("X-P") == "€ö")
        #expect(document.diagnostics.map(\.code) == [.encoding])
        #expect(document.diagnostics.map(\.line) == [8])
        #expect(document.diagnostics.first?.message.hasPrefix("2 lines") == true)
    }

    @Test("A fold inside a character is not another encoding")
    func foldedCharacter() {
        var bytes = Array(Self.text.utf8)
        guard let place = bytes.firstIndex(of: 0xC3) else { return }
        bytes.insert(contentsOf: Array("\r\n ".utf8), at: place + 1)
        let document = CalendarDocument(bytes)
        #expect(summary(document) == "Größe – 15 €")
        #expect(document.allDiagnostics == [])
    }

    @Test("Bytes of value 0 make no calendar")
    func binary() {
        let document = CalendarDocument(Array(Self.text.utf8) + [0])
        #expect(!document.isComplete)
        #expect(document.calendars.isEmpty)
        #expect(document.diagnostics.map(\.code) == [.encoding, .badLine])
    }

    @Test(
        "Sequences that Unicode forbids are not UTF-8",
        arguments: [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82], [0xC3],
        ] as [[UInt8]])
    func illFormed(sequence: [UInt8]) {
        let head = Array("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-A:1234567890".utf8)
        for padding in 0..<70 {
            let bytes = head + Array(repeating: UInt8(ascii: "x"), count: padding) + sequence
            let document = CalendarDocument(bytes + Array("\r\nEND:VCALENDAR\r\n".utf8))
            #expect(document.diagnostics.map(\.code) == [.encoding], "after \(padding) more bytes")
        }
    }

    @Test(
        "Every length of UTF-8 is UTF-8, wherever it stands",
        arguments: ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"])
    func wellFormed(character: String) {
        for padding in 0..<70 {
            let value = String(repeating: "x", count: padding) + character
            #expect(CalendarDocument(event(goodLines, "SUMMARY:\(value)")).allDiagnostics == [])
            // The stray byte makes the reader look at each line.
            let bytes = Array(event(goodLines, "SUMMARY:\(value)", "X-A:#").utf8).map { $0 == 0x23 ? 0xFF : $0 }
            let document = CalendarDocument(bytes)
            #expect(summary(document) == value)
            #expect(document.diagnostics.first?.message.hasPrefix("1 lines") == true)
        }
    }
}
