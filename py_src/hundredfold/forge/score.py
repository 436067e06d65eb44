"""How often a model is right, with an interval: natively, through the exhibit's own preparation of its input."""

from __future__ import annotations

import asyncio
from math import sqrt
from typing import Any

import numpy as np

from ..session import Session


def wilson(right: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson, JASA 22, 1927), 95 % by default."""
    share, z2 = right / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))


def logits(session: Session, inputs: np.ndarray, batch: int = 100) -> np.ndarray:
    """The first output of ``session`` for inputs [N, ...]."""

    async def all_parts() -> list[np.ndarray]:
        name = session.inputs[0].name
        return [
            (await session.run(None, {name: inputs[start : start + batch]}))[0]
            for start in range(0, len(inputs), batch)
        ]

    return np.concatenate(asyncio.run(all_parts()))


def accuracy(session: Session, inputs: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """``{value, low, high, n}`` of right answers, with a 95 % interval."""
    right = int((logits(session, inputs).argmax(1) == labels).sum())
    low, high = wilson(right, len(labels))
    return {"value": right / len(labels), "low": low, "high": high, "n": len(labels)}
