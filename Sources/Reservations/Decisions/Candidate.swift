/// A reservation that competes for its slot, with what its past gives it.
package struct Candidate: Hashable, Sendable {
    package var reservation: Reservation
    package var standing: Standing
    /// The last decision about this very slot (booking, occurrence, room, start, end); a moved reservation has none.
    package var previous: Decision?

    package init(_ reservation: Reservation, standing: Standing = .none, previous: Decision? = nil) {
        self.reservation = reservation
        self.standing = standing
        self.previous = previous
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
