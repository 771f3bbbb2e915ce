/// Who answers an organizer for a room.
extension Schema {
    static let replies = """
        ALTER TABLE booking ADD COLUMN roomAddress TEXT; -- of the only attendee that is a room; NULL without one
        """

    /// Entries that were rejected, visible by generation as bookings are.
    static let rejectedRequests = """
        CREATE TABLE rejected (
            id           INTEGER PRIMARY KEY,
            export       INTEGER NOT NULL,                   -- by number only: it is told when the export is gone
            since        INTEGER NOT NULL,
            until        INTEGER NOT NULL CHECK (until > since),
            source       TEXT    NOT NULL,
            scope        TEXT    NOT NULL,
            uid          TEXT    NOT NULL CHECK (uid <> ''),
            recurrenceId TEXT    NOT NULL,                   -- '' for a single booking or a master
            sequence     INTEGER NOT NULL,
            organizer    TEXT    NOT NULL,
            room         TEXT    NOT NULL CHECK (room <> ''),
            roomAddress  TEXT,
            code         TEXT    NOT NULL,
            message      TEXT    NOT NULL,
            rejectedAt   INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX rejected_of_uid ON rejected (scope, uid);
        CREATE INDEX rejected_of_export ON rejected (export);
        CREATE INDEX rejected_of_generation ON rejected (since);
        CREATE INDEX replaced_rejected ON rejected (until) WHERE until < \(forever);
        """
}
