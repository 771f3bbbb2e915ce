import Foundation
import GRDB

/// A booking that its export has no more, and that stays until somebody has said that this is meant.
struct HeldRow: Hashable {
    var booking: Int64
    var export: Int64
    var source: String
    var isAccepted: Bool
    /// Whether the export itself is gone.
    var isMissing: Bool

    /// In order of row.
    static func all(_ db: Database) throws -> [HeldRow] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT held.booking AS booking, booking.export AS export, held.source AS source, accepted, missing
                FROM held JOIN booking ON booking.id = held.booking JOIN export ON export.id = booking.export
                ORDER BY held.booking
                """
        ).map { row in
            HeldRow(
                booking: row["booking"], export: row["export"], source: row["source"], isAccepted: row["accepted"],
                isMissing: row["missing"])
        }
    }

    /// Makes `rows` the held ones of `sources`. What was let through meanwhile stays so.
    ///
    /// - Returns: the exports of which more or less is held than before.
    static func replace(
        ofSources sources: [String], with rows: Set<Int64>, at now: Date, _ db: Database
    ) throws -> Set<Int64> {
        var before: Set<Int64> = []
        for source in sources {
            before.formUnion(
                try Int64.fetchAll(db, sql: "SELECT booking FROM held WHERE source = ?", arguments: [source]))
        }
        for row in before.subtracting(rows) {
            try db.execute(sql: "DELETE FROM held WHERE booking = ?", arguments: [row])
        }
        let insert = try db.makeStatement(
            sql: """
                INSERT INTO held (booking, source, since, accepted)
                SELECT id, source, ?, 0 FROM booking WHERE id = ? ON CONFLICT (booking) DO NOTHING
                """)
        for row in rows.sorted() { try insert.execute(arguments: [now.seconds, row]) }
        return try Set(
            before.symmetricDifference(rows).compactMap { row in
                try Int64.fetchOne(db, sql: "SELECT export FROM booking WHERE id = ?", arguments: [row])
            })
    }

    static func areAccepted(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM held WHERE accepted = 1)") ?? false
    }
}
