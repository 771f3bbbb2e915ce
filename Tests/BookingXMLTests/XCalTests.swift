import BookingXML
import Foundation
import ICalendar
import Testing

@Suite("xCal")
struct XCalTests {
    private func calendar(_ components: String, properties: String = "") -> Reading {
        Reading(
            """
            <icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar>\(properties)<components>
            \(components)
            </components></vcalendar></icalendar>
            """)
    }

    private static func event(_ properties: String) -> String {
        "<vevent><properties><uid><text>x</text></uid>\(properties)</properties></vevent>"
    }

    private static let start = "<dtstart><date-time>2026-12-07T09:00:00Z</date-time></dtstart>"

    @Test("An event gives what the same VEVENT gives")
    func sameAsICalendar() throws {
        let reading = try Reading(file: Samples.file("xcal", "team.xml"))
        let document = CalendarDocument(
            Array(
                """
                BEGIN:VCALENDAR
                VERSION:2.0
                BEGIN:VEVENT
                UID:north-0001@planner.example.org
                DTSTAMP:20261102T080000Z
                CREATED:20261101T080000Z
                SEQUENCE:3
                DTSTART;TZID=Planner/North:20261207T090000
                DURATION:PT45M
                RRULE:FREQ=WEEKLY;UNTIL=20270301T070000Z;BYDAY=MO,TH
                EXDATE;TZID=Planner/North:20261224T090000,20261231T090000
                RDATE;TZID=Planner/North;VALUE=PERIOD:20261229T090000/PT2H
                SUMMARY:Stand-up & plan
                LOCATION:Aurora
                ORGANIZER;CN=Aino Example:mailto:aino@example.org
                ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:aurora@rooms.example.org
                ATTENDEE:mailto:vaino@example.org
                X-JITSI-MAX-OCCUPANTS:8
                END:VEVENT
                BEGIN:VEVENT
                UID:north-0001@planner.example.org
                DTSTAMP:20261102T080000Z
                RECURRENCE-ID;TZID=Planner/North:20261210T090000
                DTSTART;TZID=Planner/North:20261210T130000
                DTEND;TZID=Planner/North:20261210T134500
                SUMMARY:Stand-up\\, later
                LOCATION:Aurora
                END:VEVENT
                BEGIN:VEVENT
                UID:north-0002@planner.example.org
                DTSTAMP:20261102T080000Z
                DTSTART;VALUE=DATE:20261218
                DTEND;VALUE=DATE:20261220
                STATUS:TENTATIVE
                SUMMARY:Hackathon
                CONFERENCE;VALUE=URI:https://meet.example.org/NorthHackathon
                END:VEVENT
                END:VCALENDAR

                """.utf8))
        let expected = document.calendars.flatMap { $0.events.map(\.event) }.map(unplaced)
        #expect(reading.codes.isEmpty)
        #expect(expected.count == 3)
        #expect(reading.bookings.map { unplaced($0.event) } == expected)
        #expect(reading.result.sourceName == "Team North")
        #expect(reading.result.defaultZone == "Europe/Helsinki")
    }

    /// The line differs from format to format.
    private func unplaced(_ event: Event) -> Event {
        var event = event
        event.line = 0
        return event
    }

    @Test("A zone of the file comes out with its rules")
    func zone() throws {
        let reading = try Reading(file: Samples.file("xcal", "team.xml"))
        let zones = reading.items.compactMap { item in
            guard case .zone(let zone) = item else { return VTimeZone?.none }
            return zone
        }
        #expect(zones.map(\.identifier) == ["Planner/North"])
        #expect(zones.first?.observances.map(\.offsetTo) == [10_800, 7_200])
        #expect(zones.first?.observances.map(\.rules.count) == [1, 1])
    }

    @Test("A zone that cannot be read is left out, and noted")
    func badZone() {
        let reading = calendar(
            """
            <vtimezone><properties><tzid><text>Z</text></tzid></properties><components><standard><properties>
            <dtstart><date-time>2000-10-26T02:00:00</date-time></dtstart>
            </properties></standard></components></vtimezone>\(Self.event(Self.start))
            """)
        #expect(reading.codes == ["XML005"])
        #expect(reading.items.count == 1)
    }

    @Test("METHOD:CANCEL cancels what it names, whatever the prefix")
    func cancel() throws {
        let bookings = try Reading(file: Samples.file("xcal", "cancel.xml")).bookings
        #expect(bookings.map(\.event.status) == [.cancelled])
        #expect(bookings.map(\.event.sequence) == [4])
    }

    @Test("An answer between people books nothing")
    func reply() {
        let reading = calendar(
            Self.event(Self.start), properties: "<properties><method><text>reply</text></method></properties>")
        #expect(reading.codes == ["ICS017"])
        #expect(reading.items.isEmpty)
    }

