"""What `hundredfold evaluate tower` takes and does: agents act in episodes, none of its models answers alone."""

from __future__ import annotations

import argparse
from typing import Any

from ... import environment
from ...arguments import needs, number, together, whole
from ...exhibits.tower.world import FEWEST, MOST, TASKS
from ..command import Metered

SEEDS = 100_000
"""Episodes of one evaluation at most."""
DEFAULTS: dict[str, Any] = {"task": "hanoi", "blocks": 3, "episodes": 200, "seed": 0, "jobs": 1}
DEFAULTS |= {"noise": 1.0, "light": 1.0}
"""What is taken where nothing is said."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--agent", choices=("here", "there"), help="default: both, on every task, kept for the page")
    add("--task", choices=TASKS, help="of one agent; default: hanoi")
    add("--blocks", type=whole(FEWEST, MOST), help="of one agent; default: 3")
    add("--episodes", type=whole(1, SEEDS), help="default: 200")
    add("--seed", type=whole(0, 2**31 // SEEDS - 1), help="default: 0")
    add("--jobs", type=whole(1, 64), help="of both agents: how many evaluations at once; 1")
    add("--noise", type=number(0, 100), help="of one agent: the camera's grain; 1: as trained")
    add("--light", type=number(0, 100), help="of one agent: how far light and colours stray; 1")


def evaluate(arguments: argparse.Namespace, metered: Metered) -> dict[str, Any]:
    """How both agents do, on every task, or one of them on one."""
    for name in ("task", "blocks", "noise", "light"):
        together(arguments, name, "is for one agent: add --agent here or --agent there", holds=bool(arguments.agent))
    together(arguments, "jobs", "is for both agents: leave --agent out", holds=not arguments.agent)
    chosen = DEFAULTS | {name: value for name, value in vars(arguments).items() if value is not None}
    models, (meter, says) = environment.models(), metered()
    told: dict[str, Any]
    if arguments.agent is None:
        measure = needs("hundredfold.forge.tower.report", "server").measure
        told = measure(models, meter, says, chosen["episodes"], chosen["seed"], chosen["jobs"])
        return told
    jitter = needs("hundredfold.exhibits.tower.camera", "server").Jitter(chosen["noise"], chosen["light"])
    given = (arguments.agent, chosen["task"], chosen["blocks"], chosen["episodes"], chosen["seed"])
    told = needs("hundredfold.forge.tower.evaluate", "server").one(*given, models, meter, jitter)
    return told
