"""The files that the commands read and write: what is named wrongly is said first, and nothing is left half written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..environment import UsageError


def content_of(path: Path, flag: str, most_bytes: int) -> bytes:
    """What is in a file, cut off after ``most_bytes`` and one: who reads it refuses that much.

    Raises UsageError, which names the argument ``flag``.
    """
    try:
        if path.is_dir():
            raise UsageError(f"{flag} {str(path)!r} is a folder: name a file in it")
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"{flag} {str(path)!r} can not be read: {_why(error)}") from None


def check_out(out: Path, read: Iterable[Path], force: bool) -> None:
    """Raise UsageError unless the file ``out`` may be made, or written over with ``force``; ``read`` never is."""
    try:
        if any(out.exists() and path.exists() and out.samefile(path) for path in read):
            raise UsageError(f"--out {str(out)!r} is one of the files that are read: name another")
        if out.is_dir():
            raise UsageError(f"--out {str(out)!r} is a folder: name a file in it")
        if out.exists() and not out.is_file():
            raise UsageError(f"--out {str(out)!r} is no plain file: name another")
        if out.exists() and not force:
            raise UsageError(f"--out {str(out)!r} is there already: name another, or add --force to write over it")
        part = _part(out)
        there = part.exists()
        part.open("ab").close()
        if not there:
            part.unlink()
    except (OSError, ValueError) as error:
        raise UsageError(f"--out {str(out)!r} can not be written: {_why(error)}") from None


def write(out: Path, content: bytes) -> None:
    """Write all of a file or nothing: what was there stays until the new one is whole."""
    part = _part(out)
    try:
        part.write_bytes(content)
        os.replace(part, out)
    except OSError as error:
        raise UsageError(f"--out {str(out)!r} can not be written: {_why(error)}") from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def nothing_written(*outs: Path) -> Iterator[None]:
    """Have Ctrl-C say that these files were not written."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"stopped: not written: {', '.join(map(str, outs))}") from None


def _part(out: Path) -> Path:
    return out.with_name(f"{out.name}.part")


def _why(error: Exception) -> str:
    return str((error.strerror if isinstance(error, OSError) else None) or error)