    @Test(
        "What decides the times must be readable",
        arguments: [
            ("XML004", ""),
            ("XML005", "<dtstart><date-time>99999-01-01T00:00:00Z</date-time></dtstart>"),
            ("XML005", "<dtstart><date-time>2030-01-07T24:61:00Z</date-time></dtstart>"),
            ("XML005", "\(start)<dtend><date-time>later</date-time></dtend>"),
            ("XML005", "\(start)<duration><duration>1h</duration></duration>"),
            ("XML005", "\(start)<recurrence-id><date>2026-02-30</date></recurrence-id>"),
            ("ICS011", "\(start)<rrule><recur><freq>SOMETIMES</freq></recur></rrule>"),
            ("ICS011", "\(start)<rrule><recur><freq>DAILY</freq><bymoon>FULL</bymoon></recur></rrule>"),
        ])
    func rejections(code: String, properties: String) {
        let reading = calendar("\(Self.event(properties))\n\(Self.event(Self.start))")
        #expect(reading.codes == [code])
        #expect(reading.rejections.map(\.uid) == ["x"])
        #expect(reading.rejections.map(\.line) == [2])
        #expect(reading.bookings.count == 1)
    }

    @Test(
        "What decides nothing is left out where it is unreadable",
        arguments: [
            ("XML005", "\(start)<exdate><date>2026-13-01</date></exdate>"),
            ("XML005", "\(start)<rdate><period><start>never</start></period></rdate>"),
            ("XML005", "\(start)<created><date-time>once</date-time></created>"),
            ("XML005", "\(start)<sequence><integer>two</integer></sequence>"),
            ("XML005", "\(start)<status><text>MAYBE</text></status>"),
            ("ICS007", "\(start)<dtend><date>2026-12-08</date></dtend><duration><duration>P1D</duration></duration>"),
        ])
    func tolerated(code: String, properties: String) {
        let reading = calendar(Self.event(properties))
        #expect(reading.codes == [code])
        #expect(reading.bookings.map(\.event.uid) == ["x"])
    }

    @Test("Each calendar of a file has its own zone and name")
    func severalCalendars() {
        func calendar(_ uid: String, _ properties: String) -> String {
            """
            <vcalendar><properties>\(properties)</properties><components><vevent><properties><uid><text>\(uid)</text></uid>
            <dtstart><date-time>2026-12-08T10:00:00</date-time></dtstart><duration><duration>PT1H</duration></duration>
            </properties></vevent></components></vcalendar>
            """
        }
        func named(_ name: String, _ zone: String) -> String {
            """
            <x-wr-calname><text>\(name)</text></x-wr-calname><x-wr-timezone><text>\(zone)</text></x-wr-timezone>
            """
        }
        let reading = Reading(
            """
            <icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0">
            \(calendar("a", named("Blue", "America/New_York")))\(calendar("b", named("Red", "Europe/Berlin")))
            \(calendar("c", ""))</icalendar>
            """, zones: TimeZoneResolver(database: .system, defaultZone: .utc))
        #expect(reading.result.defaultZone == "America/New_York" && reading.result.sourceName == "Blue")
        #expect(
            reading.bookings.map { text($0.event.start) } == [
                "20261208T100000", "TZID=Europe/Berlin:20261208T100000", "TZID=UTC:20261208T100000",
            ])
        #expect(reading.bookings.map(\.calendarName) == [nil, "Red", ""])
    }

    @Test("An event without uid is read, and noted")
    func noUID() {
        let reading = calendar("<vevent><properties>\(Self.start)</properties></vevent>")
        #expect(reading.codes == ["XML004"])
        #expect(reading.bookings.map(\.event.uid) == [nil])
    }

    @Test("Of a property that may be there once the first counts")
    func first() {
        let reading = calendar(
            Self.event(
                """
                \(Self.start)<dtstart><date>2026-01-01</date></dtstart>
                <dtend><date>2026-12-09</date></dtend><dtend><date>2026-12-10</date></dtend>
                <location><text>First</text></location><location><text>Second</text></location>
                """))
        #expect(reading.bookings.map { text($0.event.start) } == ["20261207T090000Z"])
        #expect(reading.bookings.map { text($0.event.end) } == ["20261209"])
        #expect(reading.bookings.map(\.event.location) == ["First"])
    }

    @Test("Only components of the calendar are read")
    func nested() {
        let reading = calendar(
            """
            <vevent><properties><uid><text>a</text></uid>\(Self.start)</properties>
            <components><vevent><properties><uid><text>b</text></uid>\(Self.start)</properties></vevent></components>
            </vevent><wrapper>\(Self.event(Self.start))</wrapper>
            """)
        #expect(reading.bookings.map(\.event.uid) == ["a"])
    }
}
