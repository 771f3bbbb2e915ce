import BookingXML
import Foundation
import ICalendar
import Testing

@Suite("Exchange")
struct ExchangeTests {
    private static let zones = TimeZoneResolver(database: .system, defaultZone: .utc)

    private func answer(_ items: String, outcome: String = "Success", zones: TimeZoneResolver? = zones) -> Reading {
        Reading(
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
              xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
              xmlns="http://schemas.microsoft.com/exchange/services/2006/types"><s:Body><m:GetItemResponse>
              <m:ResponseMessages><m:GetItemResponseMessage ResponseClass="\(outcome)"><m:Items>
              \(items)</m:Items></m:GetItemResponseMessage></m:ResponseMessages></m:GetItemResponse></s:Body></s:Envelope>
            """, zones: zones)
    }

    private static let times = "<Start>2026-12-08T08:00:00Z</Start><End>2026-12-08T09:00:00Z</End>"

    private static func item(_ content: String) -> String {
        "<CalendarItem><ItemId Id='i'/><UID>u</UID>\(content)</CalendarItem>"
    }

    private static func series(_ recurrence: String, zone: String = "W. Europe Standard Time") -> String {
        item("\(times)<Recurrence>\(recurrence)</Recurrence><StartTimeZone Id='\(zone)'/>")
    }

    @Test("A series follows the clock of its zone")
    func series() throws {
        let reading = try Reading(file: Samples.file("exchange-ews", "series.xml"), zones: Self.zones)
        #expect(reading.codes.isEmpty)
        #expect(reading.result.dialect == .exchange)
        #expect(reading.result.mode == .snapshot)
        let events = reading.bookings.map(\.event)
        #expect(events.map(\.uid) == Array(repeating: "040000008200E00074C5B7101A82E00800000000A1", count: 2))
        let zone = "TZID=W. Europe Standard Time:"
        #expect(events.map { text($0.start) } == ["\(zone)20261006T090000", "\(zone)20261201T140000"])
        #expect(events.map { text($0.end) } == ["\(zone)20261006T103000", "\(zone)20261201T153000"])
        #expect(events.map { text($0.recurrenceID) } == ["none", "\(zone)20261201T090000"])
        var rule = try RecurrenceRule("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1".utf8)
        let lastDay = try #require(CalendarDate(year: 2027, month: 4, day: 30))
        let lastSecond = try #require(LocalDateTime(date: lastDay, secondOfDay: 86_399))
        rule.end = .until(.zoned(lastSecond, tzid: "W. Europe Standard Time"))
        #expect(events.map(\.rules) == [[rule], []])
        #expect(events.map { $0.exceptionDates.map(text) } == [["20270105T080000Z"], []])
        #expect(events.map(\.sequence) == [2, 2])
        #expect(events.map(\.location) == ["Board room", "Board room"])
    }

    @Test(
        "An item of whole days has days, where its midnights are ours",
        arguments: [
            ("W. Europe Standard Time", "20261207", "20261210"),
            ("Eastern Standard Time", "20261206T230000Z", "20261209T230000Z"),
        ])
    func wholeDays(zone: String, start: String, end: String) throws {
        let berlin = try #require(TimeZoneDatabase.system.zone(named: "Europe/Berlin"))
        let reading = answer(
            Self.item(
                """
                <Start>2026-12-06T23:00:00Z</Start><End>2026-12-09T23:00:00Z</End><IsAllDayEvent>true</IsAllDayEvent>
                <StartTimeZone Id="\(zone)"/>
                """), zones: TimeZoneResolver(database: .system, defaultZone: berlin))
        #expect(reading.bookings.map { text($0.event.start) } == [start])
        #expect(reading.bookings.map { text($0.event.end) } == [end])
    }

    @Test("A series of whole days ends and leaves out by days")
    func seriesOfDays() throws {
        let berlin = try #require(TimeZoneDatabase.system.zone(named: "Europe/Berlin"))
        let reading = answer(
            Self.item(
                """
                <Start>2026-12-06T23:00:00Z</Start><End>2026-12-07T23:00:00Z</End><IsAllDayEvent>true</IsAllDayEvent>
                <Recurrence><DailyRecurrence><Interval>7</Interval></DailyRecurrence><EndDateRecurrence>
                <StartDate>2026-12-07</StartDate><EndDate>2026-12-28</EndDate></EndDateRecurrence></Recurrence>
                <DeletedOccurrences><DeletedOccurrence><Start>2026-12-13T23:00:00Z</Start></DeletedOccurrence>
                </DeletedOccurrences><StartTimeZone Id="W. Europe Standard Time"/>
                """), zones: TimeZoneResolver(database: .system, defaultZone: berlin))
        #expect(reading.codes.isEmpty)
        let event = try #require(reading.bookings.first?.event)
        #expect(text(event.start) == "20261207" && event.exceptionDates.map { text($0) } == ["20261214"])
        #expect(event.rules.map(\.description) == ["FREQ=DAILY;UNTIL=20261228;INTERVAL=7"])
    }

    @Test("Mailboxes become organizer, attendees and resources; names inside the directory are none")
    func people() throws {
        let reading = try Reading(file: Samples.file("exchange-ews", "series.xml"), zones: Self.zones)
        let event = try #require(reading.bookings.first?.event)
        #expect(event.organizer?.address == "marta@corp.example.com")
        #expect(event.organizer?.commonName == "Marta Example")
        #expect(event.attendees.map(\.address) == ["jo@corp.example.com", "boardroom@corp.example.com"])
        #expect(event.attendees.map(\.userType) == ["INDIVIDUAL", "RESOURCE"])
        #expect(event.attendees.map(\.participationStatus) == ["DECLINED", "ACCEPTED"])
    }

    @Test("A page is no whole calendar; occurrences keep apart under the UID of their series")
    func page() throws {
        let reading = try Reading(file: Samples.file("exchange-ews", "page.xml"), zones: Self.zones)
        #expect(reading.result.mode == .page)
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map { $0.event.uid?.suffix(2) } == ["B2", "C3", "4="])
        #expect(reading.bookings.map { text($0.event.recurrenceID) } == ["none", "20261208T080000Z", "none"])
        #expect(reading.bookings.map(\.event.status) == [.tentative, nil, .cancelled])
    }

    private static let numbered =
        "<NumberedRecurrence><StartDate>2026-12-08</StartDate><NumberOfOccurrences>5</NumberOfOccurrences></NumberedRecurrence>"

    @Test(
        "Each pattern gives its rule",
        arguments: [
            ("<DailyRecurrence><Interval>2</Interval></DailyRecurrence>", "FREQ=DAILY;INTERVAL=2"),
            (
                """
                <WeeklyRecurrence><Interval>1</Interval><DaysOfWeek>Monday Weekday</DaysOfWeek>
                <FirstDayOfWeek>Sunday</FirstDayOfWeek></WeeklyRecurrence>
                """, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=SU"
            ),
            (
                "<AbsoluteMonthlyRecurrence><Interval>1</Interval><DayOfMonth>31</DayOfMonth></AbsoluteMonthlyRecurrence>",
                "FREQ=MONTHLY;BYMONTHDAY=-1"
            ),
            (
                "<AbsoluteMonthlyRecurrence><Interval>3</Interval><DayOfMonth>30</DayOfMonth></AbsoluteMonthlyRecurrence>",
                "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1"
            ),
            (
                """
                <RelativeMonthlyRecurrence><Interval>1</Interval><DaysOfWeek>WeekendDay</DaysOfWeek>
                <DayOfWeekIndex>Last</DayOfWeekIndex></RelativeMonthlyRecurrence>
                """, "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1"
            ),
            (
                "<AbsoluteYearlyRecurrence><DayOfMonth>8</DayOfMonth><Month>December</Month></AbsoluteYearlyRecurrence>",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=8"
            ),
            (
                """
                <RelativeYearlyRecurrence><DaysOfWeek>Thursday</DaysOfWeek><DayOfWeekIndex>Fourth</DayOfWeekIndex>
                <Month>November</Month></RelativeYearlyRecurrence>
                """, "FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4"
            ),
        ])
    func patterns(pattern: String, rule: String) throws {
        let reading = answer(Self.series(pattern + Self.numbered))
        #expect(reading.codes.isEmpty)
        #expect(reading.bookings.map(\.event.rules) == [[try RecurrenceRule("\(rule);COUNT=5".utf8)]])
    }

    @Test(
        "A recurrence that cannot be read rejects the item",
        arguments: [
            ("ICS011", "<DailyRegeneration><Interval>1</Interval></DailyRegeneration>\(numbered)"),
            ("ICS011", "<DailyRecurrence><Interval>0</Interval></DailyRecurrence>\(numbered)"),
            ("XML004", "<DailyRecurrence/>\(numbered)"),
            ("XML004", numbered),
            ("XML004", "<DailyRecurrence><Interval>1</Interval></DailyRecurrence>"),
            (
                "ICS011",
                "<WeeklyRecurrence><Interval>1</Interval><DaysOfWeek>Mondays</DaysOfWeek></WeeklyRecurrence>\(numbered)"
            ),
            (
                "XML005",
                "<DailyRecurrence><Interval>1</Interval></DailyRecurrence><EndDateRecurrence><EndDate>never</EndDate></EndDateRecurrence>"
            ),
        ])
    func badRecurrence(code: String, recurrence: String) {
        let reading = answer("\(Self.series(recurrence))\(Self.item(Self.times))")
        #expect(reading.codes == [code])
        #expect(reading.rejections.map(\.uid) == ["u"])
        #expect(reading.bookings.count == 1)
    }

    @Test(
        "An item without what it needs is rejected",
        arguments: [
            "<CalendarItem>\(times)</CalendarItem>", "<CalendarItem><ItemId Id='i'/></CalendarItem>",
            item("<Start>2026-12-08T08:00:00Z</Start>"),
        ])
    func missing(item: String) {
        #expect(answer(item).codes == ["XML004"])
    }

    @Test("A series that was found without its recurrence, or without its zone, says so")
    func incomplete() {
        #expect(
            answer(Self.item("\(Self.times)<CalendarItemType>RecurringMaster</CalendarItemType>")).codes == ["XML004"])
        let daily = "<Recurrence><DailyRecurrence><Interval>1</Interval></DailyRecurrence>\(Self.numbered)</Recurrence>"
        let zoneless = answer(Self.item("\(Self.times)\(daily)"))
        #expect(zoneless.codes == ["XML004"])
        #expect(zoneless.bookings.map { text($0.event.start) } == ["TZID=UTC:20261208T080000"])
        let unresolved = answer(
            Self.series("<DailyRecurrence><Interval>1</Interval></DailyRecurrence>\(Self.numbered)"), zones: nil)
        #expect(unresolved.codes == ["XML005"])
        #expect(unresolved.bookings.map { text($0.event.start) } == ["20261208T080000Z"])
    }

    @Test("A failed answer withdraws nothing")
    func failure() {
        let reading = answer("", outcome: "Error")
        #expect(reading.result.isAccepted)
        #expect(reading.result.mode == .page)
        #expect(reading.codes == ["XML005"])
    }

    @Test("An envelope with anything else is no calendar")
    func otherEnvelope() {
        let reading = Reading(
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
            <CreateItemResponse xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"/>
            </s:Body></s:Envelope>
            """)
        #expect(reading.codes == ["XML003"])
        #expect(!reading.result.isAccepted)
    }
}
