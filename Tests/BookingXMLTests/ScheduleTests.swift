import BookingXML
import Foundation
import ICalendar
import Testing

@Suite("schedule.xml")
struct ScheduleTests {
    private func schedule(_ event: String, conference: String = "", day: String = "2026-12-18") -> Reading {
        Reading(
            """
            <schedule><conference><title>T</title>\(conference)</conference><day date="\(day)"><room name="R">
            \(event)
            </room></day></schedule>
            """)
    }

    @Test("pretalx: instants, guids, days in a duration")
    func pretalx() throws {
        let reading = try Reading(file: Samples.file("schedule-xml", "pretalx.xml"))
        #expect(reading.codes.isEmpty)
        #expect(reading.result.dialect == .schedule)
        #expect(reading.result.sourceName == "Example Days 2026")
        #expect(reading.result.defaultZone == "Europe/Berlin")
        #expect(reading.bookings.map(\.rooms) == [["Main hall"], ["Art lab"]])
        #expect(
            reading.bookings.map(\.event.uid) == [
                "0b9b5f0e-0000-5000-8000-000000000101", "0b9b5f0e-0000-5000-8000-000000000102",
            ])
        #expect(reading.bookings.map(\.event.summary) == ["Opening & welcome", "Exhibition"])
        #expect(reading.bookings.map { text($0.event.start) } == ["20261211T090000Z", "20261211T110000Z"])
        #expect(reading.bookings.map(\.event.duration?.seconds) == [1_800, 86_400 + 2 * 3_600 + 1_800])
    }

    @Test("frab: the day's date, hours after midnight, ids of the conference")
    func frab() throws {
        let reading = try Reading(file: Samples.file("schedule-xml", "frab.xml"))
        #expect(reading.bookings.map(\.event.uid) == ["7@nights", "8@nights"])
        #expect(reading.bookings.map { text($0.event.start) } == ["20261218T223000", "20261219T010000"])
        #expect(reading.bookings.map(\.event.duration?.seconds) == [5_400, 2_700])
        #expect(reading.rejections.map(\.uid) == ["9@nights"])
        #expect(reading.codes == ["XML005"])
    }

    private static let times = "<start>10:00</start><duration>00:30</duration>"

    @Test(
        "A bad event costs itself",
        arguments: [
            ("XML004", "<event>\(times)</event>"),
            ("XML004", "<event id='1'><start>10:00</start></event>"),
            ("XML004", "<event id='1'><duration>00:30</duration></event>"),
            ("XML005", "<event id='1'><start>25:00</start><duration>00:30</duration></event>"),
            ("XML005", "<event id='1'><start>10:00</start><duration>30</duration></event>"),
            ("XML005", "<event id='1'><date>soon</date>\(times)</event>"),
        ])
    func rejections(code: String, event: String) {
        let reading = schedule("\(event)<event id='2'>\(Self.times)</event>")
        #expect(reading.codes == [code])
        #expect(reading.bookings.map(\.event.uid) == ["2@T"])
    }

    @Test("A local time stands in the conference's zone")
    func zone() {
        let zone = "<time_zone_name>Asia/Kolkata</time_zone_name>"
        let reading = schedule("<event id='1'>\(Self.times)</event>", conference: zone)
        #expect(reading.bookings.map { text($0.event.start) } == ["TZID=Asia/Kolkata:20261218T100000"])
    }

    @Test("A day without a date, and a day change that is none, are noted")
    func badDay() {
        #expect(schedule("<event id='1'>\(Self.times)</event>", day: "Friday").codes == ["XML005"])
        let reading = schedule("<event id='1'>\(Self.times)</event>", conference: "<day_change>dawn</day_change>")
        #expect(reading.codes == ["XML005"])
        #expect(reading.bookings.count == 1)
    }

    @Test("Without a room nothing is booked, and the event's own room stands in for a nameless one")
    func rooms() {
        let nameless =
            "<schedule><day date='2026-12-18'><room><event id='1'>\(Self.times)</event></room></day></schedule>"
        #expect(Reading(nameless).codes == ["XML004"])
        let own = nameless.replacing("<start>", with: "<room>Own</room><start>")
        #expect(Reading(own).bookings.map(\.rooms) == [["Own"]])
    }
}
