#!/usr/bin/env python3
"""Losses of power: the state lies on ext4 on a loop image, which is shut down without flushing anything.

Usage: powerloss.py PATH-OF-BOOKWATCH [ROUNDS]. Needs root and loop devices; is skipped with a word without them. After each
loss: what was acknowledged is there, the database is whole, each report is old or new and never partial.
"""
import pathlib
import random
import sys
import tempfile
import time

from kills import Load, World, answers_again, check
from support import tally
from support.daemon import Daemon
from support.disks import PowerlessDisk


def main(tally, executable, rounds):
    seed = random.randrange(1 << 32)
    tally.say(f"seed {seed}")
    choice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="bookwatch-soak-") as directory:
        disk = PowerlessDisk(directory)
        world = World(directory, random.Random(seed + 1))
        state = disk.path / "state"
        try:
            for number in range(rounds):
                disk.mount()
                daemon = Daemon(executable, world.exports, state, world.directory / "log")
                try:
                    daemon.wait_until_ready()
                    answers_again(world, daemon, tally)
                    load = Load(world, daemon, seed + number)
                    time.sleep(choice.uniform(0.05, 1.5))
                    disk.cut_power()
                    # For a moment it goes on without its disk: nothing may be acknowledged now.
                    time.sleep(0.05)
                    load.ending.set()
                finally:
                    daemon.kill()
                load.stop()
                disk.unmount()
                disk.mount()
                check(world, state, tally)
                disk.unmount()
            tally.note(f"{rounds} losses of power, {len(world.opened)} conferences acknowledged")
            tally.note(f"{world.answers} answers, {world.version} contents")
        finally:
            disk.unmount()


if __name__ == "__main__":
    tally.run("powerloss", lambda t: main(t, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3))
