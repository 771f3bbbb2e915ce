import Foundation
import Testing

@testable import ICalendar

@Suite("A time zone")
struct TimeZoneDefinitionTests {
    /// Central European Time as its standing rule says, and nothing before it.
    private func berlin() throws -> TimeZoneDefinition {
        try #require(TimeZoneDefinition(name: "Test/Berlin", tzif: tzif(footer: "CET-1CEST,M3.5.0,M10.5.0/3")))
    }

    @Test(
        "A wall time becomes an instant: in a gap by the offset before it, the first of two otherwise",
        arguments: [
            ("2026-01-15T12:00:00", "2026-01-15T11:00:00Z"),
            ("2026-07-15T12:00:00", "2026-07-15T10:00:00Z"),
            ("2026-03-29T01:59:59", "2026-03-29T00:59:59Z"),
            ("2026-03-29T02:00:00", "2026-03-29T01:00:00Z"),
            ("2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),
            ("2026-03-29T03:00:00", "2026-03-29T01:00:00Z"),
            ("2026-10-25T02:00:00", "2026-10-25T00:00:00Z"),
            ("2026-10-25T02:59:59", "2026-10-25T00:59:59Z"),
            ("2026-10-25T03:00:00", "2026-10-25T02:00:00Z"),
            ("2500-07-01T00:00:00", "2500-06-30T22:00:00Z"),
        ])
    func instants(wall: String, instant: String) throws {
        let zone = try berlin()
        #expect(try zone.instant(of: local(wall)) == Date(instant, strategy: .iso8601))
    }

    @Test(
        "The wall shows each instant by the offset in force",
        arguments: [
            ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59"),
            ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00"),
        ])
    func walls(instant: String, wall: String) throws {
        let zone = try berlin()
        #expect(try zone.localTime(at: Date(instant, strategy: .iso8601)) == local(wall))
    }

    @Test(
        "A footer's rule is read in every form that POSIX has",
        arguments: [
            ("<-03>3<-02>,M3.2.0,M11.1.0", "2026-07-01T00:00:00Z", -7_200),
            ("<+0330>-3:30<+0430>,J79/24,J263/24", "2026-01-01T00:00:00Z", 12_600),
            ("EST5EDT,M3.2.0,M11.1.0", "2026-07-01T00:00:00Z", -14_400),
            ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -18_000),
            ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-26T23:59:59Z", 7_200),
            ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", 10_800),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7_200),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3_600),
            ("XXX3EDT4,0/0,J365/23", "2026-01-01T03:00:00Z", -14_400),
            ("AAA-1BBB,J60/0,J300/0", "2028-02-29T12:00:00Z", 3_600),
            ("AAA-1BBB,59/0,J300/0", "2028-02-29T12:00:00Z", 7_200),
        ])
    func footers(footer: String, instant: String, offset: Int) throws {
        let zone = try #require(TimeZoneDefinition(name: "Test", tzif: tzif(footer: footer)))
        #expect(try zone.offset(at: Date(instant, strategy: .iso8601)) == offset)
    }

    @Test("Summer time all the year round has no change of the clock at New Year")
    func allYearSummer() throws {
        let zone = try #require(TimeZoneDefinition(name: "Test", tzif: tzif(footer: "XXX3EDT4,0/0,J365/23")))
        // Into it in the first year, and out of it where the rule is worked out no further.
        #expect(zone.transitions.count == 2)
    }

    @Test("Instants beyond all years do no harm", arguments: [Double.infinity, -.infinity, .nan, 1e300])
    func beyond(seconds: Double) throws {
        #expect(try berlin().localTime(at: Date(timeIntervalSince1970: seconds)) == nil)
    }

    @Test(
        "What is no TZif file makes no zone",
        arguments: [
            [], Array("TZif".utf8), Array("nothing of the kind, but longer than a header is".utf8),
            tzif(footer: "CET"), tzif(footer: "CET-1CEST,M13.1.0,M10.5.0"), tzif(footer: "CET-1").dropLast(30),
        ])
    func noZone(bytes: [UInt8]) { #expect(TimeZoneDefinition(name: "Test", tzif: Array(bytes)) == nil) }

    @Test("A transition before all time makes no zone", arguments: [Int64.min, Int64.min + 1, -(1 << 60)])
    func beforeTime(transition: Int64) {
        let bytes = TZifText.bytes(footer: "CET-1CEST,M3.5.0,M10.5.0/3", transition: transition)
        #expect(TimeZoneDefinition(name: "Test", tzif: bytes) == nil)
    }

    @Test("A rule that goes on from a transition long before the calendar begins is worked out from year 1")
    func longBefore() throws {
        let bytes = TZifText.bytes(footer: "CET-1CEST,M3.5.0,M10.5.0/3", transition: -(1 << 59))
        let zone = try #require(TimeZoneDefinition(name: "Test", tzif: bytes))
        #expect(zone.transitions.count == 2 * TimeZoneDefinition.lastYear)
        #expect(try zone.offset(at: Date("2026-07-01T00:00:00Z", strategy: .iso8601)) == 7_200)
    }

    @Test("Every TZif file cut short or with a byte flipped makes a zone or none, and never a trap")
    func hostile() {
        let whole = tzif(footer: "CET-1CEST,M3.5.0,M10.5.0/3")
        for index in whole.indices {
            _ = TimeZoneDefinition(name: "Test", tzif: Array(whole[..<index]))
            for bit in 0..<8 {
                var flipped = whole
                flipped[index] ^= 1 << bit
                _ = TimeZoneDefinition(name: "Test", tzif: flipped)
            }
        }
    }

    @Test(
        "A fixed offset is named by its hours and minutes",
        arguments: [
            (3_600, "UTC+01:00"), (-12_600, "UTC-03:30"), (0, "UTC"),
        ])
    func fixed(seconds: Int, name: String) throws {
        let zone = try #require(TimeZoneDefinition.fixed(secondsEast: seconds))
        #expect(zone.name == name)
        #expect(zone.offset(at: Date(timeIntervalSince1970: 0)) == seconds)
        #expect(TimeZoneDefinition.fixed(secondsEast: 86_400) == nil)
    }
}

private func tzif(footer: String) -> [UInt8] { TZifText.bytes(footer: footer) }

private func local(_ text: String) throws -> LocalDateTime {
    let second = try Int(Date("\(text)Z", strategy: .iso8601).timeIntervalSince1970)
    return try #require(LocalDateTime(epochSecond: second))
}
