#!/usr/bin/env python3
"""Drops while the watcher sleeps: SIGSTOP, many files renamed into place, SIGCONT.

Usage: drops.py PATH-OF-BOOKWATCH [FILES]. The kernel's queue overflows long before the end. The store must equal a fresh
import of the directory, within 30 s of the awakening for 100,000 files. Bookings compete within their own files only, so
that it does not matter in how many passes they come.
"""
import pathlib
import signal
import sys
import tempfile
import time

from support import store, tally
from support.calendars import Event, calendar, rename_into
from support.daemon import Daemon

SECONDS = 30.0
BEFORE = 500


def drop(exports, numbers, version):
    begin = 2_000_000_000
    for number in numbers:
        start = begin + number % 1000 * 3600
        events = [
            Event(f"{number}-first", f"room{number}", start, start + 3600),
            Event(f"{number}-late-{version}", f"room{number}", start + 1800, start + 5400, owner="ben@example.org"),
        ]
        folder = exports / f"{number // 5000}"
        folder.mkdir(exist_ok=True)
        rename_into(folder, f"{number}.ics", calendar(f"{number} {version}", events))


def is_complete(database, files, version):
    with store.closing(store.reading(database)) as db:
        # The cheap question first: it is asked all the time, beside the daemon that it is about.
        if db.execute("SELECT count(*) FROM export WHERE inForce = 1").fetchone()[0] != files:
            return False
        newest = db.execute(f"SELECT count(*) FROM booking WHERE uid LIKE '%-late-{version}' AND {store.VISIBLE}")
        return newest.fetchone()[0] == files


def main(tally, executable, files):
    with tempfile.TemporaryDirectory(prefix="bookwatch-soak-") as directory:
        root = pathlib.Path(directory)
        exports, state = root / "exports", root / "state"
        exports.mkdir()
        drop(exports, range(min(BEFORE, files)), 1)
        daemon = Daemon(executable, exports, state, root / "log")
        daemon.wait_until_ready()
        daemon.signal(signal.SIGSTOP)
        drop(exports, range(files), 2)
        begin = time.monotonic()
        daemon.signal(signal.SIGCONT)
        daemon.wait_for(
            lambda: is_complete(state / "bookwatch.sqlite", files, 2), 600, f"{files} exports in force", pause=0.2)
        took = time.monotonic() - begin
        if daemon.terminate() != 0:
            tally.lose("the end was not clean")
        fresh = Daemon(executable, exports, root / "fresh", root / "fresh.log")
        fresh.wait_until_ready(600)
        fresh.wait_for(
            lambda: is_complete(root / "fresh" / "bookwatch.sqlite", files, 2), 600, "a fresh import", pause=0.2)
        imported = time.monotonic() - fresh.began
        if fresh.terminate() != 0:
            tally.lose("the end of the fresh one was not clean")
        for path in (state, root / "fresh"):
            for sentence in store.broken_promises(path / "bookwatch.sqlite"):
                tally.lose(sentence)
        if store.decisions(state / "bookwatch.sqlite") != store.decisions(root / "fresh" / "bookwatch.sqlite"):
            tally.lose("the store differs from a fresh import")
        if took > SECONDS:
            tally.lose(f"it took {took:.1f} s, more than {SECONDS:.0f}")
        tally.note(f"{files} files dropped while stopped, in the store {took:.1f} s after the awakening")
        tally.note(f"a fresh import of them took {imported:.1f} s")


if __name__ == "__main__":
    tally.run("drops", lambda t: main(t, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2_000))
