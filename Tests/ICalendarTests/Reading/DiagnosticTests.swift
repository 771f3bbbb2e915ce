import ICalendar
import Testing

/// What is provoked, and what must be told about it.
struct DiagnosticCase: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let code: ICalendarDiagnostic.Code
    let effect: ICalendarDiagnostic.Effect
    let line: Int

    var testDescription: String { name }

    init(
        _ name: String, _ code: ICalendarDiagnostic.Code, _ effect: ICalendarDiagnostic.Effect, line: Int,
        _ text: String
    ) {
        self.name = name
        self.text = text
        self.code = code
        self.effect = effect
        self.line = line
    }
}

@Suite("Diagnostics of reading") struct DiagnosticTests {
    private static let structure: [DiagnosticCase] = [
        DiagnosticCase("no colon", .badLine, .valueIgnored, line: 8, event(goodLines, "Agenda follows")),
        DiagnosticCase("bad name", .badLine, .valueIgnored, line: 8, event(goodLines, "See also: this")),
        DiagnosticCase("parameters without value", .badLine, .valueIgnored, line: 8, event(goodLines, "X-A;B=c")),
        DiagnosticCase("no calendar", .badLine, .componentRejected, line: 1, "hello"),
        DiagnosticCase("empty", .badLine, .componentRejected, line: 1, ""),
        DiagnosticCase("lines outside", .badLine, .valueIgnored, line: 1, "X-A:b\r\n" + event(goodLines)),
        DiagnosticCase("second DTSTART", .badLine, .valueIgnored, line: 8, event(goodLines, "DTSTART:20261109")),
        DiagnosticCase("bad SEQUENCE", .badLine, .valueIgnored, line: 8, event(goodLines, "SEQUENCE:one")),
        DiagnosticCase("bad STATUS", .badLine, .valueIgnored, line: 8, event(goodLines, "STATUS:MAYBE")),
        DiagnosticCase("no END", .unbalancedComponent, .tolerated, line: 8, event(goodLines, "BEGIN:VALARM")),
        DiagnosticCase("END of nothing", .unbalancedComponent, .valueIgnored, line: 8, event(goodLines, "END:VALARM")),
        DiagnosticCase(
            "event in event", .unbalancedComponent, .tolerated, line: 4, event(goodLines, "BEGIN:VEVENT", goodLines)),
        DiagnosticCase(
            "cut", .unbalancedComponent, .componentRejected, line: 1, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u"),
        DiagnosticCase(
            "no VCALENDAR", .unbalancedComponent, .componentRejected, line: 1, "BEGIN:VEVENT\r\nEND:VEVENT\r\n"),
    ]

    private static let calendars: [DiagnosticCase] = [
        DiagnosticCase(
            "to-do", .foreignComponent, .tolerated, line: 4,
            calendar("BEGIN:VTODO\nUID:a\nEND:VTODO\nBEGIN:VTODO\nEND:VTODO")),
        DiagnosticCase("X-component", .foreignComponent, .tolerated, line: 4, calendar("BEGIN:X-ROOM\nEND:X-ROOM")),
        DiagnosticCase("reply", .foreignMethod, .tolerated, line: 4, calendar("METHOD:Reply")),
        DiagnosticCase("refresh", .foreignMethod, .tolerated, line: 4, calendar("METHOD:REFRESH")),
        DiagnosticCase("counter", .foreignMethod, .tolerated, line: 4, calendar("METHOD:COUNTER")),
        DiagnosticCase("declined counter", .foreignMethod, .tolerated, line: 4, calendar("METHOD:DECLINECOUNTER")),
        DiagnosticCase("1.0", .unsupportedVersion, .tolerated, line: 2, calendar("X-A:b", header: "VERSION:1.0")),
        DiagnosticCase("no version", .unsupportedVersion, .tolerated, line: 1, calendar("X-A:b", header: "PRODID:x")),
    ]

    private static let events: [DiagnosticCase] = [
        DiagnosticCase("no UID", .missingUID, .tolerated, line: 4, event("DTSTART:20261108T100000Z")),
        DiagnosticCase("empty UID", .missingUID, .tolerated, line: 4, event("UID:", "DTSTART:20261108T100000Z")),
        DiagnosticCase("no DTSTART", .missingStart, .componentRejected, line: 4, event("UID:u")),
        DiagnosticCase(
            "no such day", .badDateTime, .componentRejected, line: 6, event("UID:u", "DTSTART:20260230T100000Z")),
        DiagnosticCase("no time", .badDateTime, .componentRejected, line: 8, event(goodLines, "DTEND:tomorrow")),
        DiagnosticCase("bad override", .badDateTime, .componentRejected, line: 8, event(goodLines, "RECURRENCE-ID:1")),
        DiagnosticCase("bad DURATION", .badDateTime, .componentRejected, line: 8, event(goodLines, "DURATION:1H")),
        DiagnosticCase("bad CREATED", .badDateTime, .valueIgnored, line: 8, event(goodLines, "CREATED:2026")),
        DiagnosticCase(
            "one bad EXDATE", .badDateTime, .valueIgnored, line: 8, event(goodLines, "EXDATE:20261109T100000Z,x")),
        DiagnosticCase("one bad RDATE", .badDateTime, .valueIgnored, line: 8, event(goodLines, "RDATE:20261109T1Z")),
        DiagnosticCase("no VALUE=DATE", .badDateTime, .tolerated, line: 8, event(goodLines, "DTEND:20261109")),
        DiagnosticCase("ISO 8601", .badDateTime, .tolerated, line: 8, event(goodLines, "DTEND:2026-11-08T11:00:00Z")),
        DiagnosticCase(
            "both ends", .endAndDuration, .tolerated, line: 4,
            event(goodLines, "DTEND:20261108T110000Z", "DURATION:PT2H")),
        DiagnosticCase("bad rule", .badRule, .componentRejected, line: 8, event(goodLines, "RRULE:FREQ=SOMETIMES")),
        DiagnosticCase(
            "other scale", .badRule, .componentRejected, line: 8,
            event(goodLines, "RRULE:RSCALE=HEBREW;FREQ=YEARLY")),
        DiagnosticCase("rule of 1.0", .badRule, .tolerated, line: 8, event(goodLines, "RRULE:W1 SU #2")),
        DiagnosticCase("empty rule", .badRule, .valueIgnored, line: 8, event(goodLines, "RRULE:")),
        DiagnosticCase("bad EXRULE", .badRule, .componentRejected, line: 8, event(goodLines, "EXRULE:COUNT=3")),
        DiagnosticCase(
            "EXDATE type", .exceptionDateType, .tolerated, line: 4, event(goodLines, "EXDATE;VALUE=DATE:20261109")),
    ]

    @Test("Each fault is told once, with its place and what became of it", arguments: structure + calendars + events)
    func diagnostic(_ test: DiagnosticCase) throws {
        let diagnostics = CalendarDocument(test.text).allDiagnostics
        let found = diagnostics.filter { $0.code == test.code && $0.line == test.line && $0.effect == test.effect }
        #expect(found.count == 1, "\(diagnostics)")
        let message = try #require(found.first?.message)
        #expect(!message.isEmpty && !message.hasSuffix("."))
    }

    @Test("Nothing but the fault itself is told", arguments: calendars + events)
    func onlyThat(_ test: DiagnosticCase) {
        #expect(Set(CalendarDocument(test.text).allDiagnostics.map(\.code)) == [test.code])
    }

    @Test("A component of a kind that is not read is one note with a count")
    func counted() {
        let todo = "BEGIN:VTODO\nEND:VTODO\n"
        let document = CalendarDocument(calendar(String(repeating: todo, count: 3) + "BEGIN:VJOURNAL\nEND:VJOURNAL"))
        #expect(
            document.calendars.flatMap(\.diagnostics).map(\.message) == [
                "3 × “VTODO”, not read", "1 × “VJOURNAL”, not read",
            ])
    }

