"""File systems of a script's own: they need root, and are skipped with a word where they are not allowed."""
import contextlib
import ctypes
import fcntl
import os
import pathlib
import subprocess
import time

from support.tally import Skipped

# EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32), and its flag that writes nothing more, not even the journal.
SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2


def _run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Skipped(f"{' '.join(command[:2])}: {done.stderr.strip() or done.returncode}")
    return done.stdout.strip()


@contextlib.contextmanager
def small_tmpfs(path, mebibytes):
    pathlib.Path(path).mkdir(exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(path))
    try:
        yield pathlib.Path(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False)


class PowerlessDisk:
    """ext4 on a loop image whose power can be cut."""

    def __init__(self, directory, mebibytes=128):
        self.image = pathlib.Path(directory) / "disk.img"
        self.path = pathlib.Path(directory) / "disk"
        self.path.mkdir()
        with open(self.image, "wb") as file:
            file.truncate(mebibytes << 20)
        _run("mkfs.ext4", "-q", "-F", str(self.image))
        self.is_mounted = False

    def mount(self):
        self._wait_until_unused()
        _run("mount", "-o", "loop", str(self.image), str(self.path))
        self.is_mounted = True

    def _wait_until_unused(self):
        """A mount namespace that was made meanwhile keeps the disk without power, and would write into the image."""
        for _ in range(100):
            if not _run("losetup", "--associated", str(self.image)):
                return
            time.sleep(0.05)
        raise Skipped("another mount namespace holds the disk")

    def cut_power(self):
        """From now on every write fails, and what was not written through is gone."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, SHUTDOWN, ctypes.c_uint32(NO_LOG_FLUSH))
        except OSError as error:
            raise Skipped(f"no shutdown ioctl: {error}") from error
        finally:
            os.close(descriptor)

    def unmount(self):
        if self.is_mounted:
            _run("umount", str(self.path))
            self.is_mounted = False
