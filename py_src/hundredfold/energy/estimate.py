"""estimate(measurement, device): joules for one answer, with a range and everything they were computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..measure import quantile
from ..result import Boundary, Origin
from .devices import Device, Power
from .quantities import EnergyError, Figure, Range, joint, least, measured

ONE_RUN = 2.0
"""A single run may take half or twice what the next one takes: caches, clocks, whatever else the device does."""
FEW = 5
"""Below this many windows their own spread says little about the next one."""
COARSE_STEPS = 5
"""Times of fewer steps of the clock, all of them, are known by their mean alone."""
MANY = 10
"""From this many windows on, the slowest and the quickest tenth are left out: there the device did something else."""


@dataclass(frozen=True)
class Measurement:
    """How long one answer takes, in seconds, and how many threads are busy with it."""

    seconds: Figure
    busy: float = 1.0


@dataclass(frozen=True)
class EnergyEstimate:
    """Joules for one answer; ``inputs`` are the figures it is the product of."""

    joules: Range
    origin: Origin
    boundary: Boundary
    inputs: Mapping[str, Figure]

    def as_dict(self) -> dict[str, Any]:
        """``{joules: {low, mid, high}, unit: "J", origin, boundary, inputs}``."""
        low, mid, high = self.joules.low, self.joules.mid, self.joules.high
        return {
            "joules": {"low": low, "mid": mid, "high": high},
            "unit": "J",
            "origin": self.origin,
            "boundary": self.boundary,
            "inputs": {name: figure.as_dict() for name, figure in self.inputs.items()},
        }

    @classmethod
    def parse(cls, value: Any) -> EnergyEstimate:
        """The inverse of ``as_dict``; raises EnergyError."""
        try:
            joules = Range(*(float(value["joules"][end]) for end in ("low", "mid", "high")))
            inputs = {name: Figure.parse(each) for name, each in value["inputs"].items()}
            if value["boundary"] not in ("marginal", "idle-inclusive") or value["origin"] not in (
                "measured",
                "estimated",
            ):
                raise ValueError
            needed = ["time", "active_w", *(["idle_w"] if value["boundary"] == "idle-inclusive" else [])]
            inputs |= {name: inputs[name] for name in needed}
        except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
            raise EnergyError("energy", "an estimate is {joules: {low, mid, high}, origin, boundary, inputs}") from None
        return cls(joules, value["origin"], value["boundary"], inputs)

    def figure(self, label: str) -> Figure:
        return Figure(self.joules, "J", self.origin, label, "", self.inputs)


def estimate(measurement: Measurement, device: Device | Power, boundary: Boundary = "marginal") -> EnergyEstimate:
    """E = P x t: what one answer draws, in joules.

    P is the device's power above idle with the measured number of threads busy, or with ``boundary="idle-inclusive"``
    that and its idle power. Raises EnergyError when idle power is needed and not known.
    """
    power = device.power(measurement.busy) if isinstance(device, Device) else device
    inputs = {"time": measurement.seconds, "active_w": power.active_w}
    watts = power.active_w.range
    if boundary == "idle-inclusive":
        if power.idle_w is None:
            raise EnergyError("idle_w", "the idle power of this device is not known, so that it can not be included")
        inputs["idle_w"] = power.idle_w
        watts = watts + power.idle_w.range
    return EnergyEstimate(watts * measurement.seconds.range, joint(inputs.values()), boundary, inputs)


def timed(seconds: list[float], label: str, resolution_s: float = 0.0) -> Figure:
    """The time of one answer from several windows of them: their lower quartile, from the lowest to the highest.

    Whatever else a device does makes a window longer, never shorter: the quicker ones tell more of the answer itself.
    Of many windows the range holds the middle four fifths. A few, down to a single run, say less: the range then is at
    least a factor of ``ONE_RUN`` for one run and shrinks with the square root of their number. A step of the clock is
    added at both ends. Where no answer takes more than a few of them, its time is read as 0 or a whole step: only the
    mean says something then, and it may be off by a step. Raises EnergyError when there is none, or one that is
    not above 0 although the clock is fine.
    """
    if not seconds or not all(0 <= value < 86_400 for value in seconds) or not (resolution_s or min(seconds) > 0):
        raise EnergyError("time", "a time is above 0 seconds, and there must be at least one")
    ordered = sorted(seconds)
    n = len(ordered)
    mid = quantile(ordered, 0.25)
    tails = n // 10 if n >= MANY else 0
    kept = ordered[tails : n - tails]
    low, high = kept[0], kept[-1]
    if high < COARSE_STEPS * resolution_s:
        low = high = sum(kept) / len(kept)
        mid = max(low, resolution_s / 2)
    if n < FEW:
        factor = 1 + (ONE_RUN - 1) / n**0.5
        low, high = min(low, mid / factor), max(high, mid * factor)
    how = f"{n} windows timed on this machine" if n > 1 else "one run timed on this machine"
    return measured(Range(least(low, resolution_s), mid, high + resolution_s), "s", label, how)


@dataclass(frozen=True)
class Comparison:
    """How many times more one draws than the other; ``ratio`` is None when their ranges overlap: nobody can tell."""

    ratio: Range | None


def compare(a: EnergyEstimate | Range, b: EnergyEstimate | Range, *, same: tuple[str, ...] = ()) -> Comparison:
    """a over b as a range, or "cannot tell" (ratio None) where the two ranges overlap.

    Inputs named in ``same`` are one unknown for both, such as the watts of one machine that ran both: what is not known
    about them is so for both alike, and cancels. They must be equal, and the estimates proportional to them. Raises
    EnergyError for two boundaries, or inputs that are not the same.
    """
    if isinstance(a, EnergyEstimate) and isinstance(b, EnergyEstimate):
        if a.boundary != b.boundary:
            raise EnergyError("boundary", f"{a.boundary} and {b.boundary} energy can not be compared")
        one, other = _without(a, same), _without(b, same)
        if any(a.inputs[name] != b.inputs[name] for name in same):
            raise EnergyError("same", "inputs named in `same` must be the same in both estimates")
    elif isinstance(a, Range) and isinstance(b, Range):
        one, other = a, b
    else:
        raise TypeError("compare two estimates or two ranges")
    if one.overlaps(other) or other.low == 0:
        return Comparison(None)
    return Comparison(one / other)


def _without(estimate: EnergyEstimate, same: tuple[str, ...]) -> Range:
    joules = estimate.joules
    for name in same:
        factor = estimate.inputs[name].range
        if factor.low == 0:
            raise EnergyError("same", f"{name} may be 0, so that nothing can be told by it")
        joules = Range(joules.low / factor.low, joules.mid / factor.mid, joules.high / factor.high)
    return joules
