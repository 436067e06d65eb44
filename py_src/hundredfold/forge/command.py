"""What `hundredfold evaluate EXHIBIT` takes and does, unless the exhibit's own folder has a command.py."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from .. import environment
from ..arguments import needs
from ..energy.meter import Meter

Metered = Callable[[], tuple[Meter, str]]
"""What meters this machine, and what it says of itself."""


def of(exhibit: str) -> Any:
    """A module with ``add_arguments(parser)`` and ``evaluate(arguments, metered)``; light, as it is always imported."""
    name = f".{exhibit}.command"
    return import_module(name, __package__) if find_spec(name, __package__) else sys.modules[__name__]


def asks(exhibit: str) -> bool:
    """Whether there are prompts with which a language model is asked."""
    return find_spec(f".{exhibit}.prompts", __package__) is not None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--variant", help="default: the one that runs here")


def evaluate(arguments: argparse.Namespace, _: Metered) -> dict[str, Any]:
    """How often one variant is right on the exhibit's whole test set."""
    module = needs("hundredfold.forge.evaluate", "server")
    cache = environment.cache() / "forge"
    told: dict[str, Any] = module.evaluate(arguments.exhibit, arguments.variant, environment.models(), cache)
    return told
