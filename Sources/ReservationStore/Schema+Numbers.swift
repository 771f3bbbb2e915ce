/// Reservations without what their booking says too, and with numbers for rooms and verdicts: of a large export a pass
/// writes hundreds of thousands of rows, and each text stood in the row and in its indexes.
extension Schema {
    /// There is no index of the generations in which rows came, since ids ascend with them; and in the order of weeks
    /// only what was declined: what was granted in a room is in the order of its ends, being in that of its starts.
    ///
    /// Nothing aborts an INSERT once it has changed something: for what might, SQLite copies each page that a statement
    /// changes. References are looked at with the commit, and a writer that fails takes back all it has done.
    static let numbers = """
        DROP TRIGGER granted_slots_never_overlap;
        DROP TRIGGER reservations_never_move;
        CREATE TABLE room (
            id   INTEGER PRIMARY KEY,
            name TEXT    NOT NULL UNIQUE CHECK (name <> '')
        ) STRICT;
        INSERT INTO room (name) SELECT DISTINCT room FROM reservation ORDER BY room;
        CREATE TABLE reservation_of_numbers (
            id            INTEGER PRIMARY KEY,
            booking       INTEGER NOT NULL REFERENCES booking (id) DEFERRABLE INITIALLY DEFERRED,
            since         INTEGER NOT NULL,
            until         INTEGER NOT NULL CHECK (until > since),
            recurrenceId  TEXT    NOT NULL,                  -- '' for a booking that does not recur
            roomId        INTEGER NOT NULL REFERENCES room (id) DEFERRABLE INITIALLY DEFERRED,
            startsAt      INTEGER NOT NULL,                  -- seconds since 1970, UTC
            endsAt        INTEGER NOT NULL CHECK (endsAt > startsAt),
            verdict       INTEGER NOT NULL CHECK (verdict BETWEEN 0 AND 2), -- granted, declined, duplicate
            code          TEXT,
            reason        TEXT,
            blocking      TEXT    NOT NULL,                  -- JSON array of reservation ids
            nextFreeStart INTEGER,
            nextFreeEnd   INTEGER,
            decidedAt     INTEGER NOT NULL
        ) STRICT;
        INSERT INTO reservation_of_numbers
            SELECT reservation.id, booking, since, until, recurrenceId, room.id, startsAt, endsAt,
                CASE verdict WHEN 'granted' THEN 0 WHEN 'declined' THEN 1 ELSE 2 END, code, reason, blocking,
                nextFreeStart, nextFreeEnd, decidedAt
            FROM reservation CROSS JOIN room ON room.name = reservation.room ORDER BY reservation.id;
        DROP TABLE reservation;
        ALTER TABLE reservation_of_numbers RENAME TO reservation;
        CREATE INDEX reservation_of_room ON reservation (roomId, verdict, startsAt);
        CREATE INDEX declined_of_week ON reservation (\(week(of: "endsAt"))) WHERE verdict = 1;
        CREATE INDEX reservation_of_booking ON reservation (booking);
        CREATE INDEX replaced_reservation ON reservation (until) WHERE until < \(forever);

        -- Granted slots never overlap, so only the one with the greatest start below the new end can be in the way.
        CREATE TRIGGER granted_slots_never_overlap BEFORE INSERT ON reservation WHEN NEW.verdict = 0
        BEGIN
            SELECT RAISE(FAIL, 'granted slots overlap')
            WHERE (
                SELECT endsAt FROM reservation
                WHERE verdict = 0 AND roomId = NEW.roomId AND startsAt < NEW.endsAt AND until > NEW.since
                ORDER BY startsAt DESC LIMIT 1
            ) > NEW.startsAt;
        END;
        CREATE TRIGGER reservations_never_move BEFORE UPDATE OF roomId, startsAt, endsAt, verdict, since ON reservation
        BEGIN
            SELECT RAISE(ABORT, 'a reservation is replaced, never changed');
        END;
        """
}
