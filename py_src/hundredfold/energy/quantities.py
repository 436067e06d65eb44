"""Figures that say how sure they are: a range with a unit, where it came from, and what it was computed from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..errors import InputError, brief
from ..result import Origin


class EnergyError(InputError):
    """A figure can not be used; ``field`` says which, and the message what to do."""


@dataclass(frozen=True)
class Range:
    """A figure that is not known exactly: 0 <= low <= mid <= high, all finite; raises EnergyError otherwise."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.mid <= self.high < math.inf):
            raise EnergyError(
                "range", f"a range needs 0 <= low <= mid <= high, not {self.low}, {self.mid}, {self.high}"
            )

    @classmethod
    def exactly(cls, value: float) -> Range:
        return cls(value, value, value)

    @classmethod
    def within(cls, mid: float, factor: float) -> Range:
        """From mid / factor to mid x factor."""
        return cls(mid / factor, mid, mid * factor)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.mid + other.mid, self.high + other.high)

    def __mul__(self, other: Range | float) -> Range:
        by = other if isinstance(other, Range) else Range.exactly(other)
        return Range(self.low * by.low, self.mid * by.mid, self.high * by.high)

    def __truediv__(self, other: Range | float) -> Range:
        """The widest quotient; ZeroDivisionError when the other's low is 0."""
        by = other if isinstance(other, Range) else Range.exactly(other)
        return Range(self.low / by.high, self.mid / by.mid, self.high / by.low)

    def less(self, other: Range) -> Range:
        """The widest difference, but never below 0."""
        low, mid, high = self.low - other.high, self.mid - other.mid, self.high - other.low
        return Range(max(0.0, low), max(0.0, mid), max(0.0, high))

    def overlaps(self, other: Range) -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Figure:
    """A range with its unit, its origin, and either the source it was taken from or the inputs it was computed from."""

    range: Range
    unit: str
    origin: Origin
    label: str
    """What it is, in English; the page has a message for it: web/src/energy/figure-label.js."""
    source: str = ""
    inputs: Mapping[str, Figure] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """``{label, unit, low, mid, high, origin, source, inputs}``, all the way down."""
        return {
            "label": self.label,
            "unit": self.unit,
            "low": self.range.low,
            "mid": self.range.mid,
            "high": self.range.high,
            "origin": self.origin,
            "source": self.source,
            "inputs": {name: figure.as_dict() for name, figure in self.inputs.items()},
        }

    @classmethod
    def parse(cls, value: Any) -> Figure:
        """The inverse of ``as_dict``; raises EnergyError."""
        try:
            numbers = [float(value[name]) for name in ("low", "mid", "high")]
            inputs = {name: cls.parse(each) for name, each in value["inputs"].items()}
            unit, origin, label, source = (str(value[name]) for name in ("unit", "origin", "label", "source"))
        except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
            raise EnergyError("figure", "a figure is {label, unit, low, mid, high, origin, source, inputs}") from None
        if origin not in ("measured", "estimated"):
            raise EnergyError("figure", f"a figure's origin is 'measured' or 'estimated', not {brief(origin)}")
        return cls(Range(*numbers), unit, origin, label, source, inputs)  # type: ignore[arg-type]

    def __mul__(self, factor: float) -> Figure:
        return replace(self, range=self.range * factor)


def least(reading: float, step: float) -> float:
    """The least that a reading of such a step stands for, never below 0.

    A difference of two readings is some 1e-16 off a whole number of steps: what that leaves over is nothing.
    """
    left = reading - step
    return left if left > 1e-9 * step else 0.0


def constant(low: float, mid: float, high: float, unit: str, label: str, source: str) -> Figure:
    """A figure from the literature."""
    return Figure(Range(low, mid, high), unit, "estimated", label, source)


def measured(value: float | Range, unit: str, label: str, source: str) -> Figure:
    """A figure that was read from an instrument or a clock."""
    return Figure(value if isinstance(value, Range) else Range.exactly(value), unit, "measured", label, source)


def joint(figures: Iterable[Figure]) -> Origin:
    """The origin of what is computed from these: measured only when all of them are."""
    return "measured" if all(figure.origin == "measured" for figure in figures) else "estimated"


def combined(range_: Range, unit: str, label: str, **inputs: Figure) -> Figure:
    """A figure that was computed from others."""
    return Figure(range_, unit, joint(inputs.values()), label, "", inputs)
