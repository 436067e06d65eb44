"""The commands on a model of one's own: inspected, run, shrunk and compared here, as in the page's room."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from ..errors import HundredfoldError, SessionError
from . import engine, tell
from .timing import Metered

COMMANDS = ("inspect", "perf", "quantize", "compare", "report")
"""Each has a module with HELP, ``add_arguments(parser)`` and ``run(arguments)``."""
Add = Callable[[str, Callable[[argparse.Namespace], Any], str], argparse.ArgumentParser]


def add_commands(add: Add, metered: Metered) -> None:
    """Add them to the command line by ``add(name, run, help)``; ``metered`` chooses what meters this machine."""
    for name in COMMANDS:
        module = import_module(f".{name}_command", __package__)
        parser = add(name, partial(_run, module.run), module.HELP)
        module.add_arguments(parser)
        parser.set_defaults(metered=metered)
        parser.add_argument("--json", action="store_true", help="nothing but the line of JSON")


def _run(run: Callable[[argparse.Namespace], dict[str, Any]], arguments: argparse.Namespace) -> dict[str, Any]:
    engine.needed()
    try:
        told: dict[str, Any] = finite(run(arguments))
    except SessionError as error:  # an engine's words may fill a page
        raise HundredfoldError(tell.plain(" ".join(str(error).split()), tell.LONGEST_NOTE)) from None
    except KeyboardInterrupt as stopped:
        raise KeyboardInterrupt(str(stopped) or "stopped") from None
    return told


def finite(value: Any) -> Any:
    """The same with null for what JSON has no number for, such as a model's answers that are none."""
    if isinstance(value, dict):
        return {name: finite(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
