package import Foundation
package import Reservations

/// An entry of an export with what became of it.
package struct ReportedBooking: Hashable, Sendable {
    package var booking: Booking
    /// One for each occurrence in the horizon and room.
    package var reservations: [ReportedReservation]

    package init(_ booking: Booking, reservations: [ReportedReservation] = []) {
        self.booking = booking
        self.reservations = reservations
    }
}

package struct ReportedReservation: Hashable, Sendable {
    package var reservation: Reservation
    package var decision: Decision

    package init(_ reservation: Reservation, _ decision: Decision) {
        self.reservation = reservation
        self.decision = decision
    }
}

/// What a report needs to know beyond what it is about.
package struct ReportContext: Sendable {
    /// For local times in messages.
    package var zone: TimeZone
    package var disclosure: Disclosure
    package var reader = Reader.sender
    /// Findings that one report lists; the rest is counted.
    package var findingLimit: Int
    /// Looks up a reservation that stands in the way of another one.
    package var reservation: @Sendable (ReservationID) -> Reservation?

    /// For whom it is written.
    package enum Reader: Hashable, Sendable {
        /// Whoever exports the source, and knows all that is in it.
        case sender
        /// Whoever booked, and may know of other bookings only when they are, whatever the operator discloses.
        case organizer
    }

    package init(
        zone: TimeZone, disclosure: Disclosure = .time, findingLimit: Int = 10_000,
        reservation: @escaping @Sendable (ReservationID) -> Reservation?
    ) {
        self.zone = zone
        self.disclosure = disclosure
        self.findingLimit = findingLimit
        self.reservation = reservation
    }
}
