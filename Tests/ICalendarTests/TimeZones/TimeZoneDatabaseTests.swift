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

    @Test(
        "The system's zones change when the C library says they do",
        .enabled(if: hasSystemZones && ZoneDump.program != nil, "no tz database or no zdump"))
    func sameAsTheCLibrary() throws {
        let table = try String(contentsOfFile: "/usr/share/zoneinfo/zone.tab", encoding: .utf8)
        let names = table.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            String($0.split(separator: "\t")[2])
        }
        // The program tries every hour of every year: all zones would take it minutes.
        let chosen = stride(from: 0, to: names.count, by: 16).map { names[$0] }
        let rows = try ZoneDump.rows(chosen)
        let wrong = rows.filter { row in
            TimeZoneDatabase.system.zone(named: row.zone)?.offset(at: row.instant) != row.offset
        }
        #expect(rows.count > 1_000)
        #expect(wrong.isEmpty, "\(wrong.count) of \(rows.count), the first: \(String(describing: wrong.first))")
    }

    @Test("Every Windows name leads to a zone of the system", .enabled(if: hasSystemZones, "no tz database"))
    func windowsNames() {
        #expect(WindowsTimeZoneNames.all.count > 130)
        for name in WindowsTimeZoneNames.all {
            let iana = WindowsTimeZoneNames.ianaName(for: name)
            #expect(iana.flatMap(TimeZoneDatabase.system.zone) != nil, "\(name): \(iana ?? "none")")
        }
    }

    @Test(
        "Windows names lead to today's names, since systems need not have the old ones",
        arguments: [("India Standard Time", "Asia/Kolkata"), ("FLE Standard Time", "Europe/Kyiv")])
    func todaysNames(windowsName: String, iana: String) {
        #expect(WindowsTimeZoneNames.ianaName(for: windowsName) == iana)
    }
}
