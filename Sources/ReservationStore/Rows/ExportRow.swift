import Diagnostics
import Foundation
import GRDB
import Reservations

extension StoredExport {
    /// Those that are not removed.
    static let selection = """
        SELECT export.*, (
            SELECT count(*) FROM held JOIN booking ON booking.id = held.booking WHERE booking.export = export.id
        ) AS heldBookings
        FROM export WHERE removed = 0
        """

    init(_ row: Row) throws {
        self.row = row["id"]
        name = ExportName(source: row["source"], path: row["path"])
        digest = row["digest"]
        reader = row["reader"]
        inForce = row["inForce"]
        bringsNothing = row["unchanged"]
        isMissing = row["missing"]
        device = (row["device"] as Int64?).map(UInt64.init(bitPattern:))
        disk = Disk(rawValue: row["disk"]) ?? .there
        let findings: String = row["diagnostics"]
        diagnostics = findings == "[]" ? [] : try StoredJSON.decode([Diagnostic].self, findings)
        if let held: Int = row["heldBookings"], held > 0 {
            diagnostics.append(
                Diagnostic(
                    .removalHeld, file: name.path,
                    "\(held) future \(held == 1 ? "booking is" : "bookings are") no longer in it, and held"))
        }
    }

    static func row(of name: ExportName, _ db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(sql: "SELECT id FROM export WHERE source = ? AND path = ?")
        return try Int64.fetchOne(statement, arguments: [name.source, name.path])
    }

    /// The row that the bookings of a new export hang on; nothing is in force yet.
    static func insertEmpty(_ name: ExportName, at now: Date, _ db: Database) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO export (source, path, digest, reader, inForce, removed, diagnostics, importedAt)
                VALUES (?, ?, '', '', 0, 0, '[]', ?)
                """)
        try BoundStatement(statement).execute(name.source, name.path, now.seconds)
        return db.lastInsertedRowID
    }

    /// Lets `generation` be the one in which it has changed, so that its report has something new to tell.
    static func update(
        _ row: Int64, with change: ExportChange, inForce: Bool, in generation: Int64, at now: Date, _ db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE export SET
                    digest = ?, reader = ?, inForce = ?, unchanged = ?, removed = 0, missing = 0, diagnostics = ?,
                    importedAt = ?, changedIn = ?, device = coalesce(?, device), disk = 0
                WHERE id = ?
                """)
        let diagnostics = change.diagnostics.isEmpty ? "[]" : try StoredJSON.encode(change.diagnostics)
        try BoundStatement(statement).execute(
            change.digest, change.reader, inForce, change.bringsNothing, diagnostics, now.seconds, generation,
            change.device.map(Int64.init(bitPattern:)), row)
    }

    /// Lets its content be read again, whatever it is, if this pass does not come to its end.
    static func forgetReading(_ row: Int64, _ db: Database) throws {
        try BoundStatement(db.cachedStatement(sql: "UPDATE export SET reader = '' WHERE id = ?")).execute(row)
    }

    /// Its content is read anew, by the rules of its new source, and its report is written anew.
    static func rename(_ row: Int64, to name: ExportName, in generation: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE export SET source = ?, path = ?, reader = '', changedIn = ? WHERE id = ?")
        try BoundStatement(statement).execute(name.source, name.path, generation, row)
    }

    /// Whether bookings of it are in force, or will be after the pass that is being written.
    static func hasBookings(_ row: Int64, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM booking WHERE export = ? AND until = \(Schema.forever))")
        return try Bool.fetchOne(statement, arguments: [row]) ?? false
    }

    /// The row itself goes when no booking hangs on it any more: readers may still see them.
    static func markRemoved(_ row: Int64, in generation: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE export SET removed = 1, missing = 0, digest = '', inForce = 0, changedIn = ?, disk = 0
                WHERE id = ?
                """)
        try BoundStatement(statement).execute(generation, row)
    }

    /// Its bookings are held: what comes back is read anew, whatever it is.
    static func markMissing(_ row: Int64, in generation: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE export SET missing = 1, digest = '', changedIn = ?, disk = 0 WHERE id = ?")
        try BoundStatement(statement).execute(generation, row)
    }

    /// More or less of it is held than before.
    static func noteHolding(_ row: Int64, in generation: Int64, _ db: Database) throws {
        try BoundStatement(db.cachedStatement(sql: "UPDATE export SET changedIn = ? WHERE id = ?"))
            .execute(generation, row)
    }

    /// Whether it is missing, and `generation` holds nothing of it any more: it goes with the last booking.
    static func isReleased(_ row: Int64, in generation: Int64, _ db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM export WHERE id = ?1 AND missing = 1) AND NOT EXISTS (
                    SELECT 1 FROM booking CROSS JOIN holding ON holding.booking = booking.id
                    WHERE booking.export = ?1 AND begins <= ?2 AND ends > ?2
                )
                """)
        return try Bool.fetchOne(statement, arguments: [row, generation]) ?? false
    }

    static func names(ofRows rows: Set<Int64>, _ db: Database) throws -> Set<ExportName> {
        let name = try db.cachedStatement(sql: "SELECT source, path FROM export WHERE id = ?")
        return Set(
            try rows.compactMap { try Row.fetchOne(name, arguments: [$0]) }
                .map { ExportName(source: $0["source"], path: $0["path"]) })
    }
}
