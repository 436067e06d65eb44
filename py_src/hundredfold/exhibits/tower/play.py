"""Play an episode step by step on the visitor's device: both worlds are there, whoever decides what is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import InputError, brief
from ...exhibit import PlayContext
from ...planning import Schema, from_pddl
from . import symbols
from .acting import Observation, timed
from .agent import NETWORKS, NeuroSymbolic, Thought, aim, neuro_symbolic
from .ask import observation, picture, told
from .camera import COLOURS, Camera
from .policy import EXECUTE, decode_actions
from .scene import parse_scene
from .world import (
    AREA_WIDTH,
    AREA_X,
    AREAS,
    CEILING,
    FINGER,
    HEIGHT,
    PALM,
    SPAN,
    TABLE,
    WIDTHS,
    World,
)

MOST_STEPS = 200
"""One request advances an episode by this many steps at most."""
MOST_EPISODES = 8
"""So many are kept; the oldest goes first."""
VERBS = "start, advance, observe, apply, push, operators, end"
TABLE_FACTS = {
    "areas": AREA_X,
    "names": AREAS,
    "area_width": AREA_WIDTH,
    "width": TABLE[1],
    "ceiling": CEILING,
    "block_height": HEIGHT,
    "block_widths": WIDTHS,
    "colours": COLOURS,
    "span": SPAN,
    "finger": FINGER,
    "palm": PALM,
}


@dataclass
class Episode:
    """One table, its camera, and the agent if it is the one that decides here."""

    world: World
    camera: Camera
    agent: NeuroSymbolic | None
    spent_s: float = 0.0
    """Seconds that the agent computed for."""

    def observe(self) -> Observation:
        world = self.world
        return Observation(lambda: self.camera.image(world), (world.x, world.z, world.opening))


def operators_text() -> str:
    """The operators that were induced from the demonstrations, as text."""
    return Path(__file__).with_name("operators.pddl").read_text()


def operators() -> tuple[Schema, ...]:
    return from_pddl(operators_text())


async def play(request: Mapping[str, Any], context: PlayContext) -> dict[str, Any]:
    """Answer one request of a page, by its verb; raises InputError.

    start {episode, agent, scene} -> {episode, frame, instruction, fewest_moves, limit, execute, table}
    advance {episode, steps} -> {frames, cost, spent_ms}: the agent here acts
    observe {episode} -> {input}: what the agent there is to be asked with
    apply {episode, actions} -> {frames}: what it answered is carried out
    push {episode, block, x} -> {frame}: a visitor's hand
    operators {} -> {text}; end {episode} -> {}
    """
    verb = request.get("verb")
    if verb == "operators":
        return {"text": operators_text()}
    name = request.get("episode")
    if not isinstance(name, str):
        raise InputError("episode", "episode must be a name of your choice")
    if verb == "start":
        return await _start(name, request, context)
    episode = context.episodes.get(name)
    if episode is None:
        raise InputError("episode", f"there is no episode {brief(name)}: start it first")
    match verb:
        case "advance":
            return await _advance(episode, request, context)
        case "observe":
            return {"input": observation(episode.observe(), episode.world.instruction)}
        case "apply":
            return {"frames": _apply(episode, request.get("actions"))}
        case "push":
            return {"frame": _push(episode.world, request)}
        case "end":
            del context.episodes[name]
            return {}
    raise InputError("verb", f"verb must be one of {VERBS}, not {brief(verb)}")


async def _start(name: str, request: Mapping[str, Any], context: PlayContext) -> dict[str, Any]:
    who = request.get("agent")
    if who not in ("here", "there"):
        raise InputError("agent", "agent must be 'here' or 'there'")
    scene = parse_scene(request.get("scene"))
    world, agent = scene.world(), None
    if who == "here":
        sessions = {network: await context.open(network) for network in NETWORKS}
        agent = await neuro_symbolic(sessions, operators(), world.instruction)
    context.episodes.pop(name, None)
    while len(context.episodes) >= MOST_EPISODES:
        context.episodes.pop(next(iter(context.episodes)))
    context.episodes[name] = Episode(world, scene.camera(), agent)
    return {
        "episode": name,
        "frame": world.as_dict(),
        "instruction": told(world.instruction),
        "fewest_moves": scene.fewest_moves(),
        "limit": world.limit,
        "execute": EXECUTE,
        "table": TABLE_FACTS,
    }


async def _advance(episode: Episode, request: Mapping[str, Any], context: PlayContext) -> dict[str, Any]:
    """Up to ``steps`` steps; each frame whose thought is another than before says it."""
    agent, world, steps = episode.agent, episode.world, request.get("steps", 1)
    if agent is None:
        raise InputError("episode", "nobody here decides in this episode: observe and apply")
    if isinstance(steps, bool) or not isinstance(steps, int) or not 1 <= steps <= MOST_STEPS:
        raise InputError("steps", f"steps must be a whole number from 1 to {MOST_STEPS}")
    frames, spent_s = [], 0.0
    for _ in range(steps):
        if world.over:
            break
        looks, phase = agent.counts.looks, agent.thought.phase
        action, seconds = await timed(agent, world, episode.camera, context.clock)
        spent_s += seconds
        world.step(action)
        frame = world.as_dict()
        if agent.counts.looks > looks or agent.thought.phase != phase:
            frame["thought"] = _thought(agent.thought)
        frames.append(frame)
    episode.spent_s += spent_s
    counts = agent.counts
    cost = {
        "model_calls": counts.model_calls,
        "looks": counts.looks,
        "plans": counts.plans,
        "compute_ms": episode.spent_s * 1e3,
    }
    return {"frames": frames, "cost": cost, "spent_ms": spent_s * 1e3, "spent_s": spent_s}


def _apply(episode: Episode, actions: Any) -> list[dict[str, Any]]:
    if not isinstance(actions, list) or not 1 <= len(actions) <= MOST_STEPS:
        raise InputError("actions", f"actions must be a list of 1 to {MOST_STEPS} of [dx, dz, closed]")
    if not all(isinstance(each, list) and len(each) == 3 and all(map(_is_number, each)) for each in actions):
        raise InputError("actions", "each action must be three numbers: [dx, dz, closed]")
    frames = []
    for action in decode_actions(actions):
        if episode.world.over:
            break
        episode.world.step(action)
        frames.append(episode.world.as_dict())
    return frames


def _push(world: World, request: Mapping[str, Any]) -> dict[str, Any]:
    rank, x = request.get("block"), request.get("x")
    if not _is_number(rank) or not _is_number(x):
        raise InputError("block", "send the number of a block, and x in metres")
    if world.over:
        raise InputError("episode", "this episode is over: start another one")
    world.push(int(rank), float(x))  # type: ignore[arg-type]
    return world.as_dict()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6


def _thought(thought: Thought) -> dict[str, Any]:
    sight = thought.sight
    boxes = [[rank, *sight.boxes[rank], sight.sure[rank]] for rank in sorted(sight.boxes)] if sight else []
    return {
        "phase": thought.phase,
        "says": says(thought),
        "picture": None if thought.image is None else picture(thought.image),
        "boxes": boxes,
        "facts": symbols.as_text(thought.facts),
        "plan": [str(step) for step in thought.plan],
        "at": thought.at,
        "expanded": thought.expanded,
        "replans": max(0, thought.replans),
        "why": thought.why,
    }


def says(thought: Thought) -> dict[str, Any]:
    """What the agent does now: ``{code, values}``, a message of the page."""
    if thought.phase == "look" or thought.at >= len(thought.plan):
        return {"code": "tower-says-again" if thought.plan else "tower-says-look"}
    block, onto = aim(thought.plan[thought.at])
    about = {"block": f"b{block}", "onto": onto}
    return {
        "reach": {"code": "tower-says-reach", "values": about},
        "grasp": {"code": "tower-says-grasp", "values": about},
        "carry": {"code": "tower-says-carry", "values": about},
        "release": {"code": "tower-says-release", "values": about},
    }.get(thought.phase, {"code": "tower-says-plan", "values": {"steps": len(thought.plan)}})
