import Foundation
import GRDB
import Reservations

/// Finds out, inside one transaction, what became of reservations whose time is over.
struct ExpiryRun {
    let policy: AdmissionPolicy
    let now: Date

    /// How long a DELETE may take to come after the client was to close the room, in seconds.
    static let patience = 120.0

    /// Ends what was to be closed a while ago and no DELETE has ended; answers how many.
    func closeByClock(_ db: Database) throws -> Int {
        let rows = try Row.fetchAll(
            db, sql: "SELECT id, closesAt FROM conference WHERE endedAt IS NULL AND closesAt <= ?",
            arguments: [now.addingTimeInterval(-Self.patience).seconds]
        )
        for row in rows {
            try StoredConference.end(row["id"], .clock, at: Date(seconds: row["closesAt"]), now: now, db)
        }
        return rows.count
    }

    /// Writes the expiries of what has ended since the last run; answers how many.
    ///
    /// Nothing is written about what was over before it was imported, since nobody could have opened it.
    func writeNew(_ db: Database) throws -> Int {
        let due = now.addingTimeInterval(-policy.overrun.inSeconds - Self.patience)
        guard let last = try lastRun(db) else {
            try setLastRun(due, db)
            return 0
        }
        guard last < due else { return 0 }
        let statement = try db.cachedStatement(
            sql: """
                \(StoredReservation.selection)
                WHERE verdict = 'granted' AND endsAt > ?1 AND endsAt <= ?2
                    AND reservation.since <= ?3 AND reservation.until > ?3
                ORDER BY endsAt, room
                """)
        let ended = try StoredReservation.fetchAll(
            statement, [last.seconds, due.seconds, try GenerationRows.current(db)])
        for reservation in ended { try write(reservation, db) }
        try setLastRun(due, db)
        return ended.count
    }

    /// Writes a next revision where a late DELETE tells otherwise than what was written; answers how many.
    func correct(_ db: Database) throws -> Int {
        let written = try Row.fetchAll(
            db,
            sql: """
                SELECT expiry.* FROM conference
                JOIN expiry USING (room, scope, uid, recurrenceId, startsAt, endsAt)
                WHERE conference.endRecordedAt >= ? AND conference.endRecordedAt >= expiry.writtenAt
                    AND NOT EXISTS (
                        SELECT 1 FROM expiry AS later
                        WHERE later.room = expiry.room AND later.startsAt = expiry.startsAt
                            AND later.endsAt = expiry.endsAt AND later.scope = expiry.scope
                            AND later.uid = expiry.uid AND later.recurrenceId = expiry.recurrenceId
                            AND later.revision > expiry.revision
                    )
                GROUP BY expiry.id
                """,
            arguments: [now.addingTimeInterval(-86_400).seconds]
        ).map(ExpiredReservation.init)
        var corrected = 0
        for old in written {
            guard let stored = try StoredReservation.granted(old.id, in: old.slot, db) else { continue }
            let expiry = try self.expiry(of: stored.reservation, db)
            guard expiry != old.expiry else { continue }
            var new = old
            new.expiry = expiry
            new.revision += 1
            new.writtenAt = now
            try new.insert(db)
            corrected += 1
        }
        return corrected
    }

    /// Writes what became of a reservation that leaves the store although its time is over and no run has seen it.
    func writeLeaving(_ leaving: [StoredReservation], _ db: Database) throws {
        guard let last = try lastRun(db) else { return }
        for reservation in leaving where reservation.reservation.slot.end > last { try write(reservation, db) }
    }

    private func write(_ stored: StoredReservation, _ db: Database) throws {
        let (id, slot) = (stored.reservation.id, stored.reservation.slot)
        guard try ExpiredReservation.last(of: id, slot, db) == nil else { return }
        let place = try Row.fetchOne(
            db,
            sql: """
                SELECT line, sequence, path FROM booking JOIN export ON export.id = booking.export WHERE booking.id = ?
                """,
            arguments: [stored.booking]
        )
        guard let place else { throw DatabaseError(message: "reservation \(stored.row) has no booking") }
        try ExpiredReservation(
            id: id, slot: slot, expiry: try expiry(of: stored.reservation, db), revision: 1,
            export: ExportName(source: stored.reservation.source, path: place["path"]), line: place["line"],
            sequence: place["sequence"], shownRoom: stored.reservation.shownRoom, owner: stored.reservation.owner,
            summary: stored.reservation.summary, writtenAt: now
        ).insert(db)
    }

    private func expiry(of reservation: Reservation, _ db: Database) throws -> Expiry {
        let room = try RoomState(of: reservation.id.room, around: reservation.slot.start, db)
        let windows = OpenWindow.windows(of: room.granted, policy: policy)
        let own = windows.first { $0.reservation.id == reservation.id && $0.reservation.slot == reservation.slot }
        let alone = OpenWindow.windows(of: [reservation], policy: policy).first
        guard let window = own ?? alone else { throw DatabaseError(message: "a reservation without a window") }
        return Expiry(
            of: window, spans: try StoredConference.spans(of: reservation, db),
            observed: try AnsweringRows.touching(reservation.slot, db))
    }

    private func lastRun(_ db: Database) throws -> Date? {
        try Int64.fetchOne(db, sql: "SELECT expiredUntil FROM generation").map(Date.init(seconds:))
    }

    private func setLastRun(_ instant: Date, _ db: Database) throws {
        try db.execute(sql: "UPDATE generation SET expiredUntil = ?", arguments: [instant.seconds])
    }
}
