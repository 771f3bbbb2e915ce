package import Foundation
import GRDB
package import Reservations

/// What a look at the clock has ended.
package struct ExpirySummary: Hashable, Sendable {
    /// Conferences that no DELETE ended.
    package var closed = 0
    package var written = 0
    package var corrected = 0

    package var isEmpty: Bool { closed == 0 && written == 0 && corrected == 0 }
}

extension ReservationStore {
    /// Ends conferences by our own clock, and writes what became of reservations that are over. What has ended is
    /// looked for beside the writer, and again in a transaction where a pass has come between; after a long stop it is
    /// much, and written in turns.
    package func expire(policy: AdmissionPolicy, at now: Date) async throws -> ExpirySummary {
        let run = ExpiryRun(policy: policy, now: now)
        var ended = try await database.read { try run.ended($0) }
        var summary = try await write { db in
            ExpirySummary(closed: try run.closeByClock(db), corrected: try run.correct(db))
        }
        defer { tell(of: summary) }
        repeat {
            let (written, left) = try await write { [ended, waitingRequests] db in
                var turn = WriterTurn(from: .now)
                return try run.writeNew(
                    ended,
                    until: {
                        turn.isOver(
                            after: Self.weightOfExpiry, isAwaited: waitingRequests.areThere, at: .now)
                    }, db)
            }
            summary.written += written
            ended = left
        } while ended != nil
        return summary
    }

    /// It takes as long as so many rows of a pass.
    private static let weightOfExpiry = 16

    private func tell(of summary: ExpirySummary) {
        if summary.closed > 0 { conferenceEnds.send() }
        if summary.written > 0 || summary.corrected > 0 { reportNews.send() }
    }

    /// Notes that requests have been answered from `start` until `now`; to be said again every while.
    package func noteAnswering(from start: Date, until now: Date) async throws {
        try await write { try AnsweringRows.note(from: start, until: now, $0) }
    }

    /// The latest instant at which a pass was made or requests were answered; `nil` in a new store.
    package func lastNoted() async throws -> Date? {
        try await database.read { db in
            try Int64.fetchOne(
                db,
                sql: """
                    SELECT max(at) FROM (SELECT passedAt AS at FROM generation UNION ALL SELECT lastAt FROM answering)
                    """
            ).map(Date.init(seconds:))
        }
    }

    /// The expiries of reservations that ended within `window`, every revision, in order of end, room and revision.
    package func expiries(endingIn window: Range<Date>) async throws -> [ExpiredReservation] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM expiry WHERE endsAt >= ? AND endsAt < ?
                    ORDER BY endsAt, room, startsAt, scope, uid, recurrenceId, revision
                    """,
                arguments: [window.lowerBound.seconds, window.upperBound.seconds]
            ).map(ExpiredReservation.init)
        }
    }

    /// When reservations ended of which it is known what became of them: each instant once, in order.
    package func endsOfExpiries() async throws -> [Date] {
        try await database.read { db in
            try Int64.fetchAll(db, sql: "SELECT DISTINCT endsAt FROM expiry ORDER BY endsAt").map { Date(seconds: $0) }
        }
    }
}
