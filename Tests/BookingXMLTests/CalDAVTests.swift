import BookingXML
import Foundation
import ICalendar
import Testing

@Suite("CalDAV multistatus")
struct CalDAVTests {
    private func answer(_ content: String) -> Reading {
        Reading("<multistatus xmlns=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">\(content)</multistatus>")
    }

    @Test("Calendar data comes out as text with its line, for the iCalendar reader")
    func report() throws {
        let reading = try Reading(file: Samples.file("caldav", "report.xml"))
        #expect(reading.result.isAccepted)
        #expect(reading.result.dialect == .calDAV)
        #expect(reading.result.mode == .snapshot)
        #expect(
            reading.calendars.map(\.href) == [
                "/calendars/rooms/aurora/4711.ics", "/calendars/rooms/aurora/4712.ics",
            ])
        let documents = reading.calendars.map { CalendarDocument($0.text) }
        let events = documents.flatMap { $0.calendars.flatMap { $0.events.map(\.event) } }
        #expect(documents.map(\.isComplete) == [true, true])
        #expect(events.map(\.uid) == ["4711@example.org", "4712@example.org"])
        #expect(events.map(\.summary) == ["Planning & review", "Tea <with> guests"])
        // BEGIN:VEVENT stands on lines 11 and 36 of the file.
        let lines = zip(reading.calendars, events).map { calendar, event in calendar.line + event.line - 1 }
        #expect(lines == [11, 36])
    }

    @Test("An answer with a sync-token holds changes, and an address that is gone cancels")
    func sync() throws {
        let reading = try Reading(file: Samples.file("caldav", "sync.xml"))
        #expect(reading.result.mode == .changes)
        #expect(reading.bookings.map(\.event.uid) == ["4712@example.org"])
        #expect(reading.bookings.map(\.event.status) == [.cancelled])
        #expect(reading.codes == ["XML004"])
        #expect(reading.calendars.count == 1)
    }

    @Test("No answer at all is an empty calendar, an answer about something else is none")
    func empty() {
        #expect(answer("").result.isAccepted)
        let other = answer(
            """
            <response><href>/</href><propstat><prop><displayname>x</displayname></prop>
            <status>HTTP/1.1 200 OK</status></propstat></response>
            """)
        #expect(other.codes == ["XML003"])
        #expect(other.result.ending == .refused)
    }

    @Test("A calendar that has no data, or nothing but gone objects, is a calendar")
    func noData() {
        let forbidden = answer(
            """
            <response><href>/</href><propstat><prop><c:calendar-data/></prop>
            <status>HTTP/1.1 404 Not Found</status></propstat></response>
            """)
        #expect(forbidden.result.isAccepted)
        #expect(forbidden.items.isEmpty)
        let gone = answer("<response><href>/a.ics</href><status>HTTP/1.1 404 Not Found</status></response>")
        #expect(gone.result.isAccepted)
        #expect(gone.bookings.map(\.event.uid) == ["a"])
    }

    @Test(
        "What the server could not give is not taken for gone",
        arguments: [
            "<response><href>/b.ics</href><status>HTTP/1.1 503 Service Unavailable</status></response>",
            "<response><href>/</href><status>HTTP/1.1 507 Insufficient Storage</status></response>",
            """
            <response><href>/b.ics</href><propstat><prop><c:calendar-data/></prop>
            <status>HTTP/1.1 500 Internal Server Error</status></propstat></response>
            """,
            "<response><href>/b.ics</href><propstat><prop><c:calendar-data/></prop></propstat></response>",
            """
            <response><href>/b.ics</href><propstat><prop><c:calendar-data><icalendar/></c:calendar-data></prop>
            <status>HTTP/1.1 200 OK</status></propstat></response>
            """,
        ])
    func failures(response: String) {
        let good = """
            <response><href>/a.ics</href><propstat><prop><c:calendar-data>BEGIN:VCALENDAR</c:calendar-data></prop>
            <status>HTTP/1.1 200 OK</status></propstat></response>
            """
        #expect(answer(good).result.mode == .snapshot)
        let reading = answer(good + response)
        #expect(reading.result.mode == .page)
        #expect(reading.codes == ["XML005"])
        #expect(reading.calendars.count == 1)
        #expect(answer(response + "<sync-token>t</sync-token>").result.mode == .changes)
    }

    @Test("Calendar data in XML form is rejected, not misread")
    func calendarXML() {
        let reading = answer(
            """
            <response><href>/a.ics</href><propstat><prop><c:calendar-data><icalendar/></c:calendar-data></prop>
            <status>HTTP/1.1 200 OK</status></propstat></response>
            """)
        #expect(reading.codes == ["XML005"])
        #expect(reading.calendars.isEmpty)
    }
}
