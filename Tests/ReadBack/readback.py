"""Lets the built daemon write reports on samples and hostile exports, and reads them back by strangers' programs."""
import argparse
import datetime
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "Soak"))

import calendars  # noqa: E402
import exports  # noqa: E402
import pages  # noqa: E402
import same  # noqa: E402
import schemas  # noqa: E402
from support.daemon import Daemon  # noqa: E402

CONFIGURATION = """\
jitsi:
  base_urls: [https://meet.example.org]
zone: Europe/Berlin
rooms:
  - match: blue
    address: blue@rooms.example.org
  - match: "*"
mappings: [mappings/r25.yaml, mappings/unitime.yaml, mappings/spreadsheetml.yaml]
sources:
  - name: samples
    directory: samples
  - name: made
    directory: made
reports:
  directory: reports
"""


def prepare(folder, today):
    """A directory with a configuration and its exports; answers it with what the replies have to say."""
    (folder / "bookwatch.yaml").write_text(CONFIGURATION)
    shutil.copytree(ROOT / "Config" / "mappings", folder / "mappings")
    shutil.copytree(ROOT / "Samples", folder / "samples", ignore=shutil.ignore_patterns("demo"))
    return exports.write(folder / "made", today)


def report(executable, folder, before=()):
    """Starts the daemon, waits for its reports, and stops it; answers the directory of reports."""
    daemon = Daemon(
        executable, None, folder / "state", folder / "daemon.log", config=folder / "bookwatch.yaml", before=before,
        environment={"NO_FAKE_STAT": "1"})
    try:
        daemon.wait_until_ready()
        index = folder / "reports" / "index.json"
        daemon.wait_for(lambda: index.exists() and "uids.ics" in index.read_text(), 120, "reports")
    finally:
        code = daemon.terminate()
    if code != 0:
        raise SystemExit(f"the daemon ended with {code}")
    return folder / "reports"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("executable", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--keep", action="store_true", help="leave the directory, and say where it is")
    arguments = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="bookwatch-readback."))
    try:
        first = work / "first"
        first.mkdir()
        expected = prepare(first, datetime.date.today())
        reports = report(arguments.executable, first)
        check_calendars(work, reports, expected)
        schemas.check(arguments.executable, first, reports)
        same.check(arguments.executable, work, first, report)
        pages.check(work, reports)
    finally:
        if arguments.keep:
            print(f"everything is in {work}")
        else:
            shutil.rmtree(work)


def check_calendars(work, reports, expected):
    replies, counts = calendars.compare(calendars.build(work), reports)
    for uid, answers in expected.items():
        if replies.get(uid) != sorted(answers):
            raise SystemExit(f"the reply to {uid} says {replies.get(uid)} instead of {answers}")
    print("calendars: libical and icalendar agree on", ", ".join(f"{count} {what}" for what, count in counts.items()))
    print(f"           {len(expected)} replies say what the table of the design says")


if __name__ == "__main__":
    try:
        main()
    except (calendars.Disagreement, subprocess.CalledProcessError) as error:
        raise SystemExit(str(error)) from error
