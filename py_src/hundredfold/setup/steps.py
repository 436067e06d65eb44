"""What every step of the set-up shares: how it reports, and how it fails."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two preparations apart there
    fcntl = None  # type: ignore[assignment]

MB = 1e6
LAST_LINES = 15
"""Lines of a failed command's output that its error repeats."""


class SetupError(RuntimeError):
    """A step could not be done; the message says what is missing and how to get it."""


def say(text: str) -> None:
    # On stderr, because a command's stdout ends with one line of JSON.
    print(text, file=sys.stderr, flush=True)


class Progress:
    """Prints how many MB of a download have arrived, at most twice a second."""

    def __init__(self, name: str, total_bytes: int | None) -> None:
        self.name, self.total_bytes = name, total_bytes
        self.done_bytes, self._next_s = 0, 0.0

    def add(self, count: int) -> None:
        self.done_bytes += count
        now = time.monotonic()
        if now >= self._next_s or self.done_bytes == self.total_bytes:
            self._next_s = now + 0.5
            total = f" of {self.total_bytes / MB:.1f}" if self.total_bytes else ""
            say(f"  {self.name}: {self.done_bytes / MB:.1f}{total} MB")


def run(command: Sequence[str | Path], folder: Path, env: Mapping[str, str], failure: str) -> None:
    """Run a command; if it fails, raise SetupError with ``failure`` and the end of what the command printed."""
    done = subprocess.run(
        command, cwd=folder, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        tail = "\n".join(f"  | {line}" for line in done.stdout.splitlines()[-LAST_LINES:])
        raise SetupError(f"{failure}\n{tail}")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process is in here with the same lock file; it is let go even when a process dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest(root: Path, files: Iterable[Path], *texts: str) -> str:
    """One sha256 over the names, from ``root``, and the contents of files, in order, and over texts."""
    result = hashlib.sha256("\0".join(texts).encode())
    for file in files:
        result.update(f"\0{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes())
    return result.hexdigest()
