"""The scripted expert that writes the demonstrations: it sees the true state, and its hand is not quite steady."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...exhibits.tower.geometry import PHASES, SCALE, features
from ...exhibits.tower.scene import Scene
from ...exhibits.tower.world import AREAS, SPEED, Action, World

UNSTEADY = 0.25
"""How far the expert's hand slips in a step, as a share of how far it moves, as hands do; recorded is what it meant."""
ALIGNED = 0.006
NEAR = 0.003


@dataclass(frozen=True)
class Step:
    """One step of a demonstration: what was meant, in which phase of moving ``block`` onto ``onto``."""

    phase: str
    block: int
    onto: str
    action: Action
    done: bool
    """The phase ends with this step."""


def solve(towers: Sequence[Sequence[int]], goal: int) -> Iterator[tuple[int, str]]:
    """The shortest solution, by the rule that everybody knows: (rank, onto) for every move."""
    places = {rank: area for area, tower in enumerate(towers) for rank in tower}
    ranks = sorted(places)

    def name(area: int) -> str:
        tops = [rank for rank in ranks if places[rank] == area]
        return f"b{tops[0]}" if tops else AREAS[area]

    def carry(count: int, to: int) -> Iterator[tuple[int, str]]:
        for index in range(count - 1, -1, -1):
            rank = ranks[index]
            if places[rank] != to:
                yield from carry(index, 3 - places[rank] - to)
                onto = name(to)
                places[rank] = to
                yield rank, onto
                yield from carry(index, to)
                return

    yield from carry(len(ranks), goal)


def moves(scene: Scene) -> Iterator[tuple[int, str]]:
    """What the expert will do, move by move."""
    told = scene.instruction
    if told.goal is not None:
        return solve(scene.towers, told.goal)
    assert told.block is not None
    assert told.onto is not None
    return iter([(told.block, told.onto)])


def guide(phase: str, wanted: np.ndarray) -> tuple[Action, bool]:
    """What the expert does with these features (see geometry.features), and whether that ends the phase."""
    across, down, travel = (float(value) * SCALE for value in wanted)
    closed = phase in ("grasp", "carry")
    if phase in ("grasp", "release"):
        return Action(0.0, 0.0, closed), True
    if abs(across) > ALIGNED:
        free = min(max(1 - travel / 0.01, 0.0), 1.0)  # it moves across once it is as high as it must be
        up = travel + 0.005 if travel > -0.02 or abs(across) > 0.03 else down
        return Action(_bounded(across) * free, _bounded(up), closed), False
    return Action(_bounded(across), _bounded(down), closed), abs(down) < NEAR


def demonstrate(scene: Scene, world: World) -> Iterator[tuple[Step, Action]]:
    """What is meant and what the hand then does, step by step, until the task is done; whoever asks steps the world."""
    random = np.random.default_rng([scene.seed, 5])
    for block, onto in moves(scene):
        for phase in PHASES:
            done = False
            while not done and not world.over:
                poses = {each.rank: (each.x, each.z) for each in world.blocks}
                meant, done = guide(phase, features(phase, (world.x, world.z), block, onto, poses))
                slip = random.uniform(-1, 1, 2) * UNSTEADY * max(abs(meant.dx), abs(meant.dz))
                slipped = Action(meant.dx + float(slip[0]), meant.dz + float(slip[1]), meant.closed)
                yield Step(phase, block, onto, meant, done), slipped


def _bounded(delta: float) -> float:
    return min(max(delta, -SPEED), SPEED)
