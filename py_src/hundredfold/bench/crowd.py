"""Cold visitors, many at once, each on a line of its own: when has each what a first answer needs, and who waits.

One of them is a real browser. The others ask for what such a browser was seen to ask for, in the same order and over as
many connections, and take it in no faster than their line does: fifty browsers would measure this machine alone.
"""

from __future__ import annotations

import asyncio
import re
import socket
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Playwright, sync_playwright

from ..manifest import Ladder
from ..measure import quantile
from . import slow
from .load import middle
from .site import APART, example
from .start import browser, first_answer

BITS_PER_S = 10e6
CONNECTIONS = 6
"""That a browser opens to one server."""
PIECE_BYTES = 1 << 14
IN_FLIGHT_BYTES = 1 << 16
"""What the system may take in for a visitor before the visitor does."""
PATIENCE_S = 120.0
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
UNITS = {
    "alone_s": ("the first answer of a browser, alone", "s"),
    "among_s": ("the first answer of a browser, among them", "s"),
    "all_p50_s": ("all is there, of the others: p50", "s"),
    "all_p99_s": ("all is there, of the others: p99", "s"),
    "least_s": ("what their line needs for it", "s"),
    "wait_p50_ms": ("until a file begins to come: p50", "ms"),
    "wait_p99_ms": ("until a file begins to come: p99", "ms"),
    "wait_most_ms": ("until a file begins to come: the longest", "ms"),
    "failed": ("visitors who did not get all", ""),
}


@dataclass
class Met:
    """What visitors met: when each had all, and how long each file kept them waiting for its first byte."""

    all_s: list[float] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    received_bytes: int = 0


class Narrow:
    """A visitor's line, shared by their connections: so many bytes a second."""

    def __init__(self, bytes_per_s: float) -> None:
        self.bytes_per_s, self._free_s = bytes_per_s, 0.0

    async def take(self, count: int) -> None:
        now = asyncio.get_running_loop().time()
        self._free_s = max(self._free_s, now) + count / self.bytes_per_s
        await asyncio.sleep(self._free_s - now)


def bench_crowd(url: str, people: int, rounds: int, ladder: Ladder) -> dict[str, Any]:
    """One browser alone, and one among so many visitors, in turns.

    Returns ``{people, bits_per_s, files, figures: [{name, what, unit, median, low, high}]}``.
    """
    asked = [ladder.exhibit, example(ladder)]
    samples = []
    files: list[str] = []
    with sync_playwright() as playwright:
        for number in range(rounds):
            _say(f"cold visitors: round {number + 1} of {rounds} ...")
            alone_s, files = _browser(playwright, url, asked)
            together = APART.submit(asyncio.run, visit_all(url, files, people - 1))
            among_s, _ = _browser(playwright, url, asked)
            samples.append({"alone_s": alone_s, "among_s": among_s, **_told(together.result(), people - 1)})
    seen = middle(samples)
    return {
        "people": people,
        "bits_per_s": BITS_PER_S,
        "files": len(files),
        "figures": [
            {"name": name, "what": what, "unit": unit, **seen[name]}
            for name, (what, unit) in UNITS.items()
            if name in seen
        ],
    }


def _browser(playwright: Playwright, url: str, asked: list[Any]) -> tuple[float, list[str]]:
    """Seconds until a new visitor's first answer, and what the browser had asked for by then."""
    with slow.line(url, BITS_PER_S) as line, browser(playwright) as (context, _):
        _, told = first_answer(context, line.url, asked)
        return float(told["first_s"]), list(line.asked)


def _told(met: Met, people: int) -> dict[str, float]:
    told = {"failed": float(len(met.failed)), "least_s": 8 * met.received_bytes / people / BITS_PER_S}
    for name, values, share, unit in (
        ("all_p50_s", met.all_s, 0.5, 1),
        ("all_p99_s", met.all_s, 0.99, 1),
        ("wait_p50_ms", met.waits_s, 0.5, 1e3),
        ("wait_p99_ms", met.waits_s, 0.99, 1e3),
        ("wait_most_ms", met.waits_s, 1.0, 1e3),
    ):
        if values:
            told[name] = unit * quantile(sorted(values), share)
    return told


async def visit_all(url: str, files: Sequence[str], people: int, bits_per_s: float = BITS_PER_S) -> Met:
    """So many visitors who all come at this moment."""
    met = Met()
    await asyncio.gather(*(_visit(url, files, bits_per_s / 8, met) for _ in range(people)))
    return met


async def _visit(url: str, files: Sequence[str], bytes_per_s: float, met: Met) -> None:
    """The page first, since it says what else there is; then all else, each connection taking the next in line."""
    start, line = time.monotonic(), Narrow(bytes_per_s)
    first, rest = deque(files[:1]), deque(files[1:])
    try:
        async with asyncio.timeout(PATIENCE_S):
            await _connection(url, first, line, met)
            async with asyncio.TaskGroup() as group:
                for _ in range(CONNECTIONS):
                    group.create_task(_connection(url, rest, line, met))
    except* (OSError, ValueError, asyncio.IncompleteReadError) as failed:
        met.failed.append(str(failed.exceptions[0]))
    else:
        met.all_s.append(time.monotonic() - start)


async def _connection(url: str, files: deque[str], line: Narrow, met: Met) -> None:
    """Fetch what is still in line, one file after the other, over one connection."""
    target = urlsplit(url)
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, IN_FLIGHT_BYTES)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, (target.hostname, target.port))
    reader, writer = await asyncio.open_connection(sock=plain, limit=PIECE_BYTES)
    try:
        while files:
            lines = (f"GET {files.popleft()} HTTP/1.1", f"Host: {target.netloc}", "Accept-Encoding: gzip, deflate, br")
            start = time.monotonic()
            writer.write("\r\n".join((*lines, "", "")).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            met.waits_s.append(time.monotonic() - start)
            length = LENGTH.search(head)
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                raise ValueError(head.split(b"\r\n")[0].decode(errors="replace"))
            met.received_bytes += len(head) + int(length[1])
            await line.take(len(head))
            left = int(length[1])
            while left:
                piece = await reader.readexactly(min(left, PIECE_BYTES))
                left -= len(piece)
                await line.take(len(piece))
    finally:
        writer.close()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
