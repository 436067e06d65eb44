"""Let an agent act in many seeded episodes, natively: how often it succeeds, why it fails, and what that takes."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...adapters.native import opener
from ...energy.meter import Meter
from ...environment import UsageError
from ...exhibits.tower.acting import Agent, Observation, timed
from ...exhibits.tower.agent import NETWORKS, neuro_symbolic
from ...exhibits.tower.camera import Jitter
from ...exhibits.tower.play import operators
from ...exhibits.tower.policy import EXECUTE, decode_actions, encode_gripper, encode_instruction
from ...exhibits.tower.scene import Scene, random_scene
from ...exhibits.tower.world import FEWEST, MOST, Action, World
from ...manifest import Manifest
from ...session import Session
from ..score import wilson

AGENTS = {"here": "neuro-symbolic", "there": "end-to-end"}
SEEDS = 100_000
"""Episodes of one evaluation at most; their seeds are below those that the forge uses."""

AS_TRAINED = Jitter()
"""The camera strays as far as it did in training."""
TURN = 10
"""Episodes that an agent acts in before the other one's turn."""


@dataclass
class Episode:
    """What became of one episode. ``compute_s`` are CPU seconds."""

    failure: str | None
    steps: int
    moves: int
    fewest_moves: int
    model_calls: int
    compute_s: float
    replans: int


class EndToEnd:
    """The end-to-end agent: its network is asked for a chunk of actions, of which the first ones are carried out."""

    def __init__(self, session: Session, world: World) -> None:
        self._session, self._told = session, encode_instruction(world.instruction)[None]
        self._ahead: list[Action] = []
        self.model_calls, self.replans = 0, 0

    def goes_on(self, _: tuple[float, float, float]) -> Action | None:
        return self._ahead.pop(0) if self._ahead else None

    async def decide(self, seen: Observation) -> Action:
        feeds = {
            "image": seen.look()[None],
            "gripper": encode_gripper(*seen.gripper)[None],
            "instruction": self._told,
        }
        (chunk,) = await self._session.run(None, feeds)
        self.model_calls += 1
        self._ahead = decode_actions(chunk[0][:EXECUTE])
        return self._ahead.pop(0)


async def run(scene: Scene, sessions: Mapping[str, Session], jitter: Jitter) -> Episode:
    """One episode; ``sessions`` are the networks of the neuro-symbolic agent, or one policy under any name."""
    world, camera, compute_s = scene.world(), scene.camera(jitter), 0.0
    here = await neuro_symbolic(sessions, operators(), world.instruction) if "perception" in sessions else None
    there = EndToEnd(next(iter(sessions.values())), world)
    agent: Agent = here or there
    while not world.over:
        action, seconds = await timed(agent, world, camera, time.thread_time)
        compute_s += seconds
        world.step(action)
    calls, replans = (here.counts.model_calls, max(0, here.thought.replans)) if here else (there.model_calls, 0)
    return Episode(world.failure, world.step_count, world.moves, scene.fewest_moves(), calls, compute_s, replans)


def scenes(task: str, blocks: int, episodes: int, seed: int) -> list[Scene]:
    """The episodes of an evaluation; raises UsageError for more than there are seeds."""
    if not 1 <= episodes <= SEEDS:
        raise UsageError(f"--episodes must be from 1 to {SEEDS}")
    if not 0 <= seed < 2**31 // SEEDS:
        raise UsageError(f"--seed must be from 0 to {2**31 // SEEDS - 1}")
    return [random_scene(seed * SEEDS + index, task, blocks) for index in range(episodes)]


def evaluate(
    sessions: Mapping[str, Session],
    chosen: Sequence[Scene],
    meter: Meter,
    jitter: Jitter = AS_TRAINED,
) -> dict[str, Any]:
    """What `in_turns()` tells of one agent."""
    return in_turns({"alone": sessions}, chosen, meter, jitter)["alone"]


