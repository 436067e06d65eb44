"""What the page asks about energy: which device this is, what a run took, the balance of both sides, a calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from ..errors import brief
from ..manifest import Accuracy, Variant
from ..result import LANGUAGE_MODEL, Boundary
from . import live, sheet
from .calibrate import calibrate, device_of
from .constants import NETWORK_J_PER_BYTE, PUE
from .devices import Device, from_tdp, from_watts
from .estimate import Measurement, estimate, timed
from .grid import COUNTRIES, WORLD
from .profiles import PROFILES, narrowed
from .proposal import profiles_document, propose
from .quantities import EnergyError, Figure, Range, constant, measured
from .sheet import BOUNDARIES, Here, Path, There

BLOCKS = 5
"""Repeats are told as the means of so many blocks, one after the other."""
DRIFTED = 0.15
"""A device whose last third is slower than its first by more than this share is said to have slowed down."""
CO2_ANSWERS = 1_000_000
"""Their CO2 equivalent is told, since that of one answer is too little to picture."""


class Grids(NamedTuple):
    """What electricity each side draws."""

    own: Figure
    country: str | None
    """The visitor's, by its English name; None: the world on average."""
    its: Figure
    stated: bool
    """The server's operator states its own; else it is the world's average."""


def device(choice: Any, threads: int) -> Device:
    """The device of ``{"profile", "threads"}``, ``{"active_w", "idle_w"}``, ``{"tdp_w"}`` or ``{"calibration"}``.

    The threads of a profile are those that the browser tells: they say more about a device whose model is not known.
    Raises EnergyError.
    """
    if not isinstance(choice, Mapping):
        raise EnergyError("device", "device is {profile}, {active_w, idle_w}, {tdp_w} or {calibration}")
    if "calibration" in choice:
        return device_of(choice["calibration"])
    if "active_w" in choice:
        return from_watts(choice["active_w"], choice.get("idle_w"), threads)
    if "tdp_w" in choice:
        return from_tdp(choice["tdp_w"], threads)
    profile = choice.get("profile")
    if not isinstance(profile, str) or profile not in PROFILES:
        raise EnergyError("device.profile", f"there is no device {brief(profile)} in the table; choose one that is")
    told = choice.get("threads")
    return narrowed(PROFILES[profile], told if isinstance(told, int) else None).device()


def of_run(seconds: Sequence[float], device: Device, busy: float, resolution_s: float = 0.0) -> dict[str, Any]:
    """Result.energy here: above idle, and in ``with_idle`` all that was drawn, where the idle power is known."""
    measurement = Measurement(timed(list(seconds), "Time of one answer", resolution_s), busy)
    known = device.idle_w is not None
    whole = estimate(measurement, device, "idle-inclusive").as_dict() if known else None
    return {**estimate(measurement, device).as_dict(), "with_idle": whole}


def of_answers(
    choice: Any, answers_ms: Sequence[float], python_ms: float, threads: int, clock_step_ms: float
) -> dict[str, Any] | None:
    """Result.energy here of whole answers, from what each took inside the engine; None where no time was seen to pass.

    Raises EnergyError for a device that is none.
    """
    chosen = device(choice, threads)
    answers_s = [(python_ms + mean) / 1e3 for mean in blocks(answers_ms) or [0.0]]
    # Of the two times that an answer's is the sum of, each may be off by a step of the clock.
    resolution_s = 2 * clock_step_ms / 1e3
    if not resolution_s and min(answers_s) <= 0:
        return None
    return of_run([max(0.0, each) for each in answers_s], chosen, threads, resolution_s)


