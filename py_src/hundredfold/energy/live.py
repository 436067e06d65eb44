"""What an answer of the server took: its own CPU seconds, times what a CPU second of that model was found to draw.

The server finds the power apart, in windows of its own, and tells it with all it rests on under ``PLACE``. So an answer
needs to tell a few numbers only, and whoever has both has the whole tree of figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .devices import Power
from .estimate import FEW, ONE_RUN, Measurement, estimate, timed
from .quantities import EnergyError, Figure, Range, measured

PLACE = "/api/v1/power"
HOW = "the CPU clock of the process that answered, all its threads"


def of_answer(cpu_s: Figure, power: Power, answers: int) -> dict[str, Any]:
    """Result.energy as it is sent: ``{joules, origin, boundary, inputs: {cpu_s, answers}}``, what the answer adds.

    ``cpu_s`` is the mean of so many ``answers``; ``power`` is that of a CPU second.
    """
    made = estimate(Measurement(cpu_s), power)
    return {
        "joules": ends(made.joules),
        "origin": made.origin,
        "boundary": made.boundary,
        "inputs": {"cpu_s": ends(cpu_s.range), "answers": answers},
    }


def cpu_time(energies: Sequence[Mapping[str, Any]]) -> Figure:
    """CPU seconds of one answer, from what several of them told, at least one; raises EnergyError."""
    seconds, answers = [], 0
    for energy in energies:
        try:
            told = energy["inputs"]
            seconds.append(Range(*(float(told["cpu_s"][end]) for end in ("low", "mid", "high"))))
            answers += int(told["answers"])
        except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
            raise EnergyError("energies", "an answer's energy is {..., inputs: {cpu_s, answers}}") from None
    label = "CPU time of one answer there"
    if len(seconds) > 1:
        return timed([each.mid for each in seconds], label)
    # One answer, or the mean of some: how well it tells the next one depends on how many they were.
    (only,), factor = seconds, 1 + (ONE_RUN - 1) / max(1, answers) ** 0.5 if answers < FEW else 1.0
    told = "one answer" if answers == 1 else f"the mean of {answers} answers"
    return measured(Range(only.low / factor, only.mid, only.high * factor), "s", label, f"{told}, by {HOW}")


def power_of(server: Mapping[str, Any], exhibit: Any, variant: Any) -> Power | None:
    """What a CPU second of this variant draws there; ``server`` is what it tells under PLACE. Raises EnergyError."""
    learnt: Any = server.get("learnt")
    for name in (exhibit, variant):
        learnt = learnt.get(name) if isinstance(learnt, Mapping) and isinstance(name, str) else None
    found = learnt or server.get("cpu_second")
    if not isinstance(found, Mapping):
        return None
    idle = found.get("idle_w")
    return Power(Figure.parse(found.get("active_w")), Figure.parse(idle) if idle else None)


def power_facts(power: Power) -> dict[str, Any]:
    """The inverse of ``power_of``, for one variant."""
    return {"active_w": power.active_w.as_dict(), "idle_w": power.idle_w.as_dict() if power.idle_w else None}


def ends(range_: Range) -> dict[str, float]:
    """A range to be sent: four digits, which is more than any of it deserves."""
    return {"low": four_digits(range_.low), "mid": four_digits(range_.mid), "high": four_digits(range_.high)}


def four_digits(value: float) -> float:
    """To four significant digits."""
    return float(f"{value:.3e}")
