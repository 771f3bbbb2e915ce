import Foundation
import Reservations

/// What passes leave behind, as the store keeps it, without a store.
struct PureStore {
    private(set) var past: [DecidedReservation] = []
    var policy = ConflictPolicy()

    var decisions: [Decision] { past.map(\.decision) }

    func decisions(in room: String) -> [Decision] { decisions.filter { $0.id.room == RoomName(room) } }

    /// One pass over everything that the exports say now.
    mutating func pass(_ exports: [[Booking]], at instant: Date = hour(-200)) {
        let entries = exports.enumerated().flatMap { number, bookings in
            asRead(bookings).map { BookingInExport($0, export: Int64(number)) }
        }
        let current = Dictionary(grouping: entries, by: \.booking.key.uid).values.flatMap { family in
            currentBookings(of: family).reservations.map(\.reservation)
        }
        past = Competition(among: current, after: past).decided(policy: policy, at: instant)
            .sorted { $0.reservation.id < $1.reservation.id }
    }
}
