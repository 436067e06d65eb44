"""From the perception network's answer to where blocks are, in metres: marks on the table calibrate the camera."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np

from .geometry import Poses
from .world import AREA_X, HEIGHT, MOST, WIDTHS

THINGS = MOST + len(AREA_X)
"""What the network looks for: each block, and the mark of each area."""
EACH = np.arange(THINGS)
CELL = 4
"""Pixels along a cell's side."""
SKY = 5
"""Rows of cells at the top that it does not look at: a tower of six ends below. The arm is there, and what it holds."""
SURE = 0.0
"""Logit above which a block counts as seen."""
UNSURE = (SURE, -2.0, -4.0)
"""What it is lowered to, in turn, when what is seen can not be all there is."""
CERTAIN = 2.5
"""Logit below which a block hardly counts beside another one."""
TOUCHING = 0.02
"""Blocks beside each other seem to overlap by less than this, in metres."""
X_MEAN = sum(AREA_X) / len(AREA_X)
X_AWAY = tuple(x - X_MEAN for x in AREA_X)
X_SQUARES = sum(away**2 for away in X_AWAY)


@dataclass(frozen=True)
class Sight:
    """What the network saw in one picture."""

    poses: dict[int, tuple[float, float]]
    """Each seen block's rank -> (middle, underside), in metres."""
    boxes: dict[int, tuple[float, float, float, float]]
    """Each seen block's (left, top, right, bottom) in the picture, in pixels."""
    sure: dict[int, float]
    """How sure the network is of each seen block, from 0 to 1."""


def read(answer: np.ndarray, sure_from: float = SURE) -> Sight:
    """float32 [27, 11, 24] -> Sight. Every thing is where its logit is highest, corrected by the offset told there.

    The marks lie at known places of the table, so a straight line through what was seen of them turns columns into
    metres; the camera has no tilt, so rows have the same scale.
    """
    columns = answer.shape[2]
    flat = answer.reshape(3, THINGS, -1)
    best = flat[0].argmax(1)
    logits, right, down = flat[:, EACH, best].tolist()
    cells = [divmod(cell, columns) for cell in best.tolist()]
    across = [(cells[thing][1] + 0.5 + right[thing]) * CELL for thing in range(THINGS)]
    along = [(cells[thing][0] + SKY + 0.5 + down[thing]) * CELL for thing in range(THINGS)]
    marks, rows = across[MOST:], along[MOST:]
    middle = sum(marks) / len(marks)
    scale = sum([away * (column - middle) for away, column in zip(X_AWAY, marks, strict=True)]) / X_SQUARES
    table = sum(rows) / len(rows)
    poses: dict[int, tuple[float, float]] = {}
    boxes, sure = {}, {}
    seen = [(-logits[rank], rank) for rank in range(MOST) if logits[rank] > sure_from and scale > 0]
    for _, rank in sorted(seen):
        x, z = X_MEAN + (across[rank] - middle) / scale, (table - along[rank]) / scale - HEIGHT / 2
        near = 0.4 if logits[rank] > CERTAIN else 0.7
        if poses and taken((x, z), rank, poses, near * HEIGHT):  # two blocks can not be in one place: the surer one is
            continue
        poses[rank] = (x, z)
        half, tall = WIDTHS[rank] / 2 * scale, HEIGHT / 2 * scale
        boxes[rank] = (across[rank] - half, along[rank] - tall, across[rank] + half, along[rank] + tall)
        sure[rank] = 1 / (1 + exp(-logits[rank]))
    return Sight(poses, boxes, sure)


def taken(pose: tuple[float, float], rank: int, poses: Poses, near: float = 0.7 * HEIGHT) -> bool:
    """Whether one of the blocks is where this one would be: beside it, and less than ``near`` above or below."""
    x, z = pose
    for other, (other_x, other_z) in poses.items():
        beside = (WIDTHS[rank] + WIDTHS[other]) / 2 - TOUCHING
        if other != rank and abs(z - other_z) < near and abs(x - other_x) < beside:
            return True
    return False
