import Diagnostics
package import Foundation
import GRDB
package import Reservations

/// A reservation with its decision, as it stands in the database.
package struct StoredReservation: Hashable, Sendable {
    package var row: Int64
    /// The booking's row, and that of its export.
    package var booking: Int64
    package var export: Int64
    package var reservation: Reservation
    package var decision: Decision
    package var decidedAt: Date
    /// Its conference is open, and what its export says by now waits for the end (EXP040).
    package var changeWaits: Bool
    /// Of the only attendee that is a room.
    package var roomAddress: Participant?
}

extension StoredReservation {
    /// Joined with the booking, which has everything that reservations of one booking share; the columns of
    /// `ReservationDecoder`, in its order.
    static let selection = """
        SELECT reservation.id AS id, booking, booking.scope AS scope, booking.uid AS uid,
            reservation.recurrenceId AS recurrenceId, room.name AS room, startsAt, endsAt, verdict, code, reason,
            blocking, nextFreeStart, nextFreeEnd, decidedAt, participation, created, owner, attendees, summary, rooms,
            maxOccupants, lobby, password, roomAddress, booking.source AS source, sourcePriority,
            export, EXISTS (
                SELECT 1 FROM waiting
                WHERE waiting.scope = booking.scope AND waiting.uid = booking.uid
                    AND waiting.recurrenceId = reservation.recurrenceId AND waiting.room = room.name
            ) AS changeWaits
        FROM reservation JOIN booking ON booking.id = reservation.booking JOIN room ON room.id = roomId
        """

    /// Those of one room that generation `generation` sees, in order of start.
    static func ofRoom(_ room: RoomName, in generation: Int64, _ db: Database) throws -> [StoredReservation] {
        let statement = try db.cachedStatement(
            sql: """
                \(selection)
                WHERE room.name = ? AND reservation.since <= ? AND reservation.until > ?
                ORDER BY startsAt, reservation.id
                """)
        return try fetchAll(statement, [room.text, generation, generation])
    }

    /// What a family holds or wants in `generation`, in order of start and room.
    static func of(_ family: BookingFamily, in generation: Int64, _ db: Database) throws -> [StoredReservation] {
        let statement = try db.cachedStatement(
            sql: """
                \(selection)
                WHERE \(BookingFamily.hasBooking) AND reservation.since <= ?4 AND reservation.until > ?4
                ORDER BY startsAt, room, reservation.id
                """)
        return try fetchAll(statement, family.arguments + [generation])
    }

    /// The rooms in which a family holds or wants something.
    static func rooms(of family: BookingFamily, in generation: Int64, _ db: Database) throws -> [RoomName] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT DISTINCT room.name FROM booking JOIN reservation ON reservation.booking = booking.id
                    JOIN room ON room.id = roomId
                WHERE \(BookingFamily.hasBooking) AND reservation.since <= ?4 AND reservation.until > ?4
                """)
        return try String.fetchAll(statement, arguments: family.arguments + [generation])
            .map(RoomName.stored)
    }

    /// The visible reservation with this id, if it was granted this very slot.
    static func granted(_ id: ReservationID, in slot: TimeSlot, _ db: Database) throws -> StoredReservation? {
        let generation = try GenerationRows.current(db)
        return try Row.fetchOne(
            db,
            sql: """
                \(selection)
                WHERE room.name = ? AND startsAt = ? AND endsAt = ? AND booking.scope = ? AND booking.uid = ?
                    AND reservation.recurrenceId = ? AND verdict = \(Verdict.granted.number)
                    AND reservation.since <= ? AND reservation.until > ?
                """,
            arguments: [
                id.room.text, slot.start.seconds, slot.end.seconds, id.scope, id.uid, id.recurrenceID?.text ?? "",
                generation, generation,
            ]
        ).map(StoredReservation.init)
    }

    static func rooms(in generation: Int64, _ db: Database) throws -> Set<RoomName> {
        let rooms = try String.fetchAll(
            db,
            sql: """
                SELECT name FROM room WHERE EXISTS (
                    SELECT 1 FROM reservation WHERE roomId = room.id AND since <= ?1 AND until > ?1
                )
                """,
            arguments: [generation])
        return Set(try rooms.map(RoomName.stored))
    }

    /// All that `statement`, a `selection`, finds.
    static func fetchAll(_ statement: Statement, _ arguments: StatementArguments) throws -> [StoredReservation] {
        var decoder = ReservationDecoder()
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        var found: [StoredReservation] = []
        while let row = try rows.next() { found.append(try decoder.reservation(row)) }
        return found
    }

    init(_ row: Row) throws {
        var decoder = ReservationDecoder()
        self = try decoder.reservation(row)
    }
}
