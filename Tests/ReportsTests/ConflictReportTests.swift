import Foundation
import Reservations
import TestSupport
import Testing

@testable import Reports

@Suite("The report on conflicts")
struct ConflictReportTests {
    @Test("Without conflicts the report says so")
    func none() {
        let report = ConflictReport([], context: ReportContext(zone: .gmt) { _ in nil })
        #expect(
            String(decoding: report.json(), as: UTF8.self) == """
                {
                  "conflicts_total": 0,
                  "conflicts": []
                }

                """)
    }

    @Test(
        "Of the winner no more is told than may be",
        arguments: [
            (Disclosure.time, []), (.owner, ["eve@example.org"]), (.all, ["Audit", "ops-7", "hr"]),
        ])
    func disclosure(disclosure: Disclosure, told: [String]) throws {
        let report = try Sample.conflicts(Sample.context(disclosure))
        let text = String(decoding: report.csv(), as: UTF8.self).replacing("Stand-up", with: "")
        for secret in ["eve@example.org", "Audit", "ops-7"] {
            #expect(text.contains(secret) == told.contains(secret), "\(secret)")
        }
        #expect(report.conflicts.allSatisfy { $0.blocking.first?.source == (disclosure == .all ? "hr" : nil) })
    }

    @Test(
        "A sender is told all about bookings of the same source",
        arguments: [("Audit", "\"Audit\""), ("", "a booking without a title")])
    func ownSource(title: String, shown: String) throws {
        let loser = try Sample.reservation("b", source: "hr", hours: 9..<10, owner: "bob@example.org", summary: "B")
        let decision = try Sample.decision(loser, verdict: .declined, lost: .created)
        let context = try Sample.context(.time, winnerTitle: title)
        let finding = Finding(ReportedReservation(loser, decision), context: context)
        #expect(finding.blocking.map(\.uid) == ["ops-7"])
        #expect(
            finding.message
                == "room Blue is taken 2026-12-07 10:00–11:00 +01:00 by \(shown) (ops-7 of hr) (booked earlier)")
    }

    @Test("A list that is too long is cut and tells how many there are")
    func capped() throws {
        let report = try Sample.conflicts(Sample.context(findingLimit: 1))
        #expect(report.conflicts.count == 1)
        #expect(report.conflictsTotal == 2)
    }
}
