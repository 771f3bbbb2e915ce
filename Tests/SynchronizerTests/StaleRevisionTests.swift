import CalendarImport
import Foundation
import ICalendar
import Reports
import Reservations
import Testing

@testable import ReservationStore
@testable import Synchronizer

/// What an export's report says about entries that have a greater revision elsewhere (BKG020).
@Suite("Reports on stale revisions")
struct StaleRevisionTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    @Test("Which export has the greater revision is told to its own source, and to others where all is disclosed")
    func place() async throws {
        try await read("web", "web.ics", sequence: 1)
        try await read("hr", "canary.ics", sequence: 2)
        #expect(try await report("web", .time).contains("SEQUENCE 1, and another export has SEQUENCE 2"))
        #expect(try await report("web", .owner).contains("canary") == false)
        #expect(try await report("web", .all).contains("SEQUENCE 1, and canary.ics has SEQUENCE 2"))
        #expect(try await report("hr", .all).contains("BKG020") == false)
        try await read("web", "b.ics", sequence: 3)
        #expect(try await report("web", .time).contains("SEQUENCE 1, and b.ics has SEQUENCE 3"))
    }

    @Test("A stale entry is ignored, and no warning; when the greater one goes it counts again")
    func verdict() async throws {
        try await read("web", "web.ics", sequence: 1)
        try await read("hr", "hr.ics", sequence: 2)
        let report = try await report("web", .time)
        #expect(report.contains("\"verdict\": \"ignored\"") && report.contains("\"verdict\": \"accepted\""))
        let removed = ExportChange(ExportName(source: "hr", path: "hr.ics"), .removed)
        _ = try await store.apply([removed], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon)
        #expect(try await self.report("web", .time).contains("BKG020") == false)
    }

    @Test("All exports that have the UID are told of a newer revision, also those whose entry did not count before")
    func news() async throws {
        for (sequence, source) in ["a", "b", "c"].enumerated() {
            try await read(source, "\(source).ics", sequence: sequence)
            let news = try #require(try await store.news(forReportsBy: "test"))
            #expect(news.exports.map(\.source) == Array(["a", "b", "c"].prefix(sequence + 1)))
            try await store.noteReported(news, by: "test", summaries: [:])
        }
    }

    private func read(_ source: String, _ path: String, sequence: Int) async throws {
        let rules = SourceRules(source: source, rooms: RoomResolver(), zone: .utc)
        let reader = ExportReader(rules: rules, window: ImportWindow(around: noon, ahead: .seconds(400 * 86_400)))
        let text = export(("a", 10)).replacing("SUMMARY:", with: "SEQUENCE:\(sequence)\nSUMMARY:")
        let bookings = reader.read(Array(text.utf8), path: path).bookings
        let change = ExportChange(ExportName(source: source, path: path), .content(bookings, absent: .withdrawn))
        _ = try await store.apply([change], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon)
    }

    /// On the first export of `source`.
    private func report(_ source: String, _ disclosure: Disclosure) async throws -> String {
        let settings = ReportSettings(directory: "", zone: .gmt, disclosure: disclosure)
        let reports = StoredReports(store, settings)
        let export = try #require(try await reports.exports().last { $0.name.source == source })
        return String(decoding: try await reports.report(on: export).json(), as: UTF8.self)
    }
}
