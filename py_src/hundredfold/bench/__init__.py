"""Measure the finished product, here in a real Chromium against there, interleaved, in one run.

What is reported is the median over the rounds, with the lowest and the highest.
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
from datetime import date
from pathlib import Path
from typing import Any

from ..adapters.cores import cores
from ..forge.card import bench_table, energy_table, serve_table, serve_words
from . import energy, serve, start, times
from .serve import Plan
from .site import ROOT, example, first, visit

REPORT = ROOT / "docs/bench.json"


def bench(rounds: int, save: bool = False) -> dict[str, Any]:
    """Print the tables and return what is in them: ``{exhibit, machine, date, rounds, times, energy}``.

    With ``save``, the documents' tables are made from this run by the next `make docs`.
    """
    ladder = first()
    drawing = example(ladder)
    samples: dict[str, list[float]] = {}
    natively = times.native(ladder, drawing)
    with visit() as (page, url):
        for number in range(rounds):
            _say(f"round {number + 1} of {rounds} ...")
            for name, value in times.one_round(page, url, ladder, drawing, natively):
                samples.setdefault(name, []).append(value)
        _say("energy ...")
        told = energy.measure(page, ladder, drawing)
    report = {
        "exhibit": ladder.exhibit,
        "machine": f"{platform.machine()}, {cores()} cores",
        "date": date.today().isoformat(),
        "rounds": rounds,
        "times": {name: _figure(values) for name, values in samples.items()},
        "energy": told,
    }
    print(f"{report['machine']}, {rounds} rounds\n\n{bench_table(report)}\n\n{energy_table(report)}")
    if save:
        kept = json.loads(REPORT.read_text()) if REPORT.exists() else {}
        _write(REPORT, {**kept, **report})
    return report


def bench_start(rounds: int, save: bool = False) -> dict[str, Any]:
    """Print where the time goes until the first answer, and return it; ``save`` keeps it beside the rest."""
    told = {"date": date.today().isoformat(), "rounds": rounds, **start.bench_start(rounds)}
    if save:
        kept = json.loads(REPORT.read_text()) if REPORT.exists() else {}
        _write(REPORT, {**kept, "start": told})
    return told


def bench_serve(plan: Plan, save: bool = False) -> dict[str, Any]:
    """Print what the server makes of the engine, and return it; ``save`` keeps it beside the rest."""
    machine = f"{platform.machine()}, {cores()} cores"
    told = {"date": date.today().isoformat(), "machine": machine, **serve.bench_serve(plan)}
    print(f"{serve_words(told)}\n\n{serve_table(told)}")
    if save:
        kept = json.loads(REPORT.read_text()) if REPORT.exists() else {}
        _write(REPORT, {**kept, "serve": told})
    return told


def _figure(values: list[float]) -> dict[str, Any]:
    return {"median": statistics.median(values), "low": min(values), "high": max(values), "unit": "ms"}


def _write(path: Path, report: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(report, indent=1) + "\n")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
