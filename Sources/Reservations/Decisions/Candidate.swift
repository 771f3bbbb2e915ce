/// A reservation that competes for its slot, with what its past gives it.
package struct Candidate: Hashable, Sendable {
    package var reservation: Reservation
    package var standing: Standing
    /// The last decision about this very slot (booking, occurrence, room, start, end); a moved reservation has none.
    package var previous: Decision?
    /// Its place among the reservations that the exports make now; `nil` where it is none of them.
    var place: Int?

    package init(_ reservation: Reservation, standing: Standing = .none, previous: Decision? = nil) {
        self.reservation = reservation
        self.standing = standing
        self.previous = previous
    }

    init(_ reservation: Reservation, at place: Int) {
        self.init(reservation)
        self.place = place
    }
}

/// What a reservation holds already, from the least to the most.
package enum Standing: Int, Hashable, Sendable, Codable, Comparable {
    case none
    /// This very slot (booking, occurrence, room, start, end) was granted by an earlier pass.
    case granted
    /// Granted, and its conference is open.
    case open

    package static func < (lhs: Standing, rhs: Standing) -> Bool { lhs.rawValue < rhs.rawValue }
}
