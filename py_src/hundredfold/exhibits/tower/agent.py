"""The neuro-symbolic agent: looks, grounds symbols, plans with the operators it has learned, and acts by small skills.

It knows what it was told, what the camera shows and what its gripper feels. What may be done, and what doing it
changes, it knows from the induced operators alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...planning import Operator, Schema, State, a_star, task
from ...session import Session
from . import symbols
from .acting import Observation
from .geometry import PHASES, Way
from .geometry import way as way_of
from .interpret import interpret
from .motion import Offsets, foresee
from .perception import Sight
from .skill import Act, perceptron
from .world import AREAS, CEILING, HEIGHT, SPAN, SPEED, TOLERANCE, WIDTHS, Action, Instruction

NETWORKS = ("perception", *PHASES)
CLOSING = 0.05
"""It looks once it is this near, across, to where it puts a block down: that may have been moved. In metres.

Where it goes for a block it need not: fingers that close on nothing, or on another one, feel it.
"""
LOOK_EVERY = 36
"""Steps after which it looks again on its way, wherever it is."""
STOPPED = 0.001
"""A gripper that is farther than this from where it meant to be has met something, in metres."""
STOPPED_EVERY = 3
"""Steps after which it looks again while something is in its way."""
LONGEST = 60
"""Steps after which it tries to grasp or to let go, however far it came: the next look tells."""
PATIENCE = 4
"""How often in a row it looks again at what can not be."""
LIMIT = 20_000
"""States that a plan's search may expand: many times what six blocks need."""


@dataclass
class Thought:
    """What the agent has in mind, for whoever watches."""

    phase: str = "look"
    sight: Sight | None = None
    image: np.ndarray | None = None
    facts: State = frozenset()
    plan: tuple[Operator, ...] = ()
    at: int = 0
    expanded: int = 0
    replans: int = -1
    """Plans after the first."""
    why: dict[str, list[str]] | None = None
    """Why it planned anew the last time: as ``difference`` tells it."""


@dataclass
class Counts:
    """What the agent did so far."""

    model_calls: int = 0
    looks: int = 0
    plans: int = 0


