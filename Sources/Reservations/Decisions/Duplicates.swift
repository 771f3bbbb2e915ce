/// The same meeting under several UIDs: same room, start, end and owner (design: conflicts, rule 4).
struct Duplicates {
    /// By candidate: the best-ranked one of the same meeting; the candidate itself if it is that.
    private(set) var heads: [Int]

    /// Finds them on `timeline`, and lets the first of each meeting stand in `order` where any other of them stands.
    ///
    /// Two occurrences of one series are never the same meeting.
    init(
        of candidates: [Candidate], on timeline: Timeline, addresses: AddressBook, order: inout RankOrder
    ) {
        heads = Array(candidates.indices)
        for span in timeline.sharedSlots() {
            let owners = timeline.candidates[span].map { (candidates[$0].reservation.ownerIdentity(by: addresses), $0) }
            let first = Dictionary(owners) { order.precedes($0, $1) ? $0 : $1 }
            for (owner, candidate) in owners {
                guard let head = first[owner], head != candidate,
                    !candidates[head].reservation.id.isSameSeries(as: candidates[candidate].reservation.id)
                else { continue }
                heads[candidate] = head
                order.passStanding(of: candidate, to: head)
            }
        }
    }
}

extension ReservationID {
    func isSameSeries(as other: ReservationID) -> Bool { scope == other.scope && uid == other.uid }
}
