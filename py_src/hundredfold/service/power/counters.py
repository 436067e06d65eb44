"""Power from energy counters: what was drawn over a window, less what the machine draws while nothing runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from ...contract import HundredfoldError, Meter
from ...energy.devices import Power
from ...energy.quantities import Figure, Range, combined, measured

REMEMBERED_S = 60.0
"""So long the power of a model holds: its window is long against one live answer."""
Clock = Callable[[], float]


class CounterError(HundredfoldError):
    """Counters can not be used: the message says why, ``command`` what would enable them, where anything would."""

    def __init__(self, message: str, command: str | None = None) -> None:
        super().__init__(message)
        self.command = command


class Counters(Protocol):
    """Counters of joules, read at the two ends of a window."""

    covers: str
    """What they count, in words."""
    processor: bool
    """Whether the processor is among it; if not, its share comes from CPU time."""
    refresh_s: float
    """How old what they say may be."""
    step_j: float
    """The smallest step of them all together, in joules."""
    least_s: float
    """The shortest window that tells something."""
    idle_windows: int
    idle_s: float
    """How many windows of how many seconds tell the idle power."""

    def begin(self) -> Callable[[], float]:
        """Open a window; what comes back closes it and tells its joules. Both raise CounterError."""
        ...


def watts(counters: Counters, joules: float, seconds: float) -> Range:
    """The average over a window: both its ends may be off by a refresh, and the counters by a step.

    Raises CounterError for a window that is too short to tell: it would read 0.
    """
    if joules <= 0 or seconds <= counters.refresh_s:
        raise CounterError("the counters stood still: they do not work here, or the window was too short for them")
    low = max(0.0, joules - counters.step_j) / (seconds + counters.refresh_s)
    high = (joules + counters.step_j) / (seconds - counters.refresh_s)
    return Range(low, joules / seconds, high)


def idle_power(
    counters: Counters, clock: Clock = time.perf_counter, sleep: Callable[[float], None] = time.sleep
) -> Figure:
    """What the machine draws while we do nothing, in watts: the lowest of a few windows, up to their median.

    Something else may run in any of them, so that the lowest is nearest to idle. Raises CounterError.
    """
    found = []
    for _ in range(counters.idle_windows):
        end, start = counters.begin(), clock()
        sleep(counters.idle_s)
        found.append(watts(counters, end(), clock() - start))
    found.sort(key=lambda window: window.mid)
    lowest, median = found[0], found[len(found) // 2]
    idle = Range(lowest.low, lowest.mid, max(lowest.high, median.mid))
    how = f"{counters.covers}: the lowest of {len(found)} windows of {counters.idle_s:g} s while nothing ran here"
    return measured(idle, "W", "Idle", how)


class CounterMeter:
    """Reads counters over a window; when they fail, a live answer is still told the power by ``spare``.

    The power of a model is remembered, so that not every answer has to wait for a window of its own.
    """

    def __init__(self, counters: Counters, idle: Figure, spare: Meter, clock: Clock = time.perf_counter) -> None:
        self.counters = counters
        self.idle = idle
        self.spare = spare
        self.clock = clock
        self._known: dict[str, tuple[float, Power]] = {}

    def start(self, model_id: str) -> CounterWindow:
        return CounterWindow(self, model_id)

    def remember(self, model_id: str, power: Power) -> None:
        self._known[model_id] = (self.clock() + REMEMBERED_S, power)

    def remembered(self, model_id: str) -> Power | None:
        until, power = self._known.get(model_id, (0.0, None))
        if power is None or self.clock() >= until:
            return None
        source = f"{power.active_w.source}; taken for this model within the last {REMEMBERED_S:g} s"
        return Power(replace(power.active_w, source=source), power.idle_w)

    def power(self, joules: float, seconds: float) -> Power:
        """Raises CounterError."""
        counters = self.counters
        how = f"{counters.covers}, over {seconds:.2g} s; whatever else the machine ran in them counts too"
        drawn = measured(watts(counters, joules, seconds), "W", "Drawn while the model ran", how)
        above = combined(drawn.range.less(self.idle.range), "W", "Above idle", drawn=drawn, idle=self.idle)
        return Power(replace(above, source=how), self.idle)


class CounterWindow:
    """One window of a CounterMeter."""

    def __init__(self, meter: CounterMeter, model_id: str) -> None:
        self._meter = meter
        self._model_id = model_id
        self._spare = meter.spare.start(model_id)
        self._known = meter.remembered(model_id)
        self._end: Callable[[], float] | None = None
        if self._known is None:
            with suppress(CounterError):  # then the spare meter answers
                self._end = meter.counters.begin()
        self._start = meter.clock()

    @property
    def least_s(self) -> float:
        return max(self._meter.counters.least_s if self._end else 0.0, self._spare.least_s)

    def stop(self) -> Power:
        spare = self._spare.stop()
        counted = self._known or self._counted()
        if counted is None:
            return spare
        return counted if self._meter.counters.processor else both(counted, spare)

    def _counted(self) -> Power | None:
        if self._end is None:
            return None
        try:
            joules = self._end()
            power = self._meter.power(joules, self._meter.clock() - self._start)
        except CounterError:
            return None
        self._meter.remember(self._model_id, power)
        return power


def both(counted: Power, processor: Power) -> Power:
    """What counters that leave out the processor tell, and the processor."""
    active = combined(
        counted.active_w.range + processor.active_w.range,
        "W",
        "Above idle, all parts",
        counted=counted.active_w,
        processor=processor.active_w,
    )
    if counted.idle_w is None or processor.idle_w is None:
        return Power(active, None)
    idle = counted.idle_w.range + processor.idle_w.range
    parts = {"counted": counted.idle_w, "processor": processor.idle_w}
    return Power(active, combined(idle, "W", "Idle, all parts", **parts))
