import Diagnostics
import Foundation
import Reservations
import Testing

@testable import ReservationStore

/// What is said about a new content of an export because of what was there before (BKG021, BKG031).
@Suite("Findings about updates")
struct UpdateFindingTests {
    private let store: ReservationStore

    init() throws { store = try ReservationStore.inMemory() }

    @Test("A move without a new SEQUENCE is told as long as that content stands, whatever day it is read for")
    func standing() async throws {
        try await read([try revision(hours: [0])], digest: "1")
        try await read([try revision(hours: [2])], digest: "2")
        #expect(try await codes() == [.unannouncedTimeChange])
        try await read([try revision(hours: [2])], digest: "2")
        #expect(try await codes() == [.unannouncedTimeChange])
        try await read([try revision(hours: [2], text: "other")], digest: "3")
        #expect(try await codes().isEmpty)
    }

    @Test(
        "What says that it is newer, keeps one of its times or cannot count is no such move",
        arguments: [([2.0], 1, "a.ics"), ([0, 24, 48], 0, "a.ics"), ([2], 0, "a.xml")])
    func innocent(hours: [Double], sequence: Int, path: String) async throws {
        try await read([try revision(hours: [0, 24])], digest: "1", path: path)
        try await read([try revision(hours: hours, sequence: sequence, text: "other")], digest: "2", path: path)
        #expect(try await codes().isEmpty)
    }

    @Test("Of a thousand moves each is told, of more how many")
    func many() async throws {
        func all(at hour: Double) throws -> [Booking] {
            try (0..<1_003).map { number in
                var new = try booking("u\(number)", room: "room\(number % 5)", hour: hour)
                new.revision.digest = "\(hour)"
                return new
            }
        }
        try await read(try all(at: 0), digest: "1")
        try await read(try all(at: 2), digest: "2")
        let found = try await findings()
        #expect(found.count == 1_001)
        #expect(found.last?.message == "3 more bookings moved with the SEQUENCE they had")
        #expect(found.last?.uid == nil)
    }

    @Test("Of an entry that cannot be read any more it is told once what stays in force, at the new entry's line")
    func kept() async throws {
        var (master, override) = (try revision(hours: [0], sequence: 3), try revision(hours: [2], sequence: 3))
        (master.revision.modified, override.revision.modified) = (ten, ten)
        override.key.recurrenceID = RecurrenceID("20261208T120000Z")
        try await read([master, override], digest: "1")
        let bad = Diagnostic(.badRule, line: 40, uid: "a", "FREQ is odd")
        let other = Diagnostic(.badRule, line: 50, uid: "new", "FREQ is odd")
        try await read([], digest: "2", findings: [bad, bad, other], absent: .staysWithUID(["a", "new"]))
        let findings = try await findings()
        #expect(findings.map(\.code) == [.badRule, .badRule, .badRule, .badUpdate])
        let told = try #require(findings.last)
        #expect((told.line, told.uid) == (40, "a"))
        #expect(told.message == "the new revision cannot be used; SEQUENCE 3 of 2026-12-08 stays in force")
        let row = try #require(try await store.exports().first?.row)
        #expect(try await store.outcomes(of: row).map(\.booking.line) == [40, 40])
    }

    private func revision(hours: [Double], sequence: Int = 0, text: String = "") throws -> Booking {
        var revised = try booking("a")
        revised.revision.sequence = sequence
        revised.revision.digest = "\(hours) \(text)"
        revised.occurrences = try hours.flatMap { try booking("a", hour: $0).occurrences }
        for index in hours.indices where hours.count > 1 {
            revised.occurrences[index].recurrenceID = RecurrenceID("2026120\(index + 1)T100000Z")
        }
        return revised
    }

    private func read(
        _ bookings: [Booking], digest: String, path: String = "a.ics", findings: [Diagnostic] = [],
        absent: ExportChange.Absence = .withdrawn
    ) async throws {
        var change = change(path, absent: absent)
        change.kind = .content(bookings, absent: absent)
        change.digest = digest
        change.diagnostics = findings
        _ = try await store.apply(change)
    }

    private func findings() async throws -> [Diagnostic] { try await store.exports().flatMap(\.diagnostics) }
    private func codes() async throws -> [DiagnosticCode] { try await findings().map(\.code) }
}
