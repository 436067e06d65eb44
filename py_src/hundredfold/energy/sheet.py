"""The balance of one answer, here against there: every term with its range, the ratio, what it comes to in daily life.

Two boundaries, never mixed: marginal is what the answer adds to devices that are on anyway, idle-inclusive is all that
they draw for as long as it takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from ..result import Boundary
from .constants import LAMP_W, PHONE_BATTERY_J, TEA_J
from .devices import Device, Power
from .estimate import Comparison, Measurement, compare, estimate
from .grid import WORLD
from .quantities import Figure, Range, combined, constant, measured

BOUNDARIES: tuple[Boundary, ...] = ("marginal", "idle-inclusive")
HOURLY = 1.5
"""A single hour of a grid may be this factor cleaner or dirtier than its year."""


@dataclass(frozen=True)
class Here:
    """What the visitor's device does for an answer."""

    measurement: Measurement
    device: Device
    accuracy: Figure
    downloaded_bytes: float = 0.0
    """Fetched once, before the first answer."""
    started: Figure | None = None
    """Seconds that the device took to start Python and the engine, at most once per visit."""


@dataclass(frozen=True)
class There:
    """What the server, the networks and the waiting device do for an answer."""

    measurement: Measurement
    power: Power
    accuracy: Figure
    pue: Figure
    network_j_per_byte: Figure
    moved_bytes: float | None
    """Request and answer; None: it was recorded, so that nothing is moved."""
    round_trip: Figure | None
    """Seconds that the visitor's device waits; None: likewise."""


@dataclass(frozen=True)
class Path:
    """One way to an answer: its terms and their sum, in joules."""

    terms: Mapping[str, Figure]
    total: Figure
    per_correct: Figure


def path_here(here: Here, boundary: Boundary) -> Path:
    """The visitor's device computes; nothing else takes part. Raises EnergyError without the idle power it needs."""
    compute = estimate(here.measurement, here.device, boundary).figure("This device computes")
    return _path({"compute": compute}, here.accuracy)


def path_there(there: There, waiting: Device, boundary: Boundary) -> Path:
    """The server computes, its building cools it, networks move the bytes, the visitor's device waits.

    The waiting device's idle draw counts when idle is included; what waiting adds to it is not known and not counted.
    Raises EnergyError without the idle power it needs.
    """
    compute = estimate(there.measurement, there.power, boundary).figure("The server computes")
    pue = there.pue.range
    extra = Range(max(0.0, pue.low - 1), max(0.0, pue.mid - 1), max(0.0, pue.high - 1))
    terms = {
        "compute": compute,
        "overhead": combined(
            compute.range * extra, "J", "Its data centre: cooling and supply", compute=compute, pue=there.pue
        ),
    }
    if there.moved_bytes is not None:
        between = "The networks between", "request and answer"
        terms["network"] = _moving(there.moved_bytes, there.network_j_per_byte, *between)
    if boundary == "idle-inclusive" and there.round_trip:
        measurement = Measurement(there.round_trip)
        idle = waiting.idle_w or constant(0, 0, 0, "W", "Idle", "not known")
        watts = Power(replace(idle, label="This device while it waits"), None)
        terms["waiting"] = estimate(measurement, watts).figure("This device waits")
    return _path(terms, there.accuracy)


def once(here: Here, network_j_per_byte: Figure, boundary: Boundary) -> Figure:
    """Joules before the first answer: networks bring Python, the engine and the model, and the device starts them.

    Raises EnergyError without the idle power it needs.
    """
    what = "Python, the engine and the model"
    terms = {"network": _moving(here.downloaded_bytes, network_j_per_byte, "The networks between", what)}
    if here.started:
        start = Measurement(here.started, here.measurement.busy)
        terms["start"] = estimate(start, here.device, boundary).figure("This device starts them")
    return combined(_sum(terms), "J", "Fetching and starting it all, once", **terms)


