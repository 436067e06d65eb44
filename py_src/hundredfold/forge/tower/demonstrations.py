"""What the expert shows to both agents: episodes as arrays, and pictures of them through as many cameras as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from ...adapters.cores import cores
from ...exhibits.tower.camera import COLUMNS, ROWS, Camera
from ...exhibits.tower.geometry import GRASP_GAP, Poses
from ...exhibits.tower.policy import encode_gripper, encode_instruction
from ...exhibits.tower.scene import Scene, random_scene
from ...exhibits.tower.world import AREA_X, CEILING, FINGER, HEIGHT, MOST, SPEED, Action, World
from .expert import Step, demonstrate

FIRST_SEED = 2**31
"""Seeds from here on are the forge's: evaluation uses smaller ones."""
VALIDATION_SEED = 3 * 2**30
SHOWN = (0, 1, 2, 3)
"""The four sizes out of which three make each of the Hanoi episodes that the end-to-end agent is shown."""


@dataclass(frozen=True)
class Demonstration:
    """One episode: what was meant and done, and what was so, before each step."""

    scene: Scene
    steps: tuple[Step, ...]
    done: tuple[Action, ...]
    """What was executed: what was meant, and how the hand slipped."""
    start: tuple[float, float] | None
    """Where the gripper began, if not where the scene has it."""
    gripper: np.ndarray
    """float32 [steps, 3]: x, z and opening, in metres."""
    poses: np.ndarray
    """float32 [steps, 6, 2]: each block's middle and underside; NaN where there is none."""

    def actions(self) -> np.ndarray:
        """float32 [steps, 3]: what was meant, speeds in units of SPEED, 1 for a closed gripper."""
        meant = [(each.action.dx / SPEED, each.action.dz / SPEED, each.action.closed) for each in self.steps]
        return np.array(meant, np.float32)

    def observations(self) -> tuple[np.ndarray, np.ndarray]:
        """float32 [steps, 3] and [steps, 20]: the gripper's state and the instruction, as the policy takes them."""
        gripper = np.stack([encode_gripper(*row) for row in self.gripper.astype(float)])
        return gripper, np.tile(encode_instruction(self.scene.instruction), (len(gripper), 1))

    def states(self) -> Iterator[tuple[tuple[float, float, float], Poses]]:
        """The gripper's x, z and opening and the blocks' poses, before each step and after the last one."""
        world = _world(self.scene, self.start)
        for action in (*self.done, None):
            yield (world.x, world.z, world.opening), {block.rank: (block.x, block.z) for block in world.blocks}
            if action:
                world.step(action)

    def images(self, camera_seed: int) -> np.ndarray:
        """uint8 [steps, 64, 96, 3]: the episode again, through a camera of this seed."""
        camera, world = Camera(camera_seed), _world(self.scene, self.start)
        pictures = np.empty((len(self.done), ROWS, COLUMNS, 3), np.uint8)
        for picture, action in zip(pictures, self.done, strict=True):
            picture[:] = camera.image(world)
            world.step(action)
        return pictures


def _world(scene: Scene, start: tuple[float, float] | None) -> World:
    world = scene.world()
    if start:
        world.x, world.z = start
    return world


def anywhere(scene: Scene) -> tuple[float, float]:
    """A place where the gripper may begin: over any area, most often right above what is there, as after a stacking."""
    random = np.random.default_rng([scene.seed, 6])
    area = int(random.integers(len(AREA_X)))
    low = max(HEIGHT * len(scene.towers[area]), FINGER[1]) + GRASP_GAP
    return AREA_X[area] + float(random.uniform(-0.01, 0.01)), low + (CEILING - low) * float(random.random()) ** 2


def record(scene: Scene, start: tuple[float, float] | None = None) -> Demonstration:
    """Let the expert do it, and write it down; raises RuntimeError if even the expert fails."""
    world = _world(scene, start)
    steps, done, gripper, poses = [], [], [], []
    for step, slipped in demonstrate(scene, world):
        row = np.full((MOST, 2), np.nan, np.float32)
        for block in world.blocks:
            row[block.rank] = block.x, block.z
        steps.append(step)
        done.append(slipped)
        gripper.append((world.x, world.z, world.opening))
        poses.append(row)
        world.step(slipped)
    if not world.success:
        raise RuntimeError(f"the expert failed in {scene}: {world.failure or 'it did not end'}")
    return Demonstration(scene, tuple(steps), tuple(done), start, np.array(gripper, np.float32), np.array(poses))


def hanoi(count: int, first: int = FIRST_SEED) -> list[Scene]:
    """Whole towers of three of the four shown sizes."""
    scenes = []
    for seed in range(first, first + count):
        left_out = seed % len(SHOWN)
        ranks = [rank for rank in SHOWN if rank != left_out]
        scenes.append(random_scene(seed, "hanoi", ranks))
    return scenes


def stackings(count: int, first: int, blocks: int | None = None) -> list[Scene]:
    """Single moves among one to three blocks, or so many, of any size, lying anywhere they may."""
    return [random_scene(seed, "single", blocks or 1 + seed % 3) for seed in range(first, first + count)]


def end_to_end(quick: bool = False) -> list[Scene]:
    """150 whole solutions with three blocks, and 150 single moves from random valid configurations."""
    share = 1 if quick else 150
    return hanoi(share) + stackings(share, FIRST_SEED + 10_000)


def neuro_symbolic(quick: bool = False) -> list[Demonstration]:
    """50 stackings among three blocks, none of which is a solution, begun with the gripper anywhere."""
    scenes = stackings(4 if quick else 50, FIRST_SEED + 20_000, 3)
    return [record(scene, anywhere(scene)) for scene in scenes]


def render(demonstrations: Sequence[Demonstration], camera_seed: int) -> np.ndarray:
    """uint8 [all steps, 64, 96, 3], each episode through a camera of its own."""
    jobs = [(each, camera_seed + index) for index, each in enumerate(demonstrations)]
    with ProcessPoolExecutor(min(2, cores())) as pool:
        return np.concatenate(list(pool.map(partial(_render), jobs, chunksize=8)))


def _render(job: tuple[Demonstration, int]) -> np.ndarray:
    return job[0].images(job[1])
