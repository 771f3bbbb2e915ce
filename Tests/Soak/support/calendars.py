"""Calendars to drop, and the memory of every whole content that was ever dropped."""
import dataclasses
import hashlib
import os
import pathlib
import threading
import time


@dataclasses.dataclass(frozen=True)
class Event:
    uid: str
    room: str
    start: float
    end: float
    owner: str = "ann@example.org"
    more: tuple[str, ...] = ()


def calendar(title, events):
    """Bytes of a calendar; `title` is each event's summary."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Soak//EN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{utc(1_700_000_000)}", f"DTSTART:{utc(event.start)}",
            f"DTEND:{utc(event.end)}", f"SUMMARY:{title}", f"LOCATION:{event.room}",
            f"ORGANIZER:mailto:{event.owner}", *event.more, "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(lines) + "\r\n").encode()


def utc(seconds):
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(seconds))


def rename_into(directory, name, content):
    """As the README asks producers to do: under another name, then renamed."""
    draft = pathlib.Path(directory) / f".{name}.tmp"
    draft.write_bytes(content)
    os.rename(draft, pathlib.Path(directory) / name)


class WholeContents:
    """The oracle: what may be in force of an export is a content that was once whole, and all of it."""

    def __init__(self):
        self._lock = threading.Lock()
        self._uids = {}

    def note(self, name, content, events):
        with self._lock:
            self._uids[name, hashlib.sha256(content).hexdigest()] = sorted(event.uid for event in events)

    def uids(self, name, digest):
        """None for a content that never was whole."""
        with self._lock:
            return self._uids.get((name, digest))

    def digest(self, name, content):
        """Of a content that once was whole; else None."""
        digest = hashlib.sha256(content).hexdigest()
        return None if self.uids(name, digest) is None else digest
