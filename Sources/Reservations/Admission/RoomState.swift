package import Foundation

/// What is booked in a room around an instant, and what is open in it.
package struct RoomState: Hashable, Sendable {
    /// The granted reservations by start, at least the last one that ends at or before the instant and the first three
    /// that end after it.
    package var granted: [Reservation]
    /// Every conference of the room that has not ended.
    package var open: [OpenConference]

    package init(granted: [Reservation] = [], open: [OpenConference] = []) {
        self.granted = granted
        self.open = open
    }
}

/// A conference that was allowed and has not ended.
package struct OpenConference: Hashable, Sendable, Identifiable {
    package var id: Int64
    /// `nil` for an ad-hoc conference.
    package var reservation: ReservationID?
    /// The booked slot; of an ad-hoc conference from its opening until `closes`.
    package var slot: TimeSlot
    package var openedAt: Date
    /// When the client closes it: what it was told when it opened.
    package var closes: Date

    package init(id: Int64, reservation: ReservationID?, slot: TimeSlot, openedAt: Date, closes: Date) {
        self.id = id
        self.reservation = reservation
        self.slot = slot
        self.openedAt = openedAt
        self.closes = closes
    }
}
