"""`hundredfold report`: all that can be told about a model and a smaller one, as JSON and as a page to print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..arguments import together
from ..compress.report import report
from ..compress.samples import Samples
from ..environment import UsageError
from ..errors import brief
from . import compare_command, files, finite, inspect_command, models, quantize_command, render, samples, tell, timing
from .models import Model
from .perf_command import add_repeats
from .progress import Progress

HELP = "write all that can be told about an ONNX model and a smaller one"
GIVEN = "given"
"""The method of a smaller model that was there already."""
FORMS: dict[str, Callable[[dict[str, Any]], str]] = {
    ".json": lambda told: json.dumps(told, indent=1) + "\n",
    ".md": lambda told: render.markdown(render.page(told)),
    ".html": lambda told: render.html(render.page(told)),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-m", "--model", type=Path, required=True, metavar="M.onnx")
    small = parser.add_mutually_exclusive_group()
    small.add_argument("--small", type=Path, metavar="SMALL.onnx", help="a smaller one to tell of beside it")
    quantize_command.add_method(small, parser, None)
    samples.add_arguments(parser)
    samples.add_made_up(parser)
    add_repeats(parser)
    parser.add_argument("--layers", action="store_true", help="how far they are apart layer by layer, too")
    parser.add_argument(
        *("-o", "--out"),
        type=Path,
        required=True,
        action="append",
        metavar="OUT",
        help=f"{', '.join(FORMS)}; repeatable",
    )
    parser.add_argument("--force", action="store_true", help="write over OUT")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """What `compress.report` makes of all, and ``samples`` and ``out``."""
    _check(arguments)
    model = models.read(arguments.model, "--model")
    taken = samples.given_or_made_up(arguments, model.inspection)
    given = None if taken.made_up else taken
    with files.nothing_written(*arguments.out):
        told = _told(model, given, taken, arguments)
        told["samples"] = samples.facts(taken, arguments)
        told = finite(told)
        for out in arguments.out:
            files.write(out, FORMS[out.suffix.lower()](told).encode())
    tell.say(_text(told, taken, arguments), arguments.json)
    return {**told, "out": [str(out) for out in arguments.out]}


def _check(arguments: argparse.Namespace) -> None:
    read = [path for path in (arguments.model, arguments.small, arguments.samples) if path is not None]
    for out in arguments.out:
        if out.suffix.lower() not in FORMS:
            raise UsageError(f"--out must end in {', '.join(FORMS)}, not {brief(str(out))}")
        files.check_out(out, read, arguments.force)
    if arguments.layers:
        holds = arguments.samples is not None and (arguments.small or arguments.method) is not None
        together(arguments, "layers", "needs --samples, and --small or --method to compare with", holds=holds)
    if arguments.method is None and arguments.max_drop is not None:
        raise UsageError(quantize_command.ALONE)


def _told(model: Model, given: Samples | None, taken: Samples, arguments: argparse.Namespace) -> dict[str, Any]:
    small, quantized = None, None
    if arguments.method is not None:
        made = quantize_command.shrunk(model, given, arguments)
        small, quantized = Model(made.content, f"{model.name}, {made.method}", model.inspection), made.as_dict()
    elif arguments.small is not None:
        small = models.read(arguments.small, "--small")
    comparison = perf_small = None
    with Progress(sys.stderr, arguments.json) as progress:
        perf = timing.natively(model, taken, arguments.repeats, arguments.metered, progress)
        if small is not None:
            perf_small = timing.natively(small, taken, arguments.repeats, arguments.metered, progress)
    if small is not None and given is not None:
        comparison = compare_command.compared(model, small.content, given, arguments.layers, arguments.json)
    if small is not None and quantized is None:
        quantized = _given(model, small, comparison)
    return report(model.inspection, perf, quantized, comparison, perf_small)


def _given(model: Model, small: Model, comparison: dict[str, Any] | None) -> dict[str, Any]:
    """A smaller model that was there already, told as one that was made."""
    before: dict[str, Any] = {"bytes": len(model.content)}
    after: dict[str, Any] = {"bytes": len(small.content)}
    if comparison is not None:
        accuracy = comparison["accuracy"] or {"original": None, "small": None}
        before |= {"accuracy": accuracy["original"]}
        after |= {"accuracy": accuracy["small"], "agreement": comparison["agreement"]}
        after |= {"deviation": comparison["deviation"]}
    return {
        "method": GIVEN,
        "name": small.name,
        "floats": [],
        "before": before,
        "after": after,
        "tried": [],
        "notes": [],
    }


def _text(told: dict[str, Any], taken: Samples, arguments: argparse.Namespace) -> list[str]:
    sides = {"original": told["perf"], "small": told["perf_small"]}
    lines = [
        *inspect_command.text(told["model"]),
        "",
        *timing.text({name: each for name, each in sides.items() if each}),
    ]
    if told["quantized"] and (told["quantized"]["method"] != GIVEN or not told["comparison"]):
        lines += ["", *quantize_command.text(told["quantized"])]
    if told["comparison"]:
        lines += ["", *compare_command.text(told["comparison"], taken.classes)]
    names = ", ".join(map(str, arguments.out))
    return [*lines, *samples.text(told["samples"]), f"{names} {'are' if len(arguments.out) > 1 else 'is'} written"]
