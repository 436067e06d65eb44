"""Where the gripper should be for a phase, and how high it must travel: from block poses, seen or true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .world import AREA_X, AREAS, FINGER, HEIGHT, SPAN, WIDTHS

PHASES = ("reach", "grasp", "carry", "release")
GRASP_GAP = 0.005
"""The palm stops this far above a block's top."""
LAND_GAP = 0.004
"""A block is let go this far above what it is put on."""
CLEARANCE = 0.02
"""What hangs below the palm passes this far above everything in its way."""
REACH = SPAN / 2 + FINGER[0] + 0.01
"""A block that is farther than this beside the gripper's way is not in it."""
SCALE = 0.1
"""Metres that make one unit of a skill's features."""

Poses = Mapping[int, tuple[float, float]]
"""Each block's rank -> its (middle, underside), in metres."""


def support_of(name: str, poses: Poses) -> tuple[float, float]:
    """(middle, top) of a block ``b<rank>`` or of an area."""
    if name in AREAS:
        return AREA_X[AREAS.index(name)], 0.0
    x, z = poses[int(name[1:])]
    return x, z + HEIGHT


def features(phase: str, gripper: tuple[float, float], block: int, onto: str, poses: Poses) -> np.ndarray:
    """float32 [3]: ``offsets`` in units of SCALE, as a skill takes them."""
    return in_units(offsets(phase, gripper, block, onto, poses))


def in_units(metres: tuple[float, float, float]) -> np.ndarray:
    return np.array(metres, np.float32) / np.float32(SCALE)


@dataclass(frozen=True)
class Way:
    """Where a phase wants the gripper, and what is in its way."""

    to_x: float
    to_z: float
    hang: float
    """How far what hangs below the palm reaches down."""
    tops: tuple[tuple[float, float, float], ...]
    """(left, right, top) of each block that it must pass over where it comes near."""

    def offsets(self, x: float, z: float) -> tuple[float, float, float]:
        """From the gripper to where it is wanted, and to the height at which it may travel, in metres."""
        low, high, highest = min(x, self.to_x) - REACH, max(x, self.to_x) + REACH, 0.0
        for left, right, top in self.tops:
            if low < right and left < high and top > highest:
                highest = top
        return self.to_x - x, self.to_z - z, highest + self.hang + CLEARANCE - z


def offsets(
    phase: str, gripper: tuple[float, float], block: int, onto: str, poses: Poses
) -> tuple[float, float, float]:
    """How far the gripper (x, z) is from where the phase wants it: as ``Way.offsets`` has it."""
    return way(phase, gripper, block, onto, poses).offsets(*gripper)


def way(phase: str, gripper: tuple[float, float], block: int, onto: str, poses: Poses) -> Way:
    """reach and grasp want the gripper over ``block``; carry and release over ``onto``, by as much as the block in the
    gripper needs, which stays where it is between the fingers.
    """
    x, z = gripper
    own_x, own_z = poses[block]
    if phase in ("reach", "grasp"):
        to_x, to_z, hang = own_x, own_z + HEIGHT + GRASP_GAP, FINGER[1]
    else:
        gap = z - own_z
        support_x, support_top = support_of(onto, poses)
        to_x, to_z, hang = support_x + (x - own_x), support_top + gap + LAND_GAP, max(gap, FINGER[1])
    tops = [
        (other_x - WIDTHS[rank] / 2, other_x + WIDTHS[rank] / 2, other_z + HEIGHT)
        for rank, (other_x, other_z) in poses.items()
        if phase in ("reach", "grasp") or rank != block
    ]
    return Way(to_x, to_z, hang, tuple(tops))
