"""Reads what the environment asks for, the same for every command: an empty variable is one that is not set."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache as once
from pathlib import Path

from .errors import HundredfoldError, brief

ROOT = Path(__file__).resolve().parents[2]
"""The checkout; an installed copy names its folders by variables."""

OTHERS = {"HUNDREDFOLD_CACHE", "HUNDREDFOLD_ENGINES", "HUNDREDFOLD_NUMPY_WHEEL", "HUNDREDFOLD_OWN"}
"""Variables that are no setting of the server."""


class UsageError(HundredfoldError):
    """What was asked for can not be: the message names the argument or variable, and what it takes."""


def read(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The value of a variable; None where it is not set, empty or blank."""
    return environ.get(name, "").strip() or None


def cache(root: Path = ROOT) -> Path:
    """Where downloads and what was computed lie: HUNDREDFOLD_CACHE, else .cache in the checkout; it is made if need be.

    Raises UsageError where it can not be written.
    """
    folder = Path(read("HUNDREDFOLD_CACHE") or root / ".cache")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(
            f"HUNDREDFOLD_CACHE must be a folder that can be written, not {str(folder)!r}: {why}"
        ) from None
    return folder


def models(made: bool = False) -> Path:
    """Where the models lie: HUNDREDFOLD_MODELS, else models/ in the checkout; raises UsageError where there is none.

    With ``made`` it need not be there yet.
    """
    folder = Path(read("HUNDREDFOLD_MODELS") or ROOT / "models")
    if not made and not folder.is_dir():
        raise UsageError(f"HUNDREDFOLD_MODELS must be a folder with models, not {brief(str(folder))}")
    return folder


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
