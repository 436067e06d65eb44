"""Hold the estimates against a meter: every variant of every exhibit, here in a real browser and there natively.

A meter reads the true energy over the very windows that the estimates are made from. What comes out, error per run and
how often the truth lay in the stated range, goes to the page "How we measure"; so does that there was no meter.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from ..adapters.native import opener
from ..app import handle
from ..energy import EnergyEstimate, Figure, Measurement, Power, Range, estimate, requests, timed
from ..energy.meter import Meter
from ..energy.quantities import measured
from ..environment import UsageError
from ..errors import brief
from ..manifest import Manifest, Variant
from ..service.power.choose import choose
from ..service.power.cpu import core_w
from ..service.power.processor import detect, machine
from ..service.settings import Settings
from .site import APART, MODELS, ROOT, example, ladders, visit

REPORT = ROOT / "docs/validation.json"

WINDOW_MS = 500
MOST_W = 100_000.0
"""More than any meter at a plug shows."""


@dataclass(frozen=True)
class Driven:
    """What one run did while the meter read: seconds of each window's answers, and the estimate made from them."""

    seconds: Sequence[float]
    answers: int
    elapsed_s: float
    estimate: EnergyEstimate


@dataclass(frozen=True)
class Run:
    """One variant on one side; ``drive(seconds)`` runs it back to back for so long."""

    exhibit: str
    variant: str
    where: str
    drive: Callable[[float], Driven]


class Typed:
    """A meter at the plug that a person reads: watts, idle first, then at the end of each run."""

    least_s = 0.0

    def __init__(self, ask: Callable[[str], str] = input) -> None:
        self._ask = ask
        self.idle = self._watts("Leave the machine alone for half a minute. Watts that the meter shows now: ", "idle")

    def start(self, model_id: str) -> Typed:
        print(f"{model_id} runs: read the meter while it does", file=sys.stderr, flush=True)
        return self

    def stop(self) -> Power:
        load = self._watts("Watts that the meter showed: ", "under load")
        above = measured(load.range.less(self.idle.range), "W", "Above idle", "plug-in meter, read by a person")
        return Power(above, self.idle)

    def _watts(self, question: str, label: str) -> Figure:
        while True:
            try:
                answer = self._ask(question)
            except EOFError:
                raise UsageError("--typed needs someone who types the readings: run it in a terminal") from None
            try:
                watts = float(answer)
            except ValueError:
                watts = -1.0
            if 0 <= watts <= MOST_W:
                return measured(Range(watts * 0.98, watts, watts * 1.02), "W", label, "plug-in meter, right within 2 %")
            print(f"{brief(answer)} is not a number of watts, such as 12.5", file=sys.stderr)


def validate(runs: Iterable[Run], meter: Meter, name: str, seconds: float) -> dict[str, Any]:
    """Drive every run for so many seconds under the meter; returns the report that the page shows.

    ``{validated, machine, meter, date, runs: [{exhibit, variant, where, estimate, truth, error, covered}],
    mean_error, worst_error, covered}``; errors are estimate over truth, less 1.
    """
    told = []
    for run in runs:
        window = meter.start(f"{run.exhibit}/{run.variant}, {run.where}")
        driven = run.drive(max(seconds, window.least_s))
        power = window.stop()
        clock = measured(driven.elapsed_s / driven.answers, "s", "Time of one answer", "clock of this machine")
        told.append(_compared(run, driven.estimate, estimate(Measurement(clock), power)))
        error = told[-1]["error"]
        says = "nothing above idle" if error is None else f"{error:+.0%}"
        print(f"{run.where} {run.exhibit}/{run.variant}: {says}", file=sys.stderr, flush=True)
    errors = [run["error"] for run in told if run["error"] is not None]
    if not errors:
        return {**_head(), "validated": False, "reason": "The meter saw nothing above idle in any run."}
    return {
        **_head(),
        "validated": True,
        "meter": name,
        "runs": told,
        "mean_error": sum(errors) / len(errors),
        "worst_error": max(errors, key=abs),
        "covered": sum(run["covered"] for run in told),
    }


def refused(reason: str) -> dict[str, Any]:
    """The report of a machine without a meter."""
    return {**_head(), "validated": False, "reason": reason}


def save(report: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(report, indent=1) + "\n")


def _head() -> dict[str, Any]:
    processor = detect()
    named = f"{machine(processor)}: {processor.name or 'unknown processor'}"
    return {"machine": named, "date": date.today().isoformat()}


