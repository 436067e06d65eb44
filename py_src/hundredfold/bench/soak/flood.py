"""How much the server can do, and what happens at ten times that: many connections, read by one thread."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .ledger import Ledger, checked
from .wire import Answer, Ask, Fate, Head, visitor

CONNECTIONS = 200
"""Visitors of a flood, each with a connection that it keeps."""
SHARING = 10
"""Visitors behind the first address: together they ask too often, and are told so."""
TICK_S = 0.01


@dataclass
class Told:
    """What one flood came to."""

    seconds: float = 0.0
    offered: int = 0
    sent: int = 0
    good: int = 0

    @property
    def good_per_s(self) -> float:
        return self.good / self.seconds if self.seconds else 0.0

    @property
    def sent_per_s(self) -> float:
        return self.sent / self.seconds if self.seconds else 0.0


@dataclass
class Flood:
    """Visitors who ask the same server; ``asks`` are taken at random, by the seed."""

    address: tuple[str, int]
    asks: Sequence[Ask]
    ledger: Ledger
    longest_s: float
    chance: random.Random
    over: Callable[[], bool]
    told: Told = field(default_factory=Told)

    def steadily(self, seconds: float, visitors: int) -> Told:
        """So many visitors, each of whom asks again as soon as it is answered."""
        return asyncio.run(self._run(seconds, visitors, None))

    def at_rate(self, seconds: float, per_s: float, visitors: int = CONNECTIONS) -> Told:
        """So many requests a second, as long as one of the visitors is free to send it."""
        return asyncio.run(self._run(seconds, visitors, per_s))

    async def _run(self, seconds: float, visitors: int, per_s: float | None) -> Told:
        self.told = Told()
        turns: asyncio.Queue[Ask | None] = asyncio.Queue()
        start = time.monotonic()
        ends = start + seconds
        going = [
            asyncio.ensure_future(self._visitor(turns, visitor(1 + max(0, number - SHARING)), ends, per_s is None))
            for number in range(visitors)
        ]
        while time.monotonic() < ends and not self.over():
            due = 0 if per_s is None else int((time.monotonic() - start) * per_s) - self.told.offered
            self.told.offered += due
            for _ in range(max(0, min(due, visitors - turns.qsize()))):  # more are offered than visitors are free
                turns.put_nowait(self.chance.choice(self.asks))
            await asyncio.sleep(TICK_S)
        self.told.seconds = time.monotonic() - start
        sent, good = self.told.sent, self.told.good
        while not turns.empty():
            turns.get_nowait()
        for _ in going:
            turns.put_nowait(None)
        await asyncio.gather(*going)
        self.told.sent, self.told.good = sent, good  # without those that ended after it
        return self.told

    async def _visitor(self, turns: asyncio.Queue[Ask | None], source: str, ends: float, eager: bool) -> None:
        line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while True:
            if eager:
                request = self.chance.choice(self.asks) if time.monotonic() < ends and not self.over() else None
            else:
                request = await turns.get()
            if request is None:
                break
            try:
                if line is None:
                    opening = asyncio.open_connection(*self.address, local_addr=(source, 0))
                    line = await asyncio.wait_for(opening, self.longest_s)
            except (OSError, TimeoutError) as error:
                self.ledger.note(request, Fate("unreachable", why=str(error)))
                await asyncio.sleep(0.1)
                continue
            fate, again = await self._exchange(request, line[0], line[1])
            self.ledger.note(request, fate)
            if not again:
                line[1].close()
                line = None
        if line:
            line[1].close()

    async def _exchange(
        self, request: Ask, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[Fate, bool]:
        """The fate of a request, and whether the connection may be used again."""
        self.told.sent += 1
        try:
            writer.write(request.raw)
            await writer.drain()
        except OSError as error:
            return Fate("cut", why=str(error)), False
        start = time.monotonic()
        try:
            answer = await asyncio.wait_for(_read(reader, start), self.longest_s)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            return Fate("lost", why=f"{type(error).__name__} after {time.monotonic() - start:.1f} s"), False
        self.told.good += answer.status == 200
        return checked(request, Fate("answered", answer)), answer.headers.get("connection", "").lower() != "close"


async def _read(reader: asyncio.StreamReader, start: float) -> Answer:
    """One answer with a known length; raises EOFError or ValueError."""
    head = Head.read(await reader.readuntil(b"\r\n\r\n"))
    body = await reader.readexactly(int(head.headers["content-length"]))
    return Answer(head.status, head.headers, body, 1e3 * (time.monotonic() - start))
