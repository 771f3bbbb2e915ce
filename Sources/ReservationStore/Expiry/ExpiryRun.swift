import Foundation
import GRDB
import Reservations

/// Finds out, inside of transactions, what became of reservations whose time is over.
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

    /// What has ended since the last run; `nil` without one, or where it was later than this.
    func ended(_ db: Database) throws -> EndedReservations? {
        guard let last = try lastRun(db), last < due else { return nil }
        return try EndedReservations(after: last, upTo: due, db)
    }

    private var due: Date { now.addingTimeInterval(-policy.overrun.inSeconds - Self.patience) }

    /// Writes the expiries of what has ended since the last run, at least one and until `isOver`; answers how many, and
    /// what is left.
    ///
    /// Nothing is written about what was over before it was imported, since nobody could have opened it.
    /// - Parameter found: beside the writer, a moment ago; looked for again where that is no longer how it is.
    func writeNew(
        _ found: EndedReservations?, until isOver: () -> Bool, _ db: Database
    ) throws -> (written: Int, left: EndedReservations?) {
        guard let last = try lastRun(db) else {
            try setLastRun(due, db)
            return (0, nil)
        }
        guard last < due else {
            // A clock that ran ahead when we looked last: what ends from now on must not wait for that day.
            if last > now { try setLastRun(due, db) }
            return (0, nil)
        }
        let known = try found.flatMap { try $0.isStill(after: last, db) ? $0 : nil }
        var ended = try known ?? EndedReservations(after: last, upTo: due, db)
        var schedules = try RecentSchedules(.current(db))
        var written = 0
        while written == 0 || !isOver(), let stored = ended.takeFirst() {
            if try write(stored.reservation, ofBooking: stored.booking, &schedules, db) { written += 1 }
        }
        try setLastRun(ended.reached, db)
        return (written, ended.reservations.isEmpty ? nil : ended)
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
        var schedules = try RecentSchedules(.current(db))
        for old in written {
            guard let stored = try StoredReservation.granted(old.id, in: old.slot, db) else { continue }
            let expiry = try self.expiry(of: stored.reservation, &schedules, db)
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

    /// Writes what became of grants that leave the store: those whose time is over and no run has seen, and those that
    /// were used.
    func writeLeaving(_ leaving: [StoredReservation], _ db: Database) throws {
        guard let last = try lastRun(db) else { return }
        var schedules = try RecentSchedules(.current(db))
        for stored in leaving {
            let end = stored.reservation.slot.end
            guard try end > last && end <= now || wasUsed(stored.reservation, db) else { continue }
            try write(stored.reservation, ofBooking: stored.booking, &schedules, db)
        }
    }

    /// Writes what became of grants that were used, and whose end has been moved to before the last run.
    func writeShortened(_ arriving: [BookedReservation], _ db: Database) throws {
        guard let last = try lastRun(db) else { return }
        var schedules = try RecentSchedules(.current(db))
        for new in arriving where new.reservation.slot.end <= last {
            guard try wasUsed(new.reservation, db) else { continue }
            try write(new.reservation, ofBooking: new.booking, &schedules, db)
        }
    }

    private func wasUsed(_ reservation: Reservation, _ db: Database) throws -> Bool {
        try !StoredConference.spans(of: reservation, db).isEmpty
    }

    /// Answers whether it was not written before.
    @discardableResult
    private func write(
        _ reservation: Reservation, ofBooking booking: Int64, _ schedules: inout RecentSchedules, _ db: Database
    ) throws -> Bool {
        let (id, slot) = (reservation.id, reservation.slot)
        guard try ExpiredReservation.last(of: id, slot, db) == nil else { return false }
        guard let place = try StoredBooking.place(of: booking, db) else {
            throw DatabaseError(message: "a reservation of \(id.uid) has no booking")
        }
        try ExpiredReservation(
            id: id, slot: slot, expiry: try expiry(of: reservation, &schedules, db), revision: 1,
            export: ExportName(source: reservation.source, path: place.export.path), line: place.line,
            sequence: place.sequence, shownRoom: reservation.shownRoom, owner: reservation.owner,
            summary: reservation.summary, writtenAt: now
        ).insert(db)
        return true
    }

    private func expiry(
        of reservation: Reservation, _ schedules: inout RecentSchedules, _ db: Database
    ) throws -> Expiry {
        let name = reservation.id.room
        let room = try RoomState(
            of: name, in: schedules.schedule(of: name, db), around: reservation.slot.start, db)
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
