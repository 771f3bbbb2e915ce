import Foundation
import GRDB
import Synchronization

/// What is committed: exports, bookings, decisions and conferences, in one SQLite database.
///
/// One writer, which also checkpoints; readers never wait for it. Each method is one transaction unless it says
/// otherwise. All of them throw `DatabaseError` when the disk is full, the file locked or damaged; nothing has changed
/// then.
package final class ReservationStore: Sendable {
    let database: any DatabaseWriter
    /// A conference has ended: changes that wait for it can be looked at.
    package let conferenceEnds = Signal()
    /// There may be something that the reports do not tell.
    package let reportNews = Signal()
    /// Whether whoever had it open before has ended without closing it.
    package let wasLeftOpen: Bool
    let damage = Mutex<String?>(nil)
    let waitingRequests = WaitingRequests()
    let unwrittenMarks = UnwrittenMarks()
    let refusedWrites = Atomic(0)

    private init(_ database: any DatabaseWriter, isPrepared: Bool = false, wasLeftOpen: Bool = false) throws {
        self.database = database
        self.wasLeftOpen = wasLeftOpen
        guard !isPrepared else { return }
        try Schema.migrator().migrate(database)
    }

    /// Opens or creates the database at `path`; its directory must exist.
    ///
    /// What a pass that did not end had written is invisible, and is removed by the next pass.
    /// - Throws: `StoreError`.
    package static func open(at path: String) throws(StoreError) -> ReservationStore {
        do {
            // The last one who closes a database removes its log.
            let wasLeftOpen = try FileManager.default.hasContent(atPath: path + "-wal")
            // Looked at first by a reader: a pool writes by being opened, and this may be somebody else's.
            if try FileManager.default.hasContent(atPath: path) { try reader(of: path).close() }
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { db in
                // A pool sets NORMAL, which loses acknowledged rows in a power loss.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                let ownPageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? pageSize
                _ = try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint = \(bytesMovedByCommit / ownPageSize)")
            }
            try restrictAccess(to: path)
            return try ReservationStore(pool, wasLeftOpen: wasLeftOpen)
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError where meansDamage(error.resultCode) {
            throw .damaged(finding: "\(path): \(error)")
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
    }

    /// Opens the database at `path` beside the daemon that may be writing it: nothing is changed, and every method that
    /// writes throws.
    ///
    /// - Throws: `StoreError`.
    package static func openForReading(at path: String) throws(StoreError) -> ReservationStore {
        try beside(path) { try currentReader(of: path) }
    }

    /// The same for a copy of the whole: what an earlier version wrote will do.
    ///
    /// - Throws: `StoreError`.
    package static func openForCopying(at path: String) throws(StoreError) -> ReservationStore {
        try beside(path) { try reader(of: path) }
    }

    /// Opens the database at `path` beside the daemon, for a word to it: nothing is migrated, nothing removed.
    ///
    /// - Throws: `StoreError`.
    package static func openBesideDaemon(at path: String) throws(StoreError) -> ReservationStore {
        try beside(path) {
            try currentReader(of: path).close()
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            // The daemon does: decision 0010.
            try queue.writeWithoutTransaction { _ = try Int.fetchOne($0, sql: "PRAGMA wal_autocheckpoint = 0") }
            return queue
        }
    }

    private static func beside(
        _ path: String, _ open: () throws -> DatabaseQueue
    ) throws(StoreError) -> ReservationStore {
        do {
            return try ReservationStore(open(), isPrepared: true)
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError where meansDamage(error.resultCode) {
            throw .notAStore(path: path, reason: "\(error)")
        } catch {
            throw .cannotOpen(path: path, reason: "\(error)")
        }
    }

    /// The real store without a file, for tests and for commands that keep nothing.
    package static func inMemory() throws -> ReservationStore {
        try ReservationStore(DatabaseQueue(configuration: configuration))
    }

    /// Of a page, in bytes. A pass writes half as many as of SQLite's 4,096, and what a POST changes is in few.
    private static let pageSize = 8_192

    /// With the commit that leaves so much in it, the log is moved into the database: a few pages, many times each,
    /// where requests have filled it. A pass does not wait for that: `inTurns`.
    private static let bytesMovedByCommit = 2 << 20

    private static var configuration: Configuration {
        _ = SQLiteSettings.areTaken
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(3)
        // More than ask at once for what Prosody waits for, so that whoever reads for long leaves them some.
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase { db in
            // For a database that is not there yet.
            try db.execute(sql: "PRAGMA page_size = \(pageSize)")
            try db.execute(sql: "PRAGMA mmap_size = 0")
            // 16 MB: with SQLite's 2 MB a pass reads the pages of its indexes again and again.
            try db.execute(sql: "PRAGMA cache_size = -16000")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.addGrantedOverlap()
        }
        return configuration
    }

    /// Writes nothing. What this version knows of the store may be missing in it.
    private static func reader(of path: String) throws -> DatabaseQueue {
        var configuration = configuration
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let known = Schema.migrator().migrations
        let applied = try migrations(in: queue)
        guard let first = known.first, applied.contains(first) else {
            throw StoreError.notAStore(path: path, reason: "bookwatch has not written it")
        }
        if let unknown = applied.first(where: { !known.contains($0) }) {
            throw StoreError.newerSchema(path: path, unknown: unknown)
        }
        return queue
    }

    /// The same for what asks about all that this version knows.
    private static func currentReader(of path: String) throws -> DatabaseQueue {
        let queue = try reader(of: path)
        let applied = try migrations(in: queue)
        if let missing = Schema.migrator().migrations.first(where: { !applied.contains($0) }) {
            throw StoreError.olderSchema(path: path, missing: missing)
        }
        return queue
    }

    private static func migrations(in queue: DatabaseQueue) throws -> [String] {
        try queue.read { db in
            try db.tableExists("grdb_migrations")
                ? String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier") : []
        }
    }

    /// Passwords of rooms are in there: nobody but the owner of the file reads it.
    private static func restrictAccess(to path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }
}

extension FileManager {
    fileprivate func hasContent(atPath path: String) throws -> Bool {
        guard fileExists(atPath: path) else { return false }
        return (try attributesOfItem(atPath: path)[.size] as? Int ?? 0) > 0
    }
}
