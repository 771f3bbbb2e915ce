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

    /// What a booking claims in `rooms` where its family has no other, in the order of its occurrences.
    static func forEach(
        of stored: StoredBooking, in rooms: [RoomName], _ body: (BookedReservation) -> Void
    ) {
        stored.booking.forEachReservation(in: rooms) {
            body(BookedReservation(booking: stored.row, export: stored.export, reservation: $0))
        }
    }

    /// What one family's current revisions claim, called-off ones included; in no order.
    static func current(of stored: [StoredBooking]) -> [BookedReservation] {
        currentBookings(of: stored.map { BookingInExport($0.booking, export: $0.export) }).reservations
            .map { current in
                let stored = stored[current.entry]
                return BookedReservation(
                    booking: stored.row, export: stored.export, reservation: current.reservation)
            }
    }
}
