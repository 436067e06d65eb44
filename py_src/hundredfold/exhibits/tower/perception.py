"""From the perception network's answer to where blocks are, in metres: marks on the table calibrate the camera."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np

from .geometry import Poses
from .world import AREA_X, HEIGHT, MOST, WIDTHS

THINGS = MOST + len(AREA_X)
"""What the network looks for: each block, and the mark of each area."""
CELL = 4
"""Pixels along a cell's side."""
SURE = 0.0
"""Logit above which a block counts as seen."""
UNSURE = (SURE, -2.0, -4.0)
"""What it is lowered to, in turn, when what is seen can not be all there is."""
CERTAIN = 2.5
"""Logit below which a block hardly counts beside another one."""
TOUCHING = 0.02
"""Blocks beside each other seem to overlap by less than this, in metres."""
X_MEAN = sum(AREA_X) / len(AREA_X)
X_SQUARES = sum((x - X_MEAN) ** 2 for x in AREA_X)


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
    """float32 [27, 16, 24] -> Sight. Every thing is where its logit is highest, corrected by the offset told there.

    The marks lie at known places of the table, so a straight line through what was seen of them turns columns into
    metres; the camera has no tilt, so rows have the same scale.
    """
    columns = answer.shape[2]
    flat = answer.reshape(3, THINGS, -1)
    best = flat[0].argmax(1)
    logits, *shifts = flat[:, range(THINGS), best].tolist()
    cells = [divmod(cell, columns) for cell in best.tolist()]
    across = [(column + 0.5 + shift) * CELL for (_, column), shift in zip(cells, shifts[0], strict=True)]
    along = [(row + 0.5 + shift) * CELL for (row, _), shift in zip(cells, shifts[1], strict=True)]
    marks, rows = across[MOST:], along[MOST:]
    middle = sum(marks) / len(marks)
    scale = sum((x - X_MEAN) * (column - middle) for x, column in zip(AREA_X, marks, strict=True)) / X_SQUARES
    table = sum(rows) / len(rows)
    poses: dict[int, tuple[float, float]] = {}
    boxes, sure = {}, {}
    for rank in sorted(range(MOST), key=lambda each: -logits[each]):
        if logits[rank] <= sure_from or scale <= 0:
            continue
        x, z = X_MEAN + (across[rank] - middle) / scale, (table - along[rank]) / scale - HEIGHT / 2
        near = 0.4 if logits[rank] > CERTAIN else 0.7
        if taken((x, z), rank, poses, near * HEIGHT):  # two blocks can not be in one place: the surer one is
            continue
        poses[rank] = (x, z)
        half, tall = WIDTHS[rank] / 2 * scale, HEIGHT / 2 * scale
        boxes[rank] = (across[rank] - half, along[rank] - tall, across[rank] + half, along[rank] + tall)
        sure[rank] = 1 / (1 + exp(-logits[rank]))
    return Sight(poses, boxes, sure)


def taken(pose: tuple[float, float], rank: int, poses: Poses, near: float = 0.7 * HEIGHT) -> bool:
    """Whether one of the blocks is where this one would be: beside it, and less than ``near`` above or below."""
    x, z = pose
    return any(
        abs(z - other_z) < near and abs(x - other_x) < (WIDTHS[rank] + WIDTHS[other]) / 2 - TOUCHING
        for other, (other_x, other_z) in poses.items()
        if other != rank
    )
