import CalendarImport
import Diagnostics
import Foundation
import Reservations
import TestSupport
import Testing

@Suite("An export that is read in pieces")
struct StreamedReadingTests {
    static var samples: [String] { SampleTests.samples.filter { $0.hasSuffix(".xml") } }

    @Test("Every sample says the same in pieces as it does in one piece", arguments: samples)
    func sample(path: String) throws {
        try expectSame([UInt8](Data(contentsOf: SampleTests.folder.appending(path: path))))
    }

    @Test("Every XML file of the corpus does too", .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
    func corpus() throws {
        let folder = try #require(Corpus.folder)
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let exports = files.filter { $0.hasSuffix(".xml") || $0.hasSuffix(".xcs") }
        #expect(exports.count > 20)
        for file in exports { try expectSame([UInt8](Data(contentsOf: folder.appending(path: file)))) }
    }

    @Test(
        "Overrides find their series wherever in the file they stand",
        arguments: [["one", "two", "one!", "two!"], ["one!", "two!", "two", "one"], ["one", "one!", "one!", "", ""]])
    func scattered(uids: [String]) throws {
        let export = try expectSame(Self.xCal(uids))
        let overrides = uids.count { $0.hasSuffix("!") }
        #expect(export.bookings.count == uids.count)
        #expect(export.bookings.count { $0.key.recurrenceID != nil } == overrides)
        let series = export.bookings.first { $0.key.recurrenceID == nil && $0.key.uid == "one" }
        #expect(series?.occurrences.count == 9 - uids.count { $0 == "one!" })
    }

    @Test("What is not XML, and what is cut off, is told as in one piece")
    func others() throws {
        try expectSame(calendar("DTSTART:20261208T090000Z", "DURATION:PT1H", "LOCATION:blue"))
        try expectSame([])
        try expectSame(Self.xCal(["one", "two"]).dropLast(40))
        try expectSame(Array("<nobody xmlns='urn:knows'/>".utf8))
    }

    @Test("Bookings come before the end, and so do not gather in memory")
    func early() throws {
        let bytes = Self.xCal((1...200).map { "entry-\($0)" })
        let reader = try reader()
        var survey = reader.survey(size: bytes.count)
        for piece in pieces(bytes) { survey.feed(piece.span) }
        var stream = reader.stream(path: "x.xml", after: survey.finish())
        var taken: [Int] = []
        for piece in pieces(bytes) {
            stream.feed(piece.span)
            taken.append(stream.takeBookings().count)
        }
        #expect(taken.allSatisfy { $0 < 40 })
        #expect(taken.reduce(0, +) + stream.finish().bookings.count == 200)
    }

    @Test("Bookings of iCalendar come before the end too, and each once")
    func earlyCalendar() throws {
        let event = { (number: Int) in
            "BEGIN:VEVENT\r\nUID:u\(number % 1_900)\r\nDTSTART:20261208T090000Z\r\nDURATION:PT1H\r\n"
                + (number < 1_900 ? "" : "RECURRENCE-ID:20261208T090000Z\r\n") + "LOCATION:blue\r\nEND:VEVENT\r\n"
        }
        let events = (0..<2_000).map(event).joined()
        let bytes = Array("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(events)END:VCALENDAR\r\n".utf8)
        var taken: [[Booking]] = []
        let export = try reader().read(bytes, path: "x.ics") { taken.append($0) }
        #expect(taken.count >= 3 && taken.allSatisfy { $0.count < 700 })
        #expect(export.bookings.isEmpty && export.diagnostics.map(\.code) == [.overBeforeImport])
        let all = taken.joined()
        #expect(all.count == 2_000 && Set(all.map(\.line)).count == 2_000)
        // The first 100 are series whose only occurrence is overridden further down.
        #expect(all.filter { $0.occurrences.isEmpty }.map(\.key.uid).sorted() == (0..<100).map { "u\($0)" }.sorted())
        #expect(try reader().read(bytes, path: "x.ics").bookings == all.sorted { $0.line < $1.line })
    }

    @discardableResult
    private func expectSame(_ bytes: some Collection<UInt8>) throws -> ImportedExport {
        let bytes = Array(bytes)
        let reader = try reader()
        var whole = reader.read(bytes, path: "x.xml")
        var streamed = streamed(bytes, by: reader)
        whole.bookings.sort(by: inOrder)
        streamed.bookings.sort(by: inOrder)
        // Those of one line come in the order in which they are found.
        whole.diagnostics.sort { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) }
        streamed.diagnostics.sort { ($0.line ?? 0, $0.message) < ($1.line ?? 0, $1.message) }
        guard whole.ending == .complete else {
            // Its entries count for nothing, and are not looked for.
            #expect(streamed.ending == whole.ending && streamed.bookings.isEmpty)
            #expect(Set(streamed.diagnostics).isSubset(of: whole.diagnostics) && !streamed.diagnostics.isEmpty)
            return streamed
        }
        #expect(streamed == whole)
        return streamed
    }

    private func streamed(_ bytes: [UInt8], by reader: ExportReader) -> ImportedExport {
        var survey = reader.survey(size: bytes.count)
        for piece in pieces(bytes) { survey.feed(piece.span) }
        let outline = survey.finish()
        var stream = reader.stream(path: "x.xml", after: outline)
        var bookings: [Booking] = []
        if outline.needsSecondReading {
            for piece in pieces(bytes) {
                stream.feed(piece.span)
                bookings += stream.takeBookings()
            }
        }
        var export = stream.finish()
        export.bookings = bookings + export.bookings
        return export
    }

    /// The first of them long enough to tell the format.
    private func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: 4_096).map { Array(bytes[$0..<min($0 + 4_096, bytes.count)]) }
    }

    private func inOrder(_ first: Booking, _ second: Booking) -> Bool {
        let left = (first.line, first.key.uid, first.key.recurrenceID?.text ?? "")
        return left < (second.line, second.key.uid, second.key.recurrenceID?.text ?? "")
    }

    /// An entry for each; those with a `!` are overrides of the series without it.
    private static func xCal(_ uids: [String]) -> [UInt8] {
        let entries = uids.enumerated().map { number, uid in
            let isOverride = uid.hasSuffix("!")
            let day = "2026-12-0\(number + 1)T09:00:00Z"
            let id = isOverride ? "<recurrence-id><date-time>\(day)</date-time></recurrence-id>" : ""
            let daily = "<rrule><recur><freq>DAILY</freq><count>9</count></recur></rrule>"
            let rule = isOverride || uid.isEmpty ? "" : daily
            return """
                <vevent><properties><uid><text>\(uid.filter { $0 != "!" })</text></uid>\(id)\(rule)
                <dtstart><date-time>2026-12-\(isOverride ? "20" : "01")T09:00:00Z</date-time></dtstart>
                <duration><duration>PT1H</duration></duration><location><text>room \(number)</text></location>
                </properties></vevent>
                """
        }
        return Array(
            """
            <icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar><properties>
            <version><text>2.0</text></version><prodid><text>-//test//EN</text></prodid></properties>
            <components>\(entries.joined(separator: "\n"))</components></vcalendar></icalendar>
            """.utf8)
    }
}
