"""Sessions of a Ray replica: calls of several runs become one call of the engine, where the model allows it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ray import serve

from ..session import Session, TensorInfo
from .elsewhere import driven
from .together import alike, joined, shares

MOST_TOGETHER = 8


@dataclass
class Share:
    """One run's part of the replica's time, which it shares with the others that are under way."""

    skipped_s: float = 0.0
    cpu_s: float = 0.0
    """CPU seconds inside the engine that are this run's."""

    def clock(self) -> float:
        return time.perf_counter() - self.skipped_s

    def cpu_clock(self) -> float:
        """Python's CPU seconds are the loop's thread's, except while it did something for others."""
        return time.thread_time() + self.cpu_s


SHARE: ContextVar[Share] = ContextVar("share")


@dataclass(frozen=True)
class Call:
    """What one run asks of the engine."""

    names: tuple[str, ...] | None
    feeds: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Done:
    """What became of a call, and what of the engine's time was its."""

    outputs: list[np.ndarray] | Exception
    wall_s: float
    cpu_s: float


@dataclass
class Joined:
    """A session that answers several calls at once; one call of the engine at a time in each replica, by its lock."""

    session: Session
    together: bool
    engine: asyncio.Lock
    calls: int = 0
    """Calls of the engine."""
    model_id: str = field(init=False)
    inputs: Sequence[TensorInfo] = field(init=False)
    outputs: Sequence[TensorInfo] = field(init=False)
    load_ms: float = field(init=False)
    runtime: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        session = self.session
        self.model_id, self.inputs, self.outputs = session.model_id, session.inputs, session.outputs
        self.load_ms, self.runtime = session.load_ms, session.runtime

        async def many(calls: list[Call]) -> list[Done]:
            return await self._many(calls)

        # Made here, not by a decorator above: that would have one line of calls for all sessions.
        self._line = serve.batch(many, max_batch_size=MOST_TOGETHER, batch_wait_timeout_s=0.0)

    __hash__ = object.__hash__

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        share = SHARE.get()
        start_s, start_cpu_s = time.perf_counter(), time.thread_time()
        call = Call(None if names is None else tuple(names), feeds)
        done: Done = await self._line(call) if self.together else (await self._many([call]))[0]
        share.skipped_s += time.perf_counter() - start_s - done.wall_s
        share.cpu_s += done.cpu_s - (time.thread_time() - start_cpu_s)
        if isinstance(done.outputs, Exception):
            raise done.outputs
        return done.outputs

    async def _many(self, calls: Sequence[Call]) -> list[Done]:
        groups: dict[Any, list[int]] = {}
        for place, call in enumerate(calls):
            groups.setdefault(alike(call.names, call.feeds), []).append(place)
        found: dict[int, Done] = {}
        for places in groups.values():
            found.update(zip(places, await self._at_once([calls[place] for place in places]), strict=True))
        return [found[place] for place in range(len(calls))]

    async def _at_once(self, calls: Sequence[Call]) -> list[Done]:
        """One call of the engine, in a thread of its own, so that further calls can come meanwhile."""
        feeds = [call.feeds for call in calls]
        run = joined(self.session, calls[0].names, feeds)
        async with self.engine:
            self.calls += 1
            start_s, cpu_s, beside_s = time.perf_counter(), time.process_time(), time.thread_time()
            outputs: Sequence[list[np.ndarray] | Exception]
            try:
                outputs = await asyncio.to_thread(driven, run)
            except Exception as error:
                outputs = [error] * len(calls)
            wall_s = time.perf_counter() - start_s
            cpu_s = time.process_time() - cpu_s - (time.thread_time() - beside_s)
        return [Done(mine, wall_s, cpu_s * share) for mine, share in zip(outputs, shares(feeds), strict=True)]

    def close(self) -> None:
        self.session.close()