def _compared(run: Run, guessed: EnergyEstimate, true: EnergyEstimate) -> dict[str, Any]:
    guess, truth = guessed.joules, true.joules
    return {
        "exhibit": run.exhibit,
        "variant": run.variant,
        "where": run.where,
        "estimate": guessed.as_dict(),
        "truth": true.as_dict(),
        "error": guess.mid / truth.mid - 1 if truth.mid else None,
        "covered": guess.low <= truth.mid <= guess.high,
    }


def validate_energy(seconds: float, typed: bool) -> dict[str, Any]:
    """Validate on this machine by the best meter it has, or by readings that are typed; keeps the report in docs/.

    A machine without a meter is told as that, with what would enable one.
    """
    settings = Settings.read()
    meter: Meter
    meter, report = choose(settings.powercap)
    name = report["says"]
    if typed:
        meter, name = Typed(), "a plug-in meter, read by a person"
    if report["meter"] == "cpu" and not typed:
        lacking = "; ".join(each["why_not"] for each in report["better"])
        told = refused(f"It has no meter that can be read: {lacking}")
        remedies = [each["command"] for each in report["better"] if each["command"]]
        print(f"{told['reason']}. With a plug-in meter: hundredfold validate-energy --typed", file=sys.stderr)
        print("\n".join(remedies), file=sys.stderr)
    else:
        core = Power(*core_w(detect()))
        with visit() as (page, _):
            told = validate(all_runs(page, core), meter, name, seconds)
    save(told, REPORT)
    return told


def all_runs(page: Page, core: Power) -> list[Run]:
    """Every variant of every exhibit, on each side that it runs on; ``core`` is what one busy core is taken to draw."""
    return [
        Run(name, variant.id, where, _here(page, variant, given) if where == "here" else _there(variant, given, core))
        for name, ladder in ladders().items()
        for given in [example(ladder)]
        for variant in ladder.variants
        for where in variant.runs
    ]


def _here(page: Page, variant: Variant, given: dict[str, Any]) -> Callable[[float], Driven]:
    """In the page's worker, estimated as the page does, with the device that it proposes."""

    def window() -> dict[str, Any]:
        told: dict[str, Any] = page.evaluate(
            "([request]) => hundredfold.ask(request)", [{**_window(variant, given), "where": "here"}]
        )
        return told

    def drive(seconds: float) -> Driven:
        windows, elapsed = _repeat(window, seconds)
        choice, threads = page.evaluate("() => [hundredfold.energy.choice, hundredfold.energy.threads]")
        each = [w["elapsed_ms"] / 1e3 / w["n"] for w in windows]
        took = Measurement(timed(each, "Time of one answer"), windows[-1]["busy"])
        made = estimate(took, requests.device(choice, threads))
        return Driven(each, sum(w["n"] + 1 for w in windows), elapsed, made)

    return drive


def _there(variant: Variant, given: dict[str, Any], core: Power) -> Callable[[float], Driven]:
    """In this process, estimated by the seconds that cores were busy."""
    manifest, open_session = Manifest.load(MODELS / "manifest.json"), opener(MODELS, 0)

    def window() -> dict[str, Any]:
        request = {**_window(variant, given), "where": "there"}
        start = time.process_time()
        told: dict[str, Any] = APART.submit(lambda: asyncio.run(handle(request, open_session, manifest))).result()
        return {**told, "core_s": time.process_time() - start}

    def drive(seconds: float) -> Driven:
        windows, elapsed = _repeat(window, seconds)
        each = [w["core_s"] / (w["n"] + 1) for w in windows]
        made = estimate(Measurement(timed(each, "Seconds of busy cores for one answer")), core)
        return Driven(each, sum(w["n"] + 1 for w in windows), elapsed, made)

    return drive


def _window(variant: Variant, given: dict[str, Any]) -> dict[str, Any]:
    return {"do": "window", "exhibit": variant.exhibit, "variant": variant.id, "input": given, "least_ms": WINDOW_MS}


def _repeat(window: Callable[[], dict[str, Any]], seconds: float) -> tuple[list[dict[str, Any]], float]:
    """Windows for so many seconds, after one that warms up and is left out of them, but not of the elapsed time."""
    window()
    start, windows = time.perf_counter(), [window()]
    while time.perf_counter() - start < seconds:
        windows.append(window())
    return windows, time.perf_counter() - start
