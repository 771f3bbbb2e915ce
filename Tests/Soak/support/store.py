"""Looks into the daemon's database, and says what must never be there."""
import contextlib
import hashlib
import pathlib
import shutil
import sqlite3
import struct

closing = contextlib.closing
CURRENT = "(SELECT current FROM generation)"
# What the guard holds back is in force and in no file.
HELD = "(SELECT booking FROM held)"
VISIBLE = f"since <= {CURRENT} AND until > {CURRENT}"
GRANTED = 0
PLACE = struct.Struct("<qqqqqqBI")


def reservations(db):
    """What is decided now, of RoomSchedule: room, start, end, booking, recurrence id, verdict, code."""
    for room, schedule in db.execute(f"""
            SELECT room.name, reservations FROM schedule JOIN room ON room.id = roomId WHERE {VISIBLE} ORDER BY 1"""):
        for index in range(struct.unpack_from("<q", schedule)[0]):
            place = PLACE.unpack_from(schedule, 8 + index * PLACE.size)
            start, end, booking, _, _, number, verdict, details = place
            text, code = _texts(schedule, details, 2) if details else (None, None)
            yield room, start, end, booking, text or number, verdict, code


def _texts(values, offset, count):
    """The first texts of column values: each has its kind, 0 for none, and its length before it."""
    found = []
    for _ in range(count):
        length = struct.unpack_from("<q", values, offset + 1)[0] if values[offset] else 0
        start = offset + 1 + (8 if values[offset] else 0)
        found.append(values[start:start + length].decode() if values[offset] else None)
        offset = start + length
    return found


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
        uids = dict(db.execute("SELECT id, uid FROM booking"))
        granted = sorted((each for each in reservations(db) if each[5] == GRANTED), key=lambda each: each[:3])
        for one, next_one in zip(granted, granted[1:]):
            if one[0] == next_one[0] and next_one[1] < one[2]:
                found.append(f"{one[0]} was given twice: {uids.get(one[3])} and {uids.get(next_one[3])}")
        found += [f"{each[0]} has a reservation without its booking" for each in granted if each[3] not in uids]
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
        held = {row[0] for row in db.execute(f"SELECT booking FROM {HELD}")}
        by_row = {row: (export, uid) for row, export, uid in db.execute("SELECT id, export, uid FROM booking")}
        claims = sorted((by_row[each[3]] for each in reservations(db) if each[3] not in held), key=lambda own: own[1])
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
        bookings = {row: rest for row, *rest in db.execute("""
            SELECT booking.id, uid, path, line FROM booking JOIN export ON export.id = booking.export""")}
        decided = (
            (room, start, end, bookings[booking][0], recurrence, verdict, code, *bookings[booking][1:])
            for room, start, end, booking, recurrence, verdict, code in reservations(db))
        for row in sorted(decided, key=repr):
            digest.update(repr(row).encode())
    return digest.hexdigest()
