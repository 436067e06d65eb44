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

MOST_TOGETHER = 8
ACROSS = b"DynamicQuantize"
"""Operators whose names begin so take their scale over the whole batch: an answer would depend on its neighbours."""
ALIKE = 1e-5
"""The largest difference of a value that was computed together with others from itself."""


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

    @property
    def alike(self) -> Any:
        """Calls that are equal in this can be one."""
        shapes = tuple((name, array.dtype.str, array.shape[1:]) for name, array in sorted(self.feeds.items()))
        return self.names, shapes

    @property
    def rows(self) -> int:
        return len(next(iter(self.feeds.values())))


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
            groups.setdefault(call.alike, []).append(place)
        found: dict[int, Done] = {}
        for places in groups.values():
            found.update(zip(places, await self._at_once([calls[place] for place in places]), strict=True))
        return [found[place] for place in range(len(calls))]

    async def _at_once(self, calls: Sequence[Call]) -> list[Done]:
        """One call of the engine, in a thread of its own, so that further calls can come meanwhile."""
        first, rows = calls[0], [call.rows for call in calls]
        feeds = {name: np.concatenate([call.feeds[name] for call in calls]) for name in first.feeds}
        async with self.engine:
            self.calls += 1
            start_s, cpu_s, beside_s = time.perf_counter(), time.process_time(), time.thread_time()
            try:
                outputs: list[np.ndarray] | Exception = await asyncio.to_thread(self._call, first.names, feeds)
            except Exception as error:
                outputs = error
            wall_s = time.perf_counter() - start_s
            cpu_s = time.process_time() - cpu_s - (time.thread_time() - beside_s)
        if len(calls) == 1 or isinstance(outputs, Exception):
            return [Done(outputs, wall_s, cpu_s / len(calls))] * len(calls)
        ends = np.cumsum(rows)
        parts = [np.split(output, ends[:-1]) for output in outputs]
        apart = [list(mine) for mine in zip(*parts, strict=True)]
        return [Done(mine, wall_s, cpu_s * each / ends[-1]) for mine, each in zip(apart, rows, strict=True)]

    def _call(self, names: tuple[str, ...] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        return driven(self.session.run(names, feeds))

    def close(self) -> None:
        self.session.close()


def may_join(session: Session, content: bytes) -> bool:
    """Whether calls of a model come out alike when they are one call of the engine; ``content`` is its file.

    What it declares must allow it, and it is tried: two rows of noise together, and each by itself.
    """
    firsts = {info.shape[0] if info.shape else 0 for info in (*session.inputs, *session.outputs)}
    if ACROSS in content or len(firsts) != 1 or isinstance(next(iter(firsts)), int):
        return False
    rows = np.random.default_rng(0)
    feeds = {}
    for info in session.inputs:
        shape = [2, *(size if isinstance(size, int) else 2 for size in info.shape[1:])]
        if info.dtype not in ("float32", "uint8"):
            return False  # of indices only the exhibit knows which there are
        noise = rows.uniform(0, 255, shape) if info.dtype == "uint8" else rows.uniform(0, 1, shape)
        feeds[info.name] = noise.astype(info.dtype)
    together = driven(session.run(None, feeds))
    apart = [driven(session.run(None, {name: array[row : row + 1] for name, array in feeds.items()})) for row in (0, 1)]
    return all(
        len(both) == 2 and float(np.abs(both - np.concatenate([one, two])).max()) <= ALIKE
        for both, one, two in zip(together, *apart, strict=True)
    )
