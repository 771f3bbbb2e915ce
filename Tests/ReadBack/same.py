"""Equal input gives equal bytes: from another directory, and on another day."""
import datetime
import re
import shutil

import exports

# When something was decided: the rest is equal to the byte.
STAMPS = re.compile(rb'DTSTAMP:\d{8}T\d{6}Z|"at": ?"[^"]*"|"passed_at": "[^"]*"|Last change: pass 1, [^<]*')


def check(executable, work, first, report):
    other = work / "another place" / "deeper"
    shutil.copytree(first, other, ignore=shutil.ignore_patterns("reports", "state", "daemon.log"))
    reports = report(executable, other)
    compare(first / "reports", reports, "another directory")
    days = []
    for name, before in [("today", []), ("tomorrow", ["faketime", "-f", "+1d"])]:
        folder = work / name
        folder.mkdir()
        shutil.copy(first / "bookwatch.yaml", folder)
        shutil.copytree(first / "mappings", folder / "mappings")
        (folder / "samples").mkdir()
        # Nothing that lies in the past, or ends at the horizon: that moves with the days.
        exports.write(folder / "made", datetime.date.today(), isolated=True)
        days.append(report(executable, folder, before=before))
    compare(days[0], days[1], "another day")


def files(reports):
    return {path.relative_to(reports): path for path in sorted(reports.rglob("*")) if path.is_file()}


def compare(one, other, what):
    mine, theirs = files(one), files(other)
    if mine.keys() != theirs.keys():
        raise SystemExit(f"{what}: other files: {sorted(mine.keys() ^ theirs.keys())}")
    equal = 0
    for name, path in mine.items():
        first, second = path.read_bytes(), theirs[name].read_bytes()
        equal += first == second
        if STAMPS.sub(b"", first) != STAMPS.sub(b"", second):
            raise SystemExit(f"{what}: {name} differs")
    print(f"same bytes: {len(mine)} files from {what}, {equal} of them to the byte, the others but for stamps")
