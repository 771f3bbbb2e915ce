import Foundation
import TestSupport
import Testing

@testable import ICalendar

@Suite("A VTIMEZONE")
struct VTimeZoneTests {
    private func read(_ lines: String) throws -> (zones: [VTimeZone], diagnostics: [ICalendarDiagnostic]) {
        let text = "BEGIN:VCALENDAR\nVERSION:2.0\n\(lines)\nEND:VCALENDAR\n"
        return try #require(CalendarDocument(Array(text.utf8)).calendars.first).vtimezones()
    }

    private func zone(_ observances: String) throws -> TimeZoneDefinition {
        let zones = try read("BEGIN:VTIMEZONE\nTZID:Here\n\(observances)\nEND:VTIMEZONE").zones
        return try #require(zones.first.flatMap { TimeZoneDefinition($0) })
    }

    private func expect(_ zone: TimeZoneDefinition, _ hours: [(String, Double)]) throws {
        for (instant, offset) in hours {
            #expect(try zone.offset(at: Date(instant, strategy: .iso8601)) == Int(offset * 3_600), "\(instant)")
        }
    }

    @Test("Rules hold from their start to their end, and before the first onset the offset that it ends")
    func rules() throws {
        let zone = try zone(
            """
            BEGIN:DAYLIGHT
            DTSTART:20000326T020000
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20020331T010000Z
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            END:DAYLIGHT
            BEGIN:STANDARD
            DTSTART:20001029T030000
            RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            END:STANDARD
            """)
        try expect(
            zone,
            [
                ("1970-07-01T00:00:00Z", 1), ("2000-03-26T00:59:59Z", 1), ("2000-03-26T01:00:00Z", 2),
                ("2000-10-29T00:59:59Z", 2), ("2000-10-29T01:00:00Z", 1), ("2002-07-01T00:00:00Z", 2),
                ("2003-07-01T00:00:00Z", 1), ("2499-12-31T00:00:00Z", 1),
            ])
    }

    @Test("Dates make onsets, and seconds count in offsets")
    func dates() throws {
        let zone = try zone(
            """
            BEGIN:STANDARD
            DTSTART:19000101T000000
            TZOFFSETFROM:+00:53:28
            TZOFFSETTO:+0100
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:20100101T000000
            RDATE:20120101T000000,20140101T000000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0330
            END:DAYLIGHT
            BEGIN:STANDARD
            DTSTART:20110101T000000
            RDATE:20130101T000000
            TZOFFSETFROM:+0330
            TZOFFSETTO:+0100
            END:STANDARD
            """)
        #expect(zone.offset(at: .distantPast) == 3_208)
        try expect(
            zone,
            [
                ("2009-07-01T00:00:00Z", 1), ("2010-07-01T00:00:00Z", 3.5), ("2011-07-01T00:00:00Z", 1),
                ("2012-07-01T00:00:00Z", 3.5), ("2013-07-01T00:00:00Z", 1), ("2014-07-01T00:00:00Z", 3.5),
            ])
    }

    @Test(
        "What cannot be used is left out and said",
        arguments: [
            ("BEGIN:VTIMEZONE\nEND:VTIMEZONE", 0, 0, [ICalendarDiagnostic.Code.unknownZone]),
            ("BEGIN:VTIMEZONE\nTZID:Here\nEND:VTIMEZONE", 1, 0, []),
            (
                "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE", 1, 0,
                [.badDateTime]
            ),
            (
                "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE", 1,
                0,
                [.badDateTime]
            ),
            (
                "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:east\nEND:STANDARD\n"
                    + "END:VTIMEZONE", 1, 0, [.badDateTime, .badDateTime]
            ),
            (
                "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+0100\n"
                    + "RRULE:FREQ=SOMETIMES\nEND:STANDARD\nEND:VTIMEZONE", 1, 1, [.badRule]
            ),
        ])
    func faults(lines: String, zones: Int, observances: Int, codes: [ICalendarDiagnostic.Code]) throws {
        let result = try read(lines)
        #expect(result.zones.count == zones)
        #expect(result.zones.flatMap(\.observances).count == observances)
        #expect(result.diagnostics.map(\.code) == codes)
    }

    @Test("A rule that never stops within a day stops at the limit")
    func endless() throws {
        let zone = try zone(
            """
            BEGIN:STANDARD
            DTSTART:20000101T000000
            RRULE:FREQ=SECONDLY
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            END:STANDARD
            """)
        try expect(zone, [("2026-07-01T00:00:00Z", 1)])
    }

    @Test("All rules of a VTIMEZONE share one limit")
    func manyRules() throws {
        let observances = (0..<40).map { number in
            """
            BEGIN:STANDARD
            DTSTART:20000101T0000\(number + 10)
            \(String(repeating: "RRULE:FREQ=MINUTELY;INTERVAL=\(number + 1)\n", count: 100))TZOFFSETFROM:+0200
            TZOFFSETTO:+01\(number + 10)
            END:STANDARD
            """
        }
        #expect(try zone(observances.joined(separator: "\n")).transitions.count <= 20_000)
    }

    @Test(
        "Whole VTIMEZONEs tell the times of the tz database",
        .enabled(
            if: Corpus.isPresent && TimeZoneDatabase.system.zone(named: "Europe/Berlin") != nil, "no corpus or zones"))
    func corpus() throws {
        let folder = try #require(Corpus.folder).appending(path: "icalendar/ical4j-zoneinfo")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var compared = 0
        var differing: [String] = []
        for case let file as URL in files where file.pathExtension == "ics" {
            let document = CalendarDocument(Array(try Data(contentsOf: file)))
            for vtimezone in document.calendars.flatMap({ $0.vtimezones().zones }) {
                guard let ours = TimeZoneDefinition(vtimezone),
                    let theirs = vtimezone.location.flatMap(TimeZoneDatabase.system.zone)
                else { continue }
                compared += 1
                // From 1980 to 2024: in the decade before, the two disagree about Iran and Turkey.
                let days = stride(from: 315_532_800, to: 1_735_689_600, by: 43_200 * 9).map {
                    Date(timeIntervalSince1970: $0)
                }
                let wrong = days.filter { ours.offset(at: $0) != theirs.offset(at: $0) }
                if let first = wrong.first { differing.append("\(vtimezone.identifier) \(wrong.count) from \(first)") }
            }
        }
        #expect(compared > 100)
        // Each year the tz database learns of a clock or two that went otherwise than it had thought.
        #expect(differing.count * 50 <= compared, "\(differing)")
    }
}
