"""Fine-tune an encoder, or distil it from a teacher, and ask it what it says of texts.

The network is in ``bert``, and ``encoder_file`` makes a file of it. Its first weights
are those of all-MiniLM-L6-v2, by ``bert.from_bert(minilm.load(cache)[0])``.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from ..adapters.cores import cores
from ..text.wordpiece import WordPiece
from .bert import LABELS, Encoder
from .train import soft_cross_entropy


@dataclass(frozen=True)
class Plan:
    """How to fine-tune: everything that changes the outcome."""

    epochs: int = 3
    batch: int = 16
    rate: float = 4e-5
    """Peak learning rate of the body."""
    head_rate: float = 1e-3
    warmup: float = 0.1
    weight_decay: float = 0.01
    pieces: int = 128
    """Texts are cut after so many pieces."""
    soft: float = 0.9
    """Share of the loss that looks at a teacher's answer, where there is one; the rest looks at the label."""
    temperature: float = 2.0
    bfloat16: bool = False
    seed: int = 1


class Texts(Protocol):
    """Texts and their labels as int64 [N]: 0 or 1."""

    @property
    def texts(self) -> Sequence[str]: ...

    @property
    def labels(self) -> np.ndarray: ...


def padded(ids: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Lists of pieces -> input_ids and attention_mask, int64 [batch, longest]."""
    longest = max(map(len, ids))
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
    return torch.tensor([[*row, *([0] * (longest - len(row)))] for row in ids]), mask


def tokens(texts: Sequence[str], vocabulary: Sequence[str], limit: int) -> list[list[int]]:
    """The pieces of each text, with the marks of its start and end."""
    pieces = WordPiece(vocabulary)
    return [pieces.encode(text, limit).ids for text in texts]


def answers(network: Encoder, ids: Sequence[Sequence[int]], batch: int = 32, bfloat16: bool = False) -> torch.Tensor:
    """Logits float32 [N, 2], in the order of ``ids``."""
    network.eval()
    order = sorted(range(len(ids)), key=lambda index: len(ids[index]))
    logits = torch.empty(len(ids), LABELS)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            logits[chosen] = network(*padded([ids[index] for index in chosen])).float()
    return logits


def share_right(logits: torch.Tensor, labels: np.ndarray) -> float:
    """How many are decided as labelled."""
    return float((logits.argmax(1).numpy() == labels).mean())


def finetune(
    work: Path,
    data: Texts,
    validation: Texts,
    plan: Plan,
    start: Encoder,
    vocabulary: Sequence[str],
    teacher: torch.Tensor | None = None,
) -> Encoder:
    """A copy of ``start``, fine-tuned on ``data``; what lies in ``work`` (a .pt file) of the same plan is gone on with.

    ``teacher`` are logits [N, 2] for ``data`` to be distilled from. AdamW, a linear warm-up and a linear decay. The
    epoch that is right most often on ``validation`` is kept.
    """
    torch.set_num_threads(cores())
    torch.manual_seed(plan.seed)
    network = copy.deepcopy(start)
    head = list(network.head.parameters())
    body = [value for name, value in network.named_parameters() if not name.startswith("head.")]
    groups = [{"params": body, "peak": plan.rate}, {"params": head, "peak": plan.head_rate}]
    optimiser = torch.optim.AdamW(groups, plan.rate, weight_decay=plan.weight_decay, fused=True)
    what = repr((plan, start.shape, len(data.texts), teacher is not None))
    done, best, kept = _resume(work, what, network, optimiser)
    if done < plan.epochs:
        ids, check = (tokens(part.texts, vocabulary, plan.pieces) for part in (data, validation))
        labels = torch.from_numpy(data.labels)
        steps = -(-len(ids) // plan.batch)
        for epoch in range(done, plan.epochs):
            began, total = time.monotonic(), 0.0
            network.train()
            for step, chosen in enumerate(_batches(ids, plan.batch, plan.seed * 1000 + epoch)):
                for group in optimiser.param_groups:
                    group["lr"] = group["peak"] * _cycle((epoch + step / steps) / plan.epochs, plan.warmup)
                optimiser.zero_grad(set_to_none=True)
                with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
                    logits = network(*padded([ids[index] for index in chosen]))
                loss = F.cross_entropy(logits.float(), labels[chosen])
                if teacher is not None:
                    soft = soft_cross_entropy(logits.float(), teacher[chosen], plan.temperature)
                    loss = plan.soft * soft + (1 - plan.soft) * loss
                loss.backward()
                nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                total += float(loss.detach())
            right = share_right(answers(network, check, bfloat16=plan.bfloat16), validation.labels)
            if right > best:
                best, kept = right, copy.deepcopy(network.state_dict())
            _save(work, what, epoch + 1, best, kept, None if epoch + 1 == plan.epochs else (network, optimiser))
            print(
                f"{work.stem}: epoch {epoch + 1}/{plan.epochs}, loss {total / steps:.4f}, validation {right:.2%}, "
                f"{time.monotonic() - began:.0f} s",
                flush=True,
            )
    network.load_state_dict(kept)
    return network.eval()


def _cycle(done: float, warmup: float) -> float:
    return done / warmup if done < warmup else (1 - done) / (1 - warmup)


def _batches(ids: Sequence[Sequence[int]], batch: int, seed: int) -> Iterator[list[int]]:
    """All of them once, shuffled; those of like length together, so that little is computed on nothing."""
    generator = torch.Generator().manual_seed(seed)
    order: list[int] = torch.randperm(len(ids), generator=generator).tolist()
    span = 32 * batch
    parts: list[list[int]] = []
    for start in range(0, len(order), span):
        near = sorted(order[start : start + span], key=lambda index: len(ids[index]))
        parts += [near[first : first + batch] for first in range(0, len(near), batch)]
    for index in torch.randperm(len(parts), generator=generator).tolist():
        yield parts[index]


State = dict[str, torch.Tensor]


def _resume(work: Path, what: str, network: Encoder, optimiser: torch.optim.Optimizer) -> tuple[int, float, State]:
    """The epochs that are done, the best share so far and its weights."""
    saved = torch.load(work, weights_only=True) if work.exists() else None
    if not saved or saved["what"] != what:
        return 0, -1.0, network.state_dict()
    if "network" in saved:
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
    print(f"{work.stem}: {saved['epoch']} epochs are there, validation {saved['best']:.2%}", flush=True)
    return saved["epoch"], saved["best"], saved["kept"]


def _save(
    work: Path, what: str, epoch: int, best: float, kept: State, rest: tuple[Encoder, torch.optim.Optimizer] | None
) -> None:
    """Keep the best weights, and what the next epoch needs, if there is one."""
    state = {"what": what, "epoch": epoch, "best": best, "kept": kept}
    if rest:
        state |= {"network": rest[0].state_dict(), "optimiser": rest[1].state_dict()}
    work.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, work.with_suffix(".part"))
    work.with_suffix(".part").replace(work)