def blocks(samples: Sequence[float]) -> list[float]:
    """The means of up to ``BLOCKS`` consecutive blocks of samples: what one answer takes, now and a bit later."""
    count = min(BLOCKS, len(samples))
    edges = [len(samples) * block // count for block in range(count + 1)] if count else []
    return [sum(samples[a:b]) / (b - a) for a, b in pairwise(edges)]


def answer(request: Mapping[str, Any], variants: Mapping[str, Variant]) -> dict[str, Any]:
    """Answer one of the requests that app.py lists; raises EnergyError for what can not be used."""
    match request.get("do"):
        case "devices":
            facts = _map(request, "facts")
            proposed, threads = propose(facts), facts.get("hardwareConcurrency")
            return {
                "profiles": profiles_document(threads if isinstance(threads, int) else None),
                "proposed": {"id": proposed.id, "why": proposed.why, "sure": proposed.sure},
                "countries": [{"code": code, "name": name} for code, (name, _, _) in COUNTRIES.items()],
            }
        case "calibrate":
            calibration = calibrate(request)
            return {"calibration": calibration, "name": calibration["device"]["name"]}
        case _:
            return _balance(request, variants)


def _balance(request: Mapping[str, Any], variants: Mapping[str, Variant]) -> dict[str, Any]:
    own = device(request.get("device"), _threads(request))
    server = _map(request, "server")
    per_byte = _figure(server.get("network_j_per_byte"), NETWORK_J_PER_BYTE)
    here = _here(_map(request, "here"), own, variants) if request.get("here") else None
    there = _there(request, server, per_byte, variants) if request.get("there") else None
    grids = _grids(request, server)
    sheets = {b: _sheet(here, there, own, per_byte, grids, b) for b in BOUNDARIES}
    return {"device": own.name, "drift": _drift(request), "boundaries": sheets}


def _sheet(
    here: Here | None, there: There | None, own: Device, per_byte: Figure, grids: Grids, b: Boundary
) -> dict[str, Any] | None:
    """One boundary's balance; None when it needs idle power that is not known."""
    if b == "idle-inclusive" and (own.idle_w is None or (there and there.power.idle_w is None)):
        return None
    one = sheet.path_here(here, b) if here else None
    other = sheet.path_there(there, own, b) if there else None
    told: dict[str, Any] = {"here": _told(one), "there": _told(other), "ratio": None, "advice": False}
    if not (here and one and other):
        return told
    if here.measurement.seconds.range.low == 0:  # too short for the clock: what it comes to would be made up
        return {**told, "advice": True}
    found = sheet.ratio(one, other).ratio
    before = sheet.once(here, per_byte, b)
    return {
        **told,
        "ratio": {"low": found.low, "mid": found.mid, "high": found.high} if found else None,
        "advice": not found,
        "everyday": [
            {"which": which, "here": h.as_dict(), "there": t.as_dict()} for which, h, t in sheet.everyday(one, other)
        ],
        "break_even": {"once": before.as_dict(), "uses": sheet.break_even(before, one, other)},
        "co2e": {
            "here": sheet.co2e(one, grids.own, grids.own).as_dict(),
            "there": sheet.co2e(other, grids.its, grids.own).as_dict(),
            "answers": CO2_ANSWERS,
            "country": grids.country,
            "stated": grids.stated,
        },
    }


def _grids(request: Mapping[str, Any], server: Mapping[str, Any]) -> Grids:
    code, stated = request.get("country"), server.get("grid")
    country = COUNTRIES[code] if isinstance(code, str) and code in COUNTRIES else None
    own, its = sheet.grid_figure(*(country or WORLD)), _figure(stated, sheet.UNKNOWN_GRID)
    return Grids(own, country[0] if country else None, its, bool(stated))


def _told(path: Path | None) -> dict[str, Any] | None:
    return {"total": path.total.as_dict(), "per_correct": path.per_correct.as_dict()} if path else None


def _here(told: Mapping[str, Any], own: Device, variants: Mapping[str, Variant]) -> Here:
    seconds = _numbers(told, "seconds")
    resolution = _number(told, "resolution_s", 0.0)
    busy = _number(told, "busy", 1.0)
    time = timed(seconds, "Time of one answer here", resolution)
    waited = _number(told, "started_s", 0.0)
    clock = "clock of this page; a part of it went by waiting for the network"
    started = (
        measured(Range(waited / 2, 0.75 * waited, waited), "s", "Starting Python and the engine", clock)
        if waited
        else None
    )
    downloaded = _number(told, "downloaded_bytes", 0.0)
    return Here(Measurement(time, busy), own, _accuracy(told, variants), downloaded, started)


def _there(
    request: Mapping[str, Any], server: Mapping[str, Any], per_byte: Figure, variants: Mapping[str, Variant]
) -> There | None:
    """None when the server tells nothing about its energy, or its power is not known yet."""
    told = _map(request, "there")
    energies = told.get("energies")
    if not isinstance(energies, list):
        raise EnergyError("energies", "energies must be a list of what the server told of its answers")
    runs = [energy for energy in energies if energy]
    power = live.power_of(server, request.get("exhibit"), told.get("variant"))
    if not runs or power is None:
        return None
    moved = _number(told, "moved_bytes", 0.0) if "moved_bytes" in told else None
    trips = _numbers(told, "round_trip_s") if "round_trip_s" in told else None
    return There(
        Measurement(live.cpu_time(runs)),
        power,
        _accuracy(told, variants),
        _figure(server.get("pue"), PUE),
        per_byte,
        moved,
        timed(trips, "Time from asking to the answer there", _number(told, "resolution_s", 0.0)) if trips else None,
    )


def _accuracy(told: Mapping[str, Any], variants: Mapping[str, Variant]) -> Figure:
    name = told.get("variant")
    if name == LANGUAGE_MODEL:  # not in the ladder: whoever asks knows what was measured of it, if anything was
        right = _measured(_map(told, "accuracy"))
    elif isinstance(name, str) and name in variants:
        right = variants[name].accuracy
    else:
        raise EnergyError("variant", f"there is no variant {brief(name)}")
    if right is None:
        return constant(0, 1, 1, "of 1", "How often right", "not known")
    how = f"{right.n} test inputs, with a 95 % interval"
    return measured(Range(right.low, right.value, right.high), "of 1", "How often right", how)


def _measured(told: Mapping[str, Any]) -> Accuracy | None:
    """An accuracy as whoever asks tells it; None for nothing."""
    if not told:
        return None
    low, value, high, n = (_number(told, name, 0.0) for name in ("low", "value", "high", "n"))
    if not low <= value <= high <= 1:
        raise EnergyError("accuracy", "accuracy is {value, low, high, n} with 0 <= low <= value <= high <= 1")
    return Accuracy(value, low, high, int(n))


def _drift(request: Mapping[str, Any]) -> dict[str, Any] | None:
    """How this device changed its pace while it was measured, and by which share; None: it did not."""
    told = _map(request, "here").get("seconds") or []
    third = len(told) // 3
    if third < 2 or not sum(told[:third]):
        return None
    first, last = (sum(part) / third for part in (told[:third], told[-third:]))
    by = min(abs(last / first - 1), 1e6)  # by a coarse clock, the first may have taken next to nothing
    if by <= DRIFTED:
        return None
    return {"change": "slower" if last > first else "quicker", "by": round(by, 2)}


def _threads(request: Mapping[str, Any]) -> int:
    return max(1, int(_number(request, "threads", 1.0)))


def _map(values: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    value = values.get(field)
    return value if isinstance(value, Mapping) else {}


def _figure(value: Any, default: Figure) -> Figure:
    return Figure.parse(value) if value else default


def _number(values: Mapping[str, Any], field: str, default: float) -> float:
    value = values.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e15:
        raise EnergyError(field, f"{field} must be a number from 0, not {brief(value)}")
    return float(value)


def _numbers(values: Mapping[str, Any], field: str) -> list[float]:
    told = values.get(field)
    if not isinstance(told, list) or not all(isinstance(value, int | float) and 0 <= value < 1e15 for value in told):
        raise EnergyError(field, f"{field} must be a list of seconds")
    return [float(value) for value in told]
