"""What a script tried and what was lost, said in its last line."""
import sys


class Tally:
    def __init__(self, name):
        self.name = name
        self.tried = []
        self.lost = []

    def note(self, text):
        self.tried.append(text)

    def lose(self, text):
        """Something that was promised did not hold; said at once, so that it is not lost with a crash."""
        self.lost.append(text)
        print(f"  LOST ({self.name}): {text}", flush=True)

    def say(self, text):
        print(f"  {self.name}: {text}", flush=True)


class Skipped(Exception):
    """The script cannot run here; the text says what is missing."""


def run(name, body):
    """Runs one script for itself: `body` takes a tally. Ends the process with 0 when nothing was lost."""
    tally = Tally(name)
    try:
        body(tally)
    except Skipped as reason:
        print(f"{name}: skipped: {reason}")
        sys.exit(1 if tally.lost else 0)
    print(f"{name}: {'; '.join(tally.tried)}; lost: {len(tally.lost)}")
    sys.exit(1 if tally.lost else 0)
