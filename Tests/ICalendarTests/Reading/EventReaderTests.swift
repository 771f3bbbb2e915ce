import ICalendar
import Testing

@Suite("Events") struct EventReaderTests {
    private func decode(_ lines: String...) throws -> Event {
        let document = CalendarDocument(event(goodLines, lines.joined(separator: "\n")))
        return try #require(document.decodedEvents.first).event
    }

    private func utc(_ text: String) throws -> CalendarTime { try CalendarTime(text.utf8) }

    @Test("All properties of the model are decoded")
    func all() throws {
        let event = try decode(
            "DTEND:20261108T110000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261107T100000Z", "SEQUENCE:3",
            "STATUS:cancelled", "TRANSP:TRANSPARENT", "CREATED:20260101T000000Z", "LAST-MODIFIED:20260102T000000Z",
            "SUMMARY:S\\, s", "LOCATION:L", "DESCRIPTION:D\\nd", "URL:https://example.com/?a=b;c", "CLASS:private",
            "CONFERENCE;VALUE=URI:https://one", "CONFERENCE;VALUE=URI:https://two", "RRULE:FREQ=DAILY;COUNT=3",
            "EXRULE:FREQ=WEEKLY;COUNT=1", "X-ROOM:blue\\, green", "CATEGORIES:a,b")
        #expect(event.uid == "one@example.com")
        #expect(event.stamp == (try utc("20261101T000000Z")))
        #expect(event.start == (try utc("20261108T100000Z")))
        #expect(event.end == (try utc("20261108T110000Z")))
        #expect(event.recurrenceID == (try utc("20261107T100000Z")))
        #expect(event.appliesToFuture)
        #expect(event.sequence == 3)
        #expect(event.status == .cancelled)
        #expect(event.isTransparent)
        #expect(event.created == (try utc("20260101T000000Z")))
        #expect(event.lastModified == (try utc("20260102T000000Z")))
        #expect([event.summary, event.location, event.details] == ["S, s", "L", "D\nd"])
        #expect(event.url == "https://example.com/?a=b;c")
        #expect(event.classification == "PRIVATE")
        #expect(event.conferences == ["https://one", "https://two"])
        #expect(event.rules.map(\.frequency) == [.daily])
        #expect(event.exceptionRules.map(\.frequency) == [.weekly])
        #expect(event.others.map(\.name) == ["X-ROOM", "CATEGORIES"])
        #expect(event.others.map(\.value) == ["blue, green", "a,b"])
    }

    @Test("People are read with the parameters that matter")
    func people() throws {
        let event = try decode(
            "ORGANIZER;CN=\"Doe, Ann\":mailto:ann@example.com",
            "ATTENDEE;cutype=room;PARTSTAT=declined;EMAIL=b@example.com;CN=Blue ^'B^':urn:uuid:1",
            "ATTENDEE;CUTYPE=x-hall:mailto:c@example.com", "ATTENDEE: mailto:d@example.com ")
        #expect(event.organizer?.address == "mailto:ann@example.com")
        #expect(event.organizer?.commonName == "Doe, Ann")
        let room = try #require(event.attendees.first)
        #expect(room.address == "urn:uuid:1")
        #expect(room.userType == "ROOM")
        #expect(room.participationStatus == "DECLINED")
        #expect(room.email == "b@example.com")
        #expect(room.commonName == "Blue \"B\"")
        #expect(event.attendees.map(\.userType) == ["ROOM", "X-HALL", "INDIVIDUAL"])
        #expect(event.attendees.map(\.participationStatus) == ["DECLINED", "NEEDS-ACTION", "NEEDS-ACTION"])
        #expect(event.attendees.last?.address == "mailto:d@example.com")
    }

    @Test("EXDATE and RDATE are lists over several lines, of times, dates and periods")
    func lists() throws {
        let event = try decode(
            "EXDATE:20261109T100000Z,20261110T100000Z", "EXDATE;TZID=Office:20261111T100000",
            "RDATE;VALUE=DATE:20261112", "RDATE;VALUE=PERIOD:20261113T100000Z/PT2H,20261114T100000Z/20261114T120000Z")
        #expect(
            event.exceptionDates == [
                try utc("20261109T100000Z"), try utc("20261110T100000Z"),
                try CalendarTime("20261111T100000".utf8, tzid: "Office"),
            ])
        #expect(
            event.recurrenceDates == [
                Event.RecurrenceDate(start: try utc("20261112")),
                Event.RecurrenceDate(
                    start: try utc("20261113T100000Z"), period: .duration(CalendarDuration(seconds: 7_200))),
                Event.RecurrenceDate(start: try utc("20261114T100000Z"), period: .end(try utc("20261114T120000Z"))),
            ])
    }

    @Test("Of DTEND and DURATION, DTEND counts")
    func bothEnds() throws {
        let event = try decode("DURATION:PT2H", "DTEND:20261108T110000Z")
        #expect(event.end != nil)
        #expect(event.duration == nil)
    }

    @Test("VALUE=DATE with a time of midnight is a date")
    func midnight() throws {
        #expect(try decode("DTEND;VALUE=DATE:20261109T000000").end == (try utc("20261109")))
    }

    @Test("Attachments are not kept among the others")
    func attachments() throws {
        #expect(try decode("ATTACH:https://example.com/x.pdf").others.isEmpty)
    }

    @Test("Quoted-printable text of vCalendar 1.0 is decoded, its soft line breaks joined")
    func quotedPrintable() throws {
        let event = try decode(
            "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:caf=C3=A9=", "s=20and=0D=0Amore=", " to come",
            "LOCATION;QUOTED-PRINTABLE:=FC=")
        #expect(event.summary == "cafés and\nmore to come")
        #expect(event.location == "ü=")
    }

    @Test("A base64 value that ends with = does not swallow the next line")
    func base64() throws {
        #expect(try decode("X-DATA;ENCODING=BASE64:QQ==", "LOCATION:here").location == "here")
    }
}
