"""Replies and free/busy, read by two readers that know nothing of us: libical, and icalendar from PyPI."""
import pathlib
import subprocess

import icalendar

HERE = pathlib.Path(__file__).parent
PARAMETERS = ["CUTYPE", "FBTYPE", "PARTSTAT", "VALUE"]
# libical 3.0 knows these by other words, or lets a code stand without them: the code alone is compared.
TEXTS = {"UID", "COMMENT", "PRODID", "ORGANIZER", "ATTENDEE"}


class Disagreement(Exception):
    pass


def build(folder):
    """Compiles the reader that uses libical; answers its path."""
    program = pathlib.Path(folder) / "dump"
    subprocess.run(["cc", "-O1", "-Wall", "-o", program, HERE / "dump.c", "-lical"], check=True)
    return program


def by_libical(program, path):
    """Components as (name, properties), each property as (name, parameters, value)."""
    run = subprocess.run([program, path], capture_output=True, text=True)
    if run.returncode != 0:
        raise Disagreement(f"{path}: libical finds a fault:\n{run.stdout}")
    components = []
    for line in run.stdout.splitlines():
        words = line.split(" ")
        if words[0] == "BEGIN":
            components.append((words[1], []))
        elif words[0] != "END":
            values = [word for word in words[1:] if word.split("=")[0] not in PARAMETERS]
            parameters = [word for word in words[1:] if word.split("=")[0] in PARAMETERS]
            text = " ".join(values)
            if words[0] in TEXTS:
                text = bytes.fromhex(text.removeprefix("t:")).decode()
            elif words[0] == "REQUEST-STATUS":
                text = values[0]
            components[-1][1].append((words[0], parameters, text))
    return components


def by_icalendar(path):
    calendar = icalendar.Calendar.from_ical(pathlib.Path(path).read_bytes())
    components = []
    for component in calendar.walk():
        properties = []
        for name, value in component.property_items(recursive=False):
            if name in ("BEGIN", "END"):
                continue
            parameters = [f"{key}={value.params[key]}" for key in PARAMETERS if key in getattr(value, "params", {})]
            properties.append((name, parameters, text(name, value)))
        components.append((component.name, properties))
        if component.errors:
            raise Disagreement(f"{path}: icalendar finds faults: {component.errors}")
    return components


def text(name, value):
    if name == "REQUEST-STATUS":
        return str(value).split(";")[0]
    if name == "FREEBUSY":
        return "/".join(instant(moment) for moment in (value.start, value.end))
    if name in ("DTSTAMP", "DTSTART", "DTEND", "RECURRENCE-ID"):
        return instant(value.dt)
    return str(value)


def instant(moment):
    return moment.strftime("%Y%m%dT%H%M%SZ") if hasattr(moment, "hour") else moment.strftime("%Y%m%d")


def in_order(components):
    return [(name, sorted(properties)) for name, properties in components]


def compare(program, reports):
    """Reads every reply and free/busy file below `reports`; answers the replies by UID, and counts."""
    replies, counts = {}, {"replies": 0, "answers": 0, "rooms": 0, "periods": 0}
    for path in sorted([*reports.rglob("*.ics"), *reports.rglob("*.ifb")]):
        one, other = in_order(by_libical(program, path)), in_order(by_icalendar(path))
        if one != other:
            raise Disagreement(f"{path} is read as\n{one}\nby libical, and by icalendar as\n{other}")
        for name, properties in one:
            values = {key: (parameters, value) for key, parameters, value in properties}
            if name == "VEVENT":
                counts["answers"] += 1
                partstat = [word for word in values["ATTENDEE"][0] if word.startswith("PARTSTAT=")][0].split("=")[1]
                if partstat not in ("ACCEPTED", "TENTATIVE", "DECLINED"):
                    raise Disagreement(f"{path} answers {partstat}")
                status = values.get("REQUEST-STATUS", ([], None))[1]
                replies.setdefault(values["UID"][1], []).append(
                    (values.get("RECURRENCE-ID", ([], ""))[1], partstat, status))
            if name == "VFREEBUSY":
                counts["periods"] += sum(1 for key, _, _ in properties if key == "FREEBUSY")
        counts["rooms" if path.suffix == ".ifb" else "replies"] += 1
    return {uid: sorted(answers) for uid, answers in replies.items()}, counts
