"""A device's power from readings of its owner: a plug-in meter, or the charge that a battery loses.

What comes out is a calibration: a dictionary that the page keeps on the device, exports and imports as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import brief
from .devices import MOST_W, Device
from .quantities import EnergyError, Figure, Range, combined, least, measured

KIND = "hundredfold-calibration"
SCHEMA = 1
METER_ERROR = 0.02
"""Plug-in meters for homes are sold with an error of 1 to 2 % of the reading, and one step of the last digit."""
SHORTEST_S, LONGEST_S = 60.0, 4 * 3600.0
"""A phase of a battery's soak, in seconds."""
LEVEL_STEP = 0.01
"""Browsers tell a battery's level in steps of one percent."""
TYPED = ("idle_w", "load_w", "step_w", "capacity_wh")
"""What a visitor types or chooses; the page's clock and the browser tell the rest."""
WORN = 0.8
"""A battery is replaced when it holds less than this share of what is printed on it; it never holds more."""


def calibrate(request: Mapping[str, Any]) -> dict[str, Any]:
    """A calibration from ``{method, date, threads, ...}``; raises EnergyError that names the field.

    plug: ``idle_w``, ``load_w``: two readings in watts, and ``step_w``, the last digit of the meter's display.
    battery: ``capacity_wh``, and for ``idle`` and ``load`` each ``{seconds, from, to}`` with levels from 0 to 1.
    import: ``calibration``, as exported.
    """
    method = request.get("method")
    if method == "import":
        return _checked(request.get("calibration"))
    date, threads = request.get("date"), request.get("threads", 1)
    if not isinstance(date, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
        raise EnergyError("date", "the date of a calibration is written as 2026-01-31")
    if isinstance(threads, bool) or not isinstance(threads, int) or not 1 <= threads <= 1024:
        raise EnergyError("threads", "threads is how many were busy under load: a whole number from 1")
    if method == "plug":
        how = f"plug-in meter, {date}"
        idle, load = _reading(request, "idle_w", how), _reading(request, "load_w", how)
    elif method == "battery":
        how = f"battery soak, {date}"
        idle, load = _drain(request, "idle", how), _drain(request, "load", how)
    else:
        raise EnergyError("method", f"a calibration is made by 'plug', 'battery' or 'import', not by {brief(method)}")
    if load.range.mid <= idle.range.mid:
        remedy = "soak longer" if method == "battery" else "read both again, each when its countdown ends"
        code = "calibrate-refused-order"
        raise EnergyError("load_w", f"under load it must draw more than idle: {remedy}", code, {"method": method})
    above = combined(load.range.less(idle.range), "W", "Above idle while the model runs", load=load, idle=idle)
    device = Device("calibrated", f"This device, measured ({how})", threads, above, above, idle)
    return {"kind": KIND, "schema": SCHEMA, "method": method, "date": date, "device": device.as_dict()}


def device_of(calibration: Any) -> Device:
    """The device that a calibration describes; raises EnergyError."""
    return Device.parse(_checked(calibration)["device"])


def _checked(calibration: Any) -> dict[str, Any]:
    if not isinstance(calibration, Mapping) or calibration.get("kind") != KIND:
        detail = "this is not a calibration: choose a file that this page exported"
        raise EnergyError("calibration", detail, "calibrate-refused-file")
    if calibration.get("schema") != SCHEMA:
        detail = f"this page reads calibrations of schema {SCHEMA} only: calibrate again"
        raise EnergyError("calibration", detail, "calibrate-refused-schema", {"schema": SCHEMA})
    try:
        device = Device.parse(calibration.get("device"))
    except EnergyError as error:
        why = str(error)
        raise EnergyError(error.field, why, "calibrate-refused-damaged", {"detail": why}) from None
    if max(figure.range.high for figure in (device.one_w, device.all_w)) > MOST_W:
        detail = f"it says more than {MOST_W:g} W: calibrate again"
        raise EnergyError("calibration", detail, "calibrate-refused-watts", {"watts": MOST_W})
    device.power(1)
    return {name: calibration.get(name) for name in ("kind", "schema", "method", "date")} | {"device": device.as_dict()}


def _reading(request: Mapping[str, Any], field: str, how: str) -> Figure:
    watts = _number(request, field, 0, MOST_W, "watts as the meter shows them")
    step = _number({"step_w": 0.1, **request}, "step_w", 0.001, 10, "the last digit of the meter's display, in watts")
    error = METER_ERROR * watts + step
    label = "Reading under load" if field == "load_w" else "Reading when idle"
    return measured(Range(least(watts, error), watts, watts + error), "W", label, how)


def _drain(request: Mapping[str, Any], phase: str, how: str) -> Figure:
    capacity = _number(request, "capacity_wh", 1, 1000, "the capacity printed on the battery, in watt-hours")
    told = request.get(phase)
    if not isinstance(told, Mapping):
        raise EnergyError(phase, f"{phase} is {{seconds, from, to}}")
    seconds = _number(told, "seconds", SHORTEST_S, LONGEST_S, f"how long the {phase} phase took")
    start, end = (_number(told, name, 0, 1, "a battery's level from 0 to 1") for name in ("from", "to"))
    lost = start - end
    if lost < 0:
        detail = "the battery charged meanwhile: unplug it and start again"
        raise EnergyError(phase, detail, "calibrate-refused-charged")
    share = Range(least(lost, LEVEL_STEP), lost, lost + LEVEL_STEP)
    label = "Drawn under load" if phase == "load" else "Drawn when idle"
    stored = measured(
        Range(WORN * capacity, (1 + WORN) / 2 * capacity, capacity),
        "Wh",
        "What the battery holds",
        "typed; worn ones hold less",
    )
    levels = measured(
        share, "of it", "Charge lost", f"levels from {start:.0%} to {end:.0%}, in steps of {LEVEL_STEP:.0%}"
    )
    clock = measured(seconds, "s", "in", "clock of this device")
    return combined(
        stored.range * 3600 * share / seconds, "W", f"{label}, {how}", capacity=stored, lost=levels, seconds=clock
    )


def _number(values: Mapping[str, Any], field: str, least: float, most: float, meaning: str) -> float:
    value = values.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        detail = f"{field} is {meaning}: a number from {least:g} to {most:g}, not {brief(value)}"
        said: dict[str, str | float] = {"field": field, "least": least, "most": most, "value": brief(value)}
        raise EnergyError(field, detail, "calibrate-refused-number" if field in TYPED else None, said)
    return float(value)