def in_turns(
    agents: Mapping[str, Mapping[str, Session]],
    chosen: Sequence[Scene],
    meter: Meter,
    jitter: Jitter = AS_TRAINED,
) -> dict[str, dict[str, Any]]:
    """For each agent ``{episodes, successes, share, failures_by_reason, joules_per_episode, joules_per_success, ...}``.

    The agents take turns of a few episodes, so that what else the machine does meets them all alike. Joules are what
    the meter reads while the episodes run, and of it the part that the agent has in the CPU seconds: the world and its
    camera are no part of the agent. Medians are over all episodes.
    """
    runs = {name: Record(sessions) for name, sessions in agents.items()}
    for first in range(0, len(chosen), TURN):
        for each in runs.values():
            each.take(chosen[first : first + TURN], meter, jitter)
    return {name: each.told() for name, each in runs.items()}


class Record:
    """What became of an agent's episodes."""

    def __init__(self, sessions: Mapping[str, Session]) -> None:
        self._sessions = sessions
        self._done: list[Episode] = []
        self._joules = dict.fromkeys(("low", "mid", "high"), 0.0)

    def take(self, chosen: Sequence[Scene], meter: Meter, jitter: Jitter) -> None:
        """Act in these, within one reading of the meter."""

        async def all_episodes() -> list[Episode]:
            return [await run(scene, self._sessions, jitter) for scene in chosen]

        window, wall_s, cpu_s = meter.start("tower"), time.perf_counter(), time.thread_time()
        done = asyncio.run(all_episodes())
        wall_s, cpu_s = time.perf_counter() - wall_s, time.thread_time() - cpu_s
        watts = window.stop().active_w.range
        seconds = sum(each.compute_s for each in done) * wall_s / cpu_s
        for end in self._joules:
            self._joules[end] += getattr(watts, end) * seconds
        self._done += done

    def told(self) -> dict[str, Any]:
        done, count = self._done, len(self._done)
        right = sum(each.failure is None for each in done)
        low, high = wilson(right, count)

        def median(name: str) -> float:
            return float(statistics.median(getattr(each, name) for each in done))

        return {
            "episodes": count,
            "successes": right,
            "share": {"value": right / count, "low": low, "high": high},
            "failures_by_reason": dict(Counter(each.failure for each in done if each.failure)),
            "steps": median("steps"),
            "moves": median("moves"),
            "fewest_moves": median("fewest_moves"),
            "moves_over_fewest": _over_fewest([each for each in done if each.failure is None]),
            "model_calls": median("model_calls"),
            "replans": median("replans"),
            "compute_ms": median("compute_s") * 1e3,
            "joules_per_episode": {end: value / count for end, value in self._joules.items()},
            "joules_per_success": {end: value / right for end, value in self._joules.items()} if right else None,
        }


def _over_fewest(done: Sequence[Episode]) -> float | None:
    """Moves over the fewest possible, on average over successes."""
    return statistics.fmean(each.moves / each.fewest_moves for each in done) if done else None


def networks(agent: str) -> tuple[str, ...]:
    """The variants that an agent is made of."""
    return NETWORKS if agent == "here" else ("policy-large",)


def open_agent(agent: str, models: Path) -> dict[str, Session]:
    """An agent's networks natively, on one thread: both are so small that a second one would mostly wait."""
    ladder, open_session = Manifest.load(models / "manifest.json").ladder("tower"), opener(models, threads=1)

    async def open_all() -> dict[str, Session]:
        return {name: await open_session(ladder.variant(name)) for name in networks(agent)}

    return asyncio.run(open_all())


def one(
    agent: str, task: str, blocks: int, episodes: int, seed: int, models: Path, meter: Meter, jitter: Jitter
) -> dict[str, Any]:
    """What `hundredfold evaluate tower --agent ...` ends with; raises UsageError."""
    if not FEWEST <= blocks <= MOST:
        raise UsageError(f"--blocks must be from {FEWEST} to {MOST}")
    result = evaluate(open_agent(agent, models), scenes(task, blocks, episodes, seed), meter, jitter)
    asked = {"exhibit": "tower", "agent": agent, "task": task, "blocks": blocks, "seed": seed}
    return {**asked, "noise": jitter.noise, "light": jitter.light, **result}
