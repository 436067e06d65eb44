"""Power from CPU time: how many cores this process kept busy, times what one busy core is assumed to draw."""

from __future__ import annotations

import time
from collections.abc import Callable

from ...energy.constants import CORE_SHARE, IDLE_SHARE, LOADED_SHARE, SERVER_CORE_W
from ...energy.devices import Power
from ...energy.quantities import Figure, Range, combined, constant, least, measured
from .processor import Processor

STEPS = 50
"""A window is so many steps of the CPU clock: then half a step at its ends is a percent."""
SHORTEST_S = 1e-6


def clock_step_s() -> float:
    """The step of the process's CPU clock, in seconds, as seen: some systems tell a finer one than they keep."""
    seen = []
    for _ in range(3):
        before = time.process_time()
        while (now := time.process_time()) == before:
            pass
        seen.append(now - before)
    return max(time.get_clock_info("process_time").resolution, min(seen))


def core_w(processor: Processor) -> tuple[Figure, Figure]:
    """What a CPU second of one core draws, in watts: above idle, and what is idle's share of it.

    From the chip's TDP spread over its cores; where either is not known, from an average over servers, which holds the
    idle share too: it is taken apart by the same load curve.
    """
    loaded, idle, whole = LOADED_SHARE, IDLE_SHARE, _share(processor)
    part = {"core": whole} if whole else {}
    of_core = whole.range if whole else Range.exactly(1)
    if processor.tdp_w and processor.chip_cores:
        tdp = _exactly(processor.tdp_w, "W", f"TDP of {processor.name}", "CodeCarbon's table of processors (MIT)")
        source = "the system's count, or the processor's name"
        cores = _exactly(processor.chip_cores, "cores", "Physical cores of the chip", source)
        each = tdp.range / cores.range * of_core
        busy_range = each * loaded.range.less(idle.range) * CORE_SHARE.range
        inputs = {"tdp": tdp, "cores": cores, "idle": idle, **part}
        return (
            combined(busy_range, "W", "One busy core, above idle", **inputs, loaded=loaded, share=CORE_SHARE),
            combined(each * idle.range, "W", "One idle core", **inputs),
        )
    resting = idle.range / loaded.range
    each = SERVER_CORE_W.range * of_core
    inputs = {"average": SERVER_CORE_W, "loaded": loaded, "idle": idle, **part}
    return (
        combined(
            each * Range.exactly(1).less(resting),
            "W",
            f"One busy core of {processor.name or 'an unknown processor'}, above idle",
            **inputs,
        ),
        combined(each * resting, "W", "One idle core", **inputs),
    )


def _share(processor: Processor) -> Figure | None:
    """How much of a core a CPU second keeps busy, where that may be less than all of it."""
    if processor.virtual:
        return constant(0.5, 0.75, 1, "cores", "Busy in a CPU second", "a virtual processor may be half a core")
    if processor.cores and processor.threads and processor.threads > processor.cores:
        least = processor.cores / processor.threads
        how = f"{processor.threads} threads share {processor.cores} cores: some run on a core of their own"
        return constant(least, (1 + least) / 2, 1, "cores", "Busy in a CPU second", how)
    return None


def _exactly(value: float, unit: str, label: str, source: str) -> Figure:
    return constant(value, value, value, unit, label, source)


class CpuMeter:
    """Counts the CPU seconds of this process, all its threads together; whatever else runs does not count."""

    def __init__(
        self,
        processor: Processor,
        step_s: float,
        cpu_clock: Callable[[], float] = time.process_time,
        wall_clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.processor = processor
        self.step_s = step_s
        self.cpu_clock = cpu_clock
        self.wall_clock = wall_clock
        self.core_w, self.idle_core_w = core_w(processor)

    def start(self, model_id: str) -> CpuWindow:
        return CpuWindow(self)

    def power(self, cpu_s: float, wall_s: float) -> Power:
        """What so many CPU seconds in so many seconds draw."""
        busy = self.busy(cpu_s, max(wall_s, SHORTEST_S))
        active = combined(busy.range * self.core_w.range, "W", "Above idle", busy=busy, core_w=self.core_w)
        resting = busy.range * self.idle_core_w.range
        idle = combined(resting, "W", "Idle share of as many cores", busy=busy, core_w=self.idle_core_w)
        return Power(active, idle)

    def rest(self) -> None:
        """Nothing has to be learnt while nothing runs."""

    @property
    def second(self) -> Power:
        """What each CPU second draws."""
        return Power(self.core_w, self.idle_core_w)

    def busy(self, cpu_s: float, wall_s: float) -> Figure:
        """CPU seconds per second, never 0: a step of the clock may have passed unseen."""
        step = self.step_s
        low, mid, high = (seconds / wall_s for seconds in (least(cpu_s, step), max(cpu_s, step / 2), cpu_s + step))
        how = "CPU seconds of the process over seconds of the window"
        return measured(Range(low, mid, high), "cores", "Busy cores", how)


class CpuWindow:
    """One window of a CpuMeter."""

    def __init__(self, meter: CpuMeter) -> None:
        self._meter = meter
        self._wall = meter.wall_clock()
        self._cpu = meter.cpu_clock()

    @property
    def least_s(self) -> float:
        return STEPS * self._meter.step_s

    def stop(self) -> Power:
        cpu_s = self._meter.cpu_clock() - self._cpu
        return self._meter.power(cpu_s, self._meter.wall_clock() - self._wall)
