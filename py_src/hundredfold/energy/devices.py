"""What a device draws: from a profile, from watts or a TDP that a visitor typed, or calibrated with a meter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..errors import brief
from .constants import IDLE_SHARE, LOADED_SHARE, ONE_THREAD_SHARE
from .quantities import EnergyError, Figure, Range, combined, constant

MOST_W = 2000.0
"""More than any personal computer draws: a typed figure above it is a slip."""


@dataclass(frozen=True)
class Power:
    """What a device draws while it runs a model, in watts."""

    active_w: Figure
    """Above idle: what the run adds."""
    idle_w: Figure | None
    """What it draws when it does nothing; None: not known."""


@dataclass(frozen=True)
class Device:
    """A device whose power is known well enough to estimate with; all figures are watts, with their range."""

    id: str
    name: str
    threads: int
    """Threads that can run at once."""
    one_w: Figure
    """Above idle, one thread busy."""
    all_w: Figure
    """Above idle, all threads busy."""
    idle_w: Figure | None

    def power(self, busy: float) -> Power:
        """What it draws with so many threads at work: between one and all of them in proportion.

        A small model may leave all but one of them waiting: so the range starts at one.
        """
        if busy <= 1:
            return Power(replace(self.one_w, label="Above idle, one thread busy"), self.idle_w)
        share = min(1.0, (busy - 1) / max(1, self.threads - 1))
        one, all_ = self.one_w.range, self.all_w.range
        mixed = one * (1 - share) + all_ * share
        between = Range(min(one.low, mixed.low), mixed.mid, mixed.high)
        label = f"Above idle, up to {busy:g} of {self.threads} threads busy"
        return Power(combined(between, "W", label, one_thread=self.one_w, all_threads=self.all_w), self.idle_w)

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "threads": self.threads,
            "one_w": self.one_w.as_dict(),
            "all_w": self.all_w.as_dict(),
            "idle_w": self.idle_w.as_dict() if self.idle_w else None,
        }

    @classmethod
    def parse(cls, value: Any) -> Device:
        """The inverse of ``as_dict``; raises EnergyError."""
        if not isinstance(value, Mapping) or not isinstance(value.get("threads"), int) or value["threads"] < 1:
            raise EnergyError("device", "a device is {id, name, threads, one_w, all_w, idle_w}")
        one, all_ = (Figure.parse(value.get(name)) for name in ("one_w", "all_w"))
        idle = value.get("idle_w")
        return cls(
            str(value.get("id")),
            str(value.get("name")),
            value["threads"],
            one,
            all_,
            Figure.parse(idle) if idle else None,
        )


def from_watts(active_w: float, idle_w: float | None, threads: int) -> Device:
    """Watts that a visitor typed, above idle while a model runs; a tenth either way, as read by eye.

    Raises EnergyError.
    """
    active = _typed("active_w", active_w, "Above idle, as you typed it")
    idle = None if idle_w is None else _typed("idle_w", idle_w, "Idle, as you typed it")
    return Device("typed", f"Your figure: {active_w:g} W", threads, active, active, idle)


def from_tdp(tdp_w: float, threads: int) -> Device:
    """A processor's TDP in watts, as its maker states it, by the load curve of ``constants``; raises EnergyError."""
    tdp = _typed("tdp_w", tdp_w, "TDP, as you typed it")
    if tdp_w < 1:
        raise EnergyError("tdp_w", "a TDP is at least 1 W: it is printed on the maker's page of the processor")
    loaded, idle, share = LOADED_SHARE, IDLE_SHARE, ONE_THREAD_SHARE
    above = loaded.range.less(idle.range)
    all_w = combined(above * tdp.range, "W", "Above idle, all threads", tdp=tdp, loaded=loaded, idle=idle)
    if threads == 1:
        one_w = all_w
    else:
        one = Range(*(min(a, b) for a, b in zip(_ends(all_w.range * share.range), _ends(all_w.range), strict=True)))
        one_w = combined(one, "W", "Above idle, one thread", all_threads=all_w, share=share)
    idle_w = combined(idle.range * tdp.range, "W", "Idle, the processor alone", tdp=tdp, idle=idle)
    return Device("tdp", f"A processor of {tdp_w:g} W TDP", threads, one_w, all_w, idle_w)


def _ends(range_: Range) -> tuple[float, float, float]:
    return range_.low, range_.mid, range_.high


def _typed(field: str, value: float, label: str) -> Figure:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_W:
        raise EnergyError(field, f"type watts above 0 and up to {MOST_W:g}, not {brief(value)}")
    return constant(value * 0.9, value, value * 1.1, "W", label, "typed on this device, taken to be right within 10 %")
