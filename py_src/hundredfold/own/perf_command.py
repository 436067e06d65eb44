"""`hundredfold perf`: how long a model takes, natively and, if asked for, in a real browser on the same samples."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..arguments import needs, whole
from ..compress.perf import MOST_REPEATS
from . import models, samples, tell, timing
from .progress import Progress

HELP = "time an ONNX model, natively or in a browser too"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-m", "--model", type=Path, required=True, metavar="M.onnx")
    parser.add_argument(
        "--target", choices=("native", "browser"), default="native", help="browser: there as well, in a real one"
    )
    samples.add_arguments(parser, labels=False)
    samples.add_made_up(parser)
    add_repeats(parser)


def add_repeats(parser: argparse.ArgumentParser) -> None:
    most, default = MOST_REPEATS, timing.REPEATS
    parser.add_argument("--repeats", type=whole(1, most), default=default, help=f"default: {default}")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """``{schema_version, name, bytes, sha256, samples, native, browser?}``: each side is what `compress.perf` gives.

    Natively there is ``energy`` too.
    """
    browser = needs("hundredfold.own.browser", "dev") if arguments.target == "browser" else None
    model = models.read(arguments.model, "--model")
    taken = samples.given_or_made_up(arguments, model.inspection)
    facts = {key: model.inspection[key] for key in ("schema_version", "name", "bytes", "sha256")}
    told: dict[str, Any] = {**facts, "samples": samples.facts(taken, arguments)}
    with Progress(sys.stderr, arguments.json) as progress:
        told["native"] = timing.natively(model, taken, arguments.repeats, arguments.metered, progress)
        if browser is not None:
            told["browser"] = browser.perf(model, taken, arguments.repeats, progress)
    sides = ("native", "browser")
    tell.say(
        [*timing.text({side: told[side] for side in sides if side in told}), *samples.text(told["samples"])],
        arguments.json,
    )
    return told
