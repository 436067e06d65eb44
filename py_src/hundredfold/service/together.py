"""Several answers of one model, computed by one call of the engine; what each of them took is still told apart."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..app import handle
from ..errors import SessionError
from ..manifest import Files, Manifest, Variant, content_of
from ..measure import Clock
from ..session import OpenSession, Session, TensorInfo

Answer = Callable[[OpenSession, Clock, Clock], Awaitable[dict[str, Any]]]
"""Computes one answer with sessions, a clock and a clock of the process's CPU seconds."""
ACROSS = b"DynamicQuantize"
"""Operators whose names begin so take their scale over the whole batch: an answer would depend on its neighbours."""
ALIKE = 1e-5
"""The largest deviation of an answer that was computed together with others from itself."""
FEWEST, MOST = 2, 4
"""Golden vectors that it takes to tell whether neighbours matter, and that are enough."""


@dataclass(frozen=True)
class Call:
    """What one answer asks of the engine, and waits for."""

    session: Session
    names: Sequence[str] | None
    feeds: Mapping[str, np.ndarray]
    done: asyncio.Future[tuple[list[np.ndarray], float, float, int]]
    """The outputs, the seconds that the call took, the CPU seconds that are this answer's part, and the batch."""

    @property
    def alike(self) -> Any:
        """Calls that are equal in this can be one."""
        shapes = tuple((name, array.dtype.str, array.shape[1:]) for name, array in sorted(self.feeds.items()))
        return self.session.model_id, None if self.names is None else tuple(self.names), shapes


class Party:
    """Answers that are computed together: when none of them can go on, the engine is called for all that wait."""

    def __init__(self, open_session: OpenSession, clock: Clock, cpu_clock: Clock) -> None:
        self.open_session, self.clock, self.cpu_clock = open_session, clock, cpu_clock
        self.calls = 0
        """Calls of the engine."""
        self._busy = 0
        self._waiting: list[Call] = []
        self._running: asyncio.Task[None] | None = None

    async def answer(self, answers: Sequence[Answer]) -> list[dict[str, Any]]:
        self._busy = len(answers)
        return await asyncio.gather(*(self._one(Member(self), each) for each in answers))

    async def _one(self, member: Member, answer: Answer) -> dict[str, Any]:
        try:
            return await answer(member.open, member.clock, member.cpu_clock)
        finally:
            self._rests()

    async def call(
        self, session: Session, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]
    ) -> tuple[list[np.ndarray], float, float, int]:
        call = Call(session, names, feeds, asyncio.get_running_loop().create_future())
        self._waiting.append(call)
        self._rests()
        return await call.done

    def _rests(self) -> None:
        """One of the answers is done or waits."""
        self._busy -= 1
        if self._busy == 0 and self._waiting:
            self._running = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        waiting, self._waiting, self._busy = self._waiting, [], len(self._waiting)
        groups: dict[Any, list[Call]] = {}
        for call in waiting:
            groups.setdefault(call.alike, []).append(call)
        for calls in groups.values():
            self.calls += 1
            start, cpu_start = self.clock(), self.cpu_clock()
            try:
                outputs = await _joined(calls)
            except Exception as error:
                for call in calls:
                    call.done.set_exception(error)
                continue
            wall_s, cpu_s = self.clock() - start, (self.cpu_clock() - cpu_start) / len(calls)
            for call, mine in zip(calls, outputs, strict=True):
                call.done.set_result((mine, wall_s, cpu_s, len(calls)))


async def _joined(calls: Sequence[Call]) -> list[list[np.ndarray]]:
    """The outputs of each call, by one run of the engine; raises SessionError where an output has no row for each."""
    first = calls[0]
    if len(calls) == 1:
        return [await first.session.run(first.names, first.feeds)]
    rows = [len(next(iter(call.feeds.values()))) for call in calls]
    feeds = {name: np.concatenate([call.feeds[name] for call in calls]) for name in first.feeds}
    outputs = await first.session.run(first.names, feeds)
    if any(len(output) != sum(rows) for output in outputs):
        raise SessionError(first.session.model_id, "an output has no row for each of the inputs")
    ends = np.cumsum(rows)
    parts = [np.split(output, ends[:-1]) for output in outputs]
    return [list(mine) for mine in zip(*parts, strict=True)]


class Member:
    """One of the answers; its clocks stand still while others compute, and count its part of what was shared."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self._skipped_s = self._skipped_cpu_s = 0.0

    def clock(self) -> float:
        return self.party.clock() - self._skipped_s

    def cpu_clock(self) -> float:
        return self.party.cpu_clock() - self._skipped_cpu_s

    async def open(self, variant: Variant) -> Session:
        return Shared(await self.party.open_session(variant), self)

    async def call(
        self, session: Session, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]
    ) -> tuple[list[np.ndarray], int]:
        start, cpu_start = self.clock(), self.cpu_clock()
        wall_s = cpu_s = 0.0
        try:
            outputs, wall_s, cpu_s, batch = await self.party.call(session, names, feeds)
        finally:
            self._skipped_s += self.clock() - start - wall_s
            self._skipped_cpu_s += self.cpu_clock() - cpu_start - cpu_s
        return outputs, batch


class Shared:
    """A session of one of the answers."""

    def __init__(self, session: Session, member: Member) -> None:
        self._session, self._member = session, member
        self.model_id: str = session.model_id
        self.inputs: Sequence[TensorInfo] = session.inputs
        self.outputs: Sequence[TensorInfo] = session.outputs
        self.load_ms: float = session.load_ms
        self.runtime: dict[str, Any] = dict(session.runtime)

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        outputs, batch = await self._member.call(self._session, names, feeds)
        if batch > self.runtime.get("batch", 1):
            self.runtime["batch"] = batch
        return outputs

    def close(self) -> None:
        self._session.close()


async def may_join(
    variant: Variant, files: Files, vectors: Sequence[Any], open_session: OpenSession, manifest: Manifest
) -> bool:
    """Whether answers of this model come out alike when they are computed together, by one call of the engine.

    Found by trying it with golden vectors; ``vectors`` are those of the variant.
    """
    from ..verbs.asked import exhibit_of

    inputs = [vector["input"] for vector in vectors[:MOST]]
    if len(inputs) < FEWEST or ACROSS in content_of(variant, files):
        return False
    exhibit = exhibit_of(manifest.ladders[variant.exhibit])
    asked = {"do": "run", "exhibit": variant.exhibit, "variant": variant.id, "where": "there"}

    def answering(given: Any) -> Answer:
        return lambda opened, clock, cpu_clock: handle(
            {**asked, "input": given}, opened, manifest, clock=clock, cpu_clock=cpu_clock
        )

    party = Party(open_session, _no_clock, _no_clock)
    joined = await party.answer([answering(given) for given in inputs])
    apart = [await handle({**asked, "input": given}, open_session, manifest) for given in inputs]
    if party.calls != 1 or any("status" in answer for answer in joined):
        return False
    pairs = zip(joined, apart, strict=True)
    return all(exhibit.deviation(one["output"], other["output"]) <= ALIKE for one, other in pairs)


def _no_clock() -> float:
    return 0.0
