"""The recipe of the tower, top to bottom: demonstrations, the agent that thinks, the end-to-end policies, the ladder.

Every policy goes on where it was stopped. Choices are made on validation episodes; those of the test set have seeds
that nothing here uses. Two busy CPU cores took about two hours.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from ...adapters.cores import cores
from ...adapters.native import NativeSession
from ...energy.meter import Meter
from ...exhibits.tower import symbols
from ...exhibits.tower.acting import Observation
from ...exhibits.tower.ask import observation
from ...exhibits.tower.geometry import PHASES
from ...exhibits.tower.induce import induce, notes
from ...exhibits.tower.policy import TOLD
from ...exhibits.tower.scene import random_scene
from ...exhibits.tower.skill import ACTION, WEIGHTS
from ...manifest import Manifest
from ...planning import State, to_pddl
from ...session import Session
from .. import compress, export
from ..ladder import Rung, golden_vectors, write_ladder
from ..ledger import Ledger
from ..train import Plan
from .demonstrations import VALIDATION_SEED, Demonstration, end_to_end, neuro_symbolic, record, render
from .evaluate import evaluate, scenes
from .imitate import imitate
from .networks import Perception, Policy, Size, Skill
from .pixels import below_the_sky, bytes_as_they_are
from .see import train_perception
from .skills import train_skills

EXHIBIT = "tower"
TEST = ("hanoi", 3, 200, 0)
"""The test set that a variant's accuracy is the success on: task, blocks, episodes, seed."""
OPERATORS = Path(symbols.__file__).with_name("operators.pddl")
SIZES = {
    "policy-large": Size(192, 6, 6, (32, 64, 96)),
    "policy-medium": Size(128, 4, 4, (24, 48, 96)),
    "policy-small": Size(64, 3, 4, (16, 32, 64)),
}


@dataclass(frozen=True)
class Settings:
    """What the full recipe and its quick rehearsal differ in."""

    sizes: dict[str, Size]
    policies: dict[str, Plan]
    perception: Plan
    skills: Plan
    test_episodes: int


FULL = Settings(
    sizes=SIZES,
    policies={
        "policy-large": Plan(16, batch=64, peak_lr=5e-4, warmup=0.05, weight_decay=0.05, bfloat16=True),
        "policy-medium": Plan(8, batch=128, peak_lr=1e-3, warmup=0.05, weight_decay=0.05, bfloat16=True),
        "policy-small": Plan(20, batch=128, peak_lr=1.5e-3, warmup=0.05, weight_decay=0.05),
    },
    perception=Plan(60, batch=32, peak_lr=4e-3, warmup=0.1, weight_decay=1e-3, bfloat16=True),
    skills=Plan(1000, peak_lr=5e-3, warmup=0.05, weight_decay=1e-4),
    test_episodes=200,
)
QUICK = Settings(
    sizes=dict.fromkeys(SIZES, Size(32, 1, 2, (4, 8, 16))),
    policies={name: replace(plan, epochs=1, batch=16, bfloat16=False) for name, plan in FULL.policies.items()},
    perception=replace(FULL.perception, epochs=1, batch=16, bfloat16=False),  # six times slower where it is emulated
    skills=replace(FULL.skills, epochs=50),
    test_episodes=1,
)


