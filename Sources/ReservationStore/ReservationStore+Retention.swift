package import Foundation
import GRDB

extension ReservationStore {
    /// Forgets what ended before `past`, and about whom it was before `personal`. What exports still say stays.
    ///
    /// - Returns: how many rows were removed or made anonymous.
    package func purge(endedBefore past: Date, personalBefore personal: Date) async throws -> Int {
        let steps = [
            ("DELETE FROM expiry WHERE id IN (SELECT id FROM expiry WHERE endsAt < ? LIMIT ?)", past),
            ("DELETE FROM conference WHERE id IN (SELECT id FROM conference WHERE endedAt < ? LIMIT ?)", past),
            (
                "DELETE FROM answering WHERE startedAt IN (SELECT startedAt FROM answering WHERE lastAt < ? LIMIT ?)",
                past
            ),
            (
                """
                UPDATE expiry SET owner = NULL, summary = NULL WHERE id IN (
                    SELECT id FROM expiry
                    WHERE endsAt < ? AND (owner IS NOT NULL OR summary IS NOT NULL) LIMIT ?
                )
                """, personal
            ),
            ("DELETE FROM refusals WHERE id IN (SELECT id FROM refusals WHERE minute < ? LIMIT ?)", past),
            (
                """
                UPDATE refusals SET asker = NULL WHERE id IN (
                    SELECT id FROM refusals WHERE minute < ? AND asker <> '' LIMIT ?
                )
                """, personal
            ),
            (
                """
                UPDATE conference SET mailOwner = '', password = NULL WHERE id IN (
                    SELECT id FROM conference
                    WHERE endedAt < ? AND (mailOwner <> '' OR password IS NOT NULL) LIMIT ?
                )
                """, personal
            ),
        ]
        var total = 0
        for (sql, instant) in steps {
            while true {
                let changed = try await write { db in
                    try db.execute(sql: sql, arguments: [instant.seconds, Self.purgedAtOnce])
                    return db.changesCount
                }
                total += changed
                if changed < Self.purgedAtOnce { break }
            }
        }
        return try await total + removeUnusedRooms()
    }

    /// The names of rooms that nothing is left of.
    private func removeUnusedRooms() async throws -> Int {
        var rest = try await database.read { try RoomRows.unused($0) }[...]
        var total = 0
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.purgedAtOnce)
            rest = rest.dropFirst(chunk.count)
            total += try await write { try RoomRows.removeUnused(chunk, $0) }
        }
        return total
    }

    /// So many rows are gone in about 10 ms.
    private static let purgedAtOnce = 500
}
