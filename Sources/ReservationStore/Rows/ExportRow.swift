import Diagnostics
import Foundation
import GRDB
import Reservations

extension StoredExport {
    init(_ row: Row) throws {
        self.row = row["id"]
        name = ExportName(source: row["source"], path: row["path"])
        digest = row["digest"]
        reader = row["reader"]
        inForce = row["inForce"]
        isMissing = row["missing"]
        diagnostics = try StoredJSON.decode([Diagnostic].self, row["diagnostics"])
        if let held: Int = row["heldBookings"], held > 0 {
            diagnostics.append(
                Diagnostic(
                    .removalHeld, file: name.path,
                    "\(held) future \(held == 1 ? "booking is" : "bookings are") no longer in it, and held"))
        }
    }

    static func named(_ name: ExportName, _ db: Database) throws -> StoredExport? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM export WHERE source = ? AND path = ?", arguments: [name.source, name.path]
        ).map(StoredExport.init)
    }

    /// The row that the bookings of a new export hang on; nothing is in force yet.
    static func insertEmpty(_ name: ExportName, at now: Date, _ db: Database) throws -> Int64 {
        try db.execute(
            sql: """
                INSERT INTO export (source, path, digest, reader, inForce, removed, diagnostics, importedAt)
                VALUES (?, ?, '', '', 0, 0, '[]', ?)
                """,
            arguments: [name.source, name.path, now.seconds]
        )
        return db.lastInsertedRowID
    }

    static func update(_ row: Int64, with change: ExportChange, inForce: Bool, at now: Date, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE export SET
                    digest = ?, reader = ?, inForce = ?, removed = 0, missing = 0, diagnostics = ?, importedAt = ?
                WHERE id = ?
                """,
            arguments: [
                change.digest, change.reader, inForce, try StoredJSON.encode(change.diagnostics), now.seconds, row,
            ]
        )
    }

    /// The row itself goes when no booking hangs on it any more: readers may still see them.
    static func markRemoved(_ row: Int64, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE export SET removed = 1, missing = 0, digest = '', inForce = 0 WHERE id = ?", arguments: [row]
        )
    }

    /// Its bookings are held: what comes back is read anew, whatever it is.
    static func markMissing(_ row: Int64, _ db: Database) throws {
        try db.execute(sql: "UPDATE export SET missing = 1, digest = '' WHERE id = ?", arguments: [row])
    }

    /// Missing exports go with the last booking that was held.
    static func removeReleased(_ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE export SET removed = 1, missing = 0, inForce = 0 WHERE missing = 1 AND NOT EXISTS (
                    SELECT 1 FROM held JOIN booking ON booking.id = held.booking WHERE booking.export = export.id
                )
                """)
    }

    /// The exports of which `generation` sees other reservations than the one before it.
    static func decidedOtherwise(in generation: Int64, _ db: Database) throws -> Set<ExportName> {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT DISTINCT export.source AS source, path FROM export JOIN booking ON booking.export = export.id
                WHERE booking.id IN (SELECT booking FROM reservation WHERE since = ?1 OR until = ?1)
                """,
            arguments: [generation]
        )
        return Set(rows.map { ExportName(source: $0["source"], path: $0["path"]) })
    }
}
