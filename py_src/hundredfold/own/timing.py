"""A model's time on this machine, and what one run draws: what `perf` and `report` tell."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from ..compress.perf import perf
from ..compress.samples import Samples
from ..energy import EnergyError, Measurement, estimate, timed
from ..energy.meter import Meter
from ..energy.words import two_digits
from . import engine, tell
from .models import Model
from .progress import Progress

Metered = Callable[[], tuple[Meter, str]]
"""What meters this machine, and what it says of itself; raises RuntimeError without the extra that has it."""
REPEATS, WARMUPS = 30, 3
CHUNKS, CHUNK_S = 8, 0.05
"""A meter reads over so many chunks of back-to-back runs, each so long or longer."""
PREFIXES = ((1.0, ""), (1e-3, "m"), (1e-6, "\N{MICRO SIGN}"), (1e-9, "n"))


def natively(model: Model, samples: Samples, repeats: int, metered: Metered, progress: Progress) -> dict[str, Any]:
    """What `compress.perf` tells, and ``energy``: what one run draws and what metered it, or None without a meter."""
    told = perf(model.content, model.name, samples, engine.open_model, repeats, WARMUPS, on_progress=progress)
    return {**engine.now(told), "energy": _energy(model, samples, metered, progress)}


def _energy(model: Model, samples: Samples, metered: Metered, progress: Progress) -> dict[str, Any] | None:
    try:
        meter, says = metered()
    except RuntimeError:  # the server's extra has the meters
        return None
    session = engine.now(engine.open_model(model.content, model.name))
    try:
        engine.now(session.run(None, samples.one(0)))
        window, seconds, turn = meter.start(model.name), [], 0
        each_s = max(CHUNK_S, window.least_s / CHUNKS)
        for chunk in range(CHUNKS):
            engine.now(progress("energy", chunk / CHUNKS))
            start, first, spent_s = time.perf_counter(), turn, 0.0
            while spent_s < each_s:
                engine.now(session.run(None, samples.one(turn % samples.n)))
                turn, spent_s = turn + 1, time.perf_counter() - start
            seconds.append(spent_s / (turn - first))
        drawn = estimate(Measurement(timed(seconds, "Time of one run")), window.stop())
        return {**drawn.as_dict(), "meter": says}
    except EnergyError:
        return None
    finally:
        session.close()


def text(sides: dict[str, dict[str, Any]]) -> list[str]:
    """A table with a row for each side."""
    rows = [_row(name, told) for name, told in sides.items()]
    meters = {told["energy"]["meter"] for told in sides.values() if "meter" in (told.get("energy") or {})}
    heads = ("", "median", "p95", "least", "loading", "energy", "threads", "engine")
    return [*tell.table([heads, *rows]), *(f"energy: {tell.sentence(says)}" for says in sorted(meters))]


def _row(name: str, told: dict[str, Any]) -> tuple[Any, ...]:
    model_ms, runtime, energy = told["model_ms"], told["runtime"], told.get("energy")
    figures = (model_ms["median"], model_ms["p95"], model_ms["min"], told["load_ms"])
    return name, *map(ms, figures), joules(energy and energy["joules"]), runtime["threads"], runtime["provider"]


def ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g} ms"


def joules(told: dict[str, float] | None) -> str:
    """As in ``12 mJ (2.1 to 30)``."""
    if told is None or not math.isfinite(told["mid"]):
        return "-"
    size, prefix = next((each for each in PREFIXES if told["mid"] >= each[0]), PREFIXES[-1])
    low, mid, high = (two_digits(told[end] / size) for end in ("low", "mid", "high"))
    return f"{mid} {prefix}J ({low} to {high})"