def break_even(before: Figure, here: Path, there: Path) -> dict[str, float | None]:
    """After how many answers here, download included, has beaten there: ``{low, mid, high}``; None: maybe never."""
    h, t, d = here.total.range, there.total.range, before.range

    def uses(joules: float, saved: float) -> float | None:
        return joules / saved if saved > 0 else None

    return {"low": uses(d.low, t.high - h.low), "mid": uses(d.mid, t.mid - h.mid), "high": uses(d.high, t.low - h.high)}


def ratio(here: Path, there: Path) -> Comparison:
    """How many times more joules an answer takes there than here; none when the ranges overlap."""
    return compare(there.total.range, here.total.range)


def everyday(here: Path, there: Path) -> list[tuple[str, Figure, Figure]]:
    """The same joules in things one knows: (which, here, there)."""
    return [
        ("lamp", _over(here.total, LAMP_W, "s"), _over(there.total, LAMP_W, "s")),
        ("phone", _per(PHONE_BATTERY_J, here.total), _per(PHONE_BATTERY_J, there.total)),
        ("tea", _per(TEA_J, here.total), _per(TEA_J, there.total)),
    ]


def co2e(path: Path, grid: Figure, own_grid: Figure) -> Figure:
    """Grams of CO2 equivalent: joules / 3.6e6 x g/kWh; a device that waits does so on the visitor's own grid."""
    waiting = path.terms.get("waiting")
    if waiting is None:
        return _grams(path.total, grid)
    rest = {name: term for name, term in path.terms.items() if name != "waiting"}
    away = combined(_sum(rest), "J", "All but this device's waiting", **rest)
    parts = {"away": _grams(away, grid), "waiting": _grams(waiting, own_grid)}
    return combined(_sum(parts), "g CO2e", "CO2 equivalent", **parts)


def _grams(joules: Figure, grid: Figure) -> Figure:
    return combined(joules.range * grid.range / 3.6e6, "g CO2e", "CO2 equivalent", energy=joules, grid=grid)


def grid_figure(name: str, grams_per_kwh: float, year: int) -> Figure:
    """A country's electricity, in g CO2e per kWh."""
    source = f"Our World in Data for {year}, in CodeCarbon's table; a single hour may be {HOURLY:g} times off"
    low, high = grams_per_kwh / HOURLY, grams_per_kwh * HOURLY
    return constant(low, grams_per_kwh, high, "g CO2e/kWh", f"With the electricity of {name}", source)


UNKNOWN_GRID = replace(
    grid_figure(*WORLD), label=f"With the electricity of {WORLD[0]}, since its operator does not state its own"
)
"""What a server's electricity is taken for, wherever the visitor is."""


def _path(terms: Mapping[str, Figure], accuracy: Figure) -> Path:
    total = combined(_sum(terms), "J", "For one answer", **terms)
    per_correct = combined(
        total.range / _above_zero(accuracy.range), "J", "For one correct answer", answer=total, accuracy=accuracy
    )
    return Path(terms, total, per_correct)


def _sum(terms: Mapping[str, Figure]) -> Range:
    return reduce(add, (term.range for term in terms.values()))


def _moving(count: float, per_byte: Figure, label: str, what: str) -> Figure:
    moved = measured(count, "bytes", f"Moved: {what}", "counted by this page")
    return combined(moved.range * per_byte.range, "J", label, bytes=moved, per_byte=per_byte)


def _over(joules: Figure, watts: Figure, unit: str) -> Figure:
    return combined(joules.range / watts.range, unit, watts.label, energy=joules, power=watts)


def _per(store: Figure, joules: Figure) -> Figure:
    """How many answers a store of energy pays for."""
    answers = store.range / _above_zero(joules.range)
    return combined(answers, "answers", store.label, store=store, energy=joules)


def _above_zero(range_: Range) -> Range:
    """The range with its low end above 0, so that it can divide: a millionth of its middle."""
    low = range_.low or range_.mid * 1e-6 or 1e-12
    return Range(low, max(low, range_.mid), max(low, range_.high))
