#!/usr/bin/env python3
"""Producers that rename, that write with pauses below the settling time, and that leave incomplete prefixes.

Usage: prefixes.py PATH-OF-BOOKWATCH [WRITES]. All the time an oracle reads the store beside the daemon: every export in
force must be one content that once was whole, with all of its bookings and a decision on each.
"""
import os
import pathlib
import random
import sys
import tempfile
import threading
import time

from support import store, tally
from support.calendars import Event, WholeContents, calendar, rename_into
from support.daemon import Daemon

FILES = 40
# The settling time of a file that is written in place is 1 s.
LONGEST_PAUSE = 0.4


class Producer(threading.Thread):
    """Writes its own files over and over, in one of three manners."""

    def __init__(self, manner, number, writes, exports, contents, seed):
        super().__init__()
        self.manner, self.number, self.writes = manner, number, writes
        self.exports, self.contents = exports, contents
        self.random = random.Random(seed)
        self.version = 0

    def run(self):
        for _ in range(self.writes):
            self.version += 1
            name = f"{self.manner}{self.number}-{self.random.randrange(FILES)}.ics"
            events = [
                Event(f"{name}-{index}", f"{name[:-4]}-{index}", 2_000_000_000 + 3600 * self.version,
                      2_000_003_600 + 3600 * self.version)
                for index in range(self.random.randint(1, 30))
            ]
            content = calendar(f"{name} {self.version}", events)
            getattr(self, self.manner)(name, content, events)

    def renames(self, name, content, events):
        self.contents.note(name, content, events)
        rename_into(self.exports, name, content)
        time.sleep(self.random.uniform(0, 0.01))

    def pauses(self, name, content, events):
        self.contents.note(name, content, events)
        self._write_in_pieces(name, content, self.random.choice([0, 0, 0, 0.001, 0.01, LONGEST_PAUSE]))

    def prefixes(self, name, content, events):
        """Stops before the end; now and then the rest comes, after a pause longer than the settling time."""
        cut = self.random.randrange(len(content) - len("END:VCALENDAR\r\n") + 1)
        self._write_in_pieces(name, content[:cut], 0)
        if self.random.random() < 0.02:
            time.sleep(1.3)
            self.contents.note(name, content, events)
            with open(self.exports / name, "ab") as file:
                file.write(content[cut:])

    def _write_in_pieces(self, name, content, pause):
        # In place, as an editor does that knows no better: the old content is cut off first.
        with open(self.exports / name, "wb", buffering=0) as file:
            for start in range(0, len(content), 700):
                file.write(content[start:start + 700])
                if pause:
                    time.sleep(self.random.uniform(0, pause))
        if self.random.random() < 0.05:
            os.utime(self.exports / name, (1, 1))


class Oracle(threading.Thread):
    def __init__(self, database, contents):
        super().__init__()
        self.database, self.contents = database, contents
        self.ending = threading.Event()
        self.found, self.looks, self.generations = [], 0, set()

    def run(self):
        with store.closing(store.reading(self.database)) as db:
            while not self.ending.wait(0.02):
                self.found += store.broken_contents(db, self.contents)
                self.generations.add(db.execute("SELECT current FROM generation").fetchone()[0])
                self.looks += 1


def in_the_end(exports, contents):
    """The digests that must be in force when everything has settled: whatever is whole on the disk."""
    return {
        path.name: digest for path in exports.glob("*.ics")
        for digest in [contents.digest(path.name, path.read_bytes())] if digest
    }


def main(tally, executable, writes):
    seed = random.randrange(1 << 32)
    tally.say(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="bookwatch-soak-") as directory:
        root = pathlib.Path(directory)
        exports, database = root / "exports", root / "state" / "bookwatch.sqlite"
        exports.mkdir()
        contents = WholeContents()
        daemon = Daemon(executable, exports, root / "state", root / "log")
        daemon.wait_until_ready()
        oracle = Oracle(database, contents)
        oracle.start()
        producers = [
            Producer(manner, number, writes // 6, exports, contents, seed + 3 * number + index)
            for number in range(2) for index, manner in enumerate(["renames", "pauses", "prefixes"])
        ]
        begin = time.monotonic()
        for producer in producers:
            producer.start()
        for producer in producers:
            producer.join()
        wanted = in_the_end(exports, contents)
        daemon.wait_for(lambda: wanted.items() <= digests(database).items(), 60, "whole files in force", pause=0.2)
        oracle.ending.set()
        oracle.join()
        for sentence in sorted(set(oracle.found)):
            tally.lose(sentence)
        daemon.terminate()
        for sentence in store.broken_promises(database, contents):
            tally.lose(sentence)
        tally.note(f"{writes // 6 * 6} writes in {time.monotonic() - begin:.0f} s by renaming, pausing and stopping early")
        tally.note(f"{oracle.looks} looks of the oracle at {len(oracle.generations)} generations")


def digests(database):
    with store.closing(store.reading(database)) as db:
        return dict(db.execute("SELECT path, digest FROM export WHERE inForce = 1 AND removed = 0"))


if __name__ == "__main__":
    tally.run("prefixes", lambda t: main(t, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 600))
