"""`hundredfold quantize`: a smaller model that keeps within a limit, and what it cost."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..arguments import number
from ..compress.quantize import METHODS, Quantized, quantize
from ..compress.samples import Samples
from ..environment import UsageError
from . import engine, files, models, samples, tell, timing
from .progress import Progress

HELP = "make an ONNX model smaller, and say what that cost"
Group = argparse.ArgumentParser | argparse._MutuallyExclusiveGroup
MAX_DROP = 0.5
ALONE = "--max-drop goes with --method auto, which keeps within it"
ORIGINAL = "original"
"""The method where nothing smaller keeps within the limit."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-m", "--model", type=Path, required=True, metavar="M.onnx")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.onnx")
    add_method(parser, parser, "auto")
    samples.add_arguments(parser)
    parser.add_argument("--no-simplify", action="store_true", help="leave the graph as it is but for its numbers")
    parser.add_argument("--force", action="store_true", help="write over OUT.onnx")


def add_method(group: Group, parser: argparse.ArgumentParser, default: str | None) -> None:
    told = f"default: {default}" if default else "make a smaller one so, and tell of it"
    group.add_argument("--method", choices=METHODS, default=default, help=told)
    parser.add_argument(
        "--max-drop",
        type=number(0, 100),
        metavar="POINTS",
        help=f"auto: so many of 100 answers may get worse; default: {MAX_DROP}",
    )


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """``{schema_version, name, out, method, floats, before, after, tried, notes, samples, elapsed_s}``.

    Where nothing smaller keeps within the limit, nothing is written: ``out`` is None, and ``missed`` says so.
    """
    out = arguments.out
    files.check_out(out, [arguments.model, *([arguments.samples] if arguments.samples else [])], arguments.force)
    model = models.read(arguments.model, "--model")
    given = samples.given(arguments, model.inspection)
    start = time.perf_counter()
    with files.nothing_written(out):
        small = shrunk(model, given, arguments, simplify=not arguments.no_simplify)
        made = small.method != ORIGINAL
        if made:
            files.write(out, small.content)
    elapsed_s = round(time.perf_counter() - start, 3)
    told = {"schema_version": 1, "name": model.name, "out": str(out) if made else None, **small.as_dict()}
    told |= {"samples": samples.facts(given, arguments), "elapsed_s": elapsed_s}
    if not made:
        told["missed"] = [f"nothing smaller keeps within --max-drop, so {out} was not written"]
    done = [f"{out} is written, after {elapsed_s:.1f} s"] if made else []
    tell.say([*text(told), *samples.text(told["samples"]), *done], arguments.json)
    return told


def shrunk(
    model: models.Model, given: Samples | None, arguments: argparse.Namespace, simplify: bool = True
) -> Quantized:
    """The model made smaller as ``--method`` and ``--max-drop`` ask; raises UsageError where they can not be."""
    if arguments.method == "static-int8" and given is None:
        raise UsageError("--method static-int8 needs --samples: it measures on them how large the numbers get")
    if arguments.max_drop is not None and arguments.method != "auto":
        raise UsageError(ALONE)
    with Progress(sys.stderr, arguments.json) as progress:
        return engine.now(
            quantize(
                model.content,
                model.name,
                method=arguments.method,
                samples=given,
                max_drop=MAX_DROP if arguments.max_drop is None else arguments.max_drop,
                open_model=engine.open_model,
                on_progress=progress,
                simplify=simplify,
            )
        )


def text(told: Mapping[str, Any]) -> list[str]:
    """What was made, beside what it was made of."""
    before, after = told["before"], told["after"]
    heads = ("", "bytes", "time", "accuracy", "agreement", "deviation")
    lines = [f"{told['method']}: {after['bytes'] / before['bytes']:.3f} of the bytes"]
    lines += tell.table([heads, _row("before", before), _row("after", after)])
    if told["floats"]:
        lines += [f"left in float: {', '.join(map(tell.plain, told['floats']))}"]
    return [*lines, *tell.notes(told["notes"])]


def _row(name: str, side: Mapping[str, Any]) -> tuple[str, ...]:
    deviation = side.get("deviation")
    return (
        name,
        tell.amount(side["bytes"], "B"),
        timing.ms(side.get("model_ms")),
        tell.interval(side.get("accuracy")),
        tell.interval(side.get("agreement")),
        tell.percent(deviation and deviation["mean"]),
    )
