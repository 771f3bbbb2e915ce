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
        let statement = try db.cachedStatement(
            sql: """
                SELECT held.booking, booking.export, held.source, accepted, missing
                FROM held JOIN booking ON booking.id = held.booking JOIN export ON export.id = booking.export
                ORDER BY held.booking
                """)
        // By number: there may be as many as a source has bookings, and to look for a name costs more than a value.
        return try Array(
            Row.fetchCursor(statement).map { row in
                HeldRow(booking: row[0], export: row[1], source: row[2], isAccepted: row[3], isMissing: row[4])
            })
    }

    /// The generation in which the newest that is held of `export` came: what came later has not taken its place, and
    /// tells nothing about whether it may go. `nil` where nothing is held.
    static func newest(ofExport export: Int64, _ db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: "SELECT max(booking.since) FROM held JOIN booking ON booking.id = held.booking WHERE export = ?")
        return try Int64.fetchOne(statement, arguments: [export])
    }

    /// The rows of those of which something is held.
    static func exports(ofSource source: String, _ db: Database) throws -> Set<Int64> {
        let statement = try db.cachedStatement(
            sql: "SELECT DISTINCT export FROM held JOIN booking ON booking.id = held.booking WHERE held.source = ?")
        return try Int64.fetchSet(statement, arguments: [source])
    }

    /// As `newest(ofExport:)`, of a whole source.
    static func newest(ofSource source: String, _ db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: "SELECT max(booking.since) FROM held JOIN booking ON booking.id = held.booking WHERE held.source = ?")
        return try Int64.fetchOne(statement, arguments: [source])
    }

    static func areAccepted(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM held WHERE accepted = 1)") ?? false
    }
}
