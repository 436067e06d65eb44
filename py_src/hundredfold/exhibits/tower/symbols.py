"""From block poses and the gripper's own state to symbols: on, clear, holding, handempty and smaller."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import cache

from ...planning import Fact, State
from .geometry import Poses
from .world import AREA_WIDTH, AREAS, HEIGHT, SPAN, WIDTHS, Instruction, nearest_area

NAMES = tuple(f"b{rank}" for rank in range(len(WIDTHS)))
FEELS = 0.01
"""Fingers that are at least this far apart, and this much closer than open, are felt to be on something, in metres."""
REACH = 0.8 * HEIGHT
"""A block that is seen farther than this from where a held one would be is not held, in metres."""

LEVEL = 0.6 * HEIGHT
"""A block that is seen farther than this from where it must be is not there, in metres."""


def name(rank: int) -> str:
    return NAMES[rank]


def smaller(ranks: Iterable[int]) -> State:
    """Which thing is narrower than which: blocks and areas alike, by their widths."""
    return _smaller(frozenset(ranks))


@cache
def _smaller(ranks: frozenset[int]) -> State:
    """It never changes for the same blocks, of which there are at most 64 sets."""
    widths = {name(rank): WIDTHS[rank] for rank in ranks} | dict.fromkeys(AREAS, AREA_WIDTH)
    return frozenset(("smaller", a, b) for a, wide in widths.items() for b, wider in widths.items() if wide < wider)


def closed(gripper: tuple[float, float, float]) -> bool:
    """Whether the gripper feels that its fingers are not fully open."""
    return gripper[2] < SPAN - FEELS


def held_block(gripper: tuple[float, float, float], poses: Poses) -> int | None:
    """The block between the fingers: of the width that they feel, and not seen anywhere else."""
    x, z, opening = gripper
    if not FEELS < opening < SPAN - FEELS:
        return None
    rank = min(range(len(WIDTHS)), key=lambda each: abs(WIDTHS[each] - opening))
    if abs(WIDTHS[rank] - opening) > FEELS / 2:
        return None
    seen_x, seen_z = poses.get(rank, (x, z - HEIGHT))
    return rank if max(abs(seen_x - x), abs(seen_z + HEIGHT - z)) < REACH else None


def ground(gripper: tuple[float, float, float], poses: Poses) -> State:
    """The symbols that hold; every block that is not held rests on the next lower one of its area, or on the area."""
    held = held_block(gripper, poses)
    facts: set[Fact] = set(smaller(poses))
    facts.add(("handempty",) if held is None else ("holding", name(held)))
    tops = dict(enumerate(AREAS))
    for rank in sorted((rank for rank in poses if rank != held), key=lambda rank: poses[rank][1]):
        area = nearest_area(poses[rank][0])
        facts.add(("on", name(rank), tops[area]))
        tops[area] = name(rank)
    facts.update(("clear", top) for top in tops.values())
    return frozenset(facts)


def settled(facts: State, poses: Poses) -> tuple[dict[int, tuple[float, float]], bool]:
    """(the poses, with the height of each resting block as what it rests on has it: symbols correct the senses;

    whether every block was seen about there: else there is one that was not seen, or one falls). Where both are a whole
    block apart the eyes are right, to the next level: something that was not seen lies below.
    """
    below = {fact[1]: fact[2] for fact in facts if fact[0] == "on"}
    corrected, plausible = {}, True
    for rank, (x, z) in poses.items():
        thing = below.get(name(rank))
        if thing is not None:
            height = 0.0
            while thing in below:
                height, thing = height + HEIGHT, below[thing]
            if abs(z - height) < LEVEL:
                z = height
            else:
                z, plausible = HEIGHT * max(0, round(z / HEIGHT)), False
        corrected[rank] = x, z
    return corrected, plausible


def goal(told: Instruction, ranks: Iterable[int]) -> State:
    """What must hold in the end: one block where it was asked for, or the whole tower in the goal area."""
    if told.goal is None:
        return frozenset({("on", f"b{told.block}", str(told.onto))})
    order = [AREAS[told.goal], *(name(rank) for rank in sorted(ranks, reverse=True))]
    return frozenset(("on", upper, lower) for lower, upper in itertools.pairwise(order))


def as_text(facts: Mapping[str, object] | State) -> list[str]:
    """Facts as a person reads them, sorted, without the sizes that never change."""
    return sorted(f"{fact[0]}({', '.join(fact[1:])})" for fact in facts if fact[0] != "smaller")
