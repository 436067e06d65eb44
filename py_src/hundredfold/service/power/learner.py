"""What the server knows of its power: what is to be learnt next, and what an answer took by what was learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...energy.devices import Power
from ...energy.live import HOW, of_answer, power_facts, power_of
from ...energy.quantities import Figure, Range, combined, least, measured
from .counters import both
from .cpu import STEPS
from .resting import Resting

AGAIN_S = 60.0
"""A variant is learnt anew at most so often, and only when it answered since: a server that nobody asks rests."""
REST = ("", "")
"""In place of an exhibit and its variant: a window in which nothing runs."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Learnt:
    """One window of a variant, or of rest."""

    at_s: float
    drawn: Figure | None
    busy: Figure | None


class Learner:
    """Fed with windows by the pool; knows nothing until it met a child that is warm."""

    def __init__(self) -> None:
        self._facts: Mapping[str, Any] = {}
        self._second: Power | None = None
        self._resting: Resting | None = None
        self._variants: list[Pair] = []
        self._learnt: dict[Pair, Learnt] = {}
        self._rests = 0
        self._asked: set[Pair] = set()
        """What answered since it was learnt."""
        self._left_out: set[Pair] = set()
        """In whose window a child ended: it is not to end another."""

    def meet(self, facts: Mapping[str, Any]) -> None:
        """A child is warm: ``facts`` are those of its lesson, and the ``variants`` that it runs."""
        self._variants = [(exhibit, variant) for exhibit, variant in facts["variants"]]
        if not self._facts:
            self._resting = Resting(facts["covers"]) if facts["covers"] else None
            self._facts, self._second = facts, power_of(facts, None, None)

    @property
    def learning(self) -> bool:
        """Something is still to be learnt for the first time."""
        return bool(self._first())

    def _first(self) -> list[Pair]:
        if not self._facts.get("needed"):
            return []
        rest = [REST] if self._rests < self._facts["idle_windows"] and REST not in self._left_out else []
        return rest + [each for each in self._variants if each not in self._learnt and each not in self._left_out]

    def due(self, now_s: float) -> tuple[Pair | None, float | None]:
        """What to learn next, and in how many seconds: None and None when there is nothing."""
        if first := self._first():
            return first[0], 0.0
        waiting = [(self._learnt[each].at_s + AGAIN_S, each) for each in list(self._asked) if each in self._learnt]
        if self._asked and REST in self._learnt:
            waiting.append((self._learnt[REST].at_s + AGAIN_S, REST))
        if not waiting or not self._facts.get("needed"):
            return None, None
        at_s, pair = min(waiting)
        return pair, max(0.0, at_s - now_s)

    def learn(self, pair: Pair, told: Mapping[str, Any], now_s: float) -> None:
        """How a window ended, as `lesson.Lesson` tells it."""
        drawn, busy = (Figure.parse(told[name]) if told.get(name) else None for name in ("drawn", "busy"))
        self._learnt[pair] = Learnt(now_s, drawn, busy)
        self._asked.discard(pair)
        self._rests += pair == REST
        if self._resting and drawn:
            self._resting.saw(drawn.range)

    def leave_out(self, pair: Pair) -> None:
        self._left_out.add(pair)

    def power(self, exhibit: str, variant: str) -> Power | None:
        """What a CPU second of this variant draws; None before any child was warm."""
        found = self._counted((exhibit, variant))
        if self._second is None or found is None:
            return self._second
        return found if self._facts["processor"] else both(found, self._second)

    def _counted(self, pair: Pair) -> Power | None:
        """What the counters tell; None where they do not."""
        learnt, resting = self._learnt.get(pair), self._resting
        if not (learnt and learnt.drawn and learnt.busy and resting and resting.idle) or not learnt.busy.range.low:
            return None
        above, idle, busy = resting.above(learnt.drawn), resting.idle, learnt.busy
        if above is None:
            return None
        return Power(
            combined(above.range / busy.range, "W", "Above idle, for each busy core", above=above, busy=busy),
            combined(idle.range / busy.range, "W", "Idle, for each busy core", idle=idle, busy=busy),
        )

    def document(self, recorded: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
        """``{learning, idle, cpu_second, learnt: {exhibit: {variant: {active_w, idle_w}}}}``, all powers in watts.

        ``cpu_second`` holds for each variant that is not in ``learnt``; ``recorded`` is of what did not run here.
        """
        learnt = {exhibit: dict(variants) for exhibit, variants in (recorded or {}).items()}
        for pair in self._variants:
            power = self.power(*pair) if self._counted(pair) else None
            if power:
                learnt.setdefault(pair[0], {})[pair[1]] = power_facts(power)
        idle = self._resting.idle if self._resting else None
        return {
            "learning": self.learning,
            "idle": idle.as_dict() if idle else None,
            "cpu_second": self._facts.get("cpu_second"),
            "learnt": learnt,
        }

    def count(self, answer: dict[str, Any], answers: int) -> None:
        """Turn the CPU time in a Result's timing, the mean of so many answers, into its energy."""
        timing, pair = answer["timing"], (answer["exhibit"], answer["variant"])
        self._asked.add(pair)
        power, cpu_ms = self.power(*pair), timing.pop("cpu_ms", None)
        if power is not None and cpu_ms is not None:
            cpu = self._cpu_s(pair, cpu_ms / 1e3, timing["total_ms"] / 1e3, answers)
            answer["energy"] = of_answer(cpu, power, answers)

    def _cpu_s(self, pair: Pair, cpu_s: float, wall_s: float, answers: int) -> Figure:
        """CPU seconds of one answer; where the clock is too coarse, from its time and the cores it keeps busy."""
        step_s, learnt = self._facts["step_s"] / answers, self._learnt.get(pair)
        most = Range(least(cpu_s, step_s), max(cpu_s, step_s / 2), cpu_s + step_s)
        if cpu_s < STEPS * step_s and wall_s > 0:
            if learnt and learnt.busy:
                how = "the time of the answer, times the cores that this model keeps busy"
                return measured(learnt.busy.range * wall_s, "s", "CPU time", how)
            most = Range(most.low, min(max(wall_s, most.low), most.high), most.high)
        return measured(most, "s", "CPU time", HOW)
