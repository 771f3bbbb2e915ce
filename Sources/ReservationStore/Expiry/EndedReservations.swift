import Foundation
import GRDB
import Reservations

/// The granted reservations that have ended since the last run, by their ends.
struct EndedReservations: Sendable {
    private var last: Date
    private let due: Date
    private let generation: Int64
    private(set) var reservations: ArraySlice<StoredReservation>

    /// Looks into every room: better done beside the writer.
    init(after last: Date, upTo due: Date, _ db: Database) throws {
        (self.last, self.due) = (last, due)
        generation = try GenerationRows.current(db)
        var decoder = ReservationDecoder()
        var found: [StoredReservation] = []
        try Schedules(in: generation).forEach(endingAfter: last.seconds, db) { room, schedule in
            let places = schedule.grants(endingAfter: last.seconds, upTo: due.seconds)
            found += try decoder.reservations(places, in: schedule, of: room, db)
        }
        found.sort {
            ($0.reservation.slot.end, $0.reservation.id.room) < ($1.reservation.slot.end, $1.reservation.id.room)
        }
        reservations = found[...]
    }

    /// What ended until then has been taken, and maybe some of what ended in the next second.
    var reached: Date { reservations.first.map { $0.reservation.slot.end - 1 } ?? due }

    mutating func takeFirst() -> StoredReservation? {
        defer { last = reached }
        return reservations.popFirst()
    }

    /// Whether those that are left are the same in the generation that is current now, and since a run at `last`.
    func isStill(after last: Date, _ db: Database) throws -> Bool {
        try self.last == last && generation == GenerationRows.current(db)
    }
}
