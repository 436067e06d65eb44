"""What the commands' arguments may be: a wrong one ends in a sentence that names it and says what it takes."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import requires
from pathlib import Path
from typing import Any, NoReturn

from .environment import UsageError
from .errors import brief
from .installed import is_installed


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and takes no shortened names, which a later version may give to others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **kwargs})

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"hundredfold: {message}; `{self.prog} --help` has all that it takes\n")


def whole(least: int, most: int) -> Callable[[str], int]:
    """What reads a whole number."""

    def read(text: str) -> int:
        plain = text.strip().removeprefix("-")
        if not (plain.isdecimal() and plain.isascii() and len(plain) < 20) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"it must be a whole number from {least} to {most}, not {brief(text)}")
        return int(text)

    return read


def number(least: float, most: float) -> Callable[[str], float]:
    """What reads a number."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"it must be a number from {least:g} to {most:g}, not {brief(text)}")
        return value

    return read


def folder(text: str) -> Path:
    """What reads a folder's name."""
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(f"it must be the name of a folder, not {brief(text)}")
    return Path(text)


def together(arguments: argparse.Namespace, name: str, why_not: str, *, holds: bool) -> None:
    """Raise UsageError for an argument that is given where it would do nothing."""
    if getattr(arguments, name) is not None and not holds:
        raise UsageError(f"--{name} {why_not}")


def needs(module: str, extra: str) -> Any:
    """Import a module that needs an extra; its absence is an error that says the command which installs it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("hundredfold"):
            raise
        raise RuntimeError(f"{error.name} is not installed: run `{_installs(extra)}`, then try again") from None


def _installs(extra: str) -> str:
    """The command that installs what an extra names."""
    if not is_installed():
        return f".venv/bin/pip install -e '.[{extra}]'"
    named = [each.partition(";") for each in requires(__package__) or ()]
    packages = [name.strip() for name, _, when in named if re.fullmatch(rf"""\s*extra == ["']{extra}["']""", when)]
    return shlex.join([sys.executable, "-m", "pip", "install", *packages])
