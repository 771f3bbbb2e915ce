import Foundation
import GRDB
import Reservations

/// The granted reservations that have ended since the last run.
struct EndedReservations: Sendable {
    private let last: Date
    private let generation: Int64
    let reservations: [StoredReservation]

    /// Looks into every room: better done beside the writer.
    init(after last: Date, upTo due: Date, _ db: Database) throws {
        self.last = last
        generation = try GenerationRows.current(db)
        var decoder = ReservationDecoder()
        var found: [StoredReservation] = []
        try Schedules(in: generation).forEach(endingAfter: last.seconds, db) { room, schedule in
            let places = schedule.grants(endingAfter: last.seconds, upTo: due.seconds)
            found += try decoder.reservations(places, in: schedule, of: room, db)
        }
        reservations = found.sorted {
            ($0.reservation.slot.end, $0.reservation.id.room) < ($1.reservation.slot.end, $1.reservation.id.room)
        }
    }

    /// Whether they are the same in the generation that is current now, and since a run at `last`.
    func isStill(after last: Date, _ db: Database) throws -> Bool {
        try self.last == last && generation == GenerationRows.current(db)
    }
}
