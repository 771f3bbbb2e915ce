import Foundation
import GRDB
import Reservations

/// What was decided in a room as one row instead of one for each reservation: they are decided together and asked for
/// together, and to write each with its indexes took a third of a large import.
extension Schema {
    static func makeSchedules(_ db: Database) throws {
        // A connection that the store has not opened does not know it.
        try db.addGrantedOverlap()
        try db.execute(sql: schedules)
        let rooms = try Row.fetchAll(db, sql: "SELECT id FROM room ORDER BY id").map { $0[0] as Int64 }
        let generation = try Row.fetchOne(db, sql: "SELECT current, reported FROM generation")
        let (current, reported): (Int64, Int64) = (generation?[0] ?? 0, generation?[1] ?? 0)
        for room in rooms {
            let now = try earlierSchedule(of: room, in: current, db)
            // What reports do not tell yet is the difference.
            let told = reported < current ? try earlierSchedule(of: room, in: reported, db) : now
            func insert(_ schedule: RoomSchedule, _ since: Int64, _ until: Int64) throws {
                guard schedule.count > 0 else { return }
                try ScheduleRow(room: room, since: since, until: until, schedule: schedule).insert(db)
            }
            if now == told {
                try insert(now, now.lastSince ?? 0, forever)
            } else {
                try insert(told, 0, current)
                try insert(now, current, forever)
            }
        }
        try db.execute(sql: "DROP TABLE reservation")
    }

    /// From the rows of version 0021.
    private static func earlierSchedule(of room: Int64, in generation: Int64, _ db: Database) throws -> RoomSchedule {
        let statement = try db.cachedStatement(
            sql: """
                SELECT booking, recurrenceId, startsAt, endsAt, verdict, code, reason, blocking, nextFreeStart,
                    nextFreeEnd, since, decidedAt
                FROM reservation WHERE roomId = ?1 AND since <= ?2 AND until > ?2 ORDER BY startsAt, id
                """)
        return try RoomSchedule(
            Row.fetchAll(statement, arguments: [room, generation]).map(RoomSchedule.Entry.init(earlier:)))
    }

    private static let schedules = """
        CREATE TABLE schedule (
            id              INTEGER PRIMARY KEY,
            roomId          INTEGER NOT NULL REFERENCES room (id) DEFERRABLE INITIALLY DEFERRED,
            since           INTEGER NOT NULL,
            until           INTEGER NOT NULL CHECK (until > since),
            granted         INTEGER NOT NULL CHECK (granted >= 0), -- how many reservations
            declined        INTEGER NOT NULL CHECK (declined >= 0),
            duplicates      INTEGER NOT NULL CHECK (duplicates >= 0),
            lastEnd         INTEGER NOT NULL,                -- of all, in seconds since 1970
            lastDeclinedEnd INTEGER,                         -- NULL where none is declined
            reservations    BLOB    NOT NULL,                -- RoomSchedule
            CHECK (granted + declined + duplicates > 0)
        ) STRICT;
        CREATE UNIQUE INDEX schedule_of_room ON schedule (roomId, until); -- one for each generation that sees the room
        CREATE INDEX schedule_of_generation ON schedule (since);
        CREATE INDEX replaced_schedule ON schedule (until) WHERE until < \(forever);
        CREATE TRIGGER schedules_grant_no_slot_twice BEFORE INSERT ON schedule WHEN granted_overlap(NEW.reservations)
        BEGIN
            SELECT RAISE(ABORT, 'granted slots overlap');
        END;
        \(schedulesNeverChange)
        """

    static let schedulesNeverChange = """
        CREATE TRIGGER schedules_never_change BEFORE UPDATE OF roomId, since, reservations ON schedule
        BEGIN
            SELECT RAISE(ABORT, 'a schedule is replaced, never changed');
        END;
        """
}

extension RoomSchedule {
    /// The generation that has decided the last of it.
    fileprivate var lastSince: Int64? { indices.map(since).max() }
}

extension RoomSchedule.Entry {
    /// - Parameter row: of version 0021.
    fileprivate init(earlier row: Row) throws {
        let (recurrenceID, start, end): (String, Int64, Int64) = (row["recurrenceId"], row["startsAt"], row["endsAt"])
        guard let slot = TimeSlot(start: Date(seconds: start), end: Date(seconds: end)),
            let verdict = Verdict(number: row["verdict"])
        else { throw DatabaseError(message: "a reservation that cannot be") }
        let (freeStart, freeEnd): (Int64?, Int64?) = (row["nextFreeStart"], row["nextFreeEnd"])
        // JSON, which 0023 rewrites.
        let blocking: String = row["blocking"]
        self.init(
            booking: row["booking"], recurrenceID: recurrenceID.isEmpty ? nil : RecurrenceID(recurrenceID), slot: slot,
            outcome: RoomSchedule.Outcome(
                verdict: verdict, code: row["code"], reason: row["reason"],
                blocking: blocking == "[]" ? nil : Array(blocking.utf8),
                nextFree: freeStart.flatMap { start in
                    freeEnd.flatMap { TimeSlot(start: Date(seconds: start), end: Date(seconds: $0)) }
                }),
            since: row["since"], decidedAt: Date(seconds: row["decidedAt"]))
    }
}
