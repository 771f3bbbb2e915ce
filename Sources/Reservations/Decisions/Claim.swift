/// Which slot of its room a reservation asks for. Claims are in order of time; equal slots by identifier.
package struct Claim: Hashable, Comparable {
    package let slot: TimeSlot
    package let id: ReservationID

    package init(of id: ReservationID, to slot: TimeSlot) {
        self.slot = slot
        self.id = id
    }

    package init(_ reservation: Reservation) { self.init(of: reservation.id, to: reservation.slot) }

    package static func < (lhs: Claim, rhs: Claim) -> Bool {
        lhs.slot != rhs.slot ? lhs.slot < rhs.slot : lhs.id < rhs.id
    }
}
