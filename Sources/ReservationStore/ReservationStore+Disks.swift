package import Foundation
import GRDB

/// An export whose disk is not there: it stays until it is seen again, or somebody has said that the disk is gone for
/// good.
package struct AwayExport: Hashable, Sendable {
    package var row: Int64
    package var name: ExportName
    /// Bookings of it that claim a room after now.
    package var future: Int
    /// Whether somebody has said so; the daemon removes it with its next pass.
    package var isLetGo: Bool
}

extension ReservationStore {
    /// Which exports of a source have a disk that is there by now, and which not; whatever was let go of stays so until
    /// it is there. In turns: a disk may have a million.
    package func note(disks: [String: StoredExport.Disk], ofSource source: String) async throws {
        let items = disks.map { (path: $0.key, disk: $0.value.rawValue) }
        try await inTurns(of: items) { item, db in
            let statement = try db.cachedStatement(
                sql: "UPDATE export SET disk = ?1 WHERE source = ?2 AND path = ?3 AND (?1 = 0 OR disk = 0)")
            try BoundStatement(statement).execute(item.disk, source, item.path)
        }
    }

    /// The exports of `source` whose disk is not there, in order of path.
    package func away(ofSource source: String, at now: Date) async throws -> [AwayExport] {
        try await database.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT id, path, disk FROM export WHERE source = ? AND disk <> 0 AND removed = 0 ORDER BY path",
                arguments: [source])
            guard !rows.isEmpty else { return [] }
            let future = try FutureBookings(after: now, in: GenerationRows.current(db), db)
            return try rows.map { row in
                AwayExport(
                    row: row["id"], name: ExportName(source: source, path: row["path"]),
                    future: try future.count(ofExport: row["id"], upTo: nil, db),
                    isLetGo: row["disk"] == StoredExport.Disk.letGo.rawValue)
            }
        }
    }

    /// Lets exactly `exports` go, those whose disk is still not there.
    package func letGo(_ exports: [AwayExport]) async throws {
        try await accept(rows: exports.map(\.row), by: "UPDATE export SET disk = 2 WHERE id = ?1 AND disk = 1")
    }

    /// What was let go of, and is not removed yet.
    package func exportsLetGo() async throws -> [ExportName] {
        try await database.read { db in
            // The index has those whose disk is not there: that there is none costs nothing, and it is asked often.
            try Row.fetchAll(db, sql: "SELECT source, path FROM export WHERE disk = 2 AND disk <> 0")
                .map { ExportName(source: $0["source"], path: $0["path"]) }
        }
    }
}
