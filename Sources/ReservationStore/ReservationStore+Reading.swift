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
        try await outcomes(of: export, after: 0, count: .max).outcomes.sorted { $0.booking.line < $1.booking.line }
    }

    /// What became of at most `count` of an export's bookings, those after the one in the row `previous`; and the row
    /// of the last of them, `nil` when there are none left. In no order that says anything.
    package func outcomes(
        of export: Int64, after previous: Int64, count: Int
    ) async throws -> (outcomes: [BookingOutcome], last: Int64?) {
        try await database.read { db in
            let generation = try GenerationRows.current(db)
            let bookings = try StoredBooking.visible(
                ofExport: export, after: previous, count: count, in: generation, db)
            guard let first = bookings.first?.row, let last = bookings.last?.row else { return ([], nil) }
            let statement = try db.cachedStatement(
                sql: """
                    \(StoredReservation.selection)
                    WHERE booking.export = ? AND booking.id BETWEEN ? AND ?
                        AND reservation.since <= ? AND reservation.until > ?
                    ORDER BY startsAt, room, reservation.id
                    """)
            let reservations = try StoredReservation.fetchAll(statement, [export, first, last, generation, generation])
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
            let generation = try GenerationRows.current(db)
            let arguments: StatementArguments = [instant.seconds, generation]
            let which = """
                verdict = \(Verdict.declined.number) AND endsAt > ?1
                    AND \(Schema.week(of: "endsAt")) >= \(Schema.week(of: "?1"))
                    AND reservation.since <= ?2 AND reservation.until > ?2
                """
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT stored.*, booking.line AS line, booking.sequence AS sequence, export.path AS path
                    FROM (\(StoredReservation.selection) WHERE \(which)
                        ORDER BY startsAt, endsAt, room, uid, recurrenceId LIMIT ?3) stored
                    JOIN booking ON booking.id = stored.booking JOIN export ON export.id = booking.export
                    """,
                arguments: arguments + [limit]
            )
            let total = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM reservation WHERE \(which)", arguments: arguments)
            return (try rows.map(DeclinedReservation.init), total ?? 0)
        }
    }

    /// The rooms that somebody wants, in order.
    package func bookedRooms() async throws -> [RoomName] {
        try await database.read { db in
            try StoredReservation.rooms(in: GenerationRows.current(db), db).sorted()
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
            let statement = try db.cachedStatement(
                sql: """
                    SELECT export.source AS source, path, line FROM booking JOIN export ON export.id = booking.export
                    WHERE booking.id = ?
                    """)
            var places: [Int64: (export: ExportName, line: Int)] = [:]
            for row in rows {
                guard let place = try Row.fetchOne(statement, arguments: [row]) else { continue }
                places[row] = (ExportName(source: place["source"], path: place["path"]), place["line"])
            }
            return places
        }
    }

    /// The reservations with these ids, as far as they are visible.
    package func reservations(withIDs ids: Set<ReservationID>) async throws -> [ReservationID: StoredReservation] {
        try await database.read { db in
            let generation = try GenerationRows.current(db)
            // `+`: a UID has fewer reservations than a room.
            let statement = try db.cachedStatement(
                sql: """
                    \(StoredReservation.selection)
                    WHERE \(BookingFamily.hasBooking) AND reservation.recurrenceId = ?4 AND +room.name = ?5
                        AND reservation.since <= ?6 AND reservation.until > ?6
                    """)
            var decoder = ReservationDecoder()
            var found: [ReservationID: StoredReservation] = [:]
            for id in ids {
                let row = try Row.fetchOne(
                    statement,
                    arguments: id.family.arguments + [id.recurrenceID?.text ?? "", id.room.text, generation])
                found[id] = try row.map { try decoder.reservation($0) }
            }
            return found
        }
    }

    /// Whether changes apply now that waited for a conference which has ended, or for the operator's word.
    package func hasWaitedEnough() async throws -> Bool {
        try await database.read { try !WaitingRows.ready($0).isEmpty || HeldRow.areAccepted($0) }
    }
}

extension DeclinedReservation {
    fileprivate init(_ row: Row) throws {
        stored = try StoredReservation(row)
        export = ExportName(source: stored.reservation.source, path: row["path"])
        line = row["line"]
        sequence = row["sequence"]
    }
}
