"""Train the perception network on pictures of the 50 stackings, each episode seen through new cameras every epoch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from ...exhibits.tower.camera import COLUMNS, ROWS, Camera
from ...exhibits.tower.perception import CELL, THINGS
from ...exhibits.tower.world import AREA_X, HEIGHT, MOST
from ..ledger import Ledger
from ..train import Plan, learning_rate
from .demonstrations import FIRST_SEED, Demonstration, render
from .networks import Perception

CAMERAS = FIRST_SEED + 500_000_000
OFFSET_WEIGHT = 2.0
NEAR = 1.0
"""Cells whose middle is nearer than this to a thing's, in cells, learn its offset."""


def places(demonstrations: Sequence[Demonstration], camera_seed: int) -> np.ndarray:
    """float32 [all steps, 9, 2]: where each thing's middle is seen, (column, row) in cells; NaN where it is not."""
    parts = []
    for index, each in enumerate(demonstrations):
        camera = Camera(camera_seed + index)
        seen = np.full((len(each.poses), THINGS, 2), np.nan, np.float32)
        x, z = each.poses[..., 0], each.poses[..., 1] + HEIGHT / 2
        seen[:, :MOST, 0], seen[:, :MOST, 1] = camera.pixel(x, z)  # type: ignore[arg-type]  # arrays do as well
        seen[:, MOST:] = [camera.pixel(area, 0.0) for area in AREA_X]
        parts.append(seen / CELL)
    return np.concatenate(parts)


def mirrored(images: torch.Tensor, things: np.ndarray, chosen: torch.Tensor) -> tuple[torch.Tensor, np.ndarray]:
    """Some of the pictures seen in a mirror, in which the left area's mark is where the right one's was."""
    images[chosen] = images[chosen].flip(2)
    other = things[chosen.numpy()]
    other[..., 0] = COLUMNS / CELL - other[..., 0]
    other[:, MOST:] = other[:, MOST:][:, ::-1]
    things[chosen.numpy()] = other
    return images, things


def targets(things: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """(cells [N, 9], offsets [N, 2, 9, 16, 24], near [N, 9, 16, 24]) for places [N, 9, 2].

    ``cells`` is the index of the cell that a thing's middle is in; one more than there are where it is not seen.
    """
    middles = torch.from_numpy(things)[:, :, :, None, None]
    columns = torch.arange(COLUMNS // CELL) + 0.5
    rows = torch.arange(ROWS // CELL)[:, None] + 0.5
    across, along = torch.broadcast_tensors(middles[:, :, 0] - columns, middles[:, :, 1] - rows)
    near = (across.abs() <= NEAR) & (along.abs() <= NEAR)
    inside = (across.abs() <= 0.5) & (along.abs() <= 0.5)
    cells = torch.cat([inside.flatten(2), ~inside.flatten(2).any(2, keepdim=True)], 2).int().argmax(2)
    return cells, torch.stack([across, along], 1).nan_to_num(0), near


def loss(answer: torch.Tensor, things: np.ndarray) -> torch.Tensor:
    """Cross entropy of which cell a thing is in, or, with a logit of 0, none; and the offsets' mean absolute error."""
    cells, offsets, near = targets(things)
    logits, told = answer[:, :THINGS].flatten(2), answer[:, THINGS:].unflatten(1, (2, THINGS))
    logits = torch.cat([logits, torch.zeros_like(logits[:, :, :1])], 2)
    where = F.cross_entropy(logits.flatten(0, 1), cells.flatten())
    shift = ((told - offsets).abs() * near[:, None]).sum() / near.sum()
    total: torch.Tensor = where + OFFSET_WEIGHT * shift
    return total


def train_perception(
    demonstrations: Sequence[Demonstration], plan: Plan, ledger: Ledger
) -> tuple[Perception, list[dict[str, Any]]]:
    """The network, and its curve."""
    torch.manual_seed(plan.seed)
    network = Perception()
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs lack this form
    optimiser = torch.optim.AdamW(network.parameters(), plan.peak_lr, weight_decay=plan.weight_decay, fused=True)
    curve = []
    for epoch in range(plan.epochs):
        camera_seed = CAMERAS + epoch * 1000
        images, things = torch.from_numpy(render(demonstrations, camera_seed)), places(demonstrations, camera_seed)
        order = torch.randperm(len(images), generator=torch.Generator().manual_seed(plan.seed * 1000 + epoch))
        images, things = mirrored(images, things, order[: len(order) // 2])
        steps, total = len(order) // plan.batch, 0.0
        with ledger.counting("train perception"):
            for step in range(steps):
                for group in optimiser.param_groups:
                    group["lr"] = learning_rate(plan, (epoch + step / steps) / plan.epochs)
                chosen = order[step * plan.batch : (step + 1) * plan.batch]
                optimiser.zero_grad(set_to_none=True)
                with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                    answer = network(images[chosen])
                value = loss(answer.float(), things[chosen.numpy()])
                value.backward()
                optimiser.step()
                total += float(value.detach())
        curve.append({"epoch": epoch + 1, "loss": total / steps})
        if epoch % 5 == 4 or epoch + 1 == plan.epochs:
            print(f"perception: {json.dumps(curve[-1])} after {ledger.seconds:.0f} s", flush=True)
    return network.eval(), curve
