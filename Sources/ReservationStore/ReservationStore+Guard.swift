package import Foundation
import GRDB
package import Reservations

/// A booking that its export has no more, and that stays until somebody has said that this is meant.
package struct HeldBooking: Hashable, Sendable {
    package var row: Int64
    package var export: ExportName
    package var booking: Booking
    package var since: Date
    /// Whether it has been let through; the daemon withdraws it with its next pass.
    package var isAccepted: Bool
}

/// A source as far as the store knows it.
package struct SourceState: Hashable, Sendable {
    package var exports = 0
    /// Bookings that claim a room after now.
    package var future = 0
    /// Exports whose disk is not there.
    package var away = 0
    /// When a content of it was read that was not the one before.
    package var changedAt: Date?
}

extension ReservationStore {
    /// What is held of `source`, in order of export and line.
    package func held(ofSource source: String) async throws -> [HeldBooking] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT held.booking AS booking, held.since AS since, accepted, path FROM held
                    JOIN booking ON booking.id = held.booking JOIN export ON export.id = booking.export
                    WHERE held.source = ? ORDER BY path, line, booking.id
                    """,
                arguments: [source]
            ).compactMap { row in
                try StoredBooking.withRow(row["booking"], db).map { stored in
                    HeldBooking(
                        row: stored.row, export: ExportName(source: source, path: row["path"]),
                        booking: stored.booking, since: Date(seconds: row["since"]), isAccepted: row["accepted"])
                }
            }
        }
    }

    /// Lets exactly `bookings` go; the next pass withdraws those that are still held.
    package func accept(_ bookings: [HeldBooking]) async throws {
        try await accept(
            rows: bookings.map(\.row),
            by: """
                UPDATE holding SET accepted = 1 WHERE booking = ?1
                    AND EXISTS (SELECT 1 FROM held WHERE held.booking = ?1)
                """)
    }

    /// Does `update` to each of `rows`.
    ///
    /// Several transactions, so that nobody waits for all of them: where one fails, those before it are let through.
    func accept(rows: [Int64], by update: String) async throws {
        var rest = rows[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.rowsAcceptedAtOnce)
            rest = rest.dropFirst(chunk.count)
            try await write { db in
                let accept = try db.cachedStatement(sql: update)
                for row in chunk { try accept.execute(arguments: [row]) }
            }
        }
    }

    /// So many rows take a few milliseconds, for which others wait.
    private static let rowsAcceptedAtOnce = 500

    /// The names of those that were watched last, or that have an export, in order, with the directory of the former.
    package func sources() async throws -> [(name: String, directory: String?)] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT name, directory FROM (
                        SELECT source AS name FROM export WHERE removed = 0 UNION SELECT source FROM watched
                    ) LEFT JOIN watched ON watched.source = name ORDER BY name
                    """
            ).map { ($0["name"], $0["directory"]) }
        }
    }

    package func state(ofSource source: String, at now: Date) async throws -> SourceState {
        try await database.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*) AS exports, max(importedAt) AS changedAt, count(nullif(disk, 0)) AS away FROM export
                    WHERE source = ? AND removed = 0
                    """,
                arguments: [source])
            let changed: Int64? = row?["changedAt"]
            return SourceState(
                exports: row?["exports"] ?? 0,
                future: try FutureBookings(after: now, in: GenerationRows.current(db), db)
                    .count(ofSource: source, db),
                away: row?["away"] ?? 0,
                changedAt: changed.map(Date.init(seconds:)))
        }
    }
}
