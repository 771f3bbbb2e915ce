/// Reservations in a form that is written faster: a pass on a large export writes hundreds of thousands of them.
extension Schema {
    /// A pass writes room by room, so that an index in the order of time is written in as many places as there are
    /// rows, a page each; one in the order of weeks, in as many as there are weeks.
    ///
    /// The table is made anew for the sake of `verdict`: for `IN` with three words SQLite makes a table of them for
    /// each row that it checks.
    static let weeks = """
        DROP TRIGGER granted_slots_never_overlap;
        DROP TRIGGER reservations_never_move;
        CREATE TABLE reservation_of_weeks (
            id            INTEGER PRIMARY KEY,
            booking       INTEGER NOT NULL REFERENCES booking (id),
            since         INTEGER NOT NULL,
            until         INTEGER NOT NULL CHECK (until > since),
            scope         TEXT    NOT NULL,
            uid           TEXT    NOT NULL,
            recurrenceId  TEXT    NOT NULL,                  -- '' for a booking that does not recur
            room          TEXT    NOT NULL CHECK (room <> ''),
            startsAt      INTEGER NOT NULL,                  -- seconds since 1970, UTC
            endsAt        INTEGER NOT NULL CHECK (endsAt > startsAt),
            verdict       TEXT    NOT NULL CHECK (verdict = 'granted' OR verdict IN ('declined', 'duplicate')),
            code          TEXT,
            reason        TEXT,
            blocking      TEXT    NOT NULL,                  -- JSON array of reservation ids
            nextFreeStart INTEGER,
            nextFreeEnd   INTEGER,
            decidedAt     INTEGER NOT NULL
        ) STRICT;
        INSERT INTO reservation_of_weeks SELECT * FROM reservation;
        DROP TABLE reservation;
        ALTER TABLE reservation_of_weeks RENAME TO reservation;
        CREATE INDEX reservation_of_room ON reservation (room, verdict, startsAt);
        CREATE INDEX reservation_of_week ON reservation (verdict, \(week(of: "endsAt")));
        CREATE INDEX reservation_of_booking ON reservation (booking);
        CREATE INDEX reservation_of_generation ON reservation (since);
        CREATE INDEX replaced_reservation ON reservation (until) WHERE until < \(forever);

        -- Granted slots never overlap, so only the one with the greatest start below the new end can be in the way.
        CREATE TRIGGER granted_slots_never_overlap BEFORE INSERT ON reservation WHEN NEW.verdict = 'granted'
        BEGIN
            SELECT RAISE(ABORT, 'granted slots overlap')
            WHERE (
                SELECT endsAt FROM reservation
                WHERE verdict = 'granted' AND room = NEW.room AND startsAt < NEW.endsAt AND until > NEW.since
                ORDER BY startsAt DESC LIMIT 1
            ) > NEW.startsAt;
        END;
        CREATE TRIGGER reservations_never_move BEFORE UPDATE OF room, startsAt, endsAt, verdict, since ON reservation
        BEGIN
            SELECT RAISE(ABORT, 'a reservation is replaced, never changed');
        END;
        """

    /// The number of the week in which `instant` lies, an expression of seconds since 1970.
    static func week(of instant: String) -> String { "\(instant) / 604800" }
}
