"""Everything that is measured of both agents, in one file, and the tables that are written from it."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ...energy.meter import Meter
from ...energy.words import two_digits
from ...exhibits.tower.camera import Jitter
from ...manifest import ManifestError
from .evaluate import AGENTS, AS_TRAINED, in_turns, open_agent, scenes

TASKS = {"single": ("single", 3), "3": ("hanoi", 3), "4": ("hanoi", 4), "5": ("hanoi", 5), "6": ("hanoi", 6)}
NAMES = {
    "single": "one move, 3 blocks",
    "3": "tower of 3",
    "4": "tower of 4, never shown",
    "5": "tower of 5, never shown",
    "6": "tower of 6, never shown",
}
LEVELS = {"noise": (0.0, 1.0, 2.0, 3.0, 4.0, 6.0), "light": (0.0, 1.0, 1.5, 2.0, 2.5, 3.0)}
"""How many times the camera's grain, and its light and colour, stray as far as they did in training."""
STUDY_EPISODES = 60
PAPER = [
    {"what": "success, single move", "end_to_end": "87 %", "neuro_symbolic": "99 %"},
    {"what": "success, 3 blocks", "end_to_end": "34 %", "neuro_symbolic": "95 %"},
    {"what": "success, 4 blocks", "end_to_end": "0 %", "neuro_symbolic": "78 %"},
    {"what": "energy to train", "end_to_end": "68.5 MJ", "neuro_symbolic": "0.85 MJ"},
    {"what": "energy per episode, 3 blocks", "end_to_end": "7.96 kJ", "neuro_symbolic": "0.83 kJ"},
]
"""Duggan, Lorang, Lu, Scheutz, arXiv 2602.19260, as reported by three agreeing summaries."""
WHERE = {"here": "neuro_symbolic", "there": "end_to_end"}


@dataclass(frozen=True)
class _Asked:
    """One evaluation of both agents."""

    task: str
    blocks: int
    episodes: int
    seed: int
    jitter: Jitter = AS_TRAINED


def _one(models: Path, meter: Meter, asked: _Asked) -> dict[str, dict[str, Any]]:
    chosen = scenes(asked.task, asked.blocks, asked.episodes, asked.seed)
    results = in_turns({agent: open_agent(agent, models) for agent in AGENTS}, chosen, meter, asked.jitter)
    what = f"{asked.task} with {asked.blocks}, noise {asked.jitter.noise:g}, light {asked.jitter.light:g}"
    shares = ", ".join(f"{AGENTS[agent]} {result['share']['value']:.1%}" for agent, result in results.items())
    print(f"{what}: {shares} of {asked.episodes}", flush=True)
    return results


def measure(models: Path, meter: Meter, meter_says: str, episodes: int, seed: int, jobs: int = 1) -> dict[str, Any]:
    """Evaluate both agents on every task, study them under worse cameras, and write models/tower/results.json.

    More than one job at once is for a meter that counts a process's CPU time: others would count both.
    """
    records = _records(models / "tower/training.json")
    report: dict[str, Any] = {
        "machine": f"{platform.system()} {platform.machine()}. {meter_says}",
        "made": datetime.now(UTC).date().isoformat(),
        "seed": seed,
        "agents": {},
        "paper": {"rows": PAPER},
        "study": {},
    }
    asked = [_Asked(task, blocks, episodes, seed) for task, blocks in TASKS.values()]
    few, other = min(episodes, STUDY_EPISODES), seed + 1
    asked += [
        _Asked("single", 3, few, other, Jitter(**{kind: level})) for kind, levels in LEVELS.items() for level in levels
    ]
    longest_first = sorted(asked, key=lambda each: (-each.blocks, -each.episodes))
    with ProcessPoolExecutor(jobs) as pool:
        told = dict(zip(longest_first, pool.map(partial(_one, models, meter), longest_first), strict=True))
    for agent, name in AGENTS.items():
        tasks = {key: told[_Asked(*what, episodes, seed)][agent] for key, what in TASKS.items()}
        ledger = records["neuro-symbolic" if agent == "here" else "policy-large"]["ledger"]
        report["agents"][agent] = {"name": name, "training": ledger, "tasks": tasks}
    for kind, levels in LEVELS.items():
        report["study"][kind] = [
            {"level": level}
            | {
                agent: told[_Asked("single", 3, few, other, Jitter(**{kind: level}))][agent]["share"]
                for agent in AGENTS
            }
            for level in levels
        ]
    (models / "tower/results.json").write_text(json.dumps(report, indent=1) + "\n")
    return {"exhibit": "tower", "written": "models/tower/results.json", "episodes": episodes, "seed": seed}


