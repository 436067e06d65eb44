"""What `hundredfold new`, `add` and, for an added exhibit, `evaluate` take and do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .. import environment
from ..arguments import folder, needs, whole
from ..environment import UsageError
from ..errors import HundredfoldError
from ..manifest_added import KINDS
from .describe import Description, describe

VARIABLE = "HUNDREDFOLD_EXHIBITS"
MODELS = ("small", "big")

Serve = Callable[[argparse.Namespace, list[Path]], Any]
"""Serves the site with these folders' exhibits, until it is ended."""


def new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=folder, metavar="DIR", help="a folder that does not exist yet, or an empty one")
    parser.add_argument("--kind", choices=KINDS, required=True, help="what a visitor gives: a picture, a text, numbers")
    _serve_arguments(parser)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=folder, metavar="DIR", help="with an exhibit.toml, as `hundredfold new` makes it"
    )
    parser.add_argument("--yes", action="store_true", help="its pre.py and post.py may run on this machine")
    _serve_arguments(parser)


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--serve", action="store_true", help="then serve the site with it")
    parser.add_argument("--host", help="with --serve; default: the environment's HOST, else 127.0.0.1")
    parser.add_argument("--port", type=whole(0, 65535), help="with --serve; default: the environment's PORT, else 8000")


def new(arguments: argparse.Namespace, serve: Serve) -> Any:
    """Write a folder that works at once; with --serve, add it and serve the site with it."""
    _only_with_serve(arguments)
    template = needs("hundredfold.folders.template", "own")
    written = template.write(arguments.folder, arguments.kind)
    _say(f"{arguments.folder}: {', '.join(written)}")
    if not arguments.serve:
        told = {"folder": str(arguments.folder), "kind": arguments.kind, "files": written}
        return {**told, "next": f"hundredfold add {arguments.folder} --serve"}
    # Its Python is the template's, which this program wrote a moment ago.
    return _added(arguments, describe(arguments.folder), serve)


def add(arguments: argparse.Namespace, serve: Serve) -> Any:
    """Measure a folder and write its manifest; with --serve, serve the site with it."""
    _only_with_serve(arguments)
    said = describe(arguments.folder)
    if said.source and not arguments.yes:
        _agree(said)
    return _added(arguments, said, serve)


def _added(arguments: argparse.Namespace, said: Description, serve: Serve) -> Any:
    told = needs("hundredfold.folders.add", "own").add(said, _say)
    listed = [str(each) for each in listed_folders()]
    if not arguments.serve:
        return {
            **told,
            "next": f"{VARIABLE}={os.pathsep.join(dict.fromkeys([*listed, str(said.folder)]))} hundredfold serve",
        }
    others = [each for each in listed_folders() if each.resolve() != said.folder]
    return {**told, **serve(arguments, [*others, said.folder])}


def _only_with_serve(arguments: argparse.Namespace) -> None:
    for name in ("host", "port"):
        if getattr(arguments, name) is not None and not arguments.serve:
            raise UsageError(f"--{name} is for --serve: give both")


def _agree(said: Description) -> None:
    """Say what is about to run, and go on only if whoever installs it says so; raises UsageError."""
    names = " and ".join(said.source)
    _say(
        f"{said.folder}: {names} will run on this machine with your rights, now and whenever the site answers, and in "
        "every visitor's browser. Nothing holds natively what it does: read it first, and add only what you trust."
    )
    if not sys.stdin.isatty():
        raise UsageError(f"{names} of {said.folder} may run only if you say so: read it, then add --yes")
    print("May it run? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError(f"{said.folder} was not added, since {names} may not run")


def listed_folders() -> tuple[Path, ...]:
    """Those that the environment names."""
    return environment.folders(environment.read(VARIABLE) or "")


def known() -> dict[str, Description]:
    """The exhibits that the environment names, by id; one that can not be read is left out: `add` says why."""
    found: dict[str, Description] = {}
    if environment.read(VARIABLE):
        for each in listed_folders():
            try:
                said = describe(each)
            except HundredfoldError:
                continue
            found.setdefault(said.id, said)
    return found


def evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--variant", choices=MODELS, default="small", help="default: the one that runs here")


def evaluate(arguments: argparse.Namespace) -> Any:
    """How often one of an added exhibit's models is right about its samples; raises UsageError without labels."""
    said = known()[arguments.exhibit]
    samples, accuracy = needs("hundredfold.folders.add", "own").evaluate(said, arguments.variant)
    if accuracy is None:
        what = "put each into a folder called as its label" if said.kind == "image" else "add a column `label`"
        raise UsageError(
            f"{said.folder / said.samples} does not say what is right of its {len(samples)} samples: {what}"
            + ("" if said.labels else ", and write within = in exhibit.toml")
        )
    told = {"exhibit": said.id, "variant": arguments.variant, "n": accuracy["n"]}
    return {**told, "accuracy": {name: accuracy[name] for name in ("value", "low", "high")}}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # stdout ends with one line of JSON
