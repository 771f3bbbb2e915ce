#!/usr/bin/env python3
"""The wall clock is set a day ahead, a day back, and right again, under the running daemon.

Usage: clock.py PATH-OF-BOOKWATCH [SECONDS-EACH]. Needs faketime (Debian's package); is skipped without it. No
open conference may end, no reservation may be written off, no booking may go, and rooms open as before.
"""
import random
import shutil
import sys
import tempfile
import time

from kills import ROOMS, World, answers_again, check
from support import store, tally
from support.daemon import Daemon
from support.tally import Skipped

# The daemon looks at the clock every 15 s.
LOOK = 16
DAY = 86_400


def counted(database):
    with store.closing(store.reading(database)) as db:
        counts = {
            "expiries": "SELECT count(*) FROM expiry",
            "open": "SELECT count(*) FROM conference WHERE endedAt IS NULL",
            "bookings": f"SELECT count(*) FROM booking WHERE {store.VISIBLE}",
        }
        return {name: db.execute(query).fetchone()[0] for name, query in counts.items()}


def main(tally, executable, seconds):
    if not shutil.which("faketime"):
        raise Skipped("faketime is not installed (apt-get install faketime)")
    with tempfile.TemporaryDirectory(prefix="bookwatch-soak-") as directory:
        world = World(directory, random.Random(1))
        world.churn("churn.ics", 500)
        offset = world.directory / "offset"
        offset.write_text("+0\n")
        environment = {
            "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        daemon = Daemon(
            executable, world.exports, world.directory / "state", world.directory / "log", environment=environment,
            before=("faketime", "-m", "-f", "+0", "env", "-u", "FAKETIME"))
        database = world.directory / "state" / "bookwatch.sqlite"
        try:
            daemon.wait_until_ready()
            for room in ROOMS:
                status, body = daemon.open_room(room)
                if status == 200:
                    world.opened[body["id"]] = [room]
            if len(world.opened) != len(ROOMS):
                tally.lose(f"only {len(world.opened)} of {len(ROOMS)} rooms opened")
            time.sleep(LOOK)
            before = counted(database)
            for days in (1, 0, -1, 0):
                offset.write_text(f"{days * DAY:+d}\n")
                world.drop(f"after{len(tally.tried)}.ics", [])
                time.sleep(seconds)
                if counted(database) != before:
                    tally.lose(f"with the clock {days:+d} d: {counted(database)}, before {before}")
                answers_again(world, daemon, tally)
                tally.note(f"{days:+d} d")
            daemon.terminate()
        finally:
            daemon.kill()
        check(world, world.directory / "state", tally)
        tally.note(f"{before}")


if __name__ == "__main__":
    tally.run("clock", lambda t: main(t, sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else LOOK))
