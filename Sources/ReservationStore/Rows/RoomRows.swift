import GRDB
import Reservations

/// The numbers of rooms by which schedules name them.
enum RoomRows {
    /// Gives the room one where it has none.
    static func number(of room: RoomName, _ db: Database) throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT id FROM room WHERE name = ?")
        if let known = try Int64.fetchOne(statement, arguments: [room.text]) { return known }
        try BoundStatement(db.cachedStatement(sql: "INSERT INTO room (name) VALUES (?)")).execute(room.text)
        return db.lastInsertedRowID
    }

    /// Those that no schedule is of.
    static func unused(_ db: Database) throws -> [Int64] {
        try Int64.fetchAll(db, sql: "SELECT id FROM room WHERE \(isUnused)")
    }

    /// Removes those of `rows` that still no schedule is of; answers how many.
    static func removeUnused(_ rows: some Sequence<Int64>, _ db: Database) throws -> Int {
        let statement = try db.cachedStatement(sql: "DELETE FROM room WHERE id = ? AND \(isUnused)")
        return try rows.reduce(0) { removed, row in
            try BoundStatement(statement).execute(row)
            return removed + db.changesCount
        }
    }

    private static let isUnused = "NOT EXISTS (SELECT 1 FROM schedule WHERE roomId = room.id)"
}
