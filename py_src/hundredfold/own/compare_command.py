"""`hundredfold compare`: how far a small model is from the one that it was made of, and on which samples."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..compress.compare import compare
from ..compress.samples import Samples
from . import engine, models, samples, tell
from .progress import Progress

HELP = "say where a small ONNX model answers otherwise than the one it was made of"
CHANGED = 8
"""So many samples that changed their label are listed; all are in the JSON."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-m", "--model", type=Path, required=True, metavar="SMALL.onnx")
    parser.add_argument("--reference", type=Path, required=True, metavar="M.onnx")
    samples.add_arguments(parser, required=True)
    parser.add_argument("--layers", action="store_true", help="layer by layer too")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """``{schema_version, name, reference, bytes: {original, small}, ...}`` and what `compress.compare` gives."""
    small = models.read(arguments.model, "--model")
    original = models.read(arguments.reference, "--reference")
    given = samples.given(arguments, original.inspection)
    assert given is not None  # argparse requires it
    told = {
        "schema_version": 1,
        "name": small.name,
        "reference": original.name,
        "bytes": {"original": len(original.content), "small": len(small.content)},
        **compared(original, small.content, given, arguments.layers, arguments.json),
        "samples": samples.facts(given, arguments),
    }
    tell.say(text(told, given.classes), arguments.json)
    return told


def compared(original: models.Model, small: bytes, given: Samples, layers: bool, quiet: bool) -> dict[str, Any]:
    with Progress(sys.stderr, quiet) as progress:
        return engine.now(
            compare(original.content, small, given, engine.open_model, layers=layers, on_progress=progress)
        )


def text(told: dict[str, Any], classes: tuple[str, ...] | None) -> list[str]:
    accuracy, deviation, changed = told["accuracy"], told["deviation"], told["changed"]
    rows: list[tuple[str, Any]] = []
    if told.get("bytes"):
        share = told["bytes"]["small"] / told["bytes"]["original"]
        rows += [("bytes", f"{tell.amount(told['bytes']['small'], 'B')}, {share:.3f} of the original's")]
    if accuracy:
        rows += [
            ("accuracy", f"{tell.interval(accuracy['small'])}, the original {tell.interval(accuracy['original'])}")
        ]
    if told["agreement"]:
        rows += [("agreement", tell.interval(told["agreement"]))]
    if deviation:
        figures = ", ".join(f"{name} {tell.percent(deviation[name])}" for name in ("mean", "p95", "worst"))
        rows += [("deviation", f"{figures} of the range of the original's output")]
    lines = tell.facts(rows)
    if changed:
        lines += ["", f"{len(changed):,} samples changed their label:"]
        heads = ("sample", "original", "small", "true label")
        lines += tell.table([heads, *(_row(each, classes) for each in changed[:CHANGED])])
    if told.get("layers"):
        lines += [
            "",
            *tell.table([("layer", "error"), *((tell.plain(x["name"]), f"{x['error']:.2g}") for x in told["layers"])]),
        ]
    return [*lines, *tell.notes(told.get("notes", ()))]


def _row(each: dict[str, Any], classes: tuple[str, ...] | None) -> tuple[Any, ...]:
    return each["index"], *(_label(each.get(side), classes) for side in ("original", "small", "label"))


def _label(value: Any, classes: tuple[str, ...] | None) -> str:
    if value is None:
        return "-"
    return tell.plain(classes[value]) if classes and isinstance(value, int) and value < len(classes) else str(value)
