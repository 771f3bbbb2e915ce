import Diagnostics
import Foundation
import Reports
import ReservationStore
import Reservations
import Testing

@testable import Synchronizer

/// What an export's report says of a booking that was changed while its conference is open (EXP040).
@Suite("Reports on changes that wait")
struct WaitingChangeTests {
    @Test(
        "A change waits, a cancellation too, and is told until the conference has ended",
        arguments: [Participation.confirmed, .cancelled])
    func waits(participation: Participation) async throws {
        let store = try ReservationStore.inMemory()
        try await apply(try hourOfBlue(at: noon), to: store)
        let answer = try await store.admit(
            "blue", at: noon, mailOwner: nil, policy: AdmissionPolicy(), now: noon)
        guard case .opened(let conference) = answer else {
            Issue.record("not opened: \(answer)")
            return
        }
        #expect(try await findings(store) == [])

        var changed = try hourOfBlue(at: noon.addingTimeInterval(7_200))
        changed.participation = participation
        changed.revision.sequence = 1
        try await apply(changed, to: store)
        #expect(
            try await findings(store) == [
                "7 EXP040 room Blue is open as it was booked for 2026-11-22 12:00–13:00 +00:00; the change waits"
            ])

        _ = try await store.closeConference(conference.id, at: noon.addingTimeInterval(60))
        _ = try await store.apply([], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon)
        #expect(try await findings(store) == [])
    }

    private func apply(_ booking: Booking, to store: ReservationStore) async throws {
        _ = try await store.apply(
            [export(of: booking)], policy: ConflictPolicy(), admission: AdmissionPolicy(), at: noon)
    }

    private func findings(_ store: ReservationStore) async throws -> [String] {
        let reports = StoredReports(store, ReportSettings(directory: "", zone: .gmt, disclosure: .time))
        let export = try #require(try await reports.exports().first)
        return try await reports.report(on: export).findings.compactMap { finding in
            finding.code.map { "\(finding.line ?? 0) \($0.rawValue) \(finding.message)" }
        }
    }
}
