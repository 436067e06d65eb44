"""The neuro-symbolic agent: looks, grounds symbols, plans with the operators it has learned, and acts by small skills.

It knows what it was told, what the camera shows and what its gripper feels. What may be done, and what doing it
changes, it knows from the induced operators alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...contract import Session
from ...planning import Operator, Schema, State, a_star, task
from . import symbols
from .camera import Camera
from .geometry import GRASP_GAP, PHASES, Poses, features
from .perception import UNSURE, Sight, read, taken
from .world import AREAS, HEIGHT, SPEED, TOLERANCE, Action, Instruction, World

NETWORKS = ("perception", *PHASES)
LOOK_EVERY = 6
"""Steps after which it looks again on its way: what it goes for may have been moved."""
LONGEST = 60
"""Steps after which it tries to grasp, however far it came: the next look tells."""
PATIENCE = 4
"""How often in a row it looks again at what can not be."""
LIMIT = 20_000
"""States that a plan's search may expand: many times what six blocks need."""


@dataclass(frozen=True)
class Observation:
    """All that an agent gets of the world in one step."""

    look: Callable[[], np.ndarray]
    """Takes the camera's picture now: uint8 [64, 96, 3]. Most steps need none."""
    gripper: tuple[float, float, float]
    """x, z and opening, in metres."""


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
    why: str | None = None
    """Why it planned anew the last time."""


@dataclass(frozen=True)
class View:
    """What a picture was taken to mean."""

    sight: Sight
    facts: State
    poses: dict[int, tuple[float, float]]
    held: int | None
    plausible: bool


@dataclass
class Counts:
    """What the agent did so far."""

    model_calls: int = 0
    looks: int = 0
    plans: int = 0


