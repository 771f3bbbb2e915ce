import Foundation
import Reservations
import TestSupport
import Testing

@Suite("When a conference may be open")
struct OpenWindowTests {
    @Test("A room opens ten minutes early and closes at the booked end")
    func plain() throws {
        let windows = OpenWindow.windows(of: [try reserved("a", 10...11)], policy: AdmissionPolicy())
        #expect(windows.map(\.opens) == [hour(10).addingTimeInterval(-600)])
        #expect(windows.map(\.closes) == [hour(11)])
    }

    @Test(
        "Back to back, the first closes when the second starts, and the second opens when the first closes",
        arguments: [
            // overrun, handover, gap, same owner, first closes, second opens; in minutes after 11:00
            (0, 0, 0, false, 0, 0), (30, 0, 0, false, 0, 0), (30, 0, 20, false, 20, 20), (30, 0, 60, false, 30, 50),
            (0, 2, 0, false, -2, -2), (0, 2, 0, true, 0, 0), (0, 2, 1, false, -1, -1), (0, 2, 60, false, 0, 50),
            (30, 5, 20, false, 15, 15), (0, 55, 0, false, -50, -10), (0, 90, 0, false, -50, -10),
            (0, 0, 5, false, 0, 0),
        ])
    func backToBack(overrun: Int, handover: Int, gap: Double, same: Bool, closes: Double, opens: Double) throws {
        let policy = AdmissionPolicy(overrun: .seconds(overrun * 60), handover: .seconds(handover * 60))
        let start = 11 + gap / 60
        let granted = [
            try reserved("a", 10...11), try reserved("b", start...(start + 1), owner: same ? "ann@example.org" : nil),
        ]
        let windows = OpenWindow.windows(of: granted, policy: policy)
        #expect(abs(windows[0].closes.timeIntervalSince(hour(11 + closes / 60))) < 0.001)
        #expect(abs(windows[1].opens.timeIntervalSince(hour(11 + opens / 60))) < 0.001)
    }

    @Test("A slot shorter than ten minutes is not cut by a hand-over")
    func shortSlot() throws {
        let granted = [try reserved("a", 10...10.125), try reserved("b", 10.125...11, owner: "bob@example.org")]
        let windows = OpenWindow.windows(of: granted, policy: AdmissionPolicy(handover: .seconds(300)))
        #expect(windows[0].closes == hour(10.125))
    }

    @Test("Windows never overlap, are never empty, and end after the booked start")
    func windowsNeverOverlap() throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let candidates = try randomCandidates(&random, count: 12)
            let granted = decide(candidates, policy: ConflictPolicy(), at: hour(0)).granted
            let reservations = candidates.map(\.reservation).filter { granted.contains($0.id) }.sorted {
                $0.slot < $1.slot
            }
            let policy = AdmissionPolicy(
                earlyJoin: .seconds(Int.random(in: 0...30, using: &random) * 60),
                overrun: .seconds(Int.random(in: 0...90, using: &random) * 60),
                handover: .seconds(Int.random(in: 0...40, using: &random) * 60))
            let windows = OpenWindow.windows(of: reservations, policy: policy)
            #expect(windows.map(\.reservation) == reservations, "seed \(seed)")
            #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.closes <= $1.opens }, "seed \(seed)")
            #expect(
                windows.allSatisfy { $0.opens <= $0.reservation.slot.start && $0.reservation.slot.start < $0.closes },
                "seed \(seed)")
        }
    }
}
