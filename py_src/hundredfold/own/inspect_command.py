"""`hundredfold inspect`: what a model takes and gives, what it is made of, and what of it a browser can not run."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import models, tell

HELP = "say what an ONNX model takes, gives and is made of"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="M.onnx")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """The inspection, as `compress.inspect` gives it."""
    inspection = models.read(arguments.model, "M.onnx").inspection
    tell.say(text(inspection), arguments.json)
    return inspection


def text(inspection: Mapping[str, Any]) -> list[str]:
    """An inspection as people read it."""
    operators = sorted(inspection["operators"].items(), key=lambda each: -each[1])
    weights = sorted(inspection["weights"], key=lambda each: -each["bytes"])
    macs, memory = inspection["macs"], inspection["memory_bytes"]
    lines = tell.facts(
        [
            ("model", f"{tell.plain(inspection['name'])}, {tell.amount(inspection['bytes'], 'B')}"),
            ("made by", f"{tell.plain(inspection['producer'] or 'unknown')}, opset {inspection['opset']}"),
            *[("takes", tell.tensor(info)) for info in inspection["inputs"]],
            *[("gives", tell.tensor(info)) for info in inspection["outputs"]],
            ("operators", ", ".join(f"{tell.plain(name)} {count}" for name, count in operators)),
            ("not in a browser", ", ".join(map(tell.plain, inspection["missing_here"]))),
            ("parameters", tell.amount(inspection["params"])),
            ("multiply-adds", None if macs is None else tell.amount(macs)),
            ("memory", None if memory is None else f"about {tell.amount(memory, 'B')} while it runs"),
            ("quantized", "yes" if inspection["quantized"] else "no"),
        ]
    )
    if weights:
        heads = ("heaviest layers", "operator", "shape", "type", "bytes")
        rows = [
            (tell.plain(each["layer"]), tell.plain(each["op"]), _shape(each["shape"]), each["dtype"], each["bytes"])
            for each in weights[: tell.HEAVIEST]
        ]
        lines += ["", *tell.table([heads, *[(*row[:4], tell.amount(row[4], "B")) for row in rows]])]
    return [*lines, *tell.notes(inspection["notes"])]


def _shape(sizes: Any) -> str:
    return "x".join(map(str, sizes)) or "1"
