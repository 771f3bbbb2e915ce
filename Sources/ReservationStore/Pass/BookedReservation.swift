import Reservations

/// A reservation whose booking is known by its row.
struct BookedReservation: Hashable {
    var booking: Int64
    var reservation: Reservation

    /// What one family's current revisions claim, called-off ones included.
    static func current(of stored: [StoredBooking]) -> [BookedReservation] {
        currentBookings(of: stored.map { BookingInExport($0.booking, export: $0.export) }).reservations
            .map { BookedReservation(booking: stored[$0.entry].row, reservation: $0.reservation) }
    }
}
