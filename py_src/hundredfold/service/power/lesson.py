"""One window in which a child learns what a model draws: a run at a time, so that an answer never waits for more."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ...energy.live import power_facts
from .counters import Clock, CounterError, CounterMeter, drawn
from .cpu import STEPS, CpuMeter

FINE_S = 1e-4
"""A CPU clock with steps up to this tells one answer's seconds well enough."""


@dataclass(frozen=True)
class Window:
    """What was read when it was opened."""

    end: Callable[[], float] | None
    wall_s: float
    cpu_s: float


class Lesson:
    """At most one open window. Whoever does something else meanwhile drops it: it would be counted, too.

    A step tells ``{more_s}``, how long to wait until the next one, or how the window ended:
    ``{drawn: figure of W or null, busy: figure of cores}``.
    """

    def __init__(self, meter: CounterMeter | CpuMeter, clock: Clock = time.perf_counter) -> None:
        self._counters = meter.counters if isinstance(meter, CounterMeter) else None
        self.cpu = meter.fallback if isinstance(meter, CounterMeter) else meter
        self._clock = clock
        self._open: Window | None = None

    def facts(self) -> dict[str, Any]:
        """What the parent has to know to have it learnt, and to count with it."""
        counters = self._counters
        return {
            "needed": counters is not None or self.cpu.step_s > FINE_S,
            "covers": counters.covers if counters else None,
            "processor": counters.processor if counters else False,
            "idle_windows": counters.idle_windows if counters else 0,
            "step_s": self.cpu.step_s,
            "cpu_second": power_facts(self.cpu.second),
        }

    def drop(self) -> None:
        self._open = None

    def rest(self, first: bool) -> dict[str, Any]:
        """A window in which nothing runs."""
        window = self._window(first)
        left_s = (self._counters.idle_s if self._counters else 0.0) - (self._clock() - window.wall_s)
        return {"more_s": left_s} if left_s > 0 else self._told(window)

    async def run(self, first: bool, answer: Callable[[], Awaitable[Any]]) -> dict[str, Any]:
        """One more answer in a window in which a model runs."""
        window = self._window(first)
        await answer()
        least_s = max(self._counters.least_s if self._counters else 0.0, STEPS * self.cpu.step_s)
        return {"more_s": 0.0} if self._clock() - window.wall_s < least_s else self._told(window)

    def _window(self, first: bool) -> Window:
        if first or self._open is None:
            end = None
            if self._counters:
                with suppress(CounterError):  # then the window tells the busy cores only
                    end = self._counters.begin()
            self._open = Window(end, self._clock(), self.cpu.cpu_clock())
        return self._open

    def _told(self, window: Window) -> dict[str, Any]:
        self._open = joules = found = None
        with suppress(CounterError):
            joules = window.end() if window.end else None  # in the order in which it was opened
        wall_s, cpu_s = self._clock() - window.wall_s, self.cpu.cpu_clock() - window.cpu_s
        if joules is not None and self._counters:
            with suppress(CounterError):
                found = drawn(self._counters, joules, wall_s).as_dict()
        return {"drawn": found, "busy": self.cpu.busy(cpu_s, wall_s).as_dict()}
