import ICalendar
import Testing

@Suite("How much of an event is decoded") struct EventDetailTests {
    private static let text = event(
        goodLines, "RRULE:FREQ=DAILY", "EXDATE:20261109T100000Z", "DTEND:20261108T110000Z", "SEQUENCE:3",
        "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "LAST-MODIFIED:20261102T000000Z", "SUMMARY:Board", "X-ROOM:blue",
        "CREATED:yesterday", "ORGANIZER;CN=Ann:mailto:ann@example.com",
        "ATTENDEE;CUTYPE=room;PARTSTAT=accepted;EMAIL=b@example.com:mailto:blue@example.com")

    @Test("Times alone are the same times, without texts, people and what is wrong with those")
    func times() throws {
        let calendar = try #require(CalendarDocument(Self.text).calendars.first)
        let whole = try #require(Array(calendar.events).first)
        let times = try #require(Array(calendar.events(decoding: .times)).first)
        var expected = whole.event
        (expected.summary, expected.others, expected.organizer, expected.attendees) = ("", [], nil, [])
        #expect(times.event == expected)
        #expect(times.event.rules.count == 1 && times.event.lastModified != nil)
        #expect(whole.diagnostics.map(\.code) == [.badDateTime])
        #expect(times.diagnostics == [])
        #expect(times.component.first(.summary)?.text == "Board")
    }

    @Test("Without names, all else is the same")
    func nameless() throws {
        let calendar = try #require(CalendarDocument(Self.text).calendars.first)
        let whole = try #require(Array(calendar.events).first)
        let nameless = try #require(Array(calendar.events(decoding: .everythingButNames)).first)
        var expected = whole.event
        #expect(expected.organizer?.commonName == "Ann")
        expected.organizer?.commonName = ""
        #expect(nameless.event == expected && nameless.diagnostics == whole.diagnostics)
    }

    @Test("The people of an event are what the views of its lines tell")
    func people() throws {
        let decoded = try #require(CalendarDocument(Self.text).decodedEvents.first)
        let views = decoded.component.properties.filter { [.organizer, .attendee].contains($0.kind) }.map(\.user)
        let people = try [#require(decoded.event.organizer)] + decoded.event.attendees
        #expect(views.map(\.address) == ["mailto:ann@example.com", "mailto:blue@example.com"])
        #expect(people.map(\.address) == views.map(\.address))
        #expect(people.map(\.commonName) == views.map(\.commonName))
        #expect(people.map(\.userType) == ["INDIVIDUAL", "ROOM"])
        #expect(views.map(\.userType) == ["INDIVIDUAL", "ROOM"])
        #expect(views.map(\.participationStatus) == ["NEEDS-ACTION", "ACCEPTED"])
        #expect(people.map(\.participationStatus) == views.map(\.participationStatus))
        #expect(people.map(\.email) == ["", "b@example.com"])
        #expect(views.map(\.email) == ["", "b@example.com"])
    }
}
