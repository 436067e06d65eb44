"""Counts what each address asked in this process: a sliding window by two counters, no thread and no list of times.

`limits` has the same for memory, but begins a thread for its expiry at nearly each request, and waits for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from limits import RateLimitItem

MANY = 10_000
"""So many addresses are kept before those are looked for that asked nothing for long."""


@dataclass
class Window:
    """What one address asked in the window that it asked in last, and in the one before."""

    number: int
    now: int = 0
    before: int = 0


class Windows:
    """Holds each address to all limits; any thread may ask."""

    def __init__(self, limits: Sequence[RateLimitItem], clock: Callable[[], float] = time.time) -> None:
        self._limits, self._clock = limits, clock
        self._lock = threading.Lock()
        self.seen: dict[tuple[int, str], Window] = {}

    def wait_s(self, address: str) -> float:
        """Seconds until this address may ask again; 0: it may, and that is counted.

        What was asked in the window before counts by the part of it that is less than a whole window ago.
        """
        now_s = self._clock()
        with self._lock:
            found = [self._window(place, limit, address, now_s) for place, limit in enumerate(self._limits)]
            for limit, (window, part) in zip(self._limits, found, strict=True):
                if window.before * (1 - part) + window.now + 1 > limit.amount:
                    return (1 - part) * limit.get_expiry()
            for window, _ in found:
                window.now += 1
        return 0.0

    def _window(self, place: int, limit: RateLimitItem, address: str, now_s: float) -> tuple[Window, float]:
        """The address's window, which is the present one now, and the part of it that is over."""
        number, over_s = divmod(now_s, limit.get_expiry())
        window = self.seen.get((place, address))
        if window is None:
            if len(self.seen) >= MANY:
                self._forget(now_s)
            window = self.seen[place, address] = Window(int(number))
        elif window.number != number:
            before = window.now if window.number == number - 1 else 0
            window.number, window.now, window.before = int(number), 0, before
        return window, over_s / limit.get_expiry()

    def _forget(self, now_s: float) -> None:
        """Leave out who did not ask in this window, nor in the one before."""
        for key, window in list(self.seen.items()):
            if window.number < now_s // self._limits[key[0]].get_expiry() - 1:
                del self.seen[key]