def _records(path: Path) -> dict[str, Any]:
    try:
        records: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ManifestError(f"{path} can not be read ({error}): run `git checkout models/`") from error
    return records


def load(models: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((models / "tower/results.json").read_text())
    return report


def table(report: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Rows of (what, end-to-end, neuro-symbolic, the paper's end-to-end, the paper's neuro-symbolic)."""
    here, there = report["agents"]["here"], report["agents"]["there"]
    paper = {row["what"]: (row["end_to_end"], row["neuro_symbolic"]) for row in report["paper"]["rows"]}
    asked = {"single": "success, single move", "3": "success, 3 blocks", "4": "success, 4 blocks"}

    def row(what: str, tell: Callable[[Mapping[str, Any]], str], known: str = "") -> tuple[str, ...]:
        return (what, tell(there), tell(here), *paper.get(known, ("", "")))

    def success(key: str) -> tuple[str, ...]:
        return row(f"success, {NAMES[key]}", lambda side: _share(side["tasks"][key]), asked.get(key, ""))

    rows = [success(key) for key in TASKS]
    three = "energy per episode, 3 blocks"
    return [
        *rows,
        row("energy to train", lambda side: joules(side["training"]["joules"]), "energy to train"),
        row("time to train", lambda side: f"{side['training']['seconds'] / 60:.2g} min"),
        row("energy per episode, tower of 3", lambda side: joules(side["tasks"]["3"]["joules_per_episode"]), three),
        row("energy per success, tower of 3", lambda side: joules(side["tasks"]["3"]["joules_per_success"])),
        row("model calls, tower of 3", lambda side: f"{side['tasks']['3']['model_calls']:g}"),
        row("computing, tower of 3", lambda side: f"{side['tasks']['3']['compute_ms']:.3g} ms"),
    ]


def ratios(report: Mapping[str, Any]) -> dict[str, Any]:
    """there over here, of energy to train, and per successful tower of three with its range; None if none succeeded.

    Both were metered alike on one machine, so the watts of a core cancel, and the ratio is that of CPU seconds. The
    range is that of the two 95 % intervals of success.
    """
    here, there = report["agents"]["here"], report["agents"]["there"]
    train = there["training"]["joules"]["mid"] / here["training"]["joules"]["mid"]
    mine, theirs = here["tasks"]["3"], there["tasks"]["3"]
    if not theirs["successes"]:
        return {"train": {"mid": train}, "success": None}
    episode = theirs["joules_per_episode"]["mid"] / mine["joules_per_episode"]["mid"]
    ends = {"low": ("low", "high"), "mid": ("value", "value"), "high": ("high", "low")}
    success = {end: episode * mine["share"][one] / theirs["share"][other] for end, (one, other) in ends.items()}
    return {"train": {"mid": train}, "success": success}


def _share(told: Mapping[str, Any]) -> str:
    share = told["share"]
    return f"{100 * share['value']:.3g} % ({100 * share['low']:.3g} to {100 * share['high']:.3g})"


def joules(ends: Mapping[str, float] | None) -> str:
    """``0.68 kJ (0.1 to 1.5)``; nothing for what never succeeded."""
    if ends is None:
        return "never succeeded"
    unit, factor = next((each for each in (("kJ", 1e-3), ("J", 1.0)) if ends["mid"] * each[1] >= 1), ("mJ", 1e3))
    low, mid, high = (two_digits(ends[end] * factor) for end in ("low", "mid", "high"))
    return f"{mid} {unit} ({low} to {high})"
