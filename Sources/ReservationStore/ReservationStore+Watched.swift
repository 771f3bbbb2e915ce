package import Diagnostics
import GRDB

/// A source that is watched, and what is wrong with its directory: no matter of one export.
package struct WatchedDirectory: Hashable, Sendable {
    package var source: String
    package var faults: [Diagnostic]
    /// Withdrawals that wait.
    package var held: Int

    /// What its operator should know.
    package var findings: [Diagnostic] {
        guard held > 0 else { return faults }
        return faults + [Diagnostic(.removalHeld, "\(held) future bookings would be withdrawn; they are held")]
    }
}

extension ReservationStore {
    /// Those that are watched now, by name, with their directories; forgets what was watched before.
    ///
    /// - Returns: of sources that are not watched any more and still have exports, the directories; they are kept.
    @discardableResult
    package func noteWatched(_ directories: [String: String]) async throws -> [String: String] {
        let (left, isNew) = try await write { db in
            let before = Dictionary(
                uniqueKeysWithValues: try Row.fetchAll(db, sql: "SELECT source, directory FROM watched").map {
                    ($0["source"] as String, $0["directory"] as String)
                })
            let left = try before.filter { source, _ in
                let sql = "SELECT EXISTS (SELECT 1 FROM export WHERE source = ? AND removed = 0)"
                return try directories[source] == nil && Bool.fetchOne(db, sql: sql, arguments: [source]) ?? false
            }
            guard before != directories.merging(left, uniquingKeysWith: { watched, _ in watched }) else {
                return (left, false)
            }
            for source in before.keys where directories[source] == nil && left[source] == nil {
                try db.execute(sql: "DELETE FROM watched WHERE source = ?", arguments: [source])
            }
            for (source, directory) in directories.sorted(by: { $0.key < $1.key }) {
                try db.execute(
                    sql: """
                        INSERT INTO watched (source, directory) VALUES (?, ?)
                        ON CONFLICT DO UPDATE SET directory = excluded.directory
                        """,
                    arguments: [source, directory])
                // What was elsewhere is judged anew.
                guard let former = before[source], former != directory else { continue }
                try db.execute(sql: "UPDATE export SET device = NULL, disk = 0 WHERE source = ?", arguments: [source])
            }
            try Self.countSourcesChange(db)
            return (left, true)
        }
        if isNew { reportNews.send() }
        return left
    }

    /// That a source was looked at once, beside those that are watched.
    package func noteLookedAt(_ directory: String, ofSource source: String) async throws {
        try await write { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO watched (source, directory) VALUES (?, ?)", arguments: [source, directory])
            if db.changesCount > 0 { try Self.countSourcesChange(db) }
        }
    }

    /// What is wrong with the directory of a watched source by now.
    package func note(_ faults: [Diagnostic], ofSource source: String) async throws {
        let text = faults.isEmpty ? "[]" : try StoredJSON.encode(faults)
        let isNew = try await write { db in
            try db.execute(
                sql: "UPDATE watched SET faults = ?1 WHERE source = ?2 AND faults <> ?1", arguments: [text, source])
            guard db.changesCount > 0 else { return false }
            try Self.countSourcesChange(db)
            return true
        }
        if isNew { reportNews.send() }
    }

    /// On which devices exports of a source lie by now, by path; after a mounting there may be a million.
    package func note(devices: [String: UInt64], ofSource source: String) async throws {
        let items = devices.map { (path: $0.key, device: Int64(bitPattern: $0.value)) }
        try await inTurns(of: items) { item, db in
            let statement = try db.cachedStatement(
                sql: "UPDATE export SET device = ? WHERE source = ? AND path = ?")
            try BoundStatement(statement).execute(item.device, source, item.path)
        }
    }

    /// In order of name.
    package func watchedDirectories() async throws -> [WatchedDirectory] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT source, faults, (SELECT count(*) FROM held WHERE held.source = watched.source) AS held
                    FROM watched ORDER BY source
                    """
            ).map { row in
                WatchedDirectory(
                    source: row["source"], faults: try StoredJSON.decode([Diagnostic].self, row["faults"]),
                    held: row["held"])
            }
        }
    }

    private static func countSourcesChange(_ db: Database) throws {
        try db.execute(sql: "UPDATE generation SET sourcesChange = sourcesChange + 1")
    }
}
