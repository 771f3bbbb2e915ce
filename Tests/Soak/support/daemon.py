"""The built daemon as a child process, and Prosody's three calls."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.parse


class DaemonEnded(Exception):
    """The daemon ended before it did what was waited for; the text is the end of its log."""


class Daemon:
    """Started at once, on a port of the system's choice. `before` are words in front of the command, as of strace."""

    def __init__(self, executable, exports, state, log, before=(), environment=None, config=None):
        self.log_path = pathlib.Path(log)
        self.began = time.monotonic()
        command = [*before, executable, "serve", "--state", str(state), "--listen", "127.0.0.1:0"]
        command += ["--config", str(config)] if config else ["--watch", str(exports)]
        with open(self.log_path, "wb") as sink:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, env={**os.environ, **(environment or {})})
        self.is_wrapped = bool(before)
        self.port = None

    def log(self):
        return self.log_path.read_text(errors="replace")

    def has_ended(self):
        return self.process.poll() is not None

    def wait_until_ready(self, seconds=60):
        """Answers the seconds from the start of the process to the first `ready`."""
        self.wait_for_port(seconds)
        self.wait_for(self.is_ready, seconds, "readiness", pause=0.002)
        return time.monotonic() - self.began

    def wait_for_port(self, seconds=60):
        self.wait_for(self._find_port, seconds, "a port", pause=0.002)

    def wait_for(self, condition, seconds, what, pause=0.05):
        deadline = time.monotonic() + seconds
        while not condition():
            if self.has_ended() and not condition():
                raise DaemonEnded(self.log()[-2000:])
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} within {seconds} s; log:\n{self.log()[-2000:]}")
            time.sleep(pause)

    def is_ready(self):
        try:
            return self.call("GET", "/readyz")[0] == 200
        except OSError:
            return False

    def _find_port(self):
        for line in self.log().splitlines():
            if "listening" not in line:
                continue
            for word in line.split():
                if word.startswith("port="):
                    self.port = int(word[5:])
        return self.port is not None

    def pid(self):
        """Of the daemon itself, also below strace; None when it is gone."""
        if not self.is_wrapped:
            return None if self.has_ended() else self.process.pid
        try:
            children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        except OSError:
            return None
        return int(children[0]) if children else None

    def signal(self, number):
        pid = self.pid()
        if pid is not None:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def terminate(self):
        """SIGTERM; answers the exit code."""
        self.signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def call(self, method, path, fields=None, timeout=30):
        """Status, and the body as JSON where it is some. Raises OSError when there is no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            body = urllib.parse.urlencode(fields) if fields is not None else None
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read()
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        try:
            return response.status, json.loads(text)
        except ValueError:
            return response.status, text

    def open_room(self, room, at=None, owner="ann@example.org"):
        instant = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() if at is None else at))
        return self.call("POST", "/conference", {"name": room, "start_time": instant, "mail_owner": owner})
