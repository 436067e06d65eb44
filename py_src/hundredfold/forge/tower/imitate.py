"""Train an end-to-end policy by imitation: new cameras every epoch, checkpoints chosen by acting in new episodes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from ...energy.meter import Meter
from ...exhibits.tower.policy import CHUNK, EXECUTE
from ..ledger import Ledger
from ..train import Plan, learning_rate
from .demonstrations import FIRST_SEED, VALIDATION_SEED, Demonstration, hanoi, record, render, stackings
from .networks import Policy, Size
from .rollout import rollouts

GRIP_WEIGHT = 0.3
SMOOTH = 0.999
"""The policy that acts is a running mean of the one that learns, with this share kept in a step."""


@dataclass(frozen=True)
class Frames:
    """Every step of the demonstrations as one training example."""

    gripper: torch.Tensor
    told: torch.Tensor
    chunks: torch.Tensor
    """float32 [N, 16, 3]: the next actions, and [..., 0] of ``inside`` tells whether the episode still ran."""
    inside: torch.Tensor

    @classmethod
    def of(cls, demonstrations: Sequence[Demonstration]) -> Frames:
        grippers, told, chunks, inside = [], [], [], []
        for each in demonstrations:
            gripper, instruction = each.observations()
            actions = each.actions()
            length = len(actions)
            index = np.arange(length)[:, None] + np.arange(CHUNK)
            grippers.append(gripper)
            told.append(instruction)
            chunks.append(actions[np.minimum(index, length - 1)])
            inside.append(index < length)
        parts = (np.concatenate(part) for part in (grippers, told, chunks, inside))
        return cls(*(torch.from_numpy(part) for part in parts))


def loss(answer: torch.Tensor, chunk: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
    """Mean absolute error of the speeds and cross entropy of the gripper, over the steps inside the episode."""
    speeds = (answer[..., :2] - chunk[..., :2]).abs().sum(-1)
    grip = F.binary_cross_entropy_with_logits(answer[..., 2], chunk[..., 2], reduction="none")
    total: torch.Tensor = ((speeds + GRIP_WEIGHT * grip) * inside).sum() / inside.sum()
    return total


class Asked:
    """A policy as rollouts ask it."""

    def __init__(self, network: Policy) -> None:
        self.network = network.eval()

    def __call__(self, images: np.ndarray, grippers: np.ndarray, told: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            parts = (torch.from_numpy(np.ascontiguousarray(part)) for part in (images, grippers, told))
            answer: np.ndarray = self.network(*parts).numpy()
            return answer


def validate(network: Policy, quick: bool, execute: int = EXECUTE) -> dict[str, float]:
    """Share of new episodes that succeed: single moves, and towers of three blocks of the shown sizes."""
    single, towers = (1, 1) if quick else (60, 40)
    scenes = stackings(single, VALIDATION_SEED) + hanoi(towers, VALIDATION_SEED + 1000)
    failures = rollouts(Asked(network), scenes, execute)
    ok = [failure is None for failure in failures]
    return {"single": float(np.mean(ok[:single])), "hanoi": float(np.mean(ok[single:]))}


def imitate(
    name: str,
    size: Size,
    plan: Plan,
    demonstrations: Sequence[Demonstration],
    work: Path,
    meter: Meter | None,
    quick: bool = False,
) -> tuple[Policy, dict[str, Any]]:
    """The policy that did best on validation episodes, and its record ``{curve, ledger}``; goes on where it stopped.

    The ledger counts the optimisation; drawing pictures and validation are the simulator's work and do not count.
    """
    torch.manual_seed(plan.seed)
    frames, network = Frames.of(demonstrations), Policy(size)
    smooth, ledger = deepcopy(network), Ledger(meter)
    optimiser = torch.optim.AdamW(
        network.parameters(), plan.peak_lr, betas=(0.9, 0.95), weight_decay=plan.weight_decay, fused=True
    )
    towers, moves = (0, 1) if quick else (2, 8)
    held_out = [record(scene) for scene in hanoi(towers, VALIDATION_SEED) + stackings(moves, VALIDATION_SEED + 500)]
    check, check_images = Frames.of(held_out), torch.from_numpy(render(held_out, VALIDATION_SEED))
    curve: list[dict[str, float]] = []
    best: dict[str, Any] = {"score": -1.0}
    count, steps, start = len(frames.chunks), len(frames.chunks) // plan.batch, 0
    checkpoint, stamp = work / f"{name}.pt", repr((size, plan, count))
    if checkpoint.exists() and (saved := torch.load(checkpoint, weights_only=True))["stamp"] == stamp:
        for part, state in ((network, "network"), (smooth, "smooth"), (optimiser, "optimiser")):
            part.load_state_dict(saved[state])
        ledger.restore(saved["ledger"])
        start, curve, best = saved["epoch"], saved["curve"], saved["best"]
    for epoch in range(start, plan.epochs):
        images = torch.from_numpy(render(demonstrations, FIRST_SEED + 1_000_000 + epoch * 1000))
        generator = torch.Generator().manual_seed(plan.seed * 1000 + epoch)
        order, total = torch.randperm(count, generator=generator), 0.0
        network.train()
        with ledger.counting(f"train {name}"):
            for step in range(steps):
                for group in optimiser.param_groups:
                    group["lr"] = learning_rate(plan, (epoch + step / steps) / plan.epochs)
                chosen = order[step * plan.batch : (step + 1) * plan.batch]
                optimiser.zero_grad(set_to_none=True)
                with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                    answer = network(images[chosen], frames.gripper[chosen], frames.told[chosen])
                value = loss(answer.float(), frames.chunks[chosen], frames.inside[chosen])
                value.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                total += float(value.detach())
                keep = min(SMOOTH, (1 + epoch * steps + step) / (10 + epoch * steps + step))
                with torch.no_grad():
                    for mean, new in zip(smooth.parameters(), network.parameters(), strict=True):
                        mean.lerp_(new, 1 - keep)
        with torch.inference_mode():
            held = float(loss(smooth.eval()(check_images, check.gripper, check.told), check.chunks, check.inside))
        shares = validate(smooth, quick)
        curve.append({"epoch": epoch + 1, "loss": total / steps, "validation_loss": held, **shares})
        print(f"{name}: {json.dumps(curve[-1])} after {ledger.seconds:.0f} s", flush=True)
        score = shares["single"] + shares["hanoi"] - 0.01 * held
        if score >= best["score"]:
            best = {"score": score, "epoch": epoch + 1, "network": deepcopy(smooth.state_dict())}
        work.mkdir(parents=True, exist_ok=True)
        torch.save(
            {
                "stamp": stamp,
                "epoch": epoch + 1,
                "network": network.state_dict(),
                "smooth": smooth.state_dict(),
                "optimiser": optimiser.state_dict(),
                "ledger": ledger.as_dict(),
                "curve": curve,
                "best": best,
            },
            checkpoint.with_suffix(".part"),
        )
        checkpoint.with_suffix(".part").replace(checkpoint)
    smooth.load_state_dict(best["network"])
    return smooth.eval(), {"curve": curve, "chosen_epoch": best["epoch"], "ledger": ledger.as_dict()}
