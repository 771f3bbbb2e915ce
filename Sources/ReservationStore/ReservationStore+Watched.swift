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
    /// Exports of a source that has another name by now, or whose directory another one holds, are that one's. What
    /// nobody has by now is left, and so is where it was. Beside no pass.
    @discardableResult
    package func noteWatched(_ directories: [String: String]) async throws -> Succession {
        let names = Set(directories.keys.map { Array($0.utf8) })
        var former = try await watchedSources().filter { !names.contains(Array($0.source.utf8)) }
        // First: whoever has some of the exports is known, also if it ends before it has all of them.
        let places = try await write { db in
            try directories.sorted { $0.key < $1.key }.map { try Self.note($0.value, ofSource: $0.key, db) }
        }
        let noted = Dictionary(uniqueKeysWithValues: zip(directories.keys.sorted(), places))
        let heirs = Heirs(directories)
        former = heirs.naming(former) { noted[$0] == .new }
        let succession = try await adopt(former, by: heirs, moved: Set(noted.filter { $1 == .another }.keys))
        let isNew = try await write { [former] db in
            var isNew = !succession.adopted.isEmpty || places.contains { $0 != .same }
            for place in former {
                if let name = place.newName {
                    try db.execute(
                        sql: "UPDATE loss SET source = ? WHERE source = ?", arguments: [name, place.source])
                }
                if try Self.forget(place, db) { isNew = true }
            }
            if isNew { try Self.countSourcesChange(db) }
            return isNew
        }
        if isNew { reportNews.send() }
        return succession
    }

    /// Forgets the sources that are not in `directories` and have no exports any more.
    package func forgetFormer(except directories: [String: String]) async throws {
        let former = try await watchedSources().filter { directories[$0.source] == nil }
        let isNew = try await write { db in
            let isNew = try former.reduce(false) { isNew, place in try Self.forget(place, db) || isNew }
            if isNew { try Self.countSourcesChange(db) }
            return isNew
        }
        if isNew { reportNews.send() }
    }

    /// Unless it has exports.
    private static func forget(_ place: FormerSource, _ db: Database) throws -> Bool {
        try db.execute(
            sql: """
                DELETE FROM watched WHERE source = ?1
                    AND NOT EXISTS (SELECT 1 FROM export WHERE source = ?1 AND removed = 0)
                """,
            arguments: [place.source])
        return db.changesCount > 0
    }

    private func watchedSources() async throws -> [FormerSource] {
        try await database.read { db in
            try Row.fetchAll(db, sql: "SELECT source, directory FROM watched ORDER BY source").map {
                FormerSource(source: $0["source"], directory: $0["directory"])
            }
        }
    }

    private enum NotedPlace {
        case same, new, another
    }

    /// Notes where a source is.
    private static func note(_ directory: String, ofSource source: String, _ db: Database) throws -> NotedPlace {
        let sql = "SELECT directory FROM watched WHERE source = ?"
        let former = try String.fetchOne(db, sql: sql, arguments: [source])
        guard former != directory else { return .same }
        try db.execute(
            sql: """
                INSERT INTO watched (source, directory) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET directory = excluded.directory
                """,
            arguments: [source, directory])
        guard former != nil else { return .new }
        // What was elsewhere is judged anew.
        try db.execute(sql: "UPDATE export SET device = NULL, disk = 0 WHERE source = ?", arguments: [source])
        return .another
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
