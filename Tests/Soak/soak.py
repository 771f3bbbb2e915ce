#!/usr/bin/env python3
"""Runs all soak scripts, one after the other; the last line says what was tried and what was lost.

Usage: soak.py PATH-OF-BOOKWATCH [--rounds N | --short] [--only NAME]. N is the number of kills; 1,000 is the full measure.
"""
import argparse
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent


def plan(rounds, short):
    """Each script with its size; the short forms together take about a minute."""
    if short:
        return {
            "kills": 8, "powerloss": 2, "diskfull": 3, "clock": 16, "prefixes": 240, "drops": 1_500, "orders": 10,
        }
    share = rounds / 1_000
    return {
        "kills": rounds, "powerloss": max(2, round(50 * share)), "diskfull": max(5, round(60 * share)), "clock": 32,
        "prefixes": max(600, round(30_000 * share)), "drops": max(2_000, round(100_000 * share)),
        "orders": max(20, rounds),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("executable")
    parser.add_argument("--rounds", type=int, default=1_000)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", action="append", default=[])
    options = parser.parse_args()
    executable = str(pathlib.Path(options.executable).resolve())
    planned = plan(options.rounds, options.short)
    for name in options.only:
        if name not in planned:
            parser.error(f"--only {name}: of this form there are {', '.join(planned)}")
    results, failed = [], []
    for name, size in planned.items():
        if options.only and name not in options.only:
            continue
        print(f"== {name} {size}", flush=True)
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py"), executable, str(size)], stdout=subprocess.PIPE, text=True)
        print(done.stdout, end="")
        print(f"   {time.monotonic() - began:.0f} s", flush=True)
        results.append((done.stdout.strip().splitlines() or [f"{name}: no word"])[-1])
        if done.returncode != 0:
            failed.append(name)
    print(f"soak: {' | '.join(results)} | {'LOST in ' + ', '.join(failed) if failed else 'nothing was lost'}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
