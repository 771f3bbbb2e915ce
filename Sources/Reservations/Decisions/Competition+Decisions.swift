package import Foundation

extension Competition {
    /// What becomes of every candidate, each room by itself, in order of room.
    ///
    /// Nobody is promoted into the past: what is over and was not granted keeps its last decision and is in nobody's
    /// way.
    package func decisions(policy: ConflictPolicy, at instant: Date) -> [Decision] {
        let rooms = Dictionary(grouping: candidates, by: \.reservation.id.room)
        return rooms.sorted { $0.key < $1.key }.flatMap { _, candidates in
            let over = candidates.compactMap { $0.decisionIfOver(at: instant) }
            let competing = over.isEmpty ? candidates : candidates.filter { $0.decisionIfOver(at: instant) == nil }
            return over + decide(competing, policy: policy, at: instant)
        }
    }
}

extension Candidate {
    /// The last decision, where its time ran out before it got the slot.
    fileprivate func decisionIfOver(at instant: Date) -> Decision? {
        guard let previous, previous.verdict != .granted, standing == .none, reservation.slot.end <= instant else {
            return nil
        }
        return previous
    }
}
