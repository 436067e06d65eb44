"""Which meter this machine allows, the best one first, and what would enable a better one."""

from __future__ import annotations

import platform
import time
from pathlib import Path
from typing import Any

from . import gpus, rapl
from .counters import CounterError, CounterMeter, Counters
from .cpu import CpuMeter, clock_step_s
from .processor import Processor, detect, machine

MOVES_S = 0.05
"""So long a counter may take until it is seen to move."""


def choose(
    powercap: Path, read: rapl.Read = Path.read_text, rest: bool = True
) -> tuple[CounterMeter | CpuMeter, dict[str, Any]]:
    """The best meter that works here, and a report on it; never fails.

    RAPL first, since the engine runs on the processor; then Zeus, which adds the GPUs to what CPU time tells of the
    processor; then CPU time alone. With ``rest`` it learns the idle power, for up to a second, while which nothing
    should run; without, whoever uses it has to.

    The report is ``{meter: "rapl" | "zeus" | "cpu", says, better: [{meter, why_not, command}], cpu, machine}``.
    """
    processor = detect()
    fallback = CpuMeter(processor, clock_step_s())
    facts = {"cpu": processor.name, "machine": machine(processor)}
    better: list[dict[str, Any]] = []
    for name in ("rapl", "zeus"):
        try:
            counters: Counters = rapl.find(powercap, read) if name == "rapl" else gpus.find()
            if counters.processor:
                _watch(counters)
            meter = CounterMeter(counters, fallback)
            if rest:
                meter.rest()
        except CounterError as error:
            better.append({"meter": name, **_why_not(error, processor)})
        else:
            says = counters.covers if counters.processor else f"{counters.covers}, and {_assumed(processor)}"
            return meter, {"meter": name, "says": f"{says}.", "better": better, **facts}
    says = f"No energy counter can be read: {_assumed(processor)}."
    return fallback, {"meter": "cpu", "says": says, "better": better, **facts}


def _watch(counters: Counters) -> None:
    """Raise CounterError unless they move while this processor works."""
    end, until = counters.begin(), time.perf_counter() + MOVES_S
    while time.perf_counter() < until:
        if end() > 0:
            return
    raise CounterError("the counters stood still: they do not work here")


def _why_not(error: CounterError, processor: Processor) -> dict[str, str | None]:
    why, command = str(error), error.command
    if command == rapl.LOAD and (processor.virtual or platform.machine() != "x86_64"):
        command = None
        if processor.virtual:
            why = "a virtual machine is not shown the RAPL counters of the processor that it runs on"
    return {"why_not": why, "command": command}


def _assumed(processor: Processor) -> str:
    if processor.tdp_w and processor.chip_cores:
        return f"CPU seconds, times a core's share of {processor.tdp_w:g} W TDP"
    return "CPU seconds, times what a busy core of an unknown server draws"
