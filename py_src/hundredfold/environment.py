"""Reads what the environment asks for, the same for every command: an empty variable is one that is not set."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache as once
from pathlib import Path

from . import installed
from .errors import HundredfoldError, brief

ROOT = Path(__file__).resolve().parents[2]
"""The checkout; of an installed copy nothing of ours, see ``site``."""

OTHERS = {"HUNDREDFOLD_CACHE", "HUNDREDFOLD_ENGINES", "HUNDREDFOLD_NUMPY_WHEEL", "HUNDREDFOLD_OWN"}
"""Variables that are no setting of the server."""


class UsageError(HundredfoldError):
    """What was asked for can not be: the message names the argument or variable, and what it takes."""


def read(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The value of a variable; None where it is not set, empty or blank."""
    return environ.get(name, "").strip() or None


def cache(root: Path = ROOT) -> Path:
    """Where downloads and what was computed lie: HUNDREDFOLD_CACHE, else .cache in the checkout; it is made if need be.

    An installed copy has it among the user's other caches. Raises UsageError where it can not be written.
    """
    folder = _caches(root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from None
    return folder


def _caches(root: Path = ROOT) -> Path:
    if named := read("HUNDREDFOLD_CACHE"):
        return Path(named)
    if not installed.is_installed():
        return root / ".cache"
    try:
        return Path(read("XDG_CACHE_HOME") or Path.home() / ".cache") / "hundredfold"
    except RuntimeError:
        raise UsageError("HUNDREDFOLD_CACHE must name a folder that can be written: this user has no home") from None


def _unwritable(folder: Path, error: Exception) -> UsageError:
    why = error.strerror if isinstance(error, OSError) else error
    return UsageError(f"HUNDREDFOLD_CACHE must be a folder that can be written, not {str(folder)!r}: {why}")


def page() -> Path:
    """Where the built page lies, unless HUNDREDFOLD_STATIC names another: in the checkout it may still have to be."""
    return _site("page") if installed.is_installed() else ROOT / "web/dist"


def shipped_models() -> Path:
    """Where the models lie that came with the program."""
    return _site("models") if installed.is_installed() else ROOT / "models"


def _site(part: str) -> Path:
    """An installed copy's own; raises UsageError where it is not unpacked yet and can not be."""
    folder = _caches()
    try:
        return installed.unpacked(folder) / part
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from None


def models(made: bool = False) -> Path:
    """Where the models lie: HUNDREDFOLD_MODELS, else those that came with the program; UsageError where there is none.

    With ``made`` it need not be there yet.
    """
    named = read("HUNDREDFOLD_MODELS")
    folder = Path(named) if named else shipped_models()
    if not made and not folder.is_dir():
        raise UsageError(f"HUNDREDFOLD_MODELS must be a folder with models, not {brief(str(folder))}")
    return folder


def needs_checkout(what: str) -> None:
    """Raise UsageError in an installed copy, for what works on the project's sources."""
    if installed.is_installed():
        raise UsageError(
            f"{what} works on the project's sources, and this is an installed copy, which has none: run it in a "
            "checkout of the project; what is installed is complete, and `hundredfold serve` serves it"
        )


def folders(value: str | Iterable[str | Path]) -> tuple[Path, ...]:
    """Folders as PATH lists them, or one by one; raises ValueError for what is no name of a file.

    Whether they are there, and what they hold, is told where they are used: the site goes on without a wrong one.
    """
    parts = value.split(os.pathsep) if isinstance(value, str) else [str(each) for each in value]
    if any("\0" in each for each in parts):
        raise ValueError("a NUL")
    return tuple(Path(each) for each in parts if each.strip())


@once
def warn_of_unknown(known: frozenset[str]) -> None:
    """Say on stderr, once, which variables look like ours and are none."""
    for name in sorted(name for name in os.environ if name.startswith("HUNDREDFOLD_") and name not in known | OTHERS):
        like = get_close_matches(name, known | OTHERS, 1)
        advice = f"did you mean {like[0]}?" if like else "nothing reads it."
        print(f"hundredfold: there is no setting {name}: {advice}", file=sys.stderr, flush=True)
