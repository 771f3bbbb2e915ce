import Foundation
import TestSupport
import Testing

@Suite("bookwatch read --from --to")
struct ReadVectorTests {
    private struct Occurrence: Decodable, Equatable {
        var start: String
        var end: String
    }

    /// What the built program shows of `calendar`, with UTC for times without a zone.
    private func occurrences(
        of calendar: String, from: String, to: String, zone: String = "UTC"
    ) throws -> [Occurrence] {
        let directory = try TemporaryDirectory()
        let file = try directory.write(calendar, to: "calendar.ics")
        let configuration = try directory.write("zone: \(zone)\n", to: "bookwatch.yaml")
        let program = try DaemonProcess([
            "read", "--config", configuration.path, "--from", from, "--to", to, file.path,
        ])
        #expect(program.waitForExit() == 0, "\(program.log)")
        // Findings go to standard error, which shares the pipe.
        return try program.log.filter { $0.hasPrefix("{") }
            .map { try JSONDecoder().decode(Occurrence.self, from: Data($0.utf8)) }
    }

    private static func calendar(_ lines: String...) -> String {
        (["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:one@example.org"] + lines
            + ["END:VEVENT", "END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    @Test(
        "Times with a zone are shown in UTC, those without a zone without one, whole days as dates",
        arguments: [
            (
                ["DTSTART;TZID=Europe/Berlin:20261208T100000", "DURATION:PT1H"],
                Occurrence(start: "2026-12-08T09:00:00Z", end: "2026-12-08T10:00:00Z")
            ),
            (
                ["DTSTART:20261208T100000", "DURATION:PT1H"],
                Occurrence(start: "2026-12-08T10:00:00", end: "2026-12-08T11:00:00")
            ),
            (
                ["DTSTART;VALUE=DATE:20261208", "DURATION:P1D"], Occurrence(start: "2026-12-08", end: "2026-12-09")
            ),
        ])
    private func forms(lines: [String], expected: Occurrence) throws {
        let text = Self.calendar(lines[0], lines[1])
        #expect(try occurrences(of: text, from: "2026-12-01", to: "2027-01-01") == [expected])
    }

    @Test(
        "A bound without a zone is in the zone of times without one",
        arguments: [
            ("2026-12-08", "2026-12-09", true), ("2026-12-08T10:00:00", "2026-12-08T10:00:01", true),
            ("2026-12-08T09:00:00Z", "2026-12-08T09:00:01Z", true),
            ("2026-12-08T10:00:00+01:00", "2026-12-08T10:00:01+01:00", true),
            ("2026-12-08T10:00:00Z", "2026-12-09", false), ("2026-12-08", "2026-12-08T10:00:00", false),
        ])
    func bounds(from: String, to: String, isFound: Bool) throws {
        let text = Self.calendar("DTSTART:20261208T100000", "DURATION:PT1H")
        #expect(try occurrences(of: text, from: from, to: to, zone: "Europe/Berlin").count == (isFound ? 1 : 0))
    }

    private struct Vector: Decodable {
        var id: String
        var ics: String
        var from: String
        var to: String
        var expected: [String]
        var expected_ends: [String]?
    }

    @Test(
        "Every fortieth vector of the corpus is met by the built program",
        .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
    func vectors() throws {
        let folder = try #require(Corpus.folder).appending(path: "recurrence")
        var vectors: [Vector] = []
        for name in ["vectors-dev.jsonl", "vectors-dst-dev.jsonl"] {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for (number, line) in text.split(separator: "\n").enumerated() where number % 40 == 0 {
                vectors.append(try JSONDecoder().decode(Vector.self, from: Data(line.utf8)))
            }
        }
        #expect(vectors.count >= 40)
        for vector in vectors {
            // A window that ends on the last day expected has lost its time of day: see RecurrenceVectorTests.
            let isCut = vector.to.count == 10 && vector.expected.last == vector.to
            let to = isCut ? "\(vector.to)T23:59:59" : vector.to
            let found = try occurrences(of: vector.ics, from: vector.from, to: to).prefix(200)
            #expect(found.map(\.start) == vector.expected, "\(vector.id)")
            if let ends = vector.expected_ends { #expect(found.map(\.end) == ends, "\(vector.id)") }
        }
    }
}
