"""Looks into the daemon's database, and says what must never be there."""
import contextlib
import hashlib
import pathlib
import shutil
import sqlite3

closing = contextlib.closing
CURRENT = "(SELECT current FROM generation)"
# What the guard holds back is in force and in no file.
HELD = "(SELECT booking FROM held)"
VISIBLE = f"since <= {CURRENT} AND until > {CURRENT}"
GRANTED = f"""
    SELECT room.name AS room, booking.uid AS uid, startsAt, endsAt
    FROM reservation JOIN booking ON booking.id = reservation.booking JOIN room ON room.id = reservation.roomId
    WHERE verdict = 0 AND reservation.since <= {CURRENT} AND reservation.until > {CURRENT}"""


def copy_of(state, directory):
    """A copy of the database of a daemon that is not running, so that looking at it changes nothing."""
    target = pathlib.Path(directory)
    target.mkdir(exist_ok=True)
    for suffix in ("", "-wal"):
        (target / f"bookwatch.sqlite{suffix}").unlink(missing_ok=True)
        source = pathlib.Path(state) / f"bookwatch.sqlite{suffix}"
        if source.exists():
            shutil.copy(source, target)
    return target / "bookwatch.sqlite"


def reading(path):
    """A connection beside a running daemon; each use of it as a context is one snapshot."""
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10, isolation_level=None)


def broken_promises(path, contents=None):
    """Whatever the store shows that it must not, as sentences."""
    found = []
    with closing(sqlite3.connect(path)) as db:
        integrity = [row[0] for row in db.execute("PRAGMA integrity_check")]
        if integrity != ["ok"]:
            return [f"integrity_check: {integrity[:3]}"]
        for room, first, second in db.execute(f"""
                SELECT room, uid, next FROM (
                    SELECT room, uid, endsAt, LEAD(uid) OVER later AS next, LEAD(startsAt) OVER later AS nextStart
                    FROM ({GRANTED})
                    WINDOW later AS (PARTITION BY room ORDER BY startsAt, endsAt)
                ) WHERE nextStart < endsAt"""):
            found.append(f"{room} was given twice: {first} and {second}")
        for room, uid, count in db.execute("""
                SELECT room, uid, count(*) FROM conference WHERE endedAt IS NULL
                GROUP BY room, scope, uid, recurrenceId HAVING count(*) > 1"""):
            found.append(f"{room} has {count} open conferences for {uid}")
        found += broken_contents(db, contents) if contents else []
    return found


def broken_contents(db, contents):
    """Exports of which something else is in force than one whole content."""
    found = []
    db.execute("BEGIN")
    try:
        exports = db.execute(
            "SELECT id, path, digest FROM export WHERE inForce = 1 AND removed = 0 AND digest <> ''").fetchall()
        bookings = db.execute(
            f"SELECT export, uid FROM booking WHERE {VISIBLE} AND id NOT IN {HELD} ORDER BY uid").fetchall()
        claims = db.execute(f"""
            SELECT booking.export, booking.uid FROM reservation JOIN booking ON booking.id = reservation.booking
            WHERE reservation.since <= {CURRENT} AND reservation.until > {CURRENT} AND booking NOT IN {HELD}
            ORDER BY 2""").fetchall()
    finally:
        db.execute("COMMIT")
    bookings, claims = _by_export(bookings), _by_export(claims)
    for row, path, digest in exports:
        whole = contents.uids(path, digest)
        if whole is None:
            found.append(f"{path}: a content that was never whole is in force")
            continue
        if bookings.get(row, []) != whole:
            found.append(f"{path}: {len(bookings.get(row, []))} bookings in force, {len(whole)} in the file")
        if claims.get(row, []) != whole:
            found.append(f"{path}: {len(claims.get(row, []))} reservations decided, {len(whole)} in the file")
    return found


def _by_export(rows):
    grouped = {}
    for export, uid in rows:
        grouped.setdefault(export, []).append(uid)
    return grouped


def conferences(path):
    """By id: room, and whether it has ended."""
    with closing(sqlite3.connect(path)) as db:
        return {row[0]: (row[1], row[2] is not None) for row in db.execute("SELECT id, room, endedAt FROM conference")}


def decisions(path):
    """One hash over what is granted, declined and a duplicate, and of which export."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(path)) as db:
        for row in db.execute(f"""
                SELECT room.name, startsAt, endsAt, booking.uid, reservation.recurrenceId, verdict, reservation.code,
                    export.path, booking.line
                FROM reservation JOIN booking ON booking.id = reservation.booking
                    JOIN room ON room.id = reservation.roomId JOIN export ON export.id = booking.export
                WHERE reservation.since <= {CURRENT} AND reservation.until > {CURRENT}
                ORDER BY 1, 2, 3, 4, 5"""):
            digest.update(repr(row).encode())
    return digest.hexdigest()
