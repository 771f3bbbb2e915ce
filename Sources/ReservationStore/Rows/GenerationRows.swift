import Foundation
import GRDB
import Reservations

/// The rows of bookings and schedules as generations: what is visible now, what is being written, what is left over.
enum GenerationRows {
    static func current(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT current FROM generation") ?? 0
    }

    /// Marks that rows of the next generation are coming; answers that generation.
    static func begin(_ db: Database) throws -> Int64 {
        try db.execute(sql: "UPDATE generation SET staging = 1")
        return try current(db) + 1
    }

    /// Takes back up to `count` rows of each kind that a pass wrote which never became current, the latest first;
    /// answers how many there were. Nobody has seen them.
    static func removeUnfinished(_ db: Database, upTo count: Int) throws -> Int {
        guard try Bool.fetchOne(db, sql: "SELECT staging FROM generation") == true else { return 0 }
        let current = try current(db)
        let holdings = try HoldingRows.removeUnfinished(after: current, upTo: count, db)
        guard holdings == 0 else { return holdings }
        // Schedules first, since they refer to bookings.
        for table in ["schedule", "booking"] {
            // A pass gives its rows the greatest ids.
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE since > ?1 AND id IN (SELECT id FROM \(table) ORDER BY id DESC LIMIT ?2)
                    """,
                arguments: [current, count])
            // All of them first: a room has one row for each generation.
            guard db.changesCount == 0 else { return db.changesCount }
            try db.execute(
                sql: """
                    UPDATE \(table) SET until = ?1 WHERE id IN (
                        SELECT id FROM \(table) WHERE until > ?2 AND until < \(Schema.forever) LIMIT ?3
                    )
                    """,
                arguments: [Schema.forever, current, count])
            guard db.changesCount == 0 else { return db.changesCount }
        }
        try db.execute(sql: "UPDATE generation SET staging = 0")
        return 0
    }

    /// - Parameter isPart: whether there is more to come before the first pass of a new store is done.
    static func makeCurrent(
        _ generation: Int64, by policy: ConflictPolicy, at now: Date, isPart: Bool, _ db: Database
    ) throws {
        try db.execute(
            sql: """
                UPDATE generation SET current = ?, staging = 0, policy = ?,
                    passedAt = iif(? AND passedAt IS NULL, NULL, ?)
                """,
            arguments: [generation, try StoredJSON.encode(policy), isPart, now.seconds]
        )
    }

    /// Whether the decisions that are current were made by the rules of `policy`.
    static func isDecided(by policy: ConflictPolicy, _ db: Database) throws -> Bool {
        try String.fetchOne(db, sql: "SELECT policy FROM generation") == StoredJSON.encode(policy)
    }

    /// Removes up to `count` rows of each kind that no reader can see any more, and that the reports have told of;
    /// answers how many there were.
    static func removeReplaced(_ db: Database, upTo count: Int) throws -> Int {
        let reported = try Int64.fetchOne(db, sql: "SELECT reported FROM generation") ?? 0
        try db.execute(
            // The last condition is that of the partial index, without which all rows would be looked at.
            sql: """
                DELETE FROM schedule WHERE id IN (
                    SELECT id FROM schedule WHERE until <= ? AND until < \(Schema.forever) LIMIT ?
                )
                """,
            arguments: [reported, count]
        )
        var removed = db.changesCount
        removed += try StoredBooking.removeReplaced(upTo: reported, count: count, db)
        removed += try HoldingRows.removeEnded(upTo: count, db)
        removed += try StoredRejection.removeReplaced(upTo: reported, count: count, db)
        try db.execute(
            sql: """
                DELETE FROM export WHERE id IN (
                    SELECT id FROM export WHERE removed = 1 AND changedIn <= ?
                        AND NOT EXISTS (SELECT 1 FROM booking WHERE export = export.id) LIMIT ?
                )
                """,
            arguments: [reported, count])
        return removed + db.changesCount
    }
}
