/// Who competes in a pass, and with which standing (design: conflicts, rules 4, 8 and 9).
package struct Competition: Hashable, Sendable {
    /// By identifier; of all rooms that were asked about.
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
    ///   - current: the reservations that the exports make now, of all rooms that are to be decided. A booking that
    ///     moved from one room to another touches both, and as long as its conference is open in the one, whoever
    ///     decides the other decides both.
    ///   - past: what the last pass left in these rooms.
    package init(among current: [Reservation], after past: [DecidedReservation]) {
        let takingPart = current.indices.filter { current[$0].participation.takesPart }
        candidates = inOrder(takingPart) { current[$0].id }.map { Candidate(current[$0]) }
        let order = inOrder(Array(past.indices)) { past[$0].reservation.id }
        let departed = standings(from: order.map { past[$0] })
        guard !departed.isEmpty else { return }
        let meetings = Meetings(like: departed.map(\.reservation), among: candidates)
        let heirs = departed.map { meetings.first(like: $0.reservation) }
        // Those first who may keep an heir of others from moving.
        for (held, heir) in zip(departed, heirs) where held.isOpen && heir == nil { keep(held, among: current) }
        for (held, heir) in zip(departed, heirs) {
            guard let heir, !pass(held, to: heir), held.isOpen else { continue }
            keep(held, among: current)
        }
        waiting.sort()
        deferred.sort()
    }

    /// Gives the candidates whose slot is what it was their standing; answers those of `past` that hold a slot in which
    /// they do not compete any more.
    private mutating func standings(from past: [DecidedReservation]) -> [DecidedReservation] {
        var departed: [DecidedReservation] = []
        var next = candidates.startIndex
        for earlier in past {
            let id = earlier.reservation.id
            while next < candidates.endIndex, candidates[next].reservation.id < id { next += 1 }
            guard next < candidates.endIndex, candidates[next].reservation.id == id,
                candidates[next].reservation.slot == earlier.reservation.slot
            else {
                if earlier.holdsItsSlot { departed.append(earlier) }
                continue
            }
            candidates[next].previous = earlier.decision
            candidates[next].standing = earlier.standing
            guard earlier.isOpen, earlier.reservation.settings != candidates[next].reservation.settings else {
                continue
            }
            candidates[next].reservation.settings = earlier.reservation.settings
            waiting.append(id)
        }
        return departed
    }

    /// Answers whether the heir competes for this very slot.
    private mutating func pass(_ held: DecidedReservation, to heir: ReservationID) -> Bool {
        let (id, slot) = (held.reservation.id, held.reservation.slot)
        let place = candidates.firstIndex { $0.reservation.id == heir && $0.reservation.slot == slot }
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
            let waits = other == id || isGone && other.isSameOccurrence(as: id) && candidate.standing == .none
            if waits { deferred.append(other) }
            return waits
        }
        let place = candidates.partitioningIndex { $0.reservation.id > id }
        candidates.insert(Candidate(held.reservation, standing: .open, previous: held.decision), at: place)
        waiting.append(id)
    }
}

/// Finds the same meeting: same room, slot and owner. The best-ranked one comes first.
private struct Meetings {
    private struct Key: Hashable {
        let room: RoomName
        let slot: TimeSlot
        let owner: OwnerIdentity

        init(_ reservation: Reservation) {
            room = reservation.id.room
            slot = reservation.slot
            owner = reservation.ownerIdentity
        }
    }

    private let byKey: [Key: [Reservation]]

    /// Keeps those of `candidates` that may be the same meeting as one of `departed`.
    init(like departed: [Reservation], among candidates: [Candidate]) {
        let slots = Set(departed.map(\.slot))
        byKey = Dictionary(grouping: candidates.map(\.reservation).filter { slots.contains($0.slot) }, by: Key.init)
    }

    func first(like reservation: Reservation) -> ReservationID? {
        let candidates = (byKey[Key(reservation)] ?? []).map { Candidate($0) }
        let order = RankOrder(candidates, freeze: .zero, at: reservation.slot.start)
        return order.ranked().first.map { candidates[$0].reservation.id }
    }
}

extension ReservationID {
    fileprivate func isSameOccurrence(as other: ReservationID) -> Bool {
        isSameSeries(as: other) && recurrenceID == other.recurrenceID
    }
}

/// The places of what has these identifiers, in their order; of each the first one.
private func inOrder(_ places: [Int], id: (Int) -> ReservationID) -> [Int] {
    let ids = places.map(id)
    let sorted = places.indices.sorted { ids[$0] == ids[$1] ? $0 < $1 : ids[$0] < ids[$1] }
    return sorted.indices.compactMap { index in
        index > 0 && ids[sorted[index - 1]] == ids[sorted[index]] ? nil : places[sorted[index]]
    }
}
