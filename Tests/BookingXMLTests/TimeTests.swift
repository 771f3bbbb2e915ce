import BookingXML
import ICalendar
import Testing

@Suite("Times in XML")
struct TimeTests {
    private func start(_ written: String) -> String? {
        let reading = Reading(
            """
            <bookings xmlns="urn:bookwatch:bookings:1"><booking id="x"><room>r</room>
            <start>\(written)</start><duration>PT1H</duration></booking></bookings>
            """)
        return reading.bookings.first.map { text($0.event.start) }
    }

    @Test(
        "A time is read as it is meant",
        arguments: [
            ("2026-12-08", "20261208"), ("2026-12-08Z", "20261208"), ("2026-12-08+01:00", "20261208"),
            ("2026-12-08T10:00:00", "20261208T100000"), ("2026-12-08T10:00", "20261208T100000"),
            ("2026-12-08 10:00:00", "20261208T100000"), ("2026-12-08T10:00:00.999", "20261208T100000"),
            ("2026-12-08T10:00:60", "20261208T100059"), ("2026-12-31T24:00:00", "20270101T000000"),
            ("2026-12-08T10:00:00Z", "20261208T100000Z"), ("2026-12-08T00:30:00+01:00", "20261207T233000Z"),
            ("2026-12-31T23:30:00-0130", "20270101T010000Z"), ("2026-12-08T10:00:00+01", "20261208T090000Z"),
            ("2028-02-29", "20280229"),
        ])
    func times(written: String, meant: String) {
        #expect(start(written) == meant)
    }

    @Test(
        "Anything else is no time",
        arguments: [
            "", "2026-2-8", "2026-02-29", "99999-01-01", "0000-01-01", "20261208", "2026-12-08T", "2026-12-08T10",
            "2026-12-08T24:00:01", "2026-12-08T24:61:00", "2026-12-08T10:60:00", "2026-12-08T10:00:61",
            "2026-12-08T10:00:00.", "2026-12-08T10:00:00+15:00", "2026-12-08T10:00:00+1:00", "2026-12-08T10:00:00ZZ",
            "2026-12-08T10:00:00 CET", "2026-12-08x", "9999-12-31T23:30:00-01:00",
        ])
    func noTimes(written: String) {
        #expect(start(written) == nil)
    }
}
