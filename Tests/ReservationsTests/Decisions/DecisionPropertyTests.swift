import Foundation
import Reservations
import TestSupport
import Testing

/// What must hold for random inputs (design: conflicts). Every failure names its seed.
@Suite("What holds for every room")
struct DecisionPropertyTests {
    private static let policies = [
        ConflictPolicy(), ConflictPolicy(buffer: .seconds(900)), ConflictPolicy(buffer: .seconds(5_400), freeze: .zero),
    ]

    private func eachRoom(_ check: ([Candidate], ConflictPolicy, Date, inout SeededGenerator) throws -> Bool) throws {
        for seed in 0..<1_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 0...24, using: &random)
            let candidates = try randomCandidates(&random, count: count)
            let policy = Self.policies[Int(seed) % Self.policies.count]
            let now = hour(Double(Int.random(in: -4...24, using: &random)))
            #expect(try check(candidates, policy, now, &random), "seed \(seed)")
        }
    }

    @Test("The order of candidates makes no difference")
    func permutation() throws {
        try eachRoom { candidates, policy, now, random in
            decide(candidates, policy: policy, at: now)
                == decide(candidates.shuffled(using: &random), policy: policy, at: now)
        }
    }

    @Test("No two granted reservations of a room overlap, and the buffer between owners is kept")
    func noOverlap() throws {
        try eachRoom { candidates, policy, now, _ in
            let granted = decide(candidates, policy: policy, at: now).granted
            let slots = candidates.filter { granted.contains($0.reservation.id) }.map(\.reservation)
            return slots.allSatisfy { a in
                slots.allSatisfy { b in
                    let pause = a.plainOwner == b.plainOwner ? 0 : Double(policy.buffer.components.seconds)
                    return a.id == b.id || a.slot.start >= b.slot.end.addingTimeInterval(pause)
                        || b.slot.start >= a.slot.end.addingTimeInterval(pause)
                }
            }
        }
    }

    @Test("Everybody who takes part has one decision; every declined one names a granted one with a reason")
    func everyLoserNamesAWinner() throws {
        try eachRoom { candidates, policy, now, _ in
            let decisions = decide(candidates, policy: policy, at: now)
            let granted = decisions.granted
            let ids = candidates.map(\.reservation).filter(\.participation.takesPart).map(\.id)
            return decisions.map(\.id).sorted() == ids.sorted()
                && decisions.filter { $0.verdict == .declined }.allSatisfy { decision in
                    decision.reason != nil && decision.code != nil && !decision.blocking.isEmpty
                        && decision.blocking.allSatisfy(granted.contains)
                }
                && decisions.filter { $0.verdict == .granted }.allSatisfy { $0.blocking.isEmpty }
        }
    }

    @Test("Removing a declined one changes nothing for the others, duplicates of it aside")
    func removingALoser() throws {
        try eachRoom { candidates, policy, now, random in
            let decisions = decide(candidates, policy: policy, at: now)
            let heads = Set(decisions.filter { $0.verdict == .duplicate }.flatMap(\.blocking))
            let declined = decisions.filter { $0.verdict == .declined && !heads.contains($0.id) }
            guard let loser = declined.randomElement(using: &random) else { return true }
            let without = decide(candidates.filter { $0.reservation.id != loser.id }, policy: policy, at: now)
            return without == decisions.filter { $0.id != loser.id }
        }
    }

    @Test("Deciding again changes nothing, not even a reason, until a granted reservation is over")
    func idempotence() throws {
        try eachRoom { candidates, policy, now, random in
            let first = decide(candidates, policy: policy, at: now)
            let decisions = Dictionary(uniqueKeysWithValues: first.map { ($0.id, $0) })
            let again = candidates.map { candidate in
                let previous = decisions[candidate.reservation.id]
                return Candidate(
                    candidate.reservation, standing: previous?.verdict == .granted ? .granted : .none,
                    previous: previous)
            }
            let ends = again.filter { $0.standing == .granted }.map(\.reservation.slot.end).filter { $0 > now }
            let later = Bool.random(using: &random) ? now : (ends.min() ?? now).addingTimeInterval(-1)
            return decide(again, policy: policy, at: max(now, later)) == first
        }
    }

    @Test("The slots are those that a plain walk in rank order gives")
    func plainWalk() throws {
        try eachRoom { candidates, policy, now, _ in
            decide(candidates, policy: policy, at: now).granted
                == grantedByPlainWalk(candidates, policy: policy, at: now)
        }
    }

    @Test("The next free span keeps the buffer on both sides, and no earlier one of the same length does")
    func nextFree() throws {
        try eachRoom { candidates, policy, now, _ in
            let decisions = decide(candidates, policy: policy, at: now)
            let slots = Dictionary(uniqueKeysWithValues: candidates.map { ($0.reservation.id, $0.reservation.slot) })
            let taken = decisions.granted.compactMap { slots[$0] }
            let margin = Double(policy.buffer.components.seconds)
            return decisions.filter { $0.verdict == .declined }.allSatisfy { decision in
                guard let slot = slots[decision.id], let free = decision.nextFree else { return false }
                let starts = ([slot.start] + taken.map { $0.end + margin }).filter { $0 >= slot.start }.sorted()
                let first = starts.first { start in
                    taken.allSatisfy { $0.end + margin <= start || start + slot.length + margin <= $0.start }
                }
                return free.start == first && free.length == slot.length
            }
        }
    }

    @Test("In a room of 5,000 reservations nothing overlaps, and every blocker is really in the way")
    func manyPositions() throws {
        var random = SeededGenerator(seed: 7)
        let candidates = try (0..<5_000).map { number in
            let start = Double(Int.random(in: 0..<20_000, using: &random))
            return Candidate(
                try reserved("u\(number)", start...(start + Double(Int.random(in: 1...6, using: &random)))))
        }
        let decisions = decide(candidates, policy: ConflictPolicy(), at: hour(0))
        let slots = Dictionary(uniqueKeysWithValues: candidates.map { ($0.reservation.id, $0.reservation.slot) })
        let granted = decisions.granted.compactMap { slots[$0] }.sorted()
        #expect(zip(granted, granted.dropFirst()).allSatisfy { $0.end <= $1.start })
        for decision in decisions where decision.verdict == .declined {
            let slot = try #require(slots[decision.id])
            #expect(decision.blocking.allSatisfy { slots[$0]?.overlaps(slot) == true })
        }
    }
}
