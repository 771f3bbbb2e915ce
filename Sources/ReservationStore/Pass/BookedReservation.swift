import Reservations

/// A reservation whose booking is known by its row, and by that of its export.
struct BookedReservation: Hashable {
    var booking: Int64
    var export: Int64
    var reservation: Reservation

    init(booking: Int64, export: Int64, reservation: Reservation) {
        self.booking = booking
        self.export = export
        self.reservation = reservation
    }

    init(_ stored: StoredReservation) {
        self.init(booking: stored.booking, export: stored.export, reservation: stored.reservation)
    }

    /// What one family's current revisions claim, called-off ones included; in no order.
    static func current(of stored: [StoredBooking]) -> [BookedReservation] {
        if stored.count == 1 {
            let (row, export) = (stored[0].row, stored[0].export)
            return stored[0].booking.ownReservations.map {
                BookedReservation(booking: row, export: export, reservation: $0)
            }
        }
        return currentBookings(of: stored.map { BookingInExport($0.booking, export: $0.export) }).reservations
            .map { current in
                let stored = stored[current.entry]
                return BookedReservation(
                    booking: stored.row, export: stored.export, reservation: current.reservation)
            }
    }
}
