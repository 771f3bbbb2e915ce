package import Foundation
import GRDB
package import Reservations

/// What became of a granted reservation, with enough about it to tell when its booking is long gone.
package struct ExpiredReservation: Hashable, Sendable {
    package var id: ReservationID
    package var slot: TimeSlot
    package var expiry: Expiry
    /// From 1; the greatest one of a reservation counts.
    package var revision: Int
    package var export: ExportName
    package var line: Int
    package var sequence: Int
    package var shownRoom: String
    /// `nil` when unknown, and once personal fields have been purged.
    package var owner: Participant?
    package var summary: String?
    package var writtenAt: Date
}

extension ExpiredReservation {
    init(_ row: Row) throws {
        let recurrenceID: String = row["recurrenceId"]
        guard let slot = TimeSlot(start: Date(seconds: row["startsAt"]), end: Date(seconds: row["endsAt"])),
            let outcome = ExpiryOutcome(rawValue: row["outcome"])
        else { throw DatabaseError(message: "expiry \(row["id"] as Int64) cannot be read") }
        id = ReservationID(
            scope: row["scope"], uid: row["uid"], recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID),
            room: try RoomName.stored(row["room"])
        )
        self.slot = slot
        expiry = Expiry(
            outcome: outcome, minutes: row["minutes"], openings: row["openings"], closedByClock: row["closedByClock"])
        revision = row["revision"]
        export = ExportName(source: row["source"], path: row["path"])
        line = row["line"]
        sequence = row["sequence"]
        shownRoom = row["shownRoom"]
        owner = (row["owner"] as String?).flatMap(Participant.init)
        summary = row["summary"]
        writtenAt = Date(seconds: row["writtenAt"])
    }

    func insert(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO expiry (
                    scope, uid, recurrenceId, room, startsAt, endsAt, revision, outcome, minutes, openings, source,
                    path, line, sequence, shownRoom, owner, summary, writtenAt, closedByClock
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id.scope, id.uid, id.recurrenceID?.text ?? "", id.room.text, slot.start.seconds, slot.end.seconds,
                revision, expiry.outcome.rawValue, expiry.minutes, expiry.openings, export.source, export.path, line,
                sequence, shownRoom, owner?.address, summary, writtenAt.seconds, expiry.closedByClock,
            ]
        )
    }

    /// The last revision about a reservation in this very slot.
    static func last(of id: ReservationID, _ slot: TimeSlot, _ db: Database) throws -> ExpiredReservation? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM expiry
                WHERE room = ? AND startsAt = ? AND endsAt = ? AND scope = ? AND uid = ? AND recurrenceId = ?
                ORDER BY revision DESC LIMIT 1
                """,
            arguments: [
                id.room.text, slot.start.seconds, slot.end.seconds, id.scope, id.uid, id.recurrenceID?.text ?? "",
            ]
        ).map(ExpiredReservation.init)
    }
}
