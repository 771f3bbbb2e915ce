import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("The zone that a TZID means")
struct TimeZoneResolverTests {
    /// A database of two zones and a link, in a folder of its own.
    private struct Database {
        let folder: TemporaryDirectory
        let zones: TimeZoneDatabase

        init() throws {
            folder = try TemporaryDirectory()
            for (name, footer) in [
                ("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"), ("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
            ] {
                try folder.write(TZifText.file(footer: footer), to: name)
            }
            try folder.write(TZifText.file(footer: "CET-1CEST,M3.5.0,M10.5.0/3"), to: "Arctic/Longyearbyen")
            try folder.write("no zone", to: "zone.tab")
            zones = TimeZoneDatabase(directory: folder.path)
        }
    }

    /// Half an hour behind, so that it cannot be mistaken for a zone of the database.
    private static func vtimezone(_ identifier: String, location: String? = nil) throws -> VTimeZone {
        let date = try #require(CalendarDate(year: 1970, month: 1, day: 1))
        let start = try #require(LocalDateTime(date: date, secondOfDay: 0))
        let observance = VTimeZone.Observance(start: start, offsetFrom: -1_800, offsetTo: -1_800)
        return VTimeZone(identifier: identifier, location: location, observances: location == nil ? [observance] : [])
    }

    @Test(
        "Names, Windows names and prefixed names are found in the database",
        arguments: [
            ("Europe/Berlin", "Europe/Berlin"), ("europe/BERLIN", "Europe/Berlin"),
            ("Arctic/Longyearbyen", "Arctic/Longyearbyen"),
            ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
            ("/mozilla.org/20050126_1/America/New_York", "America/New_York"), ("\"Europe/Berlin\"", "Europe/Berlin"),
            (" Europe/Berlin ", "Europe/Berlin"), ("W. Europe Standard Time", "Europe/Berlin"),
            ("w. europe standard time", "Europe/Berlin"), ("Eastern Standard Time", "America/New_York"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
            ("(GMT-05.00) Eastern Time (US & Canada)", "America/New_York"), ("UTC", "UTC"), ("Etc/UTC", "UTC"),
            ("GMT", "UTC"),
            ("UTC+01:00", "UTC+01:00"), ("GMT-0330", "UTC-03:30"),
        ])
    func byName(tzid: String, name: String) throws {
        let database = try Database()
        let resolution = TimeZoneResolver(database: database.zones, defaultZone: .utc).resolve(tzid, line: 3)
        #expect(resolution.zone.name == name)
        #expect(resolution.diagnostic?.code == .zoneByName)
        #expect(resolution.diagnostic?.line == 3)
    }

    @Test("A known name goes before the VTIMEZONE of that name, and nothing is found amiss")
    func nameFirst() throws {
        let database = try Database()
        let resolver = TimeZoneResolver(
            database: database.zones,
            vtimezones: [try Self.vtimezone("Europe/Berlin"), try Self.vtimezone("Eastern Standard Time")],
            defaultZone: .utc)
        #expect(resolver.resolve("Europe/Berlin", line: 1).zone.name == "Europe/Berlin")
        #expect(resolver.resolve("Europe/Berlin", line: 1).diagnostic == nil)
        #expect(resolver.resolve("Eastern Standard Time", line: 1).zone.name == "America/New_York")
        #expect(resolver.resolve("Eastern Standard Time", line: 1).diagnostic == nil)
    }

    @Test(
        "An unknown name is what the VTIMEZONE of that name says",
        arguments: [
            "Customized Time Zone", "(UTC+01:00) Somewhere else", "customized TIME zone",
        ])
    func vtimezone(tzid: String) throws {
        let database = try Database()
        let resolver = TimeZoneResolver(
            database: database.zones,
            vtimezones: [try Self.vtimezone("(UTC+01:00) Somewhere else"), try Self.vtimezone("Customized Time Zone")],
            defaultZone: .utc)
        let resolution = resolver.resolve(tzid, line: 1)
        #expect(resolution.zone.offset(at: .distantPast) == -1_800)
        #expect(resolution.diagnostic == nil)
    }

    @Test("A VTIMEZONE without observances is what its X-LIC-LOCATION says")
    func location() throws {
        let database = try Database()
        let resolver = TimeZoneResolver(
            database: database.zones, vtimezones: [try Self.vtimezone("Mine", location: "Europe/Berlin")],
            defaultZone: .utc)
        #expect(resolver.resolve("Mine", line: 1).zone.name == "Europe/Berlin")
    }

    @Test(
        "An unknown name is the default zone, with a warning",
        arguments: [
            "Atlantis/Poseidonis", "", "../../etc/passwd", "zone.tab", "UTC+25:00", "UTC+1",
        ])
    func unknown(tzid: String) throws {
        let database = try Database()
        let standIn = try #require(TimeZoneDefinition.fixed(secondsEast: 5_400))
        let resolution = TimeZoneResolver(database: database.zones, defaultZone: standIn).resolve(tzid, line: 9)
        #expect(resolution.zone == standIn)
        #expect(resolution.diagnostic?.code == .unknownZone)
        #expect(resolution.diagnostic?.line == 9)
    }

    @Test("Without a database the calendar's own rules, UTC and fixed offsets are left")
    func noDatabase() throws {
        let resolver = TimeZoneResolver(
            database: TimeZoneDatabase(directory: "/nowhere"), vtimezones: [TestZones.berlin], defaultZone: .utc)
        #expect(resolver.resolve("Mitteleuropa", line: 1).diagnostic == nil)
        #expect(resolver.resolve("Europe/Berlin", line: 1).diagnostic?.code == .unknownZone)
        #expect(resolver.resolve("GMT", line: 1).diagnostic?.code == .zoneByName)
    }
}