@dataclass
class NeuroSymbolic:
    """One episode's agent; ``decide`` is asked once per step."""

    eyes: Session
    """The perception network."""
    skills: Mapping[str, Act]
    """By their phases."""
    schemas: Sequence[Schema]
    told: Instruction
    thought: Thought = field(default_factory=Thought)
    counts: Counts = field(default_factory=Counts)
    _poses: dict[int, tuple[float, float]] = field(default_factory=dict)
    _grip: tuple[float, float] = (0.0, 0.0)
    """Where the block in the gripper is, from the palm."""
    _held: int | None = None
    """The block that ``_grip`` is of."""
    _expected: State | None = None
    """What the next look should show; None: anything."""
    _doubted: State | None = None
    """What the last look showed, if that was not as expected: it is believed when it is seen twice."""
    _blurred: int = 0
    """How often in a row what it saw could not be."""
    _phase: int = 0
    """Index in PHASES of what it is doing."""
    _since: int = 0
    """Steps since the phase began."""
    _aim: tuple[int, str] = (0, "")
    """The block that the plan's current step is about, and what it goes onto."""
    _seen: int = 0
    """Steps since it looked."""
    _in_doubt: bool = True
    """Whether it must look before it does anything else."""
    _near: bool = False
    """Whether it looked from near by."""
    _ahead: list[Action] = field(default_factory=list)
    """What its skill said that it does next, the last step first."""
    _ends: bool = False
    """Whether the phase is done with the last one of them."""
    _meant: tuple[float, float] | None = None
    """Where the gripper should be now."""
    _over: float = 0.0
    """How much higher it goes than it would, since something was in its way that it did not see; in metres."""
    _feels: float | None = None
    """How far the fingers should be apart now; None: it is not sure."""

    async def decide(self, seen: Observation) -> Action:
        """What to do in this step."""
        if (action := self.goes_on(seen.gripper)) is not None:
            return action
        undisturbed, self._ahead = self._undisturbed(seen.gripper), []
        if self._meant and abs(seen.gripper[0] - self._meant[0]) > STOPPED:
            self._over += HEIGHT
        x, z, _ = seen.gripper
        way = self._way(seen)
        if way is None or self._wonders(way.to_x - x, undisturbed):
            if not await self._look(seen):
                return self._stay(seen)
            if (way := self._way(seen)) is None:  # no plan leads on: it saw wrong, and draws back to see better
                self._in_doubt, self._expected, self._poses = True, None, {}
                return self._go(seen.gripper, Action(0.0, SPEED, symbols.closed(seen.gripper)))
            self._near = abs(way.to_x - x) < CLOSING
        phase = self.thought.phase = PHASES[self._phase]
        stop_within = CLOSING if self._over or self._will_look() else 0.0
        most = LOOK_EVERY - self._seen if self._since < LONGEST else 1
        self._ahead, done, calls = foresee(self.skills[phase], self._higher(way), (x, z), stop_within, most)
        self._ends = done or self._since >= LONGEST
        self.counts.model_calls += calls
        self._ahead.reverse()
        return self._last(seen.gripper) if len(self._ahead) == 1 else self._go(seen.gripper, self._ahead.pop())

    def goes_on(self, gripper: tuple[float, float, float]) -> Action | None:
        """The next one of the steps that its skill said, if all is as it should be; else None: it must decide."""
        ahead = self._ahead
        if not ahead or not self._undisturbed(gripper):
            return None
        if len(ahead) == 1:
            return self._last(gripper)
        return self._go(gripper, ahead.pop())

    def _last(self, gripper: tuple[float, float, float]) -> Action:
        """The last one of those steps, with which the phase may end."""
        if self._ends:
            self._next_phase()
        return self._go(gripper, self._ahead.pop())

    def _undisturbed(self, gripper: tuple[float, float, float]) -> bool:
        """Whether the gripper is where it meant to be, with its fingers as far apart."""
        if self._meant is None or self._feels is None:
            return True
        (x, z, opening), (meant_x, meant_z) = gripper, self._meant
        if abs(x - meant_x) > STOPPED or abs(z - meant_z) > STOPPED:
            return False
        return abs(opening - self._feels) <= symbols.FEELS

    def _wonders(self, across: float, undisturbed: bool) -> bool:
        """Whether it should look before it goes on."""
        if PHASES[self._phase] not in ("reach", "carry"):
            return False
        if not undisturbed and self._seen >= STOPPED_EVERY:
            return True
        return self._seen >= LOOK_EVERY or (self._will_look() and abs(across) < CLOSING)

    def _will_look(self) -> bool:
        """Whether it must still look from near by: where it puts a block down, and where a new plan begins."""
        phase = PHASES[self._phase]
        return not self._near and (phase == "carry" or (phase == "reach" and self.thought.at == 0))

    def _way(self, seen: Observation) -> Way | None:
        """The way to where the plan's current step leads; None if there is no such step, or it is in doubt."""
        if self._in_doubt or self.thought.at >= len(self.thought.plan):
            return None
        (block, onto), poses, (x, z, _) = self._aim, self._poses, seen.gripper
        if self._phase == 1:  # the block still lies where it was seen, at a height that is known
            self._held, self._grip = block, grip(poses[block], seen.gripper)
        elif self._phase >= 2:
            poses[block] = x + self._grip[0], z + self._grip[1]
        return way_of(PHASES[self._phase], (x, z), block, onto, poses)

    def _higher(self, way: Way) -> Callable[[float, float], Offsets]:
        """How far a place is from the end of the way, over what was met on it."""
        over = self._over
        if not over:
            return way.offsets

        def offsets(x: float, z: float) -> Offsets:
            across, down, travel = way.offsets(x, z)
            return across, down, min(travel + over, CEILING - z) if abs(across) > CLOSING else travel

        return offsets

    def _go(self, gripper: tuple[float, float, float], action: Action) -> Action:
        self._since += 1
        self._seen += 1
        self._meant = gripper[0] + action.dx, gripper[1] + action.dz
        return action

    async def _look(self, seen: Observation) -> bool:
        """See, ground, and plan anew if it is not as expected; whether it now knows what it does."""
        self.counts.looks += 1
        self._in_doubt, thought = True, self.thought
        image = seen.look()
        self.counts.model_calls += 1
        (answer,) = (await self.eyes.run(None, {"image": image[None]}))[0]
        view = interpret(answer, seen.gripper, self._remembered(), self._poses)
        if view.facts != self._expected:  # what it only remembers may be what is wrong
            alone = interpret(answer, seen.gripper, {}, self._poses)
            view = alone if alone.plausible else view
        thought.sight, thought.image = view.sight, image
        if not view.plausible and self._blurred < PATIENCE:
            thought.phase, self._blurred = "look", self._blurred + 1
            return False
        self._blurred = 0
        if view.facts != self._expected:
            if view.facts != self._doubted and thought.replans >= 0:  # at first it has no reason to doubt
                thought.phase, self._doubted = "look", view.facts
                return False
            self._plan(view.facts)
        self._doubted, self._expected, thought.facts, self._poses = None, view.facts, view.facts, view.poses
        self._in_doubt, self._seen = False, 0
        self._feels = seen.gripper[2] if self._phase else SPAN
        if view.held is not None and view.held != self._held:
            self._grip = grip(view.poses[view.held], seen.gripper)
        self._held = view.held
        return True

    def _remembered(self) -> dict[int, tuple[float, float]]:
        """Where the blocks were last that should lie somewhere."""
        ranks = [int(fact[1][1:]) for fact in self._expected or () if fact[0] == "on"]
        return {rank: self._poses[rank] for rank in ranks}

    def _plan(self, facts: State) -> None:
        thought = self.thought
        thought.why = None if self._expected is None else difference(self._expected, facts)
        ranks = [int(name[1:]) for name in {fact[1] for fact in facts if fact[0] in ("on", "holding")}]
        goal = symbols.goal(self.told, ranks)
        asked = task(self.schemas, [*map(symbols.name, sorted(ranks)), *AREAS], facts, goal)
        found = a_star(asked, limit=LIMIT)  # 3 blocks lie in 27 ways, 6 in 729: any estimate of the way costs more
        self.counts.plans += 1
        thought.phase, thought.expanded, thought.at = "plan", found.expanded, 0
        thought.plan = found.plan or ()
        thought.replans += 1
        self._begin()

    def _next_phase(self) -> None:
        """Go on to the next phase; after an operator's last one, expect what the operator brings about."""
        if PHASES[self._phase] in ("reach", "carry"):
            self._phase, self._since, self._over = self._phase + 1, 0, 0.0
            return
        thought = self.thought
        operator = thought.plan[thought.at]
        self._expected = thought.facts = (thought.facts - operator.delete) | operator.add
        thought.at += 1
        self._begin()

    def _begin(self) -> None:
        """Start on the plan's current step."""
        thought = self.thought
        self._since, self._phase, self._near, self._over, self._feels = 0, 0, False, 0.0, SPAN
        if thought.at < len(thought.plan):
            self._aim = aim(thought.plan[thought.at])
            if not any(fact[0] == "holding" for fact in thought.plan[thought.at].add):
                self._phase, self._feels = 2, WIDTHS[self._aim[0]]

    def _stay(self, seen: Observation) -> Action:
        self._meant = seen.gripper[:2]
        return Action(0.0, 0.0, symbols.closed(seen.gripper))


