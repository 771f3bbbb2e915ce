import Foundation
import GRDB
import Reservations

/// What a source has lost within the guard's hour.
struct RecentLosses {
    /// Its future bookings before the first of these losses; `nil` without any.
    let before: Int?
    let withdrawn: Int

    init(of source: String, at now: Date, _ db: Database) throws {
        let rows = try Row.fetchAll(
            db, sql: "SELECT before, withdrawn FROM loss WHERE source = ? AND at > ? ORDER BY at, id",
            arguments: [source, Self.start(of: now).seconds])
        before = rows.first?["before"]
        withdrawn = rows.reduce(0) { $0 + $1["withdrawn"] }
    }

    /// Notes what a pass let go, and forgets what no hour counts any more.
    static func note(_ removals: SourceRemovals, at now: Date, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM loss WHERE at <= ?", arguments: [start(of: now).seconds])
        guard removals.reason == nil, removals.lost > 0 else { return }
        try db.execute(
            sql: "INSERT INTO loss (source, at, before, withdrawn) VALUES (?, ?, ?, ?)",
            arguments: [removals.source, now.seconds, removals.before, removals.lost])
    }

    private static func start(of now: Date) -> Date { now.addingTimeInterval(-RemovalGuard.span.inSeconds) }
}
