"""Fit one network: SGD over distorted batches, one learning-rate cycle, a checkpoint after each epoch.

Any target works: hard labels for the baseline, the baseline's own logits for a student (distillation).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from ..adapters.cores import cores


@dataclass(frozen=True)
class Plan:
    """How to train: everything that changes the outcome, so that it can be written into the manifest."""

    epochs: int
    batch: int = 128
    peak_lr: float = 0.1
    warmup: float = 0.15
    weight_decay: float = 5e-4
    momentum: float = 0.9
    bfloat16: bool = False
    seed: int = 1


def learning_rate(plan: Plan, done: float) -> float:
    """Linear up to ``peak_lr`` over the share ``warmup`` of training, then a cosine to zero; ``done`` is 0..1."""
    if done < plan.warmup:
        return plan.peak_lr * (0.02 + 0.98 * done / plan.warmup)
    share = torch.tensor((done - plan.warmup) / (1 - plan.warmup) * torch.pi)
    return plan.peak_lr * 0.5 * (1 + float(torch.cos(share)))


def predict(network: nn.Module, inputs: torch.Tensor, batch: int = 100) -> torch.Tensor:
    """Logits [N, classes] of ``network`` in evaluation mode."""
    network.eval()
    with torch.inference_mode():
        return torch.cat([network(part).float() for part in inputs.split(batch)])


def fit(
    network: nn.Module,
    plan: Plan,
    batches: Callable[[int, torch.Generator], Iterable[tuple[torch.Tensor, Any]]],
    steps: int,
    score: Callable[[nn.Module], float],
    loss: Callable[[torch.Tensor, Any], torch.Tensor],
    checkpoint: Path,
) -> nn.Module:
    """Train ``network`` in place and return it; go on from ``checkpoint`` when it holds an earlier part of this plan.

    ``batches(epoch, generator)`` yields ``steps`` pairs (inputs, targets); ``score(network)`` is printed each epoch.
    """
    torch.set_num_threads(cores())
    optimiser = torch.optim.SGD(
        network.parameters(), plan.peak_lr, momentum=plan.momentum, weight_decay=plan.weight_decay, nesterov=True
    )
    start = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        if saved["plan"] == repr((plan, steps)):
            network.load_state_dict(saved["network"])
            optimiser.load_state_dict(saved["optimiser"])
            start = saved["epoch"]
            print(f"{checkpoint.stem}: going on after epoch {start} of {plan.epochs}", flush=True)
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    for epoch in range(start, plan.epochs):
        generator = torch.Generator().manual_seed(plan.seed * 1000 + epoch)
        network.train()
        began, total = time.monotonic(), 0.0
        for step, (inputs, targets) in enumerate(batches(epoch, generator)):
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(plan, (epoch + step / steps) / plan.epochs)
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                logits = network(inputs)
            value = loss(logits.float(), targets)
            value.backward()
            optimiser.step()
            total += float(value.detach())
        state = {
            "plan": repr((plan, steps)),
            "epoch": epoch + 1,
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
        }
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
        print(
            f"{checkpoint.stem}: epoch {epoch + 1}/{plan.epochs}, loss {total / steps:.4f}, "
            f"validation {score(network):.2%}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
    return network.eval()


def soft_cross_entropy(logits: torch.Tensor, teacher: torch.Tensor, temperature: float) -> torch.Tensor:
    """Distillation loss: cross entropy to the teacher's softened answers, scaled by the temperature squared.

    Hinton, Vinyals, Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2.
    """
    soft = F.softmax(teacher / temperature, dim=1)
    return F.cross_entropy(logits / temperature, soft) * temperature**2
