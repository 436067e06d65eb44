"""What an answer takes here and there, by one method on one machine, and how well the estimate repeats.

One machine runs both sides, so that what a busy core of it draws is one unknown for both, and cancels in a ratio: what
remains is the time that cores were busy.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from ..adapters.cores import cores
from ..adapters.native import opener
from ..app import handle
from ..energy import EnergyEstimate, Measurement, Power, compare, estimate, timed
from ..energy.constants import SERVER_CORE_W
from ..energy.quantities import Figure
from ..manifest import Ladder, Manifest, Variant
from .site import APART, MODELS, fed

WINDOWS = 7
WINDOW_MS = 500
REPEATED = 10
"""Estimates of the same thing, for how well they agree."""


def measure(page: Page, ladder: Ladder, drawing: dict[str, Any]) -> dict[str, Any]:
    """``{cores, ratios: [{what, there, here, core_ms, ratio}], page, repeats: {mids, median, worst}}``, in joules."""
    here, there = ladder.default("here"), ladder.default("there")
    server = _native_session(there, drawing)
    busy: dict[str, list[float]] = {"model here": [], "model there": [], "answer here": [], "answer there": []}
    for _ in range(WINDOWS):
        busy["answer here"].append(_window_here(page, here, drawing))
        busy["answer there"].append(server(drawing))
        busy["model here"].append(_model_here(page, here, drawing))
        busy["model there"].append(server(None))
    pairs = {"the models alone": ("model there", "model here"), "whole answers": ("answer there", "answer here")}
    ratios = [_row(what, busy[big], busy[small]) for what, (big, small) in pairs.items()]
    estimates = [
        page.evaluate("([id, input]) => hundredfold.measure(id, input)", [ladder.exhibit, drawing])
        for _ in range(REPEATED)
    ]
    sheets = [told["boundaries"]["marginal"] for told in estimates]
    mids = [sheet["here"]["total"]["mid"] for sheet in sheets]
    median = statistics.median(mids)
    last = sheets[mids.index(min(mids, key=lambda mid: abs(mid - median)))]
    return {
        "cores": cores(),
        "ratios": ratios,
        "page": {
            "device": estimates[0]["device"],
            "here": last["here"]["total"],
            "there": last["there"]["total"],
            "ratio": last["ratio"],
        },
        "repeats": {
            "mids": mids,
            "median": median,
            "worst": max(abs(mid / median - 1) for mid in mids),
        },
    }


def _row(what: str, there: list[float], here: list[float]) -> dict[str, Any]:
    """Joules of both by one watt per busy core, and their ratio, in which the watts cancel."""
    power = Power(SERVER_CORE_W, None)
    big, small = (_joules(seconds, power) for seconds in (there, here))
    ratio = compare(big, small, same=("active_w",)).ratio
    return {
        "what": what,
        "there": big.as_dict(),
        "here": small.as_dict(),
        "core_ms": {"there": 1e3 * statistics.median(there), "here": 1e3 * statistics.median(here)},
        "ratio": {"low": ratio.low, "mid": ratio.mid, "high": ratio.high} if ratio else None,
    }


def _joules(seconds: list[float], power: Power) -> EnergyEstimate:
    time_: Figure = timed(seconds, "Time of one busy core for one answer")
    return estimate(Measurement(time_), power)


def _window_here(page: Page, variant: Variant, drawing: dict[str, Any]) -> float:
    """Seconds of one answer in the page's worker, threads times wall time: they do not sleep while they wait."""
    window = page.evaluate(
        "([request]) => hundredfold.ask(request)",
        [{"do": "window", "exhibit": variant.exhibit, "variant": variant.id, "input": drawing, "least_ms": WINDOW_MS}],
    )
    return float(window["elapsed_ms"]) / 1e3 / int(window["n"]) * int(window["busy"])


def _model_here(page: Page, variant: Variant, drawing: dict[str, Any]) -> float:
    """The same for the model alone."""
    call = "([id, input, repeats]) => hundredfold.run(id, input, {where: 'here', repeats})"
    result = page.evaluate(call, [variant.exhibit, drawing, 1000])
    return float(result["timing"]["model_ms"]["median"]) / 1e3 * int(result["runtime"]["threads"])


def _native_session(variant: Variant, given: dict[str, Any]) -> Callable[[dict[str, Any] | None], float]:
    """A function that tells the seconds that cores were busy for one answer there, or without input for the model."""
    manifest, open_session = Manifest.load(MODELS / "manifest.json"), opener(MODELS, 0)

    async def answers(drawing: dict[str, Any]) -> float:
        request = {"do": "window", "exhibit": variant.exhibit, "variant": variant.id, "input": drawing}
        start = time.process_time()
        window = await handle({**request, "where": "there", "least_ms": WINDOW_MS}, open_session, manifest)
        return float((time.process_time() - start) / (window["n"] + 1))

    async def model() -> float:
        session = await open_session(variant)
        feeds = await fed(session, variant.exhibit, given)
        n, start, wall = 0, time.process_time(), time.perf_counter()
        while time.perf_counter() - wall < WINDOW_MS / 1e3:
            await session.run(None, feeds)
            n += 1
        return (time.process_time() - start) / n

    def measured(drawing: dict[str, Any] | None) -> float:
        told: float = APART.submit(lambda: asyncio.run(answers(drawing) if drawing else model())).result()
        return told

    return measured
