import Foundation
import GRDB
import Reservations

/// When requests were answered: what nobody opened in between was not used.
enum AnsweringRows {
    /// Notes that requests have been answered from `start` until `now`.
    static func note(from start: Date, until now: Date, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO answering (startedAt, lastAt) VALUES (?1, ?2)
                ON CONFLICT (startedAt) DO UPDATE SET lastAt = max(lastAt, excluded.lastAt)
                """,
            arguments: [start.seconds, max(start, now).seconds]
        )
    }

    /// The spans that touch `slot`.
    static func touching(_ slot: TimeSlot, _ db: Database) throws -> [TimeSlot] {
        try Row.fetchAll(
            db, sql: "SELECT startedAt, lastAt FROM answering WHERE startedAt < ? AND lastAt > ? ORDER BY startedAt",
            arguments: [slot.end.seconds, slot.start.seconds]
        ).compactMap { TimeSlot(start: Date(seconds: $0["startedAt"]), end: Date(seconds: $0["lastAt"])) }
    }
}