@dataclass
class NeuroSymbolic:
    """One episode's agent; ``decide`` is asked once per step."""

    sessions: Mapping[str, Session]
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

    async def decide(self, seen: Observation) -> Action:
        """What to do in this step."""
        thought = self.thought
        looks = PHASES[self._phase] in ("reach", "carry") or not thought.plan
        if looks and self._since % LOOK_EVERY == 0 and not await self._look(seen):
            return self._stay(seen)
        if thought.at >= len(thought.plan):
            self._since = 0
            return self._stay(seen)
        thought.phase = PHASES[self._phase]
        block, onto = aim(thought.plan[thought.at])
        poses = self._poses
        if thought.phase == "grasp":  # the block still lies where it was seen, at a height that is known
            self._held, self._grip = block, grip(poses[block], seen.gripper)
        if self._phase >= 2:
            poses[block] = seen.gripper[0] + self._grip[0], seen.gripper[1] + self._grip[1]
        wanted = features(thought.phase, seen.gripper[:2], block, onto, poses)
        across, along, closed, done = (await self._run(thought.phase, {"features": wanted[None]}))[0].tolist()
        self._since += 1
        if done > 0 or (self._since > LONGEST and thought.phase == "reach"):
            self._next_phase()
        return Action(across * SPEED, along * SPEED, closed > 0)

    async def _run(self, network: str, feeds: Mapping[str, np.ndarray]) -> np.ndarray:
        self.counts.model_calls += 1
        (answer,) = await self.sessions[network].run(None, feeds)
        return answer

    async def _look(self, seen: Observation) -> bool:
        """See, ground, and plan anew if it is not as expected; whether it now knows what it does."""
        self.counts.looks += 1
        thought = self.thought
        image = seen.look()
        answer = (await self._run("perception", {"image": image[None]}))[0]
        view = self._interpret(answer, seen.gripper, remember=True)
        if view.facts != self._expected:  # what it only remembers may be what is wrong
            alone = self._interpret(answer, seen.gripper, remember=False)
            view = alone if alone.plausible else view
        thought.sight, thought.image = view.sight, image
        if not view.plausible and self._blurred < PATIENCE:
            thought.phase, self._blurred = "look", self._blurred + 1
            return False
        self._blurred = 0
        if view.facts != self._expected:
            if view.facts != self._doubted:
                thought.phase, self._doubted = "look", view.facts
                return False
            self._plan(view.facts)
        self._doubted, self._expected, thought.facts, self._poses = None, view.facts, view.facts, view.poses
        if view.held is not None and view.held != self._held:
            self._grip = grip(view.poses[view.held], seen.gripper)
        self._held = view.held
        return True

    def _interpret(self, answer: np.ndarray, gripper: tuple[float, float, float], remember: bool) -> View:
        """What a picture means; a less sure look at it, where what it shows can not be all there is."""
        for sure_from in UNSURE:
            sight = read(answer, sure_from)
            poses = {**(self._unseen(sight.poses) if remember else {}), **sight.poses}
            held = symbols.held_block(gripper, poses)
            if held is not None and held not in poses:
                poses[held] = gripper[0], gripper[1] - HEIGHT - GRASP_GAP
            facts = symbols.ground(gripper, poses)
            settled = symbols.settled(facts, poses)
            if plausible := symbols.plausible(facts, poses):
                break
        return View(sight, facts, settled, held, plausible)

    def _unseen(self, seen: Poses) -> dict[int, tuple[float, float]]:
        """Blocks that are not seen but should lie somewhere, where they were last, if nothing else is there."""
        ranks = [int(fact[1][1:]) for fact in self._expected or () if fact[0] == "on"]
        return {
            rank: self._poses[rank] for rank in ranks if rank not in seen and not taken(self._poses[rank], rank, seen)
        }

    def _plan(self, facts: State) -> None:
        thought = self.thought
        thought.why = None if self._expected is None else difference(self._expected, facts)
        ranks = [int(name[1:]) for name in {fact[1] for fact in facts if fact[0] in ("on", "holding")}]
        goal = symbols.goal(self.told, ranks)
        found = a_star(task(self.schemas, [*map(symbols.name, sorted(ranks)), *AREAS], facts, goal), limit=LIMIT)
        self.counts.plans += 1
        thought.phase, thought.expanded, thought.at = "plan", found.expanded, 0
        thought.plan = found.plan or ()
        thought.replans += 1
        self._begin()

    def _next_phase(self) -> None:
        """Go on to the next phase; after an operator's last one, expect what the operator brings about."""
        self._since = 0
        if PHASES[self._phase] in ("reach", "carry"):
            self._phase += 1
            return
        thought = self.thought
        operator = thought.plan[thought.at]
        self._expected = (thought.facts - operator.delete) | operator.add
        thought.at += 1
        self._begin()

    def _begin(self) -> None:
        """Start on the plan's current step."""
        thought, self._since = self.thought, 0
        grasping = thought.at >= len(thought.plan) or any(fact[0] == "holding" for fact in thought.plan[thought.at].add)
        self._phase = 0 if grasping else 2

    def _stay(self, seen: Observation) -> Action:
        return Action(0.0, 0.0, symbols.closed(seen.gripper))


Decide = Callable[[Observation], Awaitable[Action]]


async def timed(decide: Decide, world: World, camera: Camera, clock: Callable[[], float]) -> tuple[Action, float]:
    """What an agent decides, and the seconds that it computed for; taking the picture is the camera's work."""
    taken_s = 0.0

    def look() -> np.ndarray:
        nonlocal taken_s
        start = clock()
        image = camera.image(world)
        taken_s += clock() - start
        return image

    start = clock()
    action = await decide(Observation(look, (world.x, world.z, world.opening)))
    return action, clock() - start - taken_s


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


def difference(expected: State, facts: State) -> str:
    """What is not as expected, in a few words."""
    missing, new = (", ".join(symbols.as_text(part)) for part in (expected - facts, facts - expected))
    return f"expected {missing or 'nothing more'}; saw {new or 'nothing of it'}"
