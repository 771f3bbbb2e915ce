package import Foundation

extension Competition {
    /// What becomes of every candidate, each room by itself, in order of room.
    ///
    /// Nobody is promoted into the past: what is over and was not granted keeps its last decision and is in nobody's
    /// way.
    package func decided(policy: ConflictPolicy, at instant: Date) -> [DecidedReservation] {
        var decided: [DecidedReservation] = []
        decided.reserveCapacity(candidates.count)
        decide(policy: policy, at: instant) { decided.append($1) }
        return decided
    }

    /// The same, one by one; each with its place among the current reservations, which has none where it is kept.
    package func decide(
        policy: ConflictPolicy, at instant: Date, receive: (_ place: Int?, DecidedReservation) -> Void
    ) {
        for room in rooms {
            var competing = room
            let over = room.filter { $0.isOver(at: instant) }
            if !over.isEmpty {
                for candidate in over {
                    guard let previous = candidate.previous else { continue }
                    receive(candidate.place, DecidedReservation(candidate.reservation, decision: previous))
                }
                competing.removeAll { $0.isOver(at: instant) }
            }
            decideEach(of: competing, policy: policy, at: instant) { index, decision in
                let candidate = competing[index]
                let isOpen = candidate.standing == .open
                receive(
                    candidate.place, DecidedReservation(candidate.reservation, decision: decision, isOpen: isOpen))
            }
        }
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
