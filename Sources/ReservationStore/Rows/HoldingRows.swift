import Foundation
import GRDB

/// What a pass holds and what it no longer holds, in the generation that it writes: there may be as many rows as there
/// are bookings, and Prosody waits for none of them.
struct HoldingRows {
    /// The rows of bookings, rising.
    let begun: [Int64]
    let ended: [Int64]

    /// The way to `rows` from what is held of `sources` now. What was let through meanwhile stays so.
    init(ofSources sources: [String], to rows: Set<Int64>, _ db: Database) throws {
        var before: Set<Int64> = []
        for source in sources {
            before.formUnion(
                try Int64.fetchAll(db, sql: "SELECT booking FROM held WHERE source = ?", arguments: [source]))
        }
        begun = rows.subtracting(before).sorted()
        ended = before.subtracting(rows).sorted()
    }

    /// The exports of which more or less is held than before.
    func exports(_ db: Database) throws -> Set<Int64> {
        let export = try db.cachedStatement(sql: "SELECT export FROM booking WHERE id = ?")
        return Set(try (begun + ended).compactMap { try Int64.fetchOne(export, arguments: [$0]) })
    }

    static func begin(_ booking: Int64, in generation: Int64, at now: Date, _ db: Database) throws {
        let statement = try db.cachedStatement(
            // What was held earlier may still have its row.
            sql: """
                INSERT INTO holding (booking, source, since, accepted, begins)
                SELECT booking.id, export.source, ?, 0, ?
                FROM booking JOIN export ON export.id = booking.export WHERE booking.id = ?
                ON CONFLICT (booking) DO UPDATE
                SET source = excluded.source, since = excluded.since, accepted = 0, begins = excluded.begins,
                    ends = excluded.ends
                """)
        try BoundStatement(statement).execute(now.seconds, generation, booking)
    }

    /// The export has another source by now.
    static func move(ofExport export: Int64, to source: String, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE holding SET source = ? WHERE booking IN (SELECT id FROM booking WHERE export = ?)")
        try BoundStatement(statement).execute(source, export)
    }

    static func end(_ booking: Int64, in generation: Int64, _ db: Database) throws {
        try BoundStatement(db.cachedStatement(sql: "UPDATE holding SET ends = ? WHERE booking = ?"))
            .execute(generation, booking)
    }

    /// Takes back up to `count` rows of either kind of a pass that never became current; answers how many there were.
    static func removeUnfinished(after current: Int64, upTo count: Int, _ db: Database) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM holding WHERE booking IN (SELECT booking FROM holding WHERE begins > ? LIMIT ?)
                """,
            arguments: [current, count])
        let taken = db.changesCount
        try db.execute(
            sql: """
                UPDATE holding SET ends = ?1 WHERE booking IN (
                    SELECT booking FROM holding WHERE ends > ?2 AND ends < \(Schema.forever) LIMIT ?3
                )
                """,
            arguments: [Schema.forever, current, count])
        return taken + db.changesCount
    }

    /// Removes up to `count` rows that no reader can see any more; answers how many there were.
    static func removeEnded(upTo count: Int, _ db: Database) throws -> Int {
        try db.execute(
            sql: """
                DELETE FROM holding WHERE booking IN (
                    SELECT booking FROM holding WHERE ends <= ? AND ends < \(Schema.forever) LIMIT ?
                )
                """,
            arguments: [try GenerationRows.current(db), count])
        return db.changesCount
    }
}
