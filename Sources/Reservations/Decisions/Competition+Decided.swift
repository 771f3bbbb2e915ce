package import Foundation

extension Competition {
    /// What becomes of every candidate, each room by itself, in order of room.
    ///
    /// Nobody is promoted into the past: what is over and was not granted keeps its last decision and is in nobody's
    /// way.
    package func decided(policy: ConflictPolicy, at instant: Date) -> [DecidedReservation] {
        var decided: [DecidedReservation] = []
        decided.reserveCapacity(candidates.count)
        for room in rooms {
            var competing = room
            let over = room.filter { $0.isOver(at: instant) }
            if !over.isEmpty {
                decided += over.compactMap { candidate in
                    candidate.previous.map { DecidedReservation(candidate.reservation, decision: $0) }
                }
                competing.removeAll { $0.isOver(at: instant) }
            }
            decideEach(of: competing, policy: policy, at: instant) { place, decision in
                decided.append(
                    DecidedReservation(
                        competing[place].reservation, decision: decision, isOpen: competing[place].standing == .open))
            }
        }
        return decided
    }

    /// The candidates of each room, in order of room.
    private var rooms: [[Candidate]] {
        guard let room = candidates.first?.reservation.id.room else { return [] }
        guard candidates.contains(where: { $0.reservation.id.room != room }) else { return [candidates] }
        return Dictionary(grouping: candidates, by: \.reservation.id.room).sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Candidate {
    /// Whether its time ran out before it got the slot.
    fileprivate func isOver(at instant: Date) -> Bool {
        guard standing == .none, let previous, previous.verdict != .granted else { return false }
        return reservation.slot.end <= instant
    }
}
