"""How long a model takes on this device: loading, and one sample at a time after warm-ups."""

from __future__ import annotations

import time
from typing import Any

from ..errors import InputError
from ..measure import Clock, summary
from . import OpenModel, Progress, Stopped, step
from .load import opened
from .samples import Samples

MOST_REPEATS = 10_000
"""Of measured runs, and of warm-ups."""


async def perf(
    content: bytes,
    name: str,
    samples: Samples,
    open_model: OpenModel,
    repeats: int = 30,
    warmups: int = 3,
    clock: Clock = time.perf_counter,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
) -> dict[str, Any]:
    """``{name, load_ms, model_ms, repeats, warmups, memory_bytes, runtime}``; model_ms is measure.summary's of samples.

    The samples, as ``samples.check`` gives them, take turns. Raises ModelFileError, SessionError and Cancelled; the
    session is closed in any case.
    """
    if not 1 <= repeats <= MOST_REPEATS or not 0 <= warmups <= MOST_REPEATS:
        raise InputError("repeats", f"repeats must be a whole number from 1 to {MOST_REPEATS}", "repeats-out-of-range")
    if not samples.n:
        raise InputError("samples", "give at least one sample", "samples-empty")
    found = opened(content, name).found
    await step("open", 0.0, on_progress, cancelled)
    session = await open_model(content, name)
    try:
        taken_ms: list[float] = []
        for turn in range(warmups + repeats):
            warm = turn >= warmups
            phase, done = ("run", (turn - warmups) / repeats) if warm else ("warm-up", turn / warmups)
            await step(phase, done, on_progress, cancelled)
            feeds = samples.one(turn % samples.n)
            start = clock()
            await session.run(None, feeds)
            if warm:
                taken_ms.append((clock() - start) * 1e3)
        await step("run", 1.0, on_progress, cancelled)
        return {
            "name": name,
            "load_ms": session.load_ms,
            "model_ms": summary(taken_ms),
            "repeats": repeats,
            "warmups": warmups,
            "memory_bytes": found.memory_bytes if not found.unknown_constants else None,
            "runtime": dict(session.runtime),
        }
    finally:
        session.close()
