import Foundation
import GRDB
import Reservations

/// What the end of a pass must know of rooms that have been decided together, when their rows are written.
struct DecidedRooms {
    let rooms: [RoomName]
    /// The rooms' open conferences that the decision took into account.
    let open: Set<Int64>
    let successions: [Competition.Succession]
    /// Of touched bookings: what is kept as it was opened.
    let waiting: [ReservationID]
    /// What was granted and is no grant any more, if it may have been used or its time may be over.
    let leaving: [StoredReservation]
    /// New grants that may have ended: their conferences may have been held already.
    let early: [BookedReservation]
    /// How many reservations are decided otherwise, by verdict.
    let verdicts: [Verdict: Int]
    /// The rows of the exports of which reservations come or go.
    let exports: Set<Int64>

    init(_ change: RoomsChange, at now: Date, _ db: Database) throws {
        rooms = change.rooms
        open = change.open
        successions = change.successions
        waiting = change.waiting
        // A pass may take a while, in which time goes on.
        let tomorrow = now.addingTimeInterval(86_400)
        let left = change.leaving
        let usable =
            left.isEmpty
            ? tomorrow : try rooms.compactMap { try StoredConference.lastEnd(in: $0, db) }.reduce(tomorrow, max)
        leaving = left.filter { $0.reservation.slot.start < usable }
        early = change.addedGrants.filter { $0.reservation.slot.end < tomorrow }
        verdicts = change.added
        exports = change.exports
    }
}
