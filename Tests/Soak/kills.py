#!/usr/bin/env python3
"""kill -9 at random points and at chosen system calls, under load of POSTs, DELETEs and imports.

Usage: kills.py PATH-OF-BOOKWATCH [ROUNDS]. After each end: no acknowledged conference is lost, no room was given twice,
the database is whole, every export in force is one whole content, every report is whole, and the next start is ready
within 2 s.
"""
import json
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time

from support import store, tally
from support.calendars import Event, WholeContents, calendar, rename_into
from support.daemon import Daemon, DaemonEnded

ROOMS = [f"room{number}" for number in range(8)]
CHURNING = 12
# For each system call, up to which of its occurrences in one thread the end comes.
CALLS = {"fdatasync": 40, "pwrite64": 300, "write": 200, "rename": 40, "fsync": 40, "ftruncate": 100, "unlink": 6}
READY = 2.0


class World:
    """The exports, and everything that the daemon has acknowledged."""

    def __init__(self, directory, random):
        self.directory = pathlib.Path(directory)
        self.exports = self.directory / "exports"
        self.exports.mkdir()
        self.contents = WholeContents()
        self.random = random
        self.version = 0
        self.lock = threading.Lock()
        self.opened = {}
        self.deleting = set()
        self.answers = 0
        now = time.time() // 3600 * 3600
        self.hour = now
        self.drop("base.ics", [Event(f"base-{room}", room, now - 3600, now + 22 * 3600) for room in ROOMS])

    def drop(self, name, events):
        with self.lock:
            self.version += 1
            content = calendar(f"{name} {self.version}", events)
            self.contents.note(name, content, events)
        rename_into(self.exports, name, content)

    def churn(self, name, size):
        """Bookings that compete with those of the other files, far from the base's slots."""
        hours = self.random.sample(range(100, 100 + 3 * size), size)
        self.drop(name, [
            Event(f"{name}-{self.random.randrange(3 * size)}-{hour}", self.random.choice(ROOMS),
                  self.hour + hour * 3600, self.hour + hour * 3600 + 5400, owner=f"{name}@example.org")
            for hour in hours
        ])


class Load:
    """Threads that ask and drop until they are told to stop; they live across rounds as little as the daemon does."""

    def __init__(self, world, daemon, seed):
        self.world, self.daemon = world, daemon
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self.ask, args=(seed * 10 + number,)) for number in range(3)]
        self.threads.append(threading.Thread(target=self.drop))
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def ask(self, seed):
        choice = random.Random(seed)
        while not self.ending.is_set():
            try:
                self.ask_once(choice)
            except OSError:
                time.sleep(0.01)

    def ask_once(self, choice):
        room = choice.choice(ROOMS)
        status, body = self.daemon.open_room(room)
        with self.world.lock:
            self.world.answers += 1
            if status == 200:
                self.world.opened.setdefault(body["id"], []).append(room)
        conference = body.get("id") if status == 200 else body.get("conflict_id") if status == 409 else None
        if conference is None:
            return
        if status == 409:
            self.daemon.call("GET", f"/conference/{conference}")
        if choice.random() < 0.6:
            with self.world.lock:
                self.world.deleting.add(conference)
            self.daemon.call("DELETE", f"/conference/{conference}")

    def drop(self):
        while not self.ending.is_set():
            size = 3_000 if self.world.random.random() < 0.03 else self.world.random.randint(1, 60)
            name = "large.ics" if size == 3_000 else f"churn{self.world.random.randrange(CHURNING)}.ics"
            self.world.churn(name, size)
            self.ending.wait(self.world.random.uniform(0.0, 0.15))


def check(world, state, tally):
    copy = store.copy_of(state, world.directory / "copy")
    if not copy.exists():
        return
    for sentence in store.broken_promises(copy, world.contents):
        tally.lose(sentence)
    known = store.conferences(copy)
    for conference, rooms in world.opened.items():
        if len(rooms) > 1:
            tally.lose(f"conference {conference} was acknowledged {len(rooms)} times: {rooms}")
        if conference not in known:
            tally.lose(f"conference {conference} in {rooms[0]} was acknowledged and is not in the store")
        elif known[conference][0] != rooms[0]:
            tally.lose(f"conference {conference} was opened in {rooms[0]} and is in {known[conference][0]}")
        elif known[conference][1] and conference not in world.deleting:
            tally.lose(f"conference {conference} in {rooms[0]} has ended though nobody deleted it")
    for report in pathlib.Path(state, "reports").rglob("*.json"):
        try:
            json.loads(report.read_bytes())
        except ValueError as error:
            tally.lose(f"{report.name} is partial: {error}")


def answers_again(world, daemon, tally):
    """What was open before the end is open after it."""
    for conference, rooms in sorted(world.opened.items())[-20:]:
        if conference in world.deleting:
            continue
        status, body = daemon.call("GET", f"/conference/{conference}")
        if status != 200 or body["name"] != rooms[0]:
            tally.lose(f"conference {conference} in {rooms[0]} is answered {status} after the start")


def before(choice, round_number):
    """Every other round under strace, which ends the daemon at a chosen call."""
    if round_number % 2 == 0 or not shutil.which("strace"):
        return (), "random point"
    call = choice.choice(sorted(CALLS))
    when = choice.randint(1, CALLS[call])
    return ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
            "-e", f"inject={call}:signal=KILL:when={when}"), call


def main(tally, executable, rounds):
    seed = random.randrange(1 << 32)
    tally.say(f"seed {seed}")
    choice = random.Random(seed)
    starts, ends = [], {}
    with tempfile.TemporaryDirectory(prefix="bookwatch-soak-") as directory:
        world = World(directory, random.Random(seed + 1))
        state = world.directory / "state"
        for number in range(rounds):
            wrapper, where = before(choice, number)
            daemon = Daemon(executable, world.exports, state, world.directory / "log", before=wrapper)
            try:
                ready = daemon.wait_until_ready()
                if number > 0 and not wrapper:
                    starts.append(ready)
                    answers_again(world, daemon, tally)
            except (DaemonEnded, OSError) as error:
                if not wrapper:
                    tally.lose(f"it did not start: {error}")
            load = Load(world, daemon, seed + number)
            limit = time.monotonic() + (choice.uniform(0.02, 1.5) if not wrapper else 6)
            while time.monotonic() < limit and not daemon.has_ended():
                time.sleep(0.005)
            ended = daemon.has_ended()
            daemon.kill()
            load.stop()
            where = where if ended else "random point"
            ends[where] = ends.get(where, 0) + 1
            check(world, state, tally)
            if (number + 1) % 50 == 0:
                tally.say(f"{number + 1} ends, {len(world.opened)} conferences, {world.version} contents")
        last = Daemon(executable, world.exports, state, world.directory / "log")
        starts.append(last.wait_until_ready())
        answers_again(world, last, tally)
        if last.terminate() != 0:
            tally.lose("the last end was asked for, and was not clean")
        check(world, state, tally)
        tally.note(f"{rounds} ends ({', '.join(f'{count} {where}' for where, count in sorted(ends.items()))})")
        tally.note(f"{len(world.opened)} conferences acknowledged, {world.answers} answers, {world.version} contents")
    slow = [start for start in starts if start > READY]
    if slow:
        tally.lose(f"{len(slow)} starts took longer than {READY} s: {max(slow):.2f} s")
    tally.note(f"ready after {statistics.median(starts):.2f} s (median), {max(starts):.2f} s (most)")


if __name__ == "__main__":
    tally.run("kills", lambda t: main(t, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20))
