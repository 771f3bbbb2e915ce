package import Foundation

extension Competition {
    /// What becomes of every candidate, each room by itself, in order of room.
    ///
    /// Nobody is promoted into the past: what is over and was not granted keeps its last decision and is in nobody's
    /// way.
    package func decided(policy: ConflictPolicy, at instant: Date) -> [DecidedReservation] {
        var decided: [DecidedReservation] = []
        decided.reserveCapacity(candidates.count)
        for candidates in rooms {
            var competing = candidates
            competing.removeAll { candidate in
                guard let decision = candidate.decisionIfOver(at: instant) else { return false }
                decided.append(DecidedReservation(candidate.reservation, decision: decision))
                return true
            }
            decided += decidedRoom(competing, policy: policy, at: instant).map { place, decision in
                DecidedReservation(
                    competing[place].reservation, decision: decision, isOpen: competing[place].standing == .open)
            }
        }
        return decided
    }

    /// The candidates of each room, which lie side by side.
    private var rooms: [[Candidate]] {
        guard let first = candidates.first?.reservation.id.room, let last = candidates.last?.reservation.id.room else {
            return []
        }
        guard first != last else { return [candidates] }
        return Dictionary(grouping: candidates, by: \.reservation.id.room).sorted { $0.key < $1.key }.map(\.value)
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
