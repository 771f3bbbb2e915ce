import ICalendar
import Testing

@Suite("Limits of reading") struct LimitTests {
    @Test("A long attachment is left out with a note, whatever it is folded into")
    func attachment() {
        let base64 = Array(repeating: String(repeating: "A", count: 74), count: 400).joined(separator: "\n ")
        var limits = Limits()
        limits.unfoldedLineBytes = 10_000
        let document = CalendarDocument(
            event(goodLines, "ATTACH;ENCODING=BASE64;VALUE=BINARY:\(base64)", "SUMMARY:after"), limits: limits)
        #expect(document.decodedEvents.map(\.event.summary) == ["after"])
        #expect(document.decodedEvents.map(\.isRejected) == [false])
        #expect(document.diagnostics.map(\.effect) == [.noted])
        #expect(document.diagnostics.map(\.line) == [8])
        #expect(document.decodedEvents.first?.component.properties.map(\.name).contains("ATTACH") == false)
        #expect(document.decodedEvents.first?.component.first(.summary)?.line == 408)
    }

    @Test(
        "Another long line costs that line, and the event if its times depend on it",
        arguments: [
            ("DESCRIPTION", false), ("X-A", false), ("EXDATE", true), ("RRULE", true), ("UID", true),
        ])
    func line(name: String, isRejected: Bool) {
        var limits = Limits()
        limits.unfoldedLineBytes = 100
        let long = "\(name):" + String(repeating: "20261108T100000Z,", count: 10)
        let document = CalendarDocument(event(goodLines, long), limits: limits)
        #expect(document.diagnostics.map(\.code) == [.badLine])
        #expect(document.diagnostics.map(\.effect) == [.valueIgnored])
        #expect(document.decodedEvents.map(\.isRejected) == [isRejected])
        #expect(document.decodedEvents.flatMap(\.diagnostics).map(\.code) == (isRejected ? [.tooManyOccurrences] : []))
    }

    @Test("All of a long quoted-printable line is left out, its soft line breaks included")
    func quotedPrintable() {
        var limits = Limits()
        limits.unfoldedLineBytes = 100
        let long = "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:" + String(repeating: "some words=20=\n", count: 30) + "end"
        let document = CalendarDocument(event(goodLines, long, "SUMMARY:after"), limits: limits)
        #expect(document.diagnostics.map(\.line) == [8])
        #expect(document.diagnostics.map(\.code) == [.badLine])
        #expect(document.decodedEvents.map(\.event.summary) == ["after"])
    }

    @Test("A line of exactly the limit is kept")
    func lineAtLimit() {
        var limits = Limits()
        limits.unfoldedLineBytes = 40
        let fits = "SUMMARY:" + String(repeating: "x", count: 32)
        #expect(
            CalendarDocument(event(goodLines, fits), limits: limits).decodedEvents.map(\.event.summary.count) == [32])
        #expect(
            CalendarDocument(event(goodLines, fits + "x"), limits: limits).decodedEvents.map(\.event.summary) == [""])
    }

    @Test("Components beyond the nesting limit are left out, what follows them is not")
    func nesting() {
        let inner = (0..<20).map { "BEGIN:X-\($0)\nX-P:\($0)" } + (0..<20).reversed().map { "END:X-\($0)" }
        let document = CalendarDocument(event(goodLines, inner.joined(separator: "\n"), "SUMMARY:after"))
        #expect(document.isComplete)
        #expect(document.diagnostics.map(\.code) == [.unbalancedComponent])
        #expect(document.decodedEvents.map(\.event.summary) == ["after"])
        var depth = 1
        var view = document.components.first
        while let child = view?.components.first {
            view = child
            depth += 1
        }
        #expect(depth == 8)
        // Calendar and event are the first two; the properties of deeper components do not fall to the last one.
        #expect(view?.properties.map(\.text) == ["5"])
    }

    @Test("An event with more properties than the limit is rejected whole, its neighbour is not")
    func properties() {
        var limits = Limits()
        limits.propertiesPerComponent = 10
        let many = "BEGIN:VEVENT\n\(goodLines)\n" + String(repeating: "X-A:b\n", count: 20) + "END:VEVENT\n"
        let few = "BEGIN:VEVENT\n\(goodLines)\n" + String(repeating: "X-A:b\n", count: 7) + "END:VEVENT"
        let document = CalendarDocument(calendar(many + few), limits: limits)
        #expect(document.decodedEvents.map(\.isRejected) == [true, false])
        #expect(document.decodedEvents.map { Array($0.component.properties).count } == [10, 10])
        #expect(document.diagnostics.map(\.code) == [.badLine])
        #expect(document.decodedEvents.first?.diagnostics.map(\.code) == [.tooManyOccurrences])
    }

    @Test("The limits are those that the design gives")
    func defaults() {
        let limits = Limits()
        #expect(limits.documentBytes == 256 << 20)
        #expect(limits.unfoldedLineBytes == 1 << 20)
        #expect(limits.nesting == 8)
        #expect(limits.propertiesPerComponent == 10_000)
        let recurrence = RecurrenceLimits()
        #expect(recurrence.candidatesPerRule == 100_000)
        #expect(recurrence.occurrences == 5_000)
    }

    @Test("Reading ends at the limit of lines, and the document is incomplete")
    func contentLines() {
        var limits = Limits()
        limits.contentLines = 6
        let document = CalendarDocument(event(goodLines), limits: limits)
        #expect(!document.isComplete)
        #expect(document.diagnostics.map(\.code) == [.badLine, .unbalancedComponent])
    }

    @Test("A document above the limit of bytes is not read")
    func documentBytes() {
        var limits = Limits()
        limits.documentBytes = 100
        let document = CalendarDocument(event(goodLines), limits: limits)
        #expect(!document.isComplete)
        #expect(document.calendars.isEmpty)
    }

    @Test("Findings beyond the limit are counted, rejections are all kept")
    func diagnostics() throws {
        var limits = Limits()
        limits.diagnostics = 5
        let document = CalendarDocument(
            event(goodLines, String(repeating: "STATUS:x\n", count: 50) + "DTEND:x"), limits: limits)
        let decoded = try #require(document.decodedEvents.first)
        #expect(decoded.isRejected)
        #expect(decoded.diagnostics.count == 7)
        #expect(decoded.diagnostics.last?.message.hasPrefix("45 more") == true)
    }

    @Test("A value that is too long for an event is left out of it")
    func keptValues() {
        var limits = Limits()
        limits.keptValueBytes = 10
        let document = CalendarDocument(event(goodLines, "X-A:0123456789", "X-B:0123456789x"), limits: limits)
        #expect(document.decodedEvents.flatMap(\.event.others).map(\.name) == ["X-A"])
    }
}
