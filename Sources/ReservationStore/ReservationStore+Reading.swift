package import Foundation
import GRDB
package import Reservations

/// One booking of an export with what was decided about its reservations.
package struct BookingOutcome: Hashable, Sendable {
    package var booking: Booking
    /// In order of start and room. Empty where it plays no part: called off, transparent, over, or an older revision.
    package var reservations: [StoredReservation]
}

/// A declined reservation, and where it was read.
package struct DeclinedReservation: Hashable, Sendable {
    package var stored: StoredReservation
    package var export: ExportName
    package var line: Int
    package var sequence: Int
}

extension ReservationStore {
    /// Whether a pass was completed, ever: until then nothing can be said about any room.
    package func isReady() async throws -> Bool {
        try refuseIfDamaged()
        return try await database.read { db in
            try Bool.fetchOne(db, sql: "SELECT passedAt IS NOT NULL FROM generation") ?? false
        }
    }

    /// Every export that is not removed, in order of source and path.
    package func exports() async throws -> [StoredExport] {
        try await database.read { db in
            let rows = try Row.fetchCursor(db, sql: "\(StoredExport.selection) ORDER BY source, path")
            var decoder = ExportDecoder()
            var exports: [StoredExport] = []
            while let row = try rows.next() { exports.append(try decoder.export(row)) }
            return exports
        }
    }

    /// Those of `names` that are not removed.
    package func exports(named names: Set<ExportName>) async throws -> [StoredExport] {
        try await database.read { db in
            let statement = try db.cachedStatement(sql: "\(StoredExport.selection) AND source = ? AND path = ?")
            var decoder = ExportDecoder()
            return try names.sorted().compactMap { name in
                try statement.first([name.source, name.path]) { try decoder.export($0) }
            }
        }
    }

    /// What became of an export's bookings, in the order of the file.
    package func outcomes(of export: Int64) async throws -> [BookingOutcome] {
        try await outcomes(of: export, after: 0, count: .max, reservations: .max).outcomes
            .sorted { $0.booking.line < $1.booking.line }
    }

    /// What became of at most `count` of an export's bookings, those after the one in the row `previous`; and the row
    /// of the last of them, `nil` when there are none left. In no order that says anything.
    ///
    /// - Parameter enough: reservations with which there are enough bookings, however few they are.
    package func outcomes(
        of export: Int64, after previous: Int64, count: Int, reservations enough: Int
    ) async throws -> (outcomes: [BookingOutcome], last: Int64?) {
        try await database.read { db in
            let generation = try GenerationRows.current(db)
            let bookings = try StoredBooking.visible(
                ofExport: export, after: previous, count: count, occurrences: enough, in: generation, db)
            guard let last = bookings.last?.row else { return ([], nil) }
            let rooms = Set(bookings.lazy.flatMap(\.booking.rooms).map(\.name))
            let reservations = try StoredReservation.of(Set(bookings.map(\.row)), in: rooms, generation, db)
            let byBooking = Dictionary(grouping: reservations, by: \.booking)
            return (
                bookings.map { BookingOutcome(booking: $0.booking, reservations: byBooking[$0.row] ?? []) }, last
            )
        }
    }

    /// The first `limit` reservations that did not get their slot and are not over, in order of start and room; and how
    /// many there are.
    package func declined(
        endingAfter instant: Date, limit: Int = .max
    ) async throws -> (declined: [DeclinedReservation], total: Int) {
        try await database.read { db in
            let all = try DeclinedPlaces(endingAfter: instant.seconds, db)
            return (try all.first(limit, db), all.places.count)
        }
    }

    /// The rooms that somebody wants, in order.
    package func bookedRooms() async throws -> [RoomName] {
        try await database.read { db in
            try Schedules.current(db).rooms(db)
        }
    }

    /// A room's reservations that touch `window`, in order of start.
    package func reservations(of room: RoomName, touching window: Range<Date>) async throws -> [StoredReservation] {
        try await database.read { db in
            let generation = try GenerationRows.current(db)
            return try StoredReservation.ofRoom(room, in: generation, db)
                .filter { $0.reservation.slot.start < window.upperBound && $0.reservation.slot.end > window.lowerBound }
        }
    }

    /// Where the bookings with these rows stand.
    package func places(ofBookings rows: Set<Int64>) async throws -> [Int64: (export: ExportName, line: Int)] {
        try await database.read { db in
            var places: [Int64: (export: ExportName, line: Int)] = [:]
            for row in rows {
                places[row] = try StoredBooking.place(of: row, db).map { ($0.export, $0.line) }
            }
            return places
        }
    }

    /// The reservations with these ids, as far as they are visible.
    package func reservations(withIDs ids: Set<ReservationID>) async throws -> [ReservationID: StoredReservation] {
        try await database.read { try StoredReservation.with(ids, $0) }
    }

    /// Whether changes apply now that waited for a conference which has ended, or for the operator's word.
    package func hasWaitedEnough() async throws -> Bool {
        try await database.read { try !WaitingRows.ready($0).isEmpty || HeldRow.areAccepted($0) }
    }
}

/// The declined reservations that are not over, before anything else is read of them: there may be many.
private struct DeclinedPlaces {
    private let schedules: Schedules
    private(set) var places: [Place] = []

    struct Place {
        let room: RoomName
        let index: Int
        let start: Int64
        let end: Int64
    }

    /// - Parameter instant: in seconds since 1970.
    init(endingAfter instant: Int64, _ db: Database) throws {
        schedules = try Schedules.current(db)
        try schedules.forEach(declinedEndingAfter: instant, db) { room, schedule in
            for index in schedule.indices
            where schedule.isVerdict(.declined, at: index) && schedule.end(index) > instant {
                places.append(
                    Place(room: room, index: index, start: schedule.start(index), end: schedule.end(index)))
            }
            return true
        }
        // Of one room and slot they stay in the order of its schedule.
        places.sort { ($0.start, $0.end, $0.room) < ($1.start, $1.end, $1.room) }
    }

    func first(_ limit: Int, _ db: Database) throws -> [DeclinedReservation] {
        var decoder = ReservationDecoder()
        var recent = RecentSchedules(schedules)
        return try places.prefix(limit).compactMap { place in
            let entry = try recent.schedule(of: place.room, db).entry(place.index)
            let stored = try decoder.reservation(entry, in: place.room, db)
            return try StoredBooking.place(of: stored.booking, db).map { written in
                DeclinedReservation(
                    stored: stored, export: written.export, line: written.line, sequence: written.sequence)
            }
        }
    }
}
