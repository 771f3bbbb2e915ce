import Foundation
import GRDB
import Reservations

/// Who is in the way of a reservation as values instead of JSON: a sixth of what a large import writes were those
/// lists.
extension Schema {
    static func shortenLists(_ db: Database) throws {
        try db.execute(sql: "DROP TRIGGER schedules_never_change")
        for id in try Int64.fetchAll(db, sql: "SELECT id FROM schedule ORDER BY id") { try shortenLists(ofRow: id, db) }
        try db.execute(sql: schedulesNeverChange)
    }

    private static func shortenLists(ofRow id: Int64, _ db: Database) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT name, reservations FROM schedule JOIN room ON room.id = roomId WHERE schedule.id = ?",
            arguments: [id])
        guard let row else { return }
        do {
            let (room, earlier) = (try RoomName.stored(row[0]), try RoomSchedule(stored: row[1]).entries())
            guard earlier.contains(where: { $0.outcome.blocking != nil }) else { return }
            let schedule = try RoomSchedule(earlier.map { try $0.withShorterList(in: room) })
            try db.execute(
                sql: "UPDATE schedule SET reservations = ? WHERE id = ?", arguments: [Data(schedule.bytes), id])
        } catch let error as DecodingError {
            throw DatabaseError(message: "the schedule of \(row[0] as String) is damaged: \(error)")
        }
    }
}

extension RoomSchedule.Entry {
    fileprivate func withShorterList(in room: RoomName) throws -> RoomSchedule.Entry {
        var entry = self
        entry.outcome.blocking = try outcome.blocking.map { json in
            let ids = try StoredJSON.decode([ReservationID].self, String(decoding: json, as: UTF8.self))
            return ReservationIDList.encode(ids, in: room)
        }
        return entry
    }
}
