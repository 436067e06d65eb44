"""What a picture is taken to mean: the network's answer, with what is remembered and felt, as symbols and poses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ...planning import State
from . import symbols
from .geometry import GRASP_GAP, Poses
from .perception import UNSURE, Sight, read, taken
from .world import HEIGHT


@dataclass(frozen=True)
class View:
    """What a picture was taken to mean."""

    sight: Sight
    facts: State
    poses: dict[int, tuple[float, float]]
    held: int | None
    plausible: bool


def interpret(
    answer: np.ndarray, gripper: tuple[float, float, float], remembered: Poses, known: Collection[int]
) -> View:
    """The surest sight that can be all there is, of all blocks that are known; else one that can be all there is.

    ``remembered`` blocks that are not seen lie where they were last, if nothing else is seen there.
    """
    view = None
    for sure_from in UNSURE:
        sight = read(answer, sure_from)
        poses = {rank: pose for rank, pose in remembered.items() if not taken(pose, rank, sight.poses)} | sight.poses
        held = symbols.held_block(gripper, poses)
        if held is not None and held not in poses:
            poses[held] = gripper[0], gripper[1] - HEIGHT - GRASP_GAP
        if view and poses.keys() == view.poses.keys():
            continue
        facts = symbols.ground(gripper, poses)
        settled, plausible = symbols.settled(facts, poses)
        latest = View(sight, facts, settled, held, plausible)
        if latest.plausible and (not known or poses.keys() == set(known)):
            return latest
        if view is None or not view.plausible:
            view = latest
    assert view
    return view
