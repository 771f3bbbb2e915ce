#!/usr/bin/env python3
"""The same drops in many orders: one hash of the decisions.

Usage: orders.py PATH-OF-BOOKWATCH [ORDERS]. The files compete for four rooms, repeat each other's meetings and revise
each other's entries. Each order is another one of the directory, of the times of change and of the inodes, and goes into
an empty store: a grant stands against what comes in a later pass, so that there the order counts as it should.
"""
import os
import pathlib
import random
import shutil
import sys
import tempfile

from support import store, tally
from support.calendars import Event, calendar, rename_into, utc
from support.daemon import Daemon

FILES = 24
EVENTS = 8
BEGIN = 2_000_000_000
CHANGED = 1_700_000_000


def drops(choice):
    """Contents by name."""
    return {
        f"{number}.ics": calendar("a meeting", [event(choice, number, place) for place in range(EVENTS)])
        for number in range(FILES)
    }


def event(choice, file, place):
    is_shared = choice.random() < 0.25
    start = BEGIN + choice.randrange(40) * 1800
    more = [f"SEQUENCE:{choice.randrange(3)}"]
    if choice.random() < 0.8:
        more.append(f"CREATED:{utc(1_600_000_000 + choice.randrange(50) * 60)}")
    more.append(f"STATUS:{choice.choice(['CONFIRMED', 'CONFIRMED', 'TENTATIVE', 'CANCELLED'])}")
    return Event(
        f"shared-{choice.randrange(12)}" if is_shared else f"{file}-{place}", f"room{choice.randrange(4)}", start,
        start + choice.randrange(1, 5) * 1800, owner=f"{choice.choice(['ann', 'ben', 'eve'])}@example.org",
        more=tuple(more))


def decide(executable, root, drops_in_order):
    exports, state = root / "exports", root / "state"
    exports.mkdir()
    for name, content, changed in drops_in_order:
        rename_into(exports, name, content)
        os.utime(exports / name, (changed, changed))
    daemon = Daemon(executable, exports, state, root / "log")
    try:
        daemon.wait_until_ready()
        if daemon.terminate() != 0:
            raise RuntimeError(daemon.log())
    finally:
        daemon.kill()
    return state / "bookwatch.sqlite"


def verdicts(database):
    with store.closing(store.reading(database)) as db:
        return [each[5] for each in store.reservations(db)]


def main(tally, executable, orders):
    seed = random.randrange(1 << 32)
    tally.say(f"seed {seed}")
    choice = random.Random(seed)
    contents = drops(choice)
    hashes = {}
    with tempfile.TemporaryDirectory(prefix="bookwatch-soak-") as directory:
        root = pathlib.Path(directory) / "one"
        for number in range(orders):
            names = list(contents)
            choice.shuffle(names)
            root.mkdir()
            drops_in_order = [(name, contents[name], CHANGED - choice.randrange(10_000_000)) for name in names]
            database = decide(executable, root, drops_in_order)
            hashes.setdefault(store.decisions(database), names)
            decided = verdicts(database)
            shutil.rmtree(root)
            if len(hashes) > 1:
                tally.lose(f"order {number} is decided otherwise than the first: {names}")
                break
    if min(decided.count(verdict) for verdict in (0, 1, 2)) == 0:
        tally.lose("nothing is granted, declined or a duplicate: the drops try nothing")
    tally.note(f"{orders} orders of {FILES} drops, {len(decided)} reservations, {decided.count(0)} granted")
    tally.note(f"hashes of the decisions: {len(hashes)}")


if __name__ == "__main__":
    tally.run("orders", lambda t: main(t, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20))
