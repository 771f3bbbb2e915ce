import Foundation
import ICalendar
import TestSupport
import Testing

@Suite("The series of a calendar") struct DecodedSeriesTests {
    @Test("They are those that its events make, with all that is wrong with them", arguments: Sample.all)
    func samples(_ sample: Sample) { check(CalendarDocument(sample.bytes)) }

    @Test("So they are in the corpus", .enabled(if: Corpus.isPresent, "\(Corpus.absence)"))
    func corpus() throws {
        let folder = try #require(Corpus.folder).appending(path: "icalendar")
        let names = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        for name in names where name.hasSuffix(".ics") {
            try check(CalendarDocument(Array(Data(contentsOf: folder.appending(path: name)))))
        }
    }

    private func check(_ document: CalendarDocument) {
        for calendar in document.calendars {
            let decoded = Array(calendar.series(decoding: .everything))
            let grouped = EventSeries.grouping(calendar.events.filter { !$0.isRejected }.map(\.event))
            let found = decoded.map(\.series).filter { $0.master != nil || !$0.overrides.isEmpty }
            // A series whose first event is rejected comes where that stands.
            #expect(found.sorted { $0.firstLine < $1.firstLine }.map(\.events) == grouped.map(\.events))
            let diagnostics = Set(decoded.flatMap(\.diagnostics))
            #expect(diagnostics == Set(calendar.events.flatMap(\.diagnostics)))
        }
    }

    private static let writtenUIDs: [(String, Bool)] = [
        ("UID:a,b@example.com", true), ("UID:a\\,b@example.com", true), ("uid:a,b@exam\n ple.com", true),
        ("item1.UID:a,b@example.com", true), ("UID;X-A=1:a,b@example.com", true), ("UID:A,b@example.com", false),
        ("UID:a,b@example.com ", false), ("UID:a,c@example.com", false), ("UID:", false),
        ("X-UID:a,b@example.com", false),
    ]

    @Test("UIDs are compared as they are decoded", arguments: writtenUIDs)
    func uids(_ uid: String, isSame: Bool) throws {
        let text = calendar(
            "BEGIN:VEVENT\nUID:a,b@example.com\nDTSTART:20261108T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n"
                + "BEGIN:VEVENT\n\(uid)\nRECURRENCE-ID:20261109T100000Z\nDTSTART:20261109T120000Z\nEND:VEVENT")
        let series = Array(try #require(CalendarDocument(text).calendars.first).series(decoding: .times))
        #expect(series.count == (isSame ? 1 : 2))
        #expect(series.map(\.series.overrides.count) == (isSame ? [1] : [0, 1]))
        let repeated = try #require(CalendarDocument(text).calendars.first).eventsOfRepeatedUIDs
        #expect(repeated.count == (isSame ? 2 : 0))
    }

    @Test("A UID outside ASCII is the same in UTF-8, in Windows-1252 and escaped")
    func encodings() throws {
        let lines = [
            [UInt8]("UID:caf\u{E9},1".utf8), Array("UID:caf".utf8) + [0xE9] + Array(",1".utf8),
            Array("UID:caf\u{E9}\\,1".utf8),
        ]
        var bytes = Array("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".utf8)
        for line in lines {
            bytes += Array("BEGIN:VEVENT\r\n".utf8) + line + Array("\r\nDTSTART:20261108\r\nEND:VEVENT\r\n".utf8)
        }
        bytes += Array("END:VCALENDAR\r\n".utf8)
        let series = Array(try #require(CalendarDocument(bytes).calendars.first).series(decoding: .times))
        #expect(series.map(\.series.uid) == ["caf\u{E9},1"])
    }

    @Test("Of several UIDs of an event the first counts, however it is written")
    func severalUIDs() throws {
        let events = [["a\\,b", "c"], ["c", "a\\,b"], ["a\\,b"], ["c"], ["", "a\\,b"]]
        let text = calendar(
            events.map { uids in
                "BEGIN:VEVENT\n\(uids.map { "UID:\($0)\n" }.joined())DTSTART:20261108T100000Z\nEND:VEVENT"
            }.joined(separator: "\n"))
        let series = Array(try #require(CalendarDocument(text).calendars.first).series(decoding: .times))
        #expect(series.map(\.series.uid) == ["a,b", "c", ""])
    }

    @Test("A rejected event is told, and is in no series")
    func rejected() throws {
        let text = calendar(
            "BEGIN:VEVENT\nUID:a\nDTSTART:tomorrow\nEND:VEVENT\n"
                + "BEGIN:VEVENT\nUID:b\nDTSTART:20261108T100000Z\nEND:VEVENT\n"
                + "BEGIN:VEVENT\nUID:a\nDTSTART:20261108T110000Z\nEND:VEVENT")
        let series = Array(try #require(CalendarDocument(text).calendars.first).series(decoding: .times))
        #expect(series.map(\.series.uid) == ["a", "b"])
        #expect(series.map { $0.component(of: .master).line } == [12, 8])
        #expect(series.map { $0.diagnostics.map(\.effect) } == [[.componentRejected], []])
    }

    @Test("The component of an occurrence has what was not decoded")
    func components() throws {
        let override = "UID:a\nRECURRENCE-ID:20261109T100000Z\nDTSTART:20261109T120000Z\nSUMMARY:Late"
        let master = "UID:a\nDTSTART:20261108T100000Z\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:Board"
        let text = calendar("BEGIN:VEVENT\n\(override)\nEND:VEVENT\nBEGIN:VEVENT\n\(master)\nEND:VEVENT")
        let document = CalendarDocument(text)
        let series = try #require(Array(document.calendars[0].series(decoding: .times)).first)
        let start = try Date("2026-11-01T00:00:00Z", strategy: .iso8601)
        let window = start..<start.addingTimeInterval(30 * 86_400)
        let resolver = TimeZoneResolver(database: TimeZoneDatabase(directory: "/nowhere"), defaultZone: .utc)
        let found = series.series.occurrences(in: window, resolver: resolver).map {
            "\($0.startText) \(series.component(of: $0.component).first(.summary)?.text ?? "-")"
        }
        #expect(found == ["2026-11-08T10:00:00Z Board", "2026-11-09T12:00:00Z Late"])
        #expect(series.series.master?.summary == "")
    }
}

extension EventSeries {
    fileprivate var events: [Event] { [master].compactMap(\.self) + overrides }

    fileprivate var firstLine: Int { events.map(\.line).min() ?? 0 }
}
