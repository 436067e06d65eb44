"""Make a fast machine feel like a slow one: a narrow line to the server, and a browser that mostly stands still.

DevTools slow down a page's main thread and its own requests, but not workers, in which everything here happens. So the
line is a proxy, and the processor is slowed by stopping all of the browser's processes for most of the time.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

CHUNK_BYTES = 4096
TURN_S = 0.02
"""Stop and go take turns within so many seconds: shorter than anything that is measured."""
LOOK_S = 0.1
"""How often new processes of the browser are looked for."""
ASKED = re.compile(rb"GET (\S+) HTTP/1")


@dataclass
class Line:
    """A line to a server, and what went over it."""

    url: str
    connections: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0
    asked: list[str] = field(default_factory=list)
    """What was fetched over it, in order: targets of GET requests, each sent in one piece, as browsers do."""


class _Way:
    """One direction of a line, shared by all connections: so many bytes a second, so long on their way."""

    def __init__(self, bytes_per_s: float, latency_s: float, saw: Callable[[bytes], None]) -> None:
        self.bytes_per_s, self.latency_s, self.saw, self._free_s = bytes_per_s, latency_s, saw, 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)

        async def deliver() -> None:
            while True:
                due, chunk = await under_way.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not chunk:
                    writer.close()
                    return
                writer.write(chunk)
                await writer.drain()

        delivering = asyncio.ensure_future(deliver())
        try:
            while True:
                chunk = await reader.read(CHUNK_BYTES)
                self.saw(chunk)
                self._free_s = max(self._free_s, loop.time()) + len(chunk) / self.bytes_per_s
                await under_way.put((self._free_s + self.latency_s, chunk))
                if not chunk:
                    break
                await asyncio.sleep(max(0.0, self._free_s - loop.time()))
            await delivering
        except OSError:
            pass
        finally:
            delivering.cancel()
            writer.close()


@contextmanager
def line(url: str, bits_per_s: float = float("inf"), round_trip_s: float = 0.0) -> Iterator[Line]:
    """A line to the server at ``url``; its two directions share nothing."""
    target = urlsplit(url)
    loop = asyncio.new_event_loop()
    made = Line("")

    def sent(chunk: bytes) -> None:
        made.sent_bytes += len(chunk)
        if asked := ASKED.match(chunk):
            made.asked.append(asked[1].decode())

    def received(chunk: bytes) -> None:
        made.received_bytes += len(chunk)

    up, down = (_Way(bits_per_s / 8, round_trip_s / 2, saw) for saw in (sent, received))

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.connections += 1
        try:
            there, back = await asyncio.open_connection(target.hostname, target.port)
        except OSError:
            writer.close()
            return
        with suppress(asyncio.CancelledError):  # the line is taken down
            await asyncio.gather(up.carry(reader, back), down.carry(there, writer))

    async def stop() -> None:
        server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # All of it in a thread: Playwright has an event loop in the one that calls.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = asyncio.run_coroutine_threadsafe(asyncio.start_server(connect, "127.0.0.1", 0), loop)
    server = starting.result(10)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def processor(mark: str, times: float) -> Iterator[None]:
    """Let the processes whose command line has ``mark``, and all that they started, run 1/``times`` of the time."""
    if times <= 1:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_stop_and_go, args=(mark, times, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _stop_and_go(mark: str, times: float, over: threading.Event) -> None:
    family: list[int] = []
    looked_s = -LOOK_S
    while not over.is_set():
        if time.monotonic() - looked_s > LOOK_S:
            family, looked_s = _family(mark), time.monotonic()
        _send(family, signal.SIGSTOP)
        time.sleep(TURN_S * (1 - 1 / times))
        _send(family, signal.SIGCONT)
        time.sleep(TURN_S / times)
    _send(_family(mark), signal.SIGCONT)


def _send(family: list[int], what: signal.Signals) -> None:
    for process in family:
        with suppress(ProcessLookupError):
            os.kill(process, what)


def _family(mark: str) -> list[int]:
    parents: dict[int, int] = {}
    found: set[int] = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if mark.encode() in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
        except (OSError, IndexError, ValueError):
            continue
    grown = True
    while grown:
        more = {process for process, parent in parents.items() if parent in found} - found
        grown = bool(more)
        found |= more
    return sorted(found - {os.getpid()})
