"""Measure by wrapping the session, so that exhibits hold no clock.

Model time (the session's run, the bridge to the engine included), Python time (all else), round trip and cold load are
four figures. All times are in milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .session import Session

Clock = Callable[[], float]
"""Seconds from any fixed start, never going back."""


class Timed:
    """A session that records how long each run takes, and can run each call several times back to back.

    ``warm_up`` runs come first and are not recorded. ``cpu_clock`` counts the process's CPU seconds, where it is given.
    """

    def __init__(
        self,
        session: Session,
        repeats: int = 1,
        warm_up: int = 0,
        clock: Clock = time.perf_counter,
        cpu_clock: Clock | None = None,
    ) -> None:
        self.session, self.repeats, self.warm_up, self.clock = session, repeats, warm_up, clock
        self.cpu_clock = cpu_clock or _never
        self.model_id, self.inputs, self.outputs = session.model_id, session.inputs, session.outputs
        self.load_ms, self.runtime = session.load_ms, session.runtime
        self.calls_ms: list[list[float]] = []
        """Of each call that the exhibit made, what its repeats took."""
        self.spent_ms = 0.0
        """All time inside the engine, warm-up included."""
        self.cpu_s = 0.0
        """CPU seconds inside the engine, likewise."""

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        clock, cpu_clock, run, samples_ms = self.clock, self.cpu_clock, self.session.run, []
        for turn in range(self.warm_up + self.repeats):
            cpu_start, start = cpu_clock(), clock()
            outputs = await run(names, feeds)
            elapsed_ms = (clock() - start) * 1e3
            self.cpu_s += cpu_clock() - cpu_start
            self.spent_ms += elapsed_ms
            if turn >= self.warm_up:
                samples_ms.append(elapsed_ms)
        self.calls_ms.append(samples_ms)
        return outputs

    @property
    def answers_ms(self) -> list[float]:
        """Inside the engine for one whole answer, all its calls together, repeat by repeat; empty without a call."""
        return [sum(turn) for turn in zip(*self.calls_ms, strict=True)]

    @property
    def model_ms(self) -> float:
        """Inside the engine for one whole answer: the median of each call over its repeats, summed over the calls."""
        return sum(quantile(sorted(samples_ms), 0.5) for samples_ms in self.calls_ms)

    def close(self) -> None:
        self.session.close()


def _never() -> float:
    return 0.0


def summary(samples: Sequence[float]) -> dict[str, Any]:
    """``{n, median, p95, min, spread, drift}`` of samples in one unit; all but n are None when there are none.

    p95 is the nearest-rank 95th percentile. Spread is the inclusive interquartile range over the median. Drift tells a
    device that heats up: the median of the last third over that of the first, less 1; it is None below 9 samples.
    """
    if not samples:
        return {"n": 0, "median": None, "p95": None, "min": None, "spread": None, "drift": None}
    ordered = sorted(samples)
    n = len(ordered)
    middle = quantile(ordered, 0.5)
    third = n // 3
    spread = drift = None
    if middle > 0:
        spread = (quantile(ordered, 0.75) - quantile(ordered, 0.25)) / middle
        first = quantile(sorted(samples[:third]), 0.5) if third >= 3 else 0
        drift = quantile(sorted(samples[-third:]), 0.5) / first - 1 if first > 0 else None
    return {
        "n": n,
        "median": middle,
        "p95": ordered[-(-95 * n // 100) - 1],
        "min": ordered[0],
        "spread": spread,
        "drift": drift,
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    """Below which that share of the samples lies, the lowest being at 0 and the highest at 1; ordered, at least one."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
