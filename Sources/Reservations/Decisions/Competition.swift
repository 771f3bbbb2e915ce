/// Who competes in a pass, and with which standing (design: conflicts, rules 4, 8 and 9).
package struct Competition: Hashable, Sendable {
    /// By identifier; of all rooms that were asked about.
    package private(set) var candidates: [Candidate] = []
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
    package init(among current: [Reservation], after past: [PastReservation]) {
        let past = past.sorted { $0.reservation.id < $1.reservation.id }
        let pastByID = Dictionary(past.map { ($0.reservation.id, $0) }) { first, _ in first }
        var competing = Dictionary(
            current.filter(\.participation.takesPart).map { ($0.id, Candidate($0)) }
        ) { first, _ in first }
        for (id, candidate) in competing {
            guard let earlier = pastByID[id], earlier.reservation.slot == candidate.reservation.slot else { continue }
            competing[id]?.previous = earlier.decision
            competing[id]?.standing = earlier.isOpen ? .open : earlier.holdsItsSlot ? .granted : .none
            guard earlier.isOpen, earlier.reservation.settings != candidate.reservation.settings else { continue }
            competing[id]?.reservation.settings = earlier.reservation.settings
            waiting.append(id)
        }
        let meetings = Meetings(competing.values.map(\.reservation))
        let currentIDs = Set(current.map(\.id))
        for held in past where held.holdsItsSlot {
            let id = held.reservation.id
            guard competing[id]?.reservation.slot != held.reservation.slot else { continue }
            if let heir = meetings.first(like: held.reservation) {
                successions.append(Succession(from: id, to: heir, slot: held.reservation.slot))
                let own = competing[heir]?.standing ?? .none
                competing[heir]?.standing = max(own, held.isOpen ? .open : .granted)
            } else if held.isOpen {
                keep(held, over: &competing, isGone: !currentIDs.contains(id))
            }
        }
        candidates = competing.values.sorted { $0.reservation.id < $1.reservation.id }
        waiting.sort()
        deferred.sort()
    }

    /// The conference goes on as it was opened, and what the exports say about its occurrence now waits: another time,
    /// or other rooms where they no longer name this one.
    private mutating func keep(
        _ held: PastReservation, over competing: inout [ReservationID: Candidate], isGone: Bool
    ) {
        let id = held.reservation.id
        for other in competing.values where other.reservation.id.isSameOccurrence(as: id) && other.standing == .none {
            guard isGone || other.reservation.id == id else { continue }
            competing[other.reservation.id] = nil
            deferred.append(other.reservation.id)
        }
        competing[id] = Candidate(held.reservation, standing: .open, previous: held.decision)
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

    init(_ reservations: [Reservation]) { byKey = Dictionary(grouping: reservations, by: Key.init) }

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
