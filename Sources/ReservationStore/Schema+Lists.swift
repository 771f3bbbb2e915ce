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
        guard let row, let shorter = try shorter(row[1], of: row[0]) else { return }
        try db.execute(
            sql: "UPDATE schedule SET reservations = ? WHERE id = ?", arguments: [Data(shorter.bytes), id])
    }

    /// - Parameter name: the room's.
    /// - Returns: `nil` where nothing has a list.
    /// - Throws: `StoreError.damaged` where something else than a schedule is stored: it may have had grants.
    private static func shorter(_ stored: Data, of name: String) throws -> RoomSchedule? {
        do {
            let (room, entries) = (try RoomName.stored(name), try RoomSchedule(stored: stored).entries())
            guard entries.contains(where: { $0.outcome.blocking != nil }) else { return nil }
            return try RoomSchedule(entries.map { try $0.withShorterList(in: room) })
        } catch {
            throw StoreError.damaged(finding: "the schedule of the room '\(name)': \(error)")
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
