"""How often a model of texts is right, through the exhibit's own preparation: as visitors' texts are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..exhibits import EXHIBITS
from ..session import Session
from .score import wilson


def odds(exhibit: str, session: Session, texts: Sequence[str]) -> np.ndarray:
    """float64 [N]: log-odds of the second label, within 36 of 0; NaN of a text with nothing to read."""
    room = EXHIBITS[exhibit]

    async def all_shares() -> list[list[float]]:
        outputs = [await room.run(session, room.parse({"text": text})) for text in texts]
        return [list(output["scores"].values()) for output in outputs]

    shares = np.array(asyncio.run(all_shares()), np.float64).reshape(-1, 2)
    told = np.log(np.maximum(shares, 1e-16))
    result: np.ndarray = np.where(shares.sum(1) > 0, told[:, 1] - told[:, 0], np.nan)
    return result


def right(told: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """``{value, low, high, n}`` of right answers by log-odds [N]; a text with nothing to read is answered wrong."""
    return share(int((((told > 0) == labels) & ~np.isnan(told)).sum()), len(labels))


def share(count: int, n: int) -> dict[str, Any]:
    """``{value, low, high, n}`` of ``count`` of ``n``, with a 95 % interval."""
    low, high = wilson(count, n)
    return {"value": count / n, "low": low, "high": high, "n": n}


def accuracy(exhibit: str, session: Session, texts: Sequence[str], labels: np.ndarray) -> dict[str, Any]:
    """``{value, low, high, n}`` of right answers, with a 95 % interval."""
    return right(odds(exhibit, session, texts), labels)
