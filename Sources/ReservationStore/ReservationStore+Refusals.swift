package import Foundation
import GRDB
package import Reservations

extension ReservationStore {
    /// The refusals that are kept; the oldest go first.
    package static let refusalsKept = 100_000

    /// Adds refusals to those of their minutes.
    package func recordRefusals(_ refusals: [RefusalRow], keeping limit: Int = refusalsKept) async throws {
        try await write { db in
            for refusal in refusals { try refusal.insert(db) }
            try db.execute(
                sql: "DELETE FROM refusals WHERE id <= (SELECT max(id) FROM refusals) - ?", arguments: [limit])
        }
    }

    /// In order of time.
    ///
    /// - Parameter room: `nil` for all of them.
    package func refusals(of room: RoomName?, since: Date) async throws -> [RefusalRow] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM refusals WHERE lastAt >= ?1 AND (?2 IS NULL OR room = ?2)
                    ORDER BY minute, room, code, asker
                    """,
                arguments: [since.seconds, room?.text]
            ).map(RefusalRow.init)
        }
    }
}
