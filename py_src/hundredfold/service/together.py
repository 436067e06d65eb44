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
from ..verbs.asked import exhibit_of

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
            groups.setdefault((call.session.model_id, alike(call.names, call.feeds)), []).append(call)
        for calls in groups.values():
            self.calls += 1
            start, cpu_start = self.clock(), self.cpu_clock()
            try:
                outputs = await joined(calls[0].session, calls[0].names, [call.feeds for call in calls])
            except Exception as error:
                for call in calls:
                    call.done.set_exception(error)
                continue
            wall_s, cpu_s = self.clock() - start, self.cpu_clock() - cpu_start
            for call, mine, share in zip(calls, outputs, shares([call.feeds for call in calls]), strict=True):
                call.done.set_result((mine, wall_s, cpu_s * share, len(calls)))


def alike(names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> Any:
    """Calls of a model that are equal in this can be one."""
    shapes = tuple((name, array.dtype.str, array.shape[1:]) for name, array in sorted(feeds.items()))
    return None if names is None else tuple(names), shapes


async def joined(
    session: Session, names: Sequence[str] | None, several: Sequence[Mapping[str, np.ndarray]]
) -> list[list[np.ndarray]]:
    """The outputs for each of the feeds, by one run of the engine.

    Raises SessionError, also where an output has no row for each of the inputs.
    """
    if len(several) == 1:
        return [await session.run(names, several[0])]
    rows = _rows(several)
    outputs = await session.run(names, {name: np.concatenate([each[name] for each in several]) for name in several[0]})
    if any(len(output) != sum(rows) for output in outputs):
        raise SessionError(session.model_id, "an output has no row for each of the inputs")
    parts = [np.split(output, np.cumsum(rows)[:-1]) for output in outputs]
    return [list(mine) for mine in zip(*parts, strict=True)]


def shares(several: Sequence[Mapping[str, np.ndarray]]) -> list[float]:
    """The part that each of the feeds has in a call for all of them: by its rows, whatever their number is."""
    if len(several) == 1:
        return [1.0]
    rows = _rows(several)
    return [each / sum(rows) for each in rows]


def _rows(several: Sequence[Mapping[str, np.ndarray]]) -> list[int]:
    return [len(next(iter(feeds.values()))) for feeds in several]


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

    Found by trying it with golden vectors; ``vectors`` are those of the variant. Where these differ in shape, as texts
    do, next to nothing is computed: visitors wait until all models were looked at.
    """
    inputs = [vector["input"] for vector in vectors[:MOST]]
    if len(inputs) < FEWEST or ACROSS in content_of(variant, files):
        return False
    exhibit = exhibit_of(manifest.ladders[variant.exhibit])
    asked = {"do": "run", "exhibit": variant.exhibit, "variant": variant.id, "where": "there"}

    async def answer(given: Any, opened: OpenSession) -> dict[str, Any]:
        return await handle({**asked, "input": given}, opened, manifest)

    first = Overheard(await open_session(variant))
    for given in inputs:
        await answer(given, first.open)
    if len(first.calls) < len(inputs) or len(set(first.calls)) > 1:
        return False
    party = Party(open_session, _no_clock, _no_clock)
    together = await party.answer([lambda opened, *_, given=given: answer(given, opened) for given in inputs])
    if party.calls != 1 or any("status" in each for each in together):
        return False
    apart = [await answer(given, open_session) for given in inputs]
    pairs = zip(together, apart, strict=True)
    return all(exhibit.deviation(one["output"], other["output"]) <= ALIKE for one, other in pairs)


class Overheard:
    """A session that notes what it is asked, and answers nothing."""

    def __init__(self, session: Session) -> None:
        self.model_id, self.inputs, self.outputs = session.model_id, session.inputs, session.outputs
        self.load_ms, self.runtime = session.load_ms, session.runtime
        self.calls: list[Any] = []

    async def open(self, _: Variant) -> Session:
        return self

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        self.calls.append(alike(names, feeds))
        raise SessionError(self.model_id, "it is not asked")

    def close(self) -> None:
        pass


def _no_clock() -> float:
    return 0.0
