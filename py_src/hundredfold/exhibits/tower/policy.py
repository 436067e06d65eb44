"""The end-to-end agent's own senses and hands: an observation as tensors, and its network's answer as actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from .world import AREAS, MOST, SPAN, SPEED, TASKS, Action, Instruction

CHUNK = 16
EXECUTE = 8
"""Steps that one answer of the network plans ahead, and how many of them are carried out before it is asked again."""
ONTO = tuple(f"b{rank}" for rank in range(MOST)) + AREAS
TOLD = len(TASKS) + len(AREAS) + MOST + len(ONTO)
"""Length of an instruction's vector."""


def encode_instruction(told: Instruction) -> np.ndarray:
    """float32 [20]: task, goal area, block and what to put it on, each one-hot."""
    task, goal, block, onto = np.zeros(len(TASKS)), np.zeros(len(AREAS)), np.zeros(MOST), np.zeros(len(ONTO))
    task[TASKS.index(told.task)] = 1
    if told.goal is not None:
        goal[told.goal] = 1
    if told.block is not None:
        block[told.block] = 1
    if told.onto is not None:
        onto[ONTO.index(told.onto)] = 1
    return np.concatenate([task, goal, block, onto]).astype(np.float32)


def encode_gripper(x: float, z: float, opening: float) -> np.ndarray:
    """float32 [3]: the gripper's place and opening, each about -1 to 1."""
    return np.array([(x - 0.3) / 0.3, (z - 0.17) / 0.17, opening / SPAN * 2 - 1], np.float32)


def decode_actions(answer: Iterable[Sequence[float]]) -> list[Action]:
    """float32 [steps, 3] -> actions: two speeds in units of SPEED, and the logit of closing the gripper."""
    return [Action(float(dx) * SPEED, float(dz) * SPEED, bool(logit > 0)) for dx, dz, logit in answer]
