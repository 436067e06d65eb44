"""How an episode begins: which blocks, where they lie, what is asked, and the camera, all from a seed or as chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from ...errors import InputError
from .camera import Camera, Jitter
from .world import (
    AREA_X,
    AREAS,
    FEWEST,
    HEIGHT,
    MOST,
    REASONS,
    STEPS_FREE,
    STEPS_PER_MOVE,
    TASKS,
    Action,
    Block,
    Instruction,
    World,
)

MOST_SEEDS = 2**32
TOWER = 4
"""A tower of at most so many blocks is made of this many smallest sizes."""
SLOPPY = 0.008
"""Blocks lie this far off the middle of what they lie on, at most, in metres."""


@dataclass(frozen=True)
class Scene:
    """What an episode begins with."""

    seed: int
    towers: tuple[tuple[int, ...], ...]
    """For each area the ranks of its blocks, from the table up."""
    instruction: Instruction

    def world(self) -> World:
        """The table before the first step."""
        random = np.random.Generator(np.random.PCG64([self.seed, 3]))
        draw = random.random(MOST + 2) * 2 - 1
        blocks = [
            Block(rank, AREA_X[area] + SLOPPY * float(draw[rank]), level * HEIGHT)
            for area, tower in enumerate(self.towers)
            for level, rank in enumerate(tower)
        ]
        limit = STEPS_FREE + STEPS_PER_MOVE * self.fewest_moves()
        x, z = 0.3 + 0.2 * float(draw[MOST]), 0.29 + 0.04 * float(draw[MOST + 1])
        return World(blocks, self.instruction, limit, x, z)

    def camera(self, jitter: Jitter = Jitter()) -> Camera:  # noqa: B008  # frozen
        return Camera(self.seed, jitter)

    def fewest_moves(self) -> int:
        """The number of moves that the shortest solution has."""
        if self.instruction.goal is None:
            return 1
        return fewest_moves(self.towers, self.instruction.goal)


def fewest_moves(towers: Sequence[Sequence[int]], goal: int) -> int:
    """Moves that the shortest solution has: a larger block that must go makes the next smaller one go elsewhere.

    For a whole tower of n blocks this is 2^n - 1.
    """
    places = sorted(((rank, area) for area, tower in enumerate(towers) for rank in tower), reverse=True)
    moves = 0
    for left, (_, area) in zip(range(len(places) - 1, -1, -1), places, strict=True):
        if area != goal:
            moves += 2**left
            goal = 3 - goal - area
    return moves


def random_scene(seed: int, task: str, ranks: Sequence[int] | int, scattered: bool | None = None) -> Scene:
    """A scene by its seed: ``ranks`` are the blocks, or how many of them.

    Of single moves they may be any; a tower of up to four is made of the four smallest, of which the end-to-end agent
    was shown towers of three.

    hanoi begins with a whole tower and asks for it in another area; single, and what is ``scattered``, begins with
    blocks anywhere they may lie.
    """
    random = np.random.Generator(np.random.PCG64([seed, 4]))
    if isinstance(ranks, int):
        choice = MOST if task == "single" else max(TOWER, ranks)
        ranks = sorted(int(rank) for rank in random.permutation(choice)[:ranks])
    scattered = task == "single" if scattered is None else scattered
    start, goal = (int(area) for area in random.permutation(3)[:2])
    towers: list[list[int]] = [[], [], []]
    for rank in sorted(ranks, reverse=True):
        towers[int(random.integers(3)) if scattered else start].append(rank)
    told = Instruction("hanoi", goal=goal)
    if task == "single":
        moves = legal_moves(towers)
        block, onto = moves[int(random.integers(len(moves)))]
        told = Instruction("single", block=block, onto=onto)
    elif fewest_moves(towers, goal) == 0:  # it would be solved before it began
        told = Instruction("hanoi", goal=(goal + 1) % 3)
    return Scene(seed, tuple(tuple(tower) for tower in towers), told)


def legal_moves(towers: Sequence[Sequence[int]]) -> list[tuple[int, str]]:
    """Every (rank, onto) that a rule allows now."""
    tops = [
        (tower[-1] if tower else MOST, f"b{tower[-1]}" if tower else AREAS[area]) for area, tower in enumerate(towers)
    ]
    return [(one, name) for one, _ in tops if one < MOST for other, name in tops if one < other]


def parse_scene(value: Any) -> Scene:
    """``{seed, blocks, task, start, goal}`` -> Scene; what is missing is drawn by the seed. Raises InputError."""
    if not isinstance(value, Mapping):
        raise InputError("scene", "send {seed, blocks, task, start, goal}; each may be left out")
    seed = _whole(value, "seed", 0, 0, MOST_SEEDS - 1)
    blocks = _whole(value, "blocks", 3, FEWEST, MOST)
    task = value.get("task", "hanoi")
    if task not in TASKS:
        raise InputError("task", f"task must be one of {', '.join(TASKS)}")
    scene = random_scene(seed, task, blocks)
    if scene.instruction.goal is None:
        return scene
    drawn = [*(area for area, tower in enumerate(scene.towers) if tower), scene.instruction.goal]
    start, goal = _area(value, "start"), _area(value, "goal")
    if start is None:
        start = next(area for area in drawn if area != goal)
    if goal is None:
        goal = next(area for area in reversed(drawn) if area != start)
    if start == goal:
        raise InputError("goal", "start and goal must be two different areas")
    ranks = sorted((rank for tower in scene.towers for rank in tower), reverse=True)
    towers = tuple(tuple(ranks) if area == start else () for area in range(len(AREAS)))
    return Scene(seed, towers, Instruction("hanoi", goal=goal))


def digest(scene: Scene, actions: Iterable[Action]) -> dict[str, str]:
    """sha256 of an episode's states (float64) and of what its camera saw (uint8): the same wherever it is played."""
    world, camera = scene.world(), scene.camera()
    states, images = sha256(), sha256()
    for action in actions:
        world.step(action)
        held = -1 if world.held is None else world.held
        ended = -1 if world.failure is None else REASONS.index(world.failure)
        state = [world.x, world.z, world.opening, world.closed, held, world.moves, ended, world.success]
        state += [value for block in world.blocks for value in (block.rank, block.x, block.z, block.fallen)]
        states.update(np.array(state, "<f8").tobytes())
        images.update(camera.image(world).tobytes())
    return {"states": states.hexdigest(), "images": images.hexdigest()}


def _whole(value: Mapping[str, Any], name: str, default: int, low: int, high: int) -> int:
    number = value.get(name, default)
    if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
        raise InputError(name, f"{name} must be a whole number from {low} to {high}")
    return number


def _area(value: Mapping[str, Any], name: str) -> int | None:
    area = value.get(name)
    if area is None:
        return None
    if area not in AREAS:
        raise InputError(name, f"{name} must be one of {', '.join(AREAS)}")
    return AREAS.index(area)
