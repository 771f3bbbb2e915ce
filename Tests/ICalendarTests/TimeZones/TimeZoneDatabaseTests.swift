import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("The time zone database")
struct TimeZoneDatabaseTests {
    @Test(
        "No name leads out of the directory, to a hidden file, or to what is no zone",
        arguments: [
            "", "/", "..", "../Secret", "Europe/../Europe/Berlin", "/Europe/Berlin", "Europe//Berlin", "Europe/",
            ".hidden",
            "Europe/.hidden", "Europe", "Large", "Pipe", "Broken", "Europe/Berlin\0", "Européen",
            String(repeating: "a", count: 300),
        ])
    func refused(name: String) throws {
        let folder = try TemporaryDirectory()
        let zone = TZifText.file(footer: "CET-1CEST,M3.5.0,M10.5.0/3")
        try folder.write(zone, to: "zones/Europe/Berlin")
        try folder.write(zone, to: "zones/.hidden")
        try folder.write(zone, to: "zones/Europe/.hidden")
        try folder.write(zone, to: "Secret")
        try folder.write(zone + String(repeating: "\n", count: 1 << 20), to: "zones/Large")
        try folder.write("TZif2", to: "zones/Broken")
        let pipe = unsafe mkfifo("\(folder.path)/zones/Pipe", 0o600)
        #expect(pipe == 0)
        let database = TimeZoneDatabase(directory: "\(folder.path)/zones")
        #expect(database.zone(named: name) == nil)
        #expect(database.zone(named: "Europe/Berlin") != nil)
        #expect(database.zone(named: "EUROPE/berlin")?.name == "Europe/Berlin")
    }

    @Test("A zone is read once and remembered")
    func remembered() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write(TZifText.file(footer: "CET-1"), to: "Here")
        let database = TimeZoneDatabase(directory: folder.path)
        let first = try #require(database.zone(named: "Here"))
        try FileManager.default.removeItem(at: file)
        #expect(database.zone(named: "Here") === first)
    }

    private static let hasSystemZones = TimeZoneDatabase.system.zone(named: "Europe/Berlin") != nil

    @Test("The system's zones tell the same times as Foundation", .enabled(if: hasSystemZones, "no tz database"))
    func sameAsFoundation() throws {
        var compared = 0
        for name in TimeZone.knownTimeZoneIdentifiers {
            guard let ours = TimeZoneDatabase.system.zone(named: name), let theirs = TimeZone(identifier: name) else {
                continue
            }
            var random = SeededGenerator(seed: UInt64(name.utf8.count))
            for _ in 0..<40 {
                // From 1971, since Foundation cuts offsets to minutes in older times, to 2037.
                let instant = Date(
                    timeIntervalSince1970: Double(Int.random(in: 31_536_000...2_145_916_800, using: &random)))
                #expect(ours.offset(at: instant) == theirs.secondsFromGMT(for: instant), "\(name) at \(instant)")
            }
            compared += 1
        }
        #expect(compared > 300)
    }

    @Test("Every Windows name leads to a zone of the system", .enabled(if: hasSystemZones, "no tz database"))
    func windowsNames() {
        #expect(WindowsTimeZoneNames.all.count > 130)
        for name in WindowsTimeZoneNames.all {
            let iana = WindowsTimeZoneNames.ianaName(for: name)
            #expect(iana.flatMap(TimeZoneDatabase.system.zone) != nil, "\(name): \(iana ?? "none")")
        }
    }
}
