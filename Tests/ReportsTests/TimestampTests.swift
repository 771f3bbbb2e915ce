import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("Times in reports")
struct TimestampTests {
    @Test("Instants of the years 1600 to 9999 read as Foundation writes them", arguments: 0..<1_000 as Range<UInt64>)
    func utc(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let instant = Date(
            timeIntervalSince1970: Double(Int.random(in: -11_676_096_000...253_402_300_799, using: &generator)))
        #expect(Timestamp.utc(instant) == instant.formatted(.iso8601), "seed \(seed)")
    }

    @Test(
        "Edges of the calendar",
        arguments: [
            (0.0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (0.9, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"), (-2_203_891_200, "1900-03-01T00:00:00Z"),
            (-14_831_769_600, "1500-01-01T00:00:00Z"), (2_461_449_600, "2048-01-01T00:00:00Z"),
            (1e18, "9999-12-31T23:59:59Z"), (-1e18, "0001-01-01T00:00:00Z"),
        ])
    func edges(seconds: Double, text: String) {
        #expect(Timestamp.utc(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(
        "Spans are told in local time, with the day once and the offset where it changes",
        arguments: [
            (9, 1, "2026-12-07 10:00–11:00 +01:00"), (22, 4, "2026-12-07 23:00 – 2026-12-08 03:00 +01:00"),
            (24 * 111, 6, "2027-03-28 01:00 +01:00 – 2027-03-28 08:00 +02:00"),
        ])
    func spans(hour: Int, length: Int, text: String) throws {
        let times = LocalTimes(zone: try #require(TimeZone(identifier: "Europe/Berlin")))
        #expect(times.span(try Sample.slot(hour..<hour + length)) == text)
    }

    @Test("Offsets west of Greenwich and of half hours")
    func offsets() throws {
        let slot = try Sample.slot(9..<10)
        let newfoundland = LocalTimes(zone: try #require(TimeZone(identifier: "America/St_Johns")))
        let india = LocalTimes(zone: try #require(TimeZone(identifier: "Asia/Kolkata")))
        #expect(newfoundland.span(slot) == "2026-12-07 05:30–06:30 -03:30")
        #expect(india.span(slot) == "2026-12-07 14:30–15:30 +05:30")
    }
}
