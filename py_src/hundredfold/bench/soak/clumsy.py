"""Clients on bad lines: a byte at a time, half a body and then silence, gone in the middle, reading drop by drop."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from .ledger import Ledger
from .wire import Ask, Fate, connect, exchange, leave, visitor

CLIENTS = 8
FIRST = 1000
"""The number of the first of them, so that they share no address with others."""
DRIP_S = 3.0
"""About how long a request takes that comes a byte at a time."""
TINY_BYTES = 4096


class Clumsy:
    """So many clients, each in a thread of its own; ``asks`` are requests of all kinds, big answers among them."""

    def __init__(
        self,
        address: tuple[str, int],
        asks: Sequence[Ask],
        ledger: Ledger,
        seed: int,
        longest_s: float,
        clients: int = CLIENTS,
    ) -> None:
        self.address, self.asks, self.ledger, self.longest_s = address, asks, ledger, longest_s
        self.done = 0
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._client, args=(FIRST + number, random.Random(f"{seed} {number}")), daemon=True)
            for number in range(clients)
        ]

    def __enter__(self) -> Clumsy:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _client(self, number: int, chance: random.Random) -> None:
        habits: list[Callable[[Ask, str, random.Random], Fate]] = [self._drip, self._half, self._drop, self._sip]
        while not self._over.is_set():
            request, source = chance.choice(self.asks), visitor(number)
            try:
                fate = chance.choice(habits)(request, source, chance)
            except OSError as error:
                fate = Fate("unreachable", why=str(error))
            self.ledger.note(request, fate)
            self.done += 1
            self._over.wait(chance.uniform(0.0, 0.2))

    def _drip(self, request: Ask, source: str, chance: random.Random) -> Fate:
        """A byte at a time, or as many as it takes to be through in a few seconds; it waits for its answer."""
        size = max(1, len(request.raw) // 300)
        parts = [request.raw[at : at + size] for at in range(0, len(request.raw), size)]
        pause_s = chance.uniform(0.0, DRIP_S / len(parts))
        return exchange(self.address, request, source, self.longest_s, [(pause_s, part) for part in parts])

    def _half(self, request: Ask, source: str, chance: random.Random) -> Fate:
        """A part of it, a while of nothing, and gone."""
        connection = connect(self.address, source, self.longest_s)
        with suppress(OSError):
            connection.sendall(request.raw[: chance.randrange(len(request.raw))])
            self._over.wait(chance.uniform(0.0, DRIP_S))
        leave(connection, chance.random() < 0.5)
        return Fate("left")

    def _drop(self, request: Ask, source: str, chance: random.Random) -> Fate:
        """All of it, and gone before the answer, or within."""
        connection = connect(self.address, source, self.longest_s)
        with suppress(OSError):
            connection.sendall(request.raw)
            if chance.random() < 0.5:
                connection.settimeout(DRIP_S)
                connection.recv(chance.randrange(1, TINY_BYTES))
            else:
                self._over.wait(chance.uniform(0.0, 0.1))
        leave(connection, chance.random() < 0.5)
        return Fate("left")

    def _sip(self, request: Ask, source: str, chance: random.Random) -> Fate:
        """Reads a little now and then through a small window, for some seconds, and leaves."""
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TINY_BYTES)
            connection.settimeout(self.longest_s)
            connection.bind((source, 0))
            connection.connect(self.address)
            with suppress(OSError):
                connection.sendall(request.raw)
                connection.settimeout(1.0)
                ends = time.monotonic() + chance.uniform(0.5, DRIP_S)
                while time.monotonic() < ends and connection.recv(TINY_BYTES) and not self._over.wait(0.02):
                    pass
            leave(connection, chance.random() < 0.5)
        return Fate("left")


def crowd(address: tuple[str, int], request: Ask, ledger: Ledger, people: int, within_s: float) -> float:
    """So many visitors who asked once and keep their connection; the seconds that a newcomer waits among them.

    Browsers keep several connections for minutes: a class fills a server that way without asking for anything.
    """
    kept: list[socket.socket] = []
    try:
        for number in range(people):
            with suppress(OSError):
                connection = connect(address, visitor(2 * FIRST + number // 6), 1.0)
                connection.sendall(request.raw)
                kept.append(connection)
        start = time.monotonic()
        ledger.note(request, exchange(address, request, visitor(3 * FIRST), within_s))
        return time.monotonic() - start
    finally:
        for connection in kept:
            connection.close()
