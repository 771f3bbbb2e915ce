package import Foundation
import GRDB

/// What a copy of the store has in it, for whoever made it.
package struct BackupSummary: Hashable, Sendable, Encodable {
    package var exports: Int
    package var reservations: Int
    package var conferences: Int
    /// The last pass.
    package var passedAt: Date?
}

extension ReservationStore {
    /// Copies what is committed to `path`, beside a daemon that goes on writing. A file that was there is replaced, at
    /// once and only by a copy that was checked.
    ///
    /// - Throws: `StoreError`; then nothing has changed at `path`.
    package func backUp(to path: String) throws(StoreError) -> BackupSummary {
        try Self.copy(database, to: path)
    }

    /// Makes the store at `path` what the backup at `file` is. Nobody may have the store open: take the `StoreLock`.
    ///
    /// What happened after the backup is forgotten, and read again from the exports; ids of conferences are never given
    /// twice, for they are taken from the clock.
    /// - Throws: `StoreError`; then the store is as it was.
    package static func restore(_ file: String, to path: String) throws(StoreError) -> BackupSummary {
        let source = try openForReading(at: file)
        let summary = try copy(source.database, to: path)
        do {
            for leftover in [path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: leftover) {
                try FileManager.default.removeItem(atPath: leftover)
            }
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
        return summary
    }

    private static func copy(_ source: any DatabaseReader, to path: String) throws(StoreError) -> BackupSummary {
        let draft = path + ".part"
        // What is left of a copy that failed is in nobody's way: the next one begins anew.
        do {
            if FileManager.default.fileExists(atPath: draft) { try FileManager.default.removeItem(atPath: draft) }
            let summary = try fill(draft, from: source)
            try replace(path, with: draft)
            return summary
        } catch {
            throw error as? StoreError ?? .cannotOpen(path: path, reason: "\(error)")
        }
    }

    private static func fill(_ path: String, from source: any DatabaseReader) throws -> BackupSummary {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw StoreError.cannotOpen(path: path, reason: "it cannot be created") }
        let copy = try DatabaseQueue(path: path)
        try source.backup(to: copy)
        let summary = try copy.write { db in
            let findings = try String.fetchAll(db, sql: "PRAGMA quick_check(10)")
            guard findings == ["ok"] else { throw StoreError.damaged(finding: findings.first ?? "no answer") }
            return try BackupSummary(db)
        }
        try copy.close()
        return summary
    }

    /// On the disk before and after: a loss of power leaves the old file or the new one.
    private static func replace(_ path: String, with draft: String) throws {
        let url = URL(fileURLWithPath: path)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: draft))
        try file.synchronize()
        try file.close()
        guard unsafe rename(draft, path) == 0 else {
            throw StoreError.cannotOpen(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        let directory = try FileHandle(forReadingFrom: url.deletingLastPathComponent())
        try directory.synchronize()
        try directory.close()
    }
}

extension BackupSummary {
    fileprivate init(_ db: Database) throws {
        exports = try Int.fetchOne(db, sql: "SELECT count(*) FROM export WHERE removed = 0") ?? 0
        let generation = try GenerationRows.current(db)
        reservations =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM reservation WHERE since <= ?1 AND until > ?1", arguments: [generation]
            ) ?? 0
        conferences = try Int.fetchOne(db, sql: "SELECT count(*) FROM conference") ?? 0
        passedAt = try Int64.fetchOne(db, sql: "SELECT passedAt FROM generation").map(Date.init(seconds:))
    }
}
