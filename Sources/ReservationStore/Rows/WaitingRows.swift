import GRDB
import Reservations

/// Reservations that are kept as their conference was opened while the exports say otherwise (EXP040).
enum WaitingRows {
    /// The bookings whose conference has ended: what their exports say applies now.
    static func ready(_ db: Database) throws -> Set<BookingFamily> {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT scope, uid FROM waiting WHERE NOT EXISTS (
                    SELECT 1 FROM conference
                    WHERE endedAt IS NULL AND conference.room = waiting.room AND conference.scope = waiting.scope
                        AND conference.uid = waiting.uid AND conference.recurrenceId = waiting.recurrenceId
                )
                """
        )
        return Set(rows.map { BookingFamily(scope: $0["scope"], uid: $0["uid"]) })
    }

    static func ids(in room: RoomName, _ db: Database) throws -> Set<ReservationID> {
        let statement = try db.cachedStatement(sql: "SELECT scope, uid, recurrenceId FROM waiting WHERE room = ?")
        let rows = try Row.fetchAll(statement, arguments: [room.text])
        return Set(
            rows.map { row in
                let recurrenceID: String = row["recurrenceId"]
                return ReservationID(
                    scope: row["scope"], uid: row["uid"],
                    recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID), room: room)
            })
    }

    /// What waits of the `touched` bookings is what this pass found.
    static func replace(of touched: TouchedFamilies, with ids: [ReservationID], _ db: Database) throws {
        for row in try Row.fetchAll(db, sql: "SELECT DISTINCT scope, uid FROM waiting") {
            let family = BookingFamily(scope: row["scope"], uid: row["uid"])
            guard try touched.contains(family, db) else { continue }
            try db.execute(
                sql: "DELETE FROM waiting WHERE scope = ? AND uid = ?", arguments: [family.scope, family.uid])
        }
        for id in ids {
            try db.execute(
                sql: "INSERT OR IGNORE INTO waiting (scope, uid, recurrenceId, room) VALUES (?, ?, ?, ?)",
                arguments: [id.scope, id.uid, id.recurrenceID?.text ?? "", id.room.text]
            )
        }
    }
}
