#!/usr/bin/env python3
"""A full disk under load: a small tmpfs holds the state, and a file fills it for a while.

Usage: diskfull.py PATH-OF-BOOKWATCH [SECONDS]. Needs to be allowed to mount. While it is full: what needs no write is
answered, what needs one is answered 503, and nothing is acknowledged that is not stored. Afterwards everything works
without a restart, also the exports that came meanwhile.
"""
import os
import pathlib
import random
import sys
import tempfile
import time

from kills import ROOMS, Load, World, answers_again, check
from support import tally
from support.calendars import Event
from support.daemon import Daemon
from support.disks import small_tmpfs

MEBIBYTES = 48


def fill(path):
    """Leaves nothing free; answers the file that takes it all."""
    descriptor = os.open(path / "ballast", os.O_CREAT | os.O_WRONLY)
    try:
        for size in (1 << 20, 4096, 512, 1):
            while True:
                try:
                    os.write(descriptor, b"x" * size)
                except OSError:
                    break
    finally:
        os.close(descriptor)
    return path / "ballast"


def answers_while_full(world, daemon, tally, kept, answers):
    status, _ = daemon.call("GET", f"/conference/{kept}")
    if status != 200:
        tally.lose(f"a GET that needs no write was answered {status}")
    status, answer = daemon.open_room("kept")
    if (status, answer.get("conflict_id")) != (409, kept):
        tally.lose(f"a POST for what is open already, which needs no write, was answered {status} {answer}")
    status, _ = daemon.open_room("nobody-booked-this")
    if status != 403:
        tally.lose(f"a refusal that needs no write was answered {status}")
    began = time.monotonic()
    status, _ = daemon.open_room(random.choice(ROOMS))
    if time.monotonic() - began > 5:
        tally.lose(f"an answer took {time.monotonic() - began:.1f} s")
    if status not in (200, 409, 503):
        tally.lose(f"a POST was answered {status}")
    answers[status] = answers.get(status, 0) + 1


def main(tally, executable, seconds):
    seed = random.randrange(1 << 32)
    tally.say(f"seed {seed}")
    answers = {}
    with tempfile.TemporaryDirectory(prefix="bookwatch-soak-") as directory:
        world = World(directory, random.Random(seed))
        world.drop("kept.ics", [Event("kept", "kept", world.hour - 3600, world.hour + 22 * 3600)])
        with small_tmpfs(world.directory / "disk", MEBIBYTES) as disk:
            state = disk / "state"
            daemon = Daemon(executable, world.exports, state, world.directory / "log")
            try:
                daemon.wait_until_ready()
                status, kept = daemon.open_room("kept")
                if status != 200:
                    tally.lose(f"the room 'kept' did not open: {status}")
                    return
                load = Load(world, daemon, seed)
                time.sleep(1)
                ballast = fill(disk)
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    answers_while_full(world, daemon, tally, kept["id"], answers)
                    fill(disk)
                    time.sleep(0.05)
                load.stop()
                world.drop("late.ics", [Event("late", "late", world.hour - 3600, world.hour + 22 * 3600)])
                time.sleep(1)
                ballast.unlink()
                began = time.monotonic()
                daemon.wait_for(lambda: daemon.open_room("late")[0] in (200, 409), 30, "the late room's opening")
                tally.note(f"{seconds:.0f} s without a free byte: POSTs {answers}")
                tally.note(f"{time.monotonic() - began:.1f} s after it what came meanwhile is served, without a restart")
                answers_again(world, daemon, tally)
                if daemon.terminate() != 0:
                    tally.lose("the end was not clean")
            finally:
                daemon.kill()
            check(world, state, tally)
        tally.note(f"{len(world.opened)} conferences acknowledged")


if __name__ == "__main__":
    tally.run("diskfull", lambda t: main(t, sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 4))