@contextmanager
def denormals_flushed() -> Iterator[None]:
    """Numbers too small to matter count as zero meanwhile: training is quicker. It holds for the whole process."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


@denormals_flushed()
def forge(models: Path, cache: Path, meter: Meter, quick: bool = False) -> Manifest:
    """Run the recipe and write ``models``/tower and the manifest; ``quick`` rehearses it on a slice.

    The induced operators go into the core, exhibits/tower/operators.pddl; training.json tells what training took.
    """
    torch.set_num_threads(cores())
    settings, work = QUICK if quick else FULL, cache / ("tower-quick" if quick else "tower")
    shown = neuro_symbolic(quick)
    learned = induce((transition for each in shown for transition in transitions(each)), called)
    operators = to_pddl([each.schema for each in learned], notes(learned))
    rungs, records = _here(settings, shown, work, meter)
    demonstrations = [record(scene) for scene in end_to_end(quick)]
    for name, plan in settings.policies.items():
        network, told = imitate(name, settings.sizes[name], plan, demonstrations, work, meter, quick)
        records[name] = told
        parent = None if name == "policy-large" else "policy-large"
        size = settings.sizes[name]
        recipe = f"transformer {size.width} wide, {size.layers} layers, {plan.epochs} epochs of imitation"
        role = "rung" if parent else "baseline"
        rungs.insert(len(records) - 2, _policy(name, role, parent, recipe, network))
    test = scenes(*TEST[:2], settings.test_episodes, TEST[3])
    shares = _shares(rungs, test, meter)
    folder = models / EXHIBIT
    folder.mkdir(parents=True, exist_ok=True)
    (folder if quick else OPERATORS.parent).joinpath(OPERATORS.name).write_text(operators)
    (folder / "training.json").write_text(json.dumps(records, indent=1) + "\n")
    seen, features = _golden_inputs()
    return write_ladder(
        models,
        EXHIBIT,
        test_set={
            "name": f"towers of {TEST[1]} blocks",
            "n": len(test),
            "sha256": hashlib.sha256(repr(test).encode()).hexdigest(),
        },
        rungs=rungs,
        accuracy=lambda session: shares[session.model_id.removeprefix(f"{EXHIBIT}/")],
        golden=lambda session: golden_vectors(EXHIBIT, session, features if _acts(session) else seen),
    )


def transitions(shown: Demonstration) -> list[tuple[State, State]]:
    """The symbolic states before and after each step in which they change: what operators are induced from."""
    states = [symbols.ground(gripper, poses) for gripper, poses in shown.states()]
    return [(before, after) for before, after in itertools.pairwise(states) if before != after]


def called(add: State, _: State) -> str:
    """What a person calls an operator that brings this about."""
    return "pick" if any(fact[0] == "holding" for fact in add) else "place"


def _here(
    settings: Settings, shown: list[Demonstration], work: Path, meter: Meter
) -> tuple[list[Rung], dict[str, Any]]:
    """The neuro-symbolic agent's networks as rungs, and what training them took."""
    work.mkdir(parents=True, exist_ok=True)
    kept = work / "here.pt"
    stamp = repr((settings.perception, settings.skills, [each.start for each in shown]))
    networks: dict[str, torch.nn.Module] = {"perception": Perception(), **{phase: Skill() for phase in PHASES}}
    if kept.exists() and (saved := torch.load(kept, weights_only=True))["stamp"] == stamp:
        for name, network in networks.items():
            network.load_state_dict(saved["networks"][name])
        told = saved["told"]
    else:
        torch.set_num_threads(1)  # so small that a second thread would do little but wait
        ledger = Ledger(meter)
        networks |= train_skills(shown, settings.skills, ledger)
        networks["perception"], curve = train_perception(shown, settings.perception, ledger)
        torch.set_num_threads(cores())
        told = {"curve": curve, "ledger": ledger.as_dict()}
        states = {name: network.state_dict() for name, network in networks.items()}
        torch.save({"stamp": stamp, "networks": states, "told": told}, kept)
    image = torch.zeros(2, 64, 96, 3, dtype=torch.uint8)
    fp32 = below_the_sky(export.export(networks["perception"], {"image": image}, "cells"))
    pictures = render(shown, VALIDATION_SEED)[::7]
    skills = [
        Rung(
            phase,
            "student",
            None,
            f"perceptron, {settings.skills.epochs} rounds over one phase of {len(shown)} stackings",
            with_weights(export.to_onnx(networks[phase], (3,), "features", ACTION)),
            runs=("here", "there"),
        )
        for phase in PHASES
    ]
    recipe = f"6 convolutions, {settings.perception.epochs} epochs over {len(shown)} stackings, static int8"
    int8 = bytes_as_they_are(compress.to_int8(fp32, pictures))
    perception = Rung("perception", "student", None, recipe, int8, facts_of=fp32)
    return [*skills, perception], {"neuro-symbolic": told}


def with_weights(skill: onnx.ModelProto) -> onnx.ModelProto:
    """The same file, that gives its weights too: the agent computes its skills by them, see exhibits/tower/skill.py."""
    shapes = {item.name: list(item.dims) for item in skill.graph.initializer}
    for name in WEIGHTS:
        skill.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shapes[name]))
    return skill


def _policy(name: str, role: str, parent: str | None, recipe: str, network: Policy) -> Rung:
    examples = {
        "image": torch.zeros(2, 64, 96, 3, dtype=torch.uint8),
        "gripper": torch.zeros(2, 3),
        "instruction": torch.zeros(2, TOLD),
    }
    model = export.export(network, examples, "actions")
    return Rung(name, role, parent, recipe, model, runs=("there",), golden="golden-there.json")


def _shares(rungs: list[Rung], test: list[Any], meter: Meter) -> dict[str, dict[str, Any]]:
    """Each variant's success on the test episodes: a policy's own, or that of the agent it is a part of."""
    opened = {rung.id: _open(rung.model, f"{EXHIBIT}/{rung.id}") for rung in rungs}
    policies = {name: session for name, session in opened.items() if name in SIZES}
    agents: dict[str, dict[str, Session]] = {name: {name: session} for name, session in policies.items()}
    parts = {name: session for name, session in opened.items() if name not in SIZES}
    agents |= dict.fromkeys(parts, parts)
    told: dict[int, dict[str, Any]] = {}
    for sessions in agents.values():
        if id(sessions) not in told:
            result = evaluate(sessions, test, meter)
            told[id(sessions)] = {**result["share"], "n": result["episodes"]}
    return {name: told[id(sessions)] for name, sessions in agents.items()}


def _open(model: onnx.ModelProto, model_id: str) -> Session:
    return NativeSession(model.SerializeToString(), model_id, threads=1)


def _acts(session: Session) -> bool:
    return session.inputs[0].name == "features"


def _golden_inputs() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Observations of both tasks with one to six blocks, at the start and in the gripper; and features of all kinds."""
    seen = []
    for index, (task, blocks) in enumerate((("hanoi", 3), ("single", 3), ("hanoi", 6), ("single", 1))):
        shown = record(random_scene(VALIDATION_SEED + 2000 + index, task, blocks))
        at = 0 if index % 2 else len(shown.done) // 2
        image = shown.images(VALIDATION_SEED + 2000 + index)[at]
        x, z, opening = shown.gripper[at].astype(float).round(6).tolist()
        seen.append(observation(Observation(image.copy, (x, z, opening)), shown.scene.instruction))
    random = np.random.default_rng(7)
    rows = [[0.0, 0.0, 0.0], [2.0, -1.5, 0.3], [-2.0, 0.02, -0.1], *random.uniform(-3, 3, (5, 3)).round(3).tolist()]
    return seen, [{"features": row} for row in rows]
