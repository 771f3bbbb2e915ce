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
        let own = [database.path, database.path + "-wal", database.path + "-shm", database.path + ".lock"]
        guard !own.contains(where: { Self.isSameFile($0, path) }) else {
            throw .cannotOpen(path: path, reason: "this is the store itself; a backup goes to another file")
        }
        return try Self.copy(database, to: path)
    }

    /// Makes the store at `path` what the backup at `file` is. Nobody may have the store open: take the `StoreLock`.
    ///
    /// What happened after the backup is forgotten, and read again from the exports; ids of conferences are never given
    /// twice, for they are taken from the clock.
    /// - Throws: `StoreError`; then the store is as it was.
    package static func restore(_ file: String, to path: String) throws(StoreError) -> BackupSummary {
        let source = try openForCopying(at: file)
        guard !isSameFile(file, path) else { throw .notAStore(path: file, reason: "it is the store itself") }
        do {
            return try copy(source.database, to: path) { try foldLog(ofStoreAt: path) }
        } catch .damaged(let finding) {
            throw .notAStore(path: file, reason: finding)
        }
    }

    /// Brings what is in the log of a store that was left open into its file, and removes the log. A log that stays
    /// beside a file that takes the store's place would be taken for that file's.
    static func foldLog(ofStoreAt path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            let store = try DatabaseQueue(path: path)
            try store.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try store.close()
        } catch is DatabaseError {
            // It is damaged, which may be why it is replaced.
        }
        for leftover in [path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: leftover) {
            try FileManager.default.removeItem(atPath: leftover)
        }
        try synchronizeFolder(of: path)
    }

    /// - Parameter beforeReplacing: done when the copy is whole, and what is at `path` is still there.
    private static func copy(
        _ source: any DatabaseReader, to path: String, beforeReplacing: () throws -> Void = {}
    ) throws(StoreError) -> BackupSummary {
        let draft = path + ".part"
        do {
            try removeDraft(draft)
            let summary = try fill(draft, from: source)
            try beforeReplacing()
            try replace(path, with: draft)
            return summary
        } catch {
            let failure = error as? StoreError ?? .cannotCopy(path: path, reason: Self.reason(of: error))
            do {
                try removeDraft(draft)
            } catch {
                throw .cannotOpen(path: path, reason: "\(failure); \(draft) cannot be removed: \(error)")
            }
            throw failure
        }
    }

    /// The message of one that another connection has met is not always at hand.
    private static func reason(of error: any Error) -> String {
        (error as? DatabaseError).map { "SQLite error \($0.resultCode)" } ?? "\(error)"
    }

    private static func removeDraft(_ draft: String) throws {
        for file in [draft, draft + "-journal", draft + "-wal", draft + "-shm"]
        where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    private static func isSameFile(_ one: String, _ other: String) -> Bool {
        identity(of: one).map { $0 == identity(of: other) } ?? false
    }

    /// Device and inode of what the path leads to; `nil` where nothing is there.
    private static func identity(of path: String) -> [Int]? {
        do {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
            return [attributes[.systemNumber], attributes[.systemFileNumber]].compactMap { $0 as? Int }
        } catch {
            return nil
        }
    }

    private static func fill(_ path: String, from source: any DatabaseReader) throws -> BackupSummary {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw StoreError.cannotOpen(path: path, reason: "it cannot be created") }
        let copy = try DatabaseQueue(path: path)
        do {
            try source.backup(to: copy)
            let summary = try copy.write { db in
                let findings = try String.fetchAll(db, sql: "PRAGMA quick_check(10)")
                guard findings == ["ok"] else { throw StoreError.damaged(finding: findings.first ?? "no answer") }
                return try BackupSummary(db)
            }
            try copy.close()
            return summary
        } catch let error as DatabaseError where meansDamage(error.resultCode) {
            // Some damage keeps SQLite from looking for more.
            throw StoreError.damaged(finding: "\(error)")
        }
    }

    /// On the disk before and after: a loss of power leaves the old file or the new one.
    private static func replace(_ path: String, with draft: String) throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: draft))
        try file.synchronize()
        try file.close()
        guard unsafe rename(draft, path) == 0 else {
            throw StoreError.cannotOpen(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        try synchronizeFolder(of: path)
    }

    private static func synchronizeFolder(of path: String) throws {
        let directory = try FileHandle(forReadingFrom: URL(fileURLWithPath: path).deletingLastPathComponent())
        try directory.synchronize()
        try directory.close()
    }
}

extension BackupSummary {
    fileprivate init(_ db: Database) throws {
        exports = try Int.fetchOne(db, sql: "SELECT count(*) FROM export WHERE removed = 0") ?? 0
        reservations = try Self.reservations(db)
        conferences = try Int.fetchOne(db, sql: "SELECT count(*) FROM conference") ?? 0
        passedAt = try Int64.fetchOne(db, sql: "SELECT passedAt FROM generation").map(Date.init(seconds:))
    }

    /// Also of a store of an earlier version.
    private static func reservations(_ db: Database) throws -> Int {
        let counted =
            try db.tableExists("schedule")
            ? "SELECT sum(granted + declined + duplicates) FROM schedule" : "SELECT count(*) FROM reservation"
        let generation = try GenerationRows.current(db)
        return try Int.fetchOne(db, sql: "\(counted) WHERE since <= ?1 AND until > ?1", arguments: [generation]) ?? 0
    }
}
