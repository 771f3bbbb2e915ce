import Foundation
import ICalendar
import TestSupport
import Testing

/// One line of the corpus: a calendar, a window, and the answer that independent engines agree on.
private struct Vector: Decodable {
    var id: String
    var ics: String
    var from: String
    var to: String
    var expected: [String]?
    var expected_ends: [String]?
    var expected_summaries: [String]?

    static func all(in file: String) throws -> [Vector] {
        let folder = try #require(Corpus.folder)
        let text = try String(contentsOf: folder.appending(path: "recurrence/\(file)"), encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Vector.self, from: Data($0.utf8)) }
    }

    var window: Range<Date> {
        get throws {
            // Where starts are dates the corpus has cut the time off the window's end: its day may still be meant.
            let cut = !to.contains("T") && expected?.last == to ? 86_400 : 0 as TimeInterval
            return try Self.instant(from)..<Self.instant(to).addingTimeInterval(cut)
        }
    }

    /// Local times and dates are read as UTC, which is the default zone here.
    private static func instant(_ text: String) throws -> Date {
        let whole = text.contains("T") ? text : "\(text)T00:00:00"
        return try Date(whole.hasSuffix("Z") ? whole : "\(whole)Z", strategy: .iso8601)
    }

    /// What differs from the answer, in a few words; `nil` when all agrees.
    func difference(_ resolver: TimeZoneResolver) throws -> String? {
        let series = EventSeries.grouping(try VectorEvents.events(ics))
        guard series.count == 1 else { return "\(series.count) series" }
        let expansion = try series[0].expansion(in: window, resolver: resolver)
        if expansion.isRejected, expected?.count != 200 { return "rejected" }
        let found = expansion.occurrences.prefix(200)
        let starts = found.map(\.startText)
        if let expected, starts != expected {
            let place = zip(starts, expected).prefix { $0 == $1 }.count
            return "starts differ at \(place): \(starts.dropFirst(place).prefix(3)), not "
                + "\(expected.dropFirst(place).prefix(3)) of \(expected.count)"
        }
        if let expected_ends, found.map(\.endText) != expected_ends { return "ends differ" }
        let summaries = found.map { occurrence in
            switch occurrence.component {
            case .master: series[0].master?.summary ?? ""
            case .override(let index): series[0].overrides[index].summary
            }
        }
        if let expected_summaries, summaries != expected_summaries { return "components differ" }
        return nil
    }
}

/// Zones whose clocks have been decided on otherwise since the vectors were made, with tz 2025b.
private enum ChangedZones {
    /// An instant, and the offset in seconds that the vectors go by.
    private static let known: [(zone: String, instant: Date, offset: Int)] = [
        ("Africa/Casablanca", Date(timeIntervalSince1970: 1_796_083_200), 3_600)
    ]

    /// `TZID` parameters with zones that this machine's database tells otherwise: nothing can be said of them.
    static let parameters: [String] = known.filter { zone, instant, offset in
        TimeZoneDatabase.system.zone(named: zone)?.offset(at: instant) != offset
    }.map { "TZID=\($0.zone)" }
}

@Suite("Recurrence vectors", .enabled(if: Corpus.isPresent, Comment(rawValue: Corpus.absence)))
struct RecurrenceVectorTests {
    private let resolver = TimeZoneResolver(database: .system, defaultZone: .utc)

    @Test(
        "Every vector that engines agree on is met",
        arguments: [
            ("vectors-dev.jsonl", 1_514), ("vectors-dst-dev.jsonl", 143),
        ])
    func agreed(file: String, count: Int) throws {
        let vectors = try Vector.all(in: file)
        #expect(vectors.count == count)
        try check(vectors)
    }

    @Test("Where engines differ, the table of the standard is followed to the letter")
    func disputed() throws {
        let vectors = try Vector.all(in: "disputed-dev.jsonl")
        #expect(vectors.count == 387)
        try check(vectors)
    }

    private func check(_ vectors: [Vector]) throws {
        let comparable = vectors.filter { vector in !ChangedZones.parameters.contains { vector.ics.contains($0) } }
        #expect(comparable.count * 10 > vectors.count * 9)
        for vector in comparable {
            let difference = try vector.difference(resolver)
            #expect(difference == nil, "\(vector.id): \(vector.ics)")
        }
    }
}
