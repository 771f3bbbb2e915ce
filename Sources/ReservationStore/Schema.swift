import GRDB

/// The numbered migrations of the store: appended, never edited.
///
/// Bookings and schedules carry the generations in which they are visible, `since <= current < until`. A pass writes
/// rows of the next generation while readers see the current one; making the next one current is one short update.
enum Schema {
    /// `until` of a row that nothing has replaced.
    static let forever = Int64.max

    static func migrator() -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-exports-and-bookings") { try $0.execute(sql: exportsAndBookings) }
        migrator.registerMigration("0002-reservations") { try $0.execute(sql: reservations) }
        migrator.registerMigration("0003-conferences") { try $0.execute(sql: conferences) }
        migrator.registerMigration("0004-waiting") { try $0.execute(sql: waiting) }
        migrator.registerMigration("0005-expiries") { try $0.execute(sql: expiries) }
        migrator.registerMigration("0006-refusals") { try $0.execute(sql: refusals) }
        migrator.registerMigration("0007-guard") { try $0.execute(sql: removalGuard) }
        migrator.registerMigration("0008-fewer-indexes") { try $0.execute(sql: fewerIndexes) }
        migrator.registerMigration("0009-reporting") { try $0.execute(sql: reporting) }
        migrator.registerMigration("0010-replies") { try $0.execute(sql: replies) }
        migrator.registerMigration("0011-closed-by-clock") { try $0.execute(sql: closedByClock) }
        migrator.registerMigration("0012-watched") { try $0.execute(sql: watched) }
        migrator.registerMigration("0013-rejected-requests") { try $0.execute(sql: rejectedRequests) }
        migrator.registerMigration("0014-whole-conferences") { try $0.execute(sql: wholeConferences) }
        migrator.registerMigration("0015-source-faults") { try $0.execute(sql: sourceFaults) }
        migrator.registerMigration("0016-unchanged-exports") { try $0.execute(sql: unchangedExports) }
        migrator.registerMigration("0017-copies") { try $0.execute(sql: copies) }
        migrator.registerMigration("0018-weeks") { try $0.execute(sql: weeks) }
        migrator.registerMigration("0019-holding") { try $0.execute(sql: holding) }
        migrator.registerMigration("0020-numbers") { try $0.execute(sql: numbers) }
        migrator.registerMigration("0021-families") { try makeFamilies($0) }
        migrator.registerMigration("0022-schedules") { try makeSchedules($0) }
        migrator.registerMigration("0023-shorter-lists") { try shortenLists($0) }
        migrator.registerMigration("0024-devices") { try $0.execute(sql: devices) }
        migrator.registerMigration("0025-missing-disks") { try $0.execute(sql: missingDisks) }
        return migrator
    }

    private static let exportsAndBookings = """
        CREATE TABLE generation (
            id      INTEGER PRIMARY KEY CHECK (id = 1),
            current INTEGER NOT NULL CHECK (current >= 0),
            staging INTEGER NOT NULL CHECK (staging IN (0, 1)), -- rows of the next generation may be there
            passedAt INTEGER                                -- seconds since 1970; NULL before the first pass
        ) STRICT;
        INSERT INTO generation (id, current, staging) VALUES (1, 0, 0);

        CREATE TABLE export (
            id          INTEGER PRIMARY KEY,
            source      TEXT    NOT NULL CHECK (source <> ''),
            path        TEXT    NOT NULL CHECK (path <> ''), -- below the source's directory
            digest      TEXT    NOT NULL,                    -- of the content looked at last, in force or not
            reader      TEXT    NOT NULL,                    -- what else the reading depended on
            inForce     INTEGER NOT NULL CHECK (inForce IN (0, 1)),
            removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
            diagnostics TEXT    NOT NULL,                    -- JSON array
            importedAt  INTEGER NOT NULL,
            UNIQUE (source, path)
        ) STRICT;

        CREATE TABLE booking (
            id             INTEGER PRIMARY KEY,
            export         INTEGER NOT NULL REFERENCES export (id),
            since          INTEGER NOT NULL,
            until          INTEGER NOT NULL CHECK (until > since),
            line           INTEGER NOT NULL,
            scope          TEXT    NOT NULL,
            uid            TEXT    NOT NULL CHECK (uid <> ''),
            recurrenceId   TEXT    NOT NULL,                 -- '' for a single booking or a master
            sequence       INTEGER NOT NULL,
            modified       INTEGER NOT NULL,
            sourcePriority INTEGER NOT NULL,
            digest         TEXT    NOT NULL,
            source         TEXT    NOT NULL,
            participation  TEXT    NOT NULL,
            created        INTEGER,
            owner          TEXT,
            attendees      TEXT    NOT NULL,                 -- one address a line
            summary        TEXT    NOT NULL,
            rooms          TEXT    NOT NULL,                 -- JSON array
            maxOccupants   INTEGER CHECK (maxOccupants >= 1),
            lobby          INTEGER CHECK (lobby IN (0, 1)),
            password       TEXT    CHECK (password <> ''),
            occurrences    BLOB    NOT NULL                  -- OccurrenceBlob
        ) STRICT;
        CREATE INDEX booking_of_uid ON booking (scope, uid);
        CREATE INDEX booking_of_export ON booking (export);
        """

    private static let reservations = """
        CREATE TABLE reservation (
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
            verdict       TEXT    NOT NULL CHECK (verdict IN ('granted', 'declined', 'duplicate')),
            code          TEXT,
            reason        TEXT,
            blocking      TEXT    NOT NULL,                  -- JSON array of reservation ids
            nextFreeStart INTEGER,
            nextFreeEnd   INTEGER,
            decidedAt     INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX reservation_of_room ON reservation (room, startsAt);
        CREATE INDEX reservation_of_uid ON reservation (scope, uid);
        CREATE INDEX reservation_of_booking ON reservation (booking);
        CREATE INDEX granted_reservation ON reservation (room, startsAt) WHERE verdict = 'granted';
        CREATE INDEX reservation_of_generation ON reservation (since);
        CREATE INDEX replaced_reservation ON reservation (until) WHERE until < \(forever);
        CREATE INDEX replaced_booking ON booking (until) WHERE until < \(forever);

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

    private static let conferences = """
        CREATE TABLE conference (
            id           INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 99999999999999),
            room         TEXT    NOT NULL CHECK (room <> ''),
            askedName    TEXT    NOT NULL,                   -- as Prosody wrote it; answered byte for byte
            mailOwner    TEXT    NOT NULL,
            scope        TEXT,
            uid          TEXT,                               -- NULL for an ad-hoc conference
            recurrenceId TEXT,
            startsAt     INTEGER NOT NULL,
            endsAt       INTEGER NOT NULL CHECK (endsAt > startsAt),
            closesAt     INTEGER NOT NULL,
            maxOccupants INTEGER,
            lobby        INTEGER,
            password     TEXT,
            openedAt     INTEGER NOT NULL,
            handedOutAt  INTEGER,                            -- a 409 told this id, and nobody has fetched it since
            endedAt      INTEGER CHECK (endedAt >= openedAt),
            ending       TEXT    CHECK (ending IN ('deleted', 'clock', 'next')),
            CHECK ((endedAt IS NULL) = (ending IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX one_open_conference_a_reservation
            ON conference (room, scope, uid, recurrenceId) WHERE endedAt IS NULL AND uid IS NOT NULL;
        CREATE UNIQUE INDEX one_open_ad_hoc_conference_a_room
            ON conference (room) WHERE endedAt IS NULL AND uid IS NULL;
        CREATE INDEX conference_of_room ON conference (room, openedAt);
        """

    private static let waiting = """
        CREATE TABLE waiting (                               -- kept as opened; the exports say otherwise by now
            scope        TEXT NOT NULL,
            uid          TEXT NOT NULL,
            recurrenceId TEXT NOT NULL,
            room         TEXT NOT NULL CHECK (room <> ''),
            PRIMARY KEY (scope, uid, recurrenceId, room)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE generation ADD COLUMN policy TEXT;       -- JSON: the rules that the decisions were made by
        CREATE INDEX open_conference ON conference (room) WHERE endedAt IS NULL;
        """

    private static let expiries = """
        CREATE TABLE expiry (                                -- what became of a granted reservation
            id           INTEGER PRIMARY KEY,
            scope        TEXT    NOT NULL,
            uid          TEXT    NOT NULL,
            recurrenceId TEXT    NOT NULL,
            room         TEXT    NOT NULL CHECK (room <> ''),
            startsAt     INTEGER NOT NULL,
            endsAt       INTEGER NOT NULL CHECK (endsAt > startsAt),
            revision     INTEGER NOT NULL CHECK (revision >= 1), -- a correction has the next one
            outcome      TEXT    NOT NULL,
            minutes      INTEGER NOT NULL CHECK (minutes >= 0),
            openings     INTEGER NOT NULL CHECK (openings >= 0),
            source       TEXT    NOT NULL,
            path         TEXT    NOT NULL,
            line         INTEGER NOT NULL,
            sequence     INTEGER NOT NULL,
            shownRoom    TEXT    NOT NULL,
            owner        TEXT,                               -- NULL when unknown or purged, as is the summary
            summary      TEXT,
            writtenAt    INTEGER NOT NULL,
            UNIQUE (room, startsAt, endsAt, scope, uid, recurrenceId, revision)
        ) STRICT;
        CREATE INDEX expiry_of_end ON expiry (endsAt);
        CREATE INDEX granted_reservation_by_end ON reservation (endsAt) WHERE verdict = 'granted';

        ALTER TABLE generation ADD COLUMN expiredUntil INTEGER; -- what ended until then has its expiry, or had none
        ALTER TABLE conference ADD COLUMN endRecordedAt INTEGER; -- by our clock; endedAt may be told later
        CREATE INDEX recorded_end ON conference (endRecordedAt);

        CREATE TABLE answering (                             -- when requests were answered
            startedAt INTEGER PRIMARY KEY,
            lastAt    INTEGER NOT NULL CHECK (lastAt >= startedAt)
        ) STRICT;
        """

    private static let refusals = """
        CREATE TABLE refusals (
            id      INTEGER PRIMARY KEY,                     -- ascending: the least one is the oldest
            minute  INTEGER NOT NULL CHECK (minute % 60 = 0), -- seconds since 1970, UTC
            room    TEXT    NOT NULL,                        -- canonical; as it was asked for where that is no name
            code    TEXT    NOT NULL,
            asker   TEXT,                                    -- '' for nobody known; NULL when forgotten after 30 days
            count   INTEGER NOT NULL CHECK (count > 0),
            firstAt INTEGER NOT NULL,
            lastAt  INTEGER NOT NULL CHECK (lastAt >= firstAt),
            UNIQUE (minute, room, code, asker)
        ) STRICT;
        """

    private static let removalGuard = """
        CREATE TABLE held (                                  -- gone from its export, and still in force
            booking  INTEGER PRIMARY KEY REFERENCES booking (id) ON DELETE CASCADE,
            source   TEXT    NOT NULL,
            since    INTEGER NOT NULL,
            accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)) -- the operator has said that it is meant
        ) STRICT;
        CREATE TABLE loss (                                  -- of the last hour
            id        INTEGER PRIMARY KEY,
            source    TEXT    NOT NULL,
            at        INTEGER NOT NULL,
            before    INTEGER NOT NULL CHECK (before >= 0),  -- future bookings of the source, until then
            withdrawn INTEGER NOT NULL CHECK (withdrawn > 0)
        ) STRICT;
        -- The file is gone, but bookings of it are held.
        ALTER TABLE export ADD COLUMN missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1));
        """

    /// A pass paid more for these than they saved: a UID leads to its reservations by way of its bookings.
    private static let fewerIndexes = """
        DROP INDEX reservation_of_uid;
        DROP INDEX reservation_of_generation;
        CREATE INDEX removed_export ON export (id) WHERE removed = 1;
        """

    private static let closedByClock = """
        ALTER TABLE expiry ADD COLUMN closedByClock INTEGER NOT NULL DEFAULT 0 CHECK (closedByClock IN (0, 1));
        """

    /// An index of unique values lets rows with NULL in them be as many as they like.
    private static let wholeConferences = """
        CREATE TRIGGER conferences_name_all_of_their_reservation BEFORE INSERT ON conference
            WHEN NEW.uid IS NOT NULL AND (NEW.scope IS NULL OR NEW.recurrenceId IS NULL)
        BEGIN
            SELECT RAISE(ABORT, 'a conference names its reservation by half');
        END;
        """
}
