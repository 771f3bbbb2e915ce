import Foundation
import GRDB
import Reservations

/// Who is in the way of a reservation as values instead of JSON: a sixth of what a large import writes were those
/// lists.
extension Schema {
    static func shortenLists(_ db: Database) throws {
        // A connection that the store has not opened does not know it, and the table's triggers name it.
        try db.addGrantedOverlap()
        try db.execute(sql: "DROP TRIGGER schedules_never_change")
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM schedule ORDER BY id") { try shortenLists(ofRow: id, db) }
        try db.execute(sql: schedulesNeverChange)
    }

    private static func shortenLists(ofRow id: Int64, _ db: Database) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT name, reservations FROM schedule JOIN room ON room.id = roomId WHERE schedule.id = ?",
            arguments: [id])
        guard let row else { return }
        let (room, earlier) = (try RoomName.stored(row[0]), try RoomSchedule(stored: row[1]))
        let entries = try earlier.entries().map { entry in
            var entry = entry
            entry.outcome.blocking = try entry.outcome.blocking.map { json in
                let ids = try StoredJSON.decode([ReservationID].self, String(decoding: json, as: UTF8.self))
                return ReservationIDList.encode(ids, in: room)
            }
            return entry
        }
        try db.execute(
            sql: "UPDATE schedule SET reservations = ? WHERE id = ?",
            arguments: [Data(try RoomSchedule(entries).bytes), id])
    }
}
