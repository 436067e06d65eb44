"""Measure by wrapping the session, so that exhibits hold no clock.

Model time (the session's run, the bridge to the engine included), Python time (all else), round trip and cold load are
four figures. All times are in milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .contract import Session

Clock = Callable[[], float]
"""Seconds from any fixed start, never going back."""


class Timed:
    """A session that records how long each run takes, and can run each call several times back to back.

    ``warm_up`` runs come first and are not recorded.
    """

    def __init__(self, session: Session, repeats: int = 1, warm_up: int = 0, clock: Clock = time.perf_counter) -> None:
        self.session, self.repeats, self.warm_up, self.clock = session, repeats, warm_up, clock
        self.model_id, self.inputs, self.outputs = session.model_id, session.inputs, session.outputs
        self.load_ms, self.runtime = session.load_ms, session.runtime
        self.samples_ms: list[float] = []
        self.spent_ms = 0.0
        """All time inside the engine, warm-up included."""

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        clock, run = self.clock, self.session.run
        for turn in range(self.warm_up + self.repeats):
            start = clock()
            outputs = await run(names, feeds)
            elapsed_ms = (clock() - start) * 1e3
            self.spent_ms += elapsed_ms
            if turn >= self.warm_up:
                self.samples_ms.append(elapsed_ms)
        return outputs

    def close(self) -> None:
        self.session.close()


def summary(samples: Sequence[float]) -> dict[str, Any]:
    """``{n, median, p95, min, spread, drift}`` of samples in one unit; all but n are None when there are none.

    p95 is the nearest-rank 95th percentile. Spread is the interquartile range over the median. Drift is the median of
    the last third over that of the first, less 1: it tells a device that heats up; it is None below 9 samples.
    """
    if not samples:
        return {"n": 0, "median": None, "p95": None, "min": None, "spread": None, "drift": None}
    ordered = sorted(samples)
    n = len(ordered)
    middle = _median(ordered)
    third = n // 3
    spread = drift = None
    if middle > 0:
        spread = (ordered[min(n - 1, (3 * n) // 4)] - ordered[n // 4]) / middle
        first = _median(sorted(samples[:third])) if third >= 3 else 0
        drift = _median(sorted(samples[-third:])) / first - 1 if first > 0 else None
    return {
        "n": n,
        "median": middle,
        "p95": ordered[-(-95 * n // 100) - 1],
        "min": ordered[0],
        "spread": spread,
        "drift": drift,
    }


def _median(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
