/// Who competes in a pass, and with which standing (design: conflicts, rules 4, 8 and 9).
package struct Competition: Hashable, Sendable {
    /// In order of their claims; of all rooms that were asked about.
    package private(set) var candidates: [Candidate]
    /// Reservations whose conference is open while the exports say otherwise: the change waits for its end (EXP040).
    package private(set) var waiting: [ReservationID] = []
    /// Current reservations that do not compete in this pass, since they are such a change.
    package private(set) var deferred: [ReservationID] = []
    /// Grants and conferences that pass from a reservation that is gone to the same meeting under another UID.
    package private(set) var successions: [Succession] = []

    package struct Succession: Hashable, Sendable {
        package let from: ReservationID
        package let to: ReservationID
        /// Of both.
        package let slot: TimeSlot
    }

    /// - Parameters:
    ///   - current: the reservations that the exports make now, each once, of all rooms that are to be decided. A
    ///     booking that moved from one room to another touches both, and as long as its conference is open in the one,
    ///     whoever decides the other decides both.
    ///   - past: what the last pass left in these rooms.
    ///   - addresses: by which owners are compared.
    package init(
        among current: [Reservation], after past: [DecidedReservation], addresses: AddressBook = AddressBook()
    ) {
        let claims = inOrder(current.indices.filter { current[$0].participation.takesPart }) { Claim(current[$0]) }
        candidates = claims.map { Candidate(current[$0.place], at: $0.place) }
        let earlier = inOrder(past.indices) { Claim(past[$0].reservation) }
        let departed = giveStandings(to: claims, after: earlier, past).sorted { $0.reservation.id < $1.reservation.id }
        let heirs = departed.map { bestOfSameMeeting(as: $0.reservation, by: addresses) }
        // Those first who may keep an heir of others from moving.
        for (held, heir) in zip(departed, heirs) where held.isOpen && heir == nil { keep(held, among: current) }
        for (held, heir) in zip(departed, heirs) {
            guard let heir, !pass(held, to: heir), held.isOpen else { continue }
            keep(held, among: current)
        }
        waiting.sort()
        deferred.sort()
    }

    private typealias PlacedClaim = (claim: Claim, place: Int)

    /// Gives the candidates whose slot is what it was their standing; answers those of `past` that hold a slot in which
    /// they do not compete any more.
    private mutating func giveStandings(
        to claims: [PlacedClaim], after earlier: [PlacedClaim], _ past: [DecidedReservation]
    ) -> [DecidedReservation] {
        var departed: [DecidedReservation] = []
        var next = claims.startIndex
        for (claim, place) in earlier {
            while next < claims.endIndex, claims[next].claim < claim { next += 1 }
            if next < claims.endIndex, claims[next].claim == claim {
                giveStanding(of: past[place], to: next)
            } else if past[place].holdsItsSlot {
                departed.append(past[place])
            }
        }
        return departed
    }

    private mutating func giveStanding(of earlier: DecidedReservation, to candidate: Int) {
        candidates[candidate].previous = earlier.decision
        candidates[candidate].standing = earlier.standing
        guard earlier.isOpen, earlier.reservation.settings != candidates[candidate].reservation.settings else { return }
        candidates[candidate].reservation.settings = earlier.reservation.settings
        waiting.append(earlier.reservation.id)
    }

    /// Who of the candidates with the same room, slot and owner has the best rank.
    private func bestOfSameMeeting(as held: Reservation, by addresses: AddressBook) -> ReservationID? {
        let owner = held.ownerIdentity(by: addresses)
        let same = candidates[candidates.partitioningIndex { $0.reservation.slot >= held.slot }...]
            .prefix { $0.reservation.slot == held.slot }
            .filter { $0.reservation.id.room == held.id.room && $0.reservation.ownerIdentity(by: addresses) == owner }
            .map { Candidate($0.reservation) }
        let order = RankOrder(same, freeze: .zero, at: held.slot.start)
        return order.ranked().first.map { same[$0].reservation.id }
    }

    /// Answers whether the heir competes for this very slot.
    private mutating func pass(_ held: DecidedReservation, to heir: ReservationID) -> Bool {
        let (id, slot) = (held.reservation.id, held.reservation.slot)
        let place = candidates.firstIndex { $0.reservation.slot == slot && $0.reservation.id == heir }
        guard let place else { return false }
        successions.append(Succession(from: id, to: heir, slot: slot))
        candidates[place].standing = max(candidates[place].standing, held.standing)
        return true
    }

    /// The conference goes on as it was opened, and what the exports say about its occurrence now waits: another time,
    /// or other rooms where they no longer name this one.
    private mutating func keep(_ held: DecidedReservation, among current: [Reservation]) {
        let id = held.reservation.id
        let isGone = !current.contains { $0.id == id }
        candidates.removeAll { candidate in
            let other = candidate.reservation.id
            let isThis = other.isSameOccurrence(as: id) || candidate.reservation.isMoved(from: held.reservation)
            let waits = other == id || isGone && isThis && candidate.standing == .none
            if waits { deferred.append(other) }
            return waits
        }
        let claim = Claim(held.reservation)
        let place = candidates.partitioningIndex { Claim($0.reservation) > claim }
        candidates.insert(Candidate(held.reservation, standing: .open, previous: held.decision), at: place)
        waiting.append(id)
    }
}

extension Reservation {
    /// Whether it may be `other` after its whole series has moved, and with it the RECURRENCE-ID of each occurrence.
    fileprivate func isMoved(from other: Reservation) -> Bool {
        id.isSameSeries(as: other.id) && id.room == other.id.room && slot.overlaps(other.slot)
    }
}

extension ReservationID {
    fileprivate func isSameOccurrence(as other: ReservationID) -> Bool {
        isSameSeries(as: other) && recurrenceID == other.recurrenceID
    }
}

private func inOrder(_ places: some Sequence<Int>, claim: (Int) -> Claim) -> [(claim: Claim, place: Int)] {
    places.map { (claim($0), $0) }.sorted { $0.claim < $1.claim }
}
