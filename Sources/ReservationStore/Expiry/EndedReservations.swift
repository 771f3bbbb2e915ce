import Foundation
import GRDB
import Reservations

/// The granted reservations that have ended since the last run.
struct EndedReservations: Sendable {
    private let last: Date
    private let generation: Int64
    let reservations: [StoredReservation]

    /// Looks into every room: better done beside the writer.
    init(after last: Date, upTo due: Date, _ db: Database) throws {
        self.last = last
        generation = try GenerationRows.current(db)
        let statement = try db.cachedStatement(sql: Self.query)
        reservations = try StoredReservation.fetchAll(statement, [last.seconds, due.seconds, generation])
    }

    /// Whether they are the same in the generation that is current now, and since a run at `last`.
    func isStill(after last: Date, _ db: Database) throws -> Bool {
        try self.last == last && generation == GenerationRows.current(db)
    }

    /// Granted slots of a room never overlap: of those that begin until ?1, only the last can end later.
    static let query = """
        \(StoredReservation.selection)
        WHERE reservation.id IN (
            SELECT ended.id FROM room CROSS JOIN reservation AS ended
            WHERE ended.roomId = room.id AND ended.verdict = \(granted) AND ended.startsAt < ?2
                AND ended.startsAt >= coalesce((
                    SELECT startsAt FROM reservation
                    WHERE roomId = room.id AND verdict = \(granted) AND startsAt <= ?1 AND since <= ?3 AND until > ?3
                    ORDER BY startsAt DESC LIMIT 1
                ), ?1)
                AND ended.endsAt > ?1 AND ended.endsAt <= ?2 AND ended.since <= ?3 AND ended.until > ?3
        )
        ORDER BY endsAt, room
        """

    private static let granted = Verdict.granted.number
}