async def neuro_symbolic(
    sessions: Mapping[str, Session], schemas: Sequence[Schema], told: Instruction
) -> NeuroSymbolic:
    """One episode's agent by its loaded networks; raises SessionError for a skill that is another network."""
    skills = {phase: await perceptron(sessions[phase]) for phase in PHASES}
    return NeuroSymbolic(sessions["perception"], skills, schemas, told)


def aim(operator: Operator) -> tuple[int, str]:
    """(the block that an operator is about, what it puts it on): read off its effects."""
    for fact in operator.add:
        if fact[0] == "on":
            return int(fact[1][1:]), fact[2]
    (block,) = (fact[1] for fact in operator.add if fact[0] == "holding")
    return int(block[1:]), block


def grip(pose: tuple[float, float], gripper: tuple[float, float, float]) -> tuple[float, float]:
    """Where a block that is grasped is from the palm: its top is at most TOLERANCE below, or it would not be held."""
    across, along = pose[0] - gripper[0], pose[1] - gripper[1]
    return across, min(max(along, -HEIGHT - TOLERANCE), -HEIGHT)


def difference(expected: State, facts: State) -> dict[str, list[str]]:
    """What is not as expected: the facts that were, and those that were seen."""
    return {"expected": symbols.as_text(expected - facts), "saw": symbols.as_text(facts - expected)}
