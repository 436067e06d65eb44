"""What is between an agent and its world: what it gets to know in a step, and the clock it is asked by."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from .camera import Camera
from .world import Action, World


class Observation(NamedTuple):
    """All that an agent gets of the world in one step."""

    look: Callable[[], np.ndarray]
    """Takes the camera's picture now: uint8 [64, 96, 3]. Most steps need none."""
    gripper: tuple[float, float, float]
    """x, z and opening, in metres."""


class Agent(Protocol):
    """Who acts: asked once per step, first whether it goes on as it said, and if not, what it decides."""

    def goes_on(self, gripper: tuple[float, float, float]) -> Action | None: ...

    async def decide(self, seen: Observation) -> Action: ...


async def timed(agent: Agent, world: World, camera: Camera, clock: Callable[[], float]) -> tuple[Action, float]:
    """What an agent decides, and the seconds that it computed for; taking the picture is the camera's work."""
    start, gripper = clock(), (world.x, world.z, world.opening)
    if (goes_on := agent.goes_on(gripper)) is not None:
        return goes_on, clock() - start
    taken_s = 0.0

    def look() -> np.ndarray:
        nonlocal taken_s
        start = clock()
        image = camera.image(world)
        taken_s += clock() - start
        return image

    action = await agent.decide(Observation(look, gripper))
    return action, clock() - start - taken_s
