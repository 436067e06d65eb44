"""Let an end-to-end policy act in many episodes at once: what checkpoints are chosen by while one trains."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ...exhibits.tower.policy import decode_actions, encode_gripper, encode_instruction
from ...exhibits.tower.scene import Scene

Ask = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""(images [N, 64, 96, 3], grippers [N, 3], instructions [N, 20]) -> action chunks [N, 16, 3]."""


def rollouts(ask: Ask, scenes: Sequence[Scene], execute: int) -> list[str | None]:
    """Each episode's failure, or None for a success; of each chunk ``execute`` steps are carried out."""
    worlds = [scene.world() for scene in scenes]
    cameras = [scene.camera() for scene in scenes]
    told = np.stack([encode_instruction(scene.instruction) for scene in scenes])
    while running := [index for index, world in enumerate(worlds) if not world.over]:
        images = np.stack([cameras[index].image(worlds[index]) for index in running])
        grippers = np.stack([encode_gripper(w.x, w.z, w.opening) for w in (worlds[index] for index in running)])
        for index, chunk in zip(running, ask(images, grippers, told[running]), strict=True):
            for action in decode_actions(chunk[:execute]):
                worlds[index].step(action)
    return [world.failure for world in worlds]