    @Test("A rejected event costs no other, and its UID is told")
    func neighbours() {
        let bad = "BEGIN:VEVENT\nUID:bad\nDTSTART:20269999\nEND:VEVENT\n"
        let document = CalendarDocument(calendar("\(bad)BEGIN:VEVENT\n\(goodLines)\nEND:VEVENT"))
        #expect(document.decodedEvents.map(\.isRejected) == [true, false])
        #expect(document.decodedEvents.map(\.event.uid) == ["bad", "one@example.com"])
    }

    @Test(
        "A cancellation needs no DTSTART, a request does",
        arguments: [("CANCEL", false), ("REQUEST", true), ("PUBLISH", true)])
    func method(name: String, isRejected: Bool) {
        let document = CalendarDocument(calendar("METHOD:\(name)\nBEGIN:VEVENT\nUID:u\nEND:VEVENT"))
        #expect(document.decodedEvents.map(\.isRejected) == [isRejected])
    }

    @Test(
        "A line that is broken is not quoted, since it may be a password",
        arguments: ["X-JITSI-PASSWORD=CANARY", "X JITSI-PASSWORD:CANARY", "X-JITSI-PASSWORD:first\nCANARY"])
    func secret(line: String) throws {
        let document = CalendarDocument(event(goodLines, line))
        let diagnostics = document.diagnostics + document.decodedEvents.flatMap(\.diagnostics)
        #expect(diagnostics.map(\.code) == [.badLine])
        #expect(diagnostics.map(\.message).filter { $0.contains("CANARY") } == [])
    }

    @Test("Messages show the value in short, on one line")
    func excerpt() throws {
        let status = "STATUS:AGENDA\tFOLLOWS " + String(repeating: "É", count: 100)
        let document = CalendarDocument(event(goodLines, status))
        let message = try #require(document.decodedEvents.first?.diagnostics.first?.message)
        #expect(message.hasPrefix("STATUS of an event cannot be “AGENDA FOLLOWS ÉÉ"), "\(message)")
        #expect(message.hasSuffix("…”"))
        #expect(message.utf8.count < 160)
    }
}
