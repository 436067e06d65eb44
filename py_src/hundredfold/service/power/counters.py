"""Power from energy counters: what was drawn over a window, less what the machine draws while nothing runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from ...energy.devices import Power
from ...energy.quantities import Figure, Range, combined, least, measured
from ...errors import HundredfoldError
from .cpu import CpuMeter
from .resting import Resting

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
    low = least(joules, counters.step_j) / (seconds + counters.refresh_s)
    high = (joules + counters.step_j) / (seconds - counters.refresh_s)
    return Range(low, joules / seconds, high)


def drawn(counters: Counters, joules: float, seconds: float) -> Figure:
    """The power of one window in which a model ran; raises CounterError."""
    how = f"{counters.covers}, over {seconds:.2g} s; whatever else the machine ran in them counts too"
    return measured(watts(counters, joules, seconds), "W", "Drawn while the model ran", how)


class CounterMeter:
    """Reads counters over a window; where they can not tell, the ``fallback`` meter answers."""

    def __init__(self, counters: Counters, fallback: CpuMeter, clock: Clock = time.perf_counter) -> None:
        self.counters = counters
        self.fallback = fallback
        self.clock = clock
        self.resting = Resting(counters.covers)

    def rest(self, sleep: Callable[[float], None] = time.sleep) -> None:
        """Take the windows that tell the idle power: nothing should run meanwhile. Raises CounterError."""
        for _ in range(self.counters.idle_windows):
            end, start = self.counters.begin(), self.clock()
            sleep(self.counters.idle_s)
            self.resting.saw(watts(self.counters, end(), self.clock() - start))

    def start(self, model_id: str) -> CounterWindow:
        return CounterWindow(self, model_id)


class CounterWindow:
    """One window of a CounterMeter."""

    def __init__(self, meter: CounterMeter, model_id: str) -> None:
        self._meter = meter
        self._fallback = meter.fallback.start(model_id)
        self._end: Callable[[], float] | None = None
        with suppress(CounterError):  # then the fallback meter answers
            self._end = meter.counters.begin()
        self._start = meter.clock()

    @property
    def least_s(self) -> float:
        return max(self._meter.counters.least_s if self._end else 0.0, self._fallback.least_s)

    def stop(self) -> Power:
        fallback = self._fallback.stop()
        counted = self._counted()
        if counted is None:
            return fallback
        return counted if self._meter.counters.processor else both(counted, fallback)

    def _counted(self) -> Power | None:
        if self._end is None:
            return None
        meter = self._meter
        try:
            joules = self._end()
            found = drawn(meter.counters, joules, meter.clock() - self._start)
        except CounterError:
            return None
        meter.resting.saw(found.range)
        above = meter.resting.above(found)
        return Power(above, meter.resting.idle) if above else None


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
