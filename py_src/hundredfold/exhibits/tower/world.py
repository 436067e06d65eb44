"""The tabletop that both agents act in: blocks, three areas and a gripper, seen from the side, in metres and steps.

Everything is exact: the same seed and the same actions give the same episode to the bit, natively and in a browser,
since only additions, comparisons and products of doubles decide, in a fixed order.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...errors import InputError

AREAS = ("left", "middle", "right")
AREA_X = (0.1, 0.3, 0.5)
AREA_WIDTH = 0.18
TABLE = (0.0, 0.6)
CEILING = 0.34  # the highest that the gripper goes, measured at the underside of its palm
WIDTHS = (0.05, 0.07, 0.09, 0.11, 0.13, 0.15)  # a block's rank, 0 for the smallest, is its index in here
HEIGHT = 0.03
SPAN = 0.17  # between the fingers of the open gripper
FINGER = (0.005, 0.02)  # a finger's thickness and length below the palm
PALM = 0.015  # the palm's thickness
SPEED = 0.03  # the gripper's bound in one step, along either axis
FALL = 0.03  # how far a block falls in one step
TOLERANCE = 0.012  # a block is grasped when its middle, and its top below the palm, are no farther off than this
DROP = 0.015  # a block that falls farther than this out of the gripper counts as dropped
TOUCH = 1e-9  # surfaces nearer than this touch: far more than rounding adds up to, and far less than can be seen
TASKS = ("single", "hanoi")
FEWEST, MOST = 1, len(WIDTHS)
STEPS_FREE, STEPS_PER_MOVE = 60, 75  # an episode may take so many, and for every move that it needs so many more

LARGER = "a larger block came to rest on a smaller one"
DROPPED = "a block was dropped"
TOPPLED = "a block toppled off its edge"
OUTSIDE = "a block came to rest outside the areas"
TIMEOUT = "it ran out of steps"
REASONS = (LARGER, DROPPED, TOPPLED, OUTSIDE, TIMEOUT)

Box = tuple[float, float, float, float]  # left, right, bottom, top


@dataclass
class Block:
    """One block; ``x`` is its middle and ``z`` its underside."""

    rank: int
    x: float
    z: float
    fallen: float = 0.0  # how far it has fallen since the gripper let go of it; the visitor's pushes do not count

    @property
    def half(self) -> float:
        return WIDTHS[self.rank] / 2

    @property
    def top(self) -> float:
        return self.z + HEIGHT

    @property
    def box(self) -> Box:
        return (self.x - self.half, self.x + self.half, self.z, self.top)


class Action(NamedTuple):
    """What an agent wants of one step: metres along either axis, at most SPEED, and whether the gripper is closed."""

    dx: float
    dz: float
    closed: bool


@dataclass(frozen=True)
class Instruction:
    """What an agent is told: rebuild the tower in an area, or put one block onto a block or an area."""

    task: str
    goal: int | None = None  # hanoi: the index of the goal area
    block: int | None = None  # single: the rank of the block to be moved
    onto: str | None = None  # single: ``b`` and the rank of a block, or an area's name


@dataclass
class World:
    """One episode's state. ``failure`` and ``success`` end it."""

    blocks: list[Block]
    instruction: Instruction
    limit: int
    x: float = 0.3
    z: float = 0.3
    closed: bool = False
    opening: float = SPAN  # between the fingers now: what the gripper itself can feel
    held: int | None = None  # the rank of the block between the fingers
    step_count: int = 0
    failure: str | None = None
    success: bool = False
    moves: int = 0  # how many blocks were taken up and put down again
    _lifted: set[int] = field(default_factory=set)

    @property
    def over(self) -> bool:
        return self.success or self.failure is not None

    def block(self, rank: int) -> Block:
        return next(block for block in self.blocks if block.rank == rank)

    def step(self, action: Action) -> None:
        """One step: the gripper opens or closes, moves until it meets something, and what nothing holds falls."""
        if self.over:
            return
        self.step_count += 1
        if action.closed != self.closed:
            self._close() if action.closed else self._open()
        self._travel(_bounded(action.dx), 0)
        self._travel(_bounded(action.dz), 1)
        self._settle()
        self._judge()

    def push(self, rank: Any, x: Any) -> None:
        """A visitor takes a block, even out of the gripper, and lets it down at ``x``; raises InputError.

        What lay on it comes down. A visitor can not lose the game for an agent: what would fail, or go through the
        gripper, is refused, and then nothing changes.
        """
        ranks = [block.rank for block in self.blocks]
        if isinstance(rank, bool) or rank not in ranks:
            raise InputError("block", f"there is no such block: choose one of {ranks}")
        if isinstance(x, bool) or not isinstance(x, int | float) or not abs(x) < float("inf"):
            raise InputError("x", "x must be a number: metres from the left end of the table")
        if self.over or not all(block.rank == self.held or self.resting(block) for block in self.blocks):
            raise InputError("block", "a block is falling, or it is all over: wait, or begin another episode")
        trial = deepcopy(self)
        trial._put(trial.block(rank), min(max(x, TABLE[0]), TABLE[1]))
        vars(self).update(vars(trial))

    def _put(self, block: Block, x: float) -> None:
        if block.rank == self.held:
            self.held = None
        self._lifted.discard(block.rank)
        middle, reach = AREA_X[nearest_area(x)], AREA_WIDTH / 2 - block.half
        block.x, block.z = min(max(x, middle - reach), middle + reach), 1.0  # above everything
        others = sorted((b for b in self.blocks if b is not block and b.rank != self.held), key=lambda each: each.z)
        ways = []
        for other in others:
            top, other.z, other.fallen = other.top, self._floor(other), 0.0
            ways.append((*other.box[:3], top))
        below = [other for other in others if _side_by_side(other, block)]
        if below:  # its middle must be over what it lies on
            support = max(below, key=lambda each: each.z)
            block.x = min(max(block.x, support.x - support.half), support.x + support.half)
        block.z, block.fallen = self._floor(block), 0.0
        if any(overlap(way, part) for way in (*ways, block.box) for part in self._parts()):
            raise InputError("x", "the gripper is in the way: choose another place, or wait")
        if any(map(self._fault, (*others, block))):
            raise InputError("x", "a block would lie on a smaller one, on an edge or outside: choose another place")
        if self.closed and self.held is None:
            self._close(grasp=False)

    def gripper(self) -> tuple[Box, ...]:
        """The palm and the two fingers."""
        x, z, half, (thick, long) = self.x, self.z, self.opening / 2, FINGER
        palm = (x - (SPAN / 2 + thick), x + (SPAN / 2 + thick), z, z + PALM)
        return palm, (x - half - thick, x - half, z - long, z), (x + half, x + half + thick, z - long, z)

    def _held(self) -> Block | None:
        return None if self.held is None else self.block(self.held)

    def _parts(self) -> list[Box]:
        """The gripper and what it holds."""
        return [*self.gripper(), *(block.box for block in self.blocks if block.rank == self.held)]

    def _beside(self) -> list[Block]:
        """The blocks at the height of the fingers."""
        low, high = self.z - FINGER[1] + TOUCH, self.z - TOUCH
        return [block for block in self.blocks if block.top > low and block.z < high]

    def _close(self, grasp: bool = True) -> None:
        """The fingers come together until they hold a block, or until one of them meets one that is too far off."""
        between = [block for block in self._beside() if abs(block.x - self.x) < self.opening / 2]
        reach = max((abs(block.x - self.x) + block.half for block in between), default=0.0)
        self.closed, self.opening = True, min(2 * reach, self.opening)
        for block in between if grasp and len(between) == 1 else []:
            if abs(block.x - self.x) <= TOLERANCE and self.z - block.top <= TOLERANCE:
                self.held, self.opening, block.fallen = block.rank, 2 * block.half, 0.0
                self._lifted.add(block.rank)

    def _open(self) -> None:
        """A finger opens as far as nothing is beside it, and not at all where it can not get off what it holds."""
        half, thick, free = self.opening / 2, FINGER[0], SPAN / 2
        for block in self._beside():
            for edge in (block.x - block.half - self.x, self.x - block.x - block.half):
                if edge >= half - TOUCH and edge - thick < free:
                    free = max(half, edge - thick)
        held = self._held()
        if held is None or abs(held.x - self.x) + held.half <= free + TOUCH:
            self.closed, self.held, self.opening = False, None, 2 * free

    def _travel(self, delta: float, axis: int) -> None:
        """Move the gripper, and what it holds, along one axis as far as nothing is in the way."""
        held, parts = self._held(), self._parts()
        others = [block.box for block in self.blocks if block is not held]
        if axis == 0:
            (near, far, side, end), low, high = (0, 1, 2, 3), TABLE[0] - self.x, TABLE[1] - self.x
        else:
            (near, far, side, end), low, high = (2, 3, 0, 1), -min(part[2] for part in parts), CEILING - self.z
        delta = min(max(delta, low), high)
        for part in parts:
            for other in others:
                if part[side] < other[end] - TOUCH and other[side] < part[end] - TOUCH:
                    if delta > 0 and other[near] >= part[far] - TOUCH:
                        delta = max(0.0, min(delta, other[near] - part[far]))
                    elif delta < 0 and other[far] <= part[near] + TOUCH:
                        delta = min(0.0, max(delta, other[far] - part[near]))
        for thing in (self, held) if held else (self,):
            thing.x, thing.z = (thing.x + delta, thing.z) if axis == 0 else (thing.x, thing.z + delta)

    def _floor(self, block: Block) -> float:
        """The height of what is under a block, the gripper aside."""
        under = [b.top for b in self.blocks if b is not block and b.top <= block.z + TOUCH and _side_by_side(b, block)]
        return max(under, default=0.0)

    def supports(self, block: Block) -> list[Block]:
        """The blocks that a block rests on."""
        return [b for b in self.blocks if b is not block and abs(b.top - block.z) <= TOUCH and _side_by_side(b, block)]

    def _settle(self) -> None:
        for block in sorted(self.blocks, key=lambda each: each.z):
            drop = min(FALL, block.z - self._floor(block))
            if block.rank != self.held and drop > TOUCH:
                block.z -= drop
                block.fallen += drop

    def resting(self, block: Block) -> bool:
        """Whether the gripper does not hold it and it does not fall."""
        return block.rank != self.held and block.z - self._floor(block) <= TOUCH

    def _fault(self, block: Block) -> str | None:
        """What is wrong with how a resting block came to lie."""
        if block.fallen > DROP:
            return DROPPED
        below = self.supports(block)
        if any(other.rank < block.rank for other in below):
            return LARGER
        if below and not min(b.x - b.half for b in below) <= block.x <= max(b.x + b.half for b in below):
            return TOPPLED
        if not below and abs(block.x - AREA_X[nearest_area(block.x)]) > AREA_WIDTH / 2:
            return OUTSIDE
        return None

    def _judge(self) -> None:
        for block in filter(self.resting, self.blocks):
            self.failure = self.failure or self._fault(block)
            if block.rank in self._lifted:
                self._lifted.remove(block.rank)
                self.moves += 1
        self.success = self.failure is None and self._done()
        if not self.over and self.step_count >= self.limit:
            self.failure = TIMEOUT

    def _done(self) -> bool:
        told, wanted = self.instruction, {(self.instruction.block, self.instruction.onto)}
        if told.goal is not None:
            ranks = sorted((block.rank for block in self.blocks), reverse=True)
            wanted = set(zip(ranks, [AREAS[told.goal], *(f"b{rank}" for rank in ranks)], strict=False))
        on = {(block.rank, f"b{other.rank}") for block in self.blocks for other in self.supports(block)}
        on |= {(block.rank, AREAS[nearest_area(block.x)]) for block in self.blocks if not self.supports(block)}
        return all(map(self.resting, self.blocks)) and wanted <= on

    def towers(self) -> list[list[int]]:
        """For each area the ranks of the blocks that rest there, from the table up."""
        resting = sorted((block for block in self.blocks if self.resting(block)), key=lambda block: block.z)
        return [[b.rank for b in resting if nearest_area(b.x) == area] for area in range(len(AREAS))]

    def as_dict(self) -> dict[str, Any]:
        """What a page needs to draw it."""
        return {
            "blocks": [[block.rank, block.x, block.z] for block in self.blocks],
            "gripper": [self.x, self.z, self.opening],
            "held": self.held,
            "step": self.step_count,
            "moves": self.moves,
            "failure": self.failure,
            "success": self.success,
        }


def _side_by_side(one: Block, other: Block) -> bool:
    """Whether one is above the other, at least by a corner."""
    return abs(one.x - other.x) < one.half + other.half - TOUCH


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return all(one[i] < other[i + 1] - TOUCH and other[i] < one[i + 1] - TOUCH for i in (0, 2))


def _bounded(delta: float) -> float:
    """An agent's network can answer with NaN; it then stands still."""
    return min(max(delta, -SPEED), SPEED) if delta == delta else 0.0


def nearest_area(x: float) -> int:
    """The index of the area whose middle is nearest."""
    return min(range(len(AREAS)), key=lambda area: abs(AREA_X[area] - x))
