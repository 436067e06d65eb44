"""Train one small skill for each phase of a stacking, on the steps that the expert meant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional as F

from ...exhibits.tower.geometry import PHASES, features
from ..ledger import Ledger
from ..train import Plan, learning_rate
from .demonstrations import Demonstration
from .networks import Skill


def examples(demonstrations: Sequence[Demonstration], phase: str) -> tuple[np.ndarray, np.ndarray]:
    """float32 [N, 3] features and [N, 4] answers of every demonstrated step of a phase, and of its mirror image."""
    seen, answers = [], []
    for each in demonstrations:
        for step, gripper, row, action in zip(each.steps, each.gripper, each.poses, each.actions(), strict=True):
            if step.phase == phase:
                poses = {rank: (float(x), float(z)) for rank, (x, z) in enumerate(row) if not np.isnan(x)}
                seen.append(features(phase, (float(gripper[0]), float(gripper[1])), step.block, step.onto, poses))
                answers.append([*action, step.done])
    mirror = np.array([-1, 1, 1, 1], np.float32)  # left is to right as right is to left
    inputs, wanted = np.array(seen, np.float32), np.array(answers, np.float32)
    return np.concatenate([inputs, inputs * mirror[:3]]), np.concatenate([wanted, wanted * mirror])


def train_skills(demonstrations: Sequence[Demonstration], plan: Plan, ledger: Ledger) -> dict[str, Skill]:
    """A skill for each phase; one epoch is one step over all examples."""
    skills = {}
    for phase in PHASES:
        torch.manual_seed(plan.seed)
        inputs, answers = (torch.from_numpy(part) for part in examples(demonstrations, phase))
        skill = Skill()
        optimiser = torch.optim.AdamW(skill.parameters(), plan.peak_lr, weight_decay=plan.weight_decay)
        with ledger.counting(f"train {phase}"):
            for epoch in range(plan.epochs):
                for group in optimiser.param_groups:
                    group["lr"] = learning_rate(plan, epoch / plan.epochs)
                optimiser.zero_grad(set_to_none=True)
                answer = skill(inputs)
                speeds = (answer[:, :2] - answers[:, :2]).abs().mean()
                rest = F.binary_cross_entropy_with_logits(answer[:, 2:], answers[:, 2:])
                value = speeds + 0.5 * rest
                value.backward()
                optimiser.step()
        print(f"{phase}: {len(inputs)} examples, loss {float(value.detach()):.4f}, {ledger.seconds:.0f} s", flush=True)
        skills[phase] = skill.eval()
    return skills
