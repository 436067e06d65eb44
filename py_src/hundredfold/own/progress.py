"""How far a command is: written anew in one line of a terminal, with the time left; nothing where none is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

FIRST_AFTER_S = 1.0
"""What is done sooner needs no line."""
EVERY_S = 0.2
WIDTH = 78
PHASES = {
    "open": "loading",
    "warm-up": "warming up",
    "run": "timing",
    "time": "timing",
    "energy": "metering",
    "ranges": "measuring ranges",
    "quantize": "quantising",
    "simplify": "simplifying",
    "check": "checking",
    "check-original": "running the original",
    "compare": "comparing",
    "layers": "looking at layers",
    "browser": "starting a server and a browser",
    "fetch": "fetching what the page needs for it",
}
"""Phases by code; the others are called by it."""


class Progress:
    """Told of phases and of how much of each is done, 0 to 1; the line is gone when its ``with`` ends."""

    def __init__(self, stream: TextIO, quiet: bool = False, clock: Callable[[], float] = time.perf_counter) -> None:
        self.stream, self.clock = stream, clock
        self.shown = not quiet and stream.isatty()
        self.start = self.told = clock()
        self.phase, self.done = "", 0.0
        self.phase_start = self.start
        self.written = False

    async def __call__(self, phase: str, done: float) -> None:
        now = self.clock()
        begins = phase != self.phase
        if begins or done < self.done:
            self.phase, self.phase_start = phase, now
        self.done = min(max(done, 0.0), 1.0)
        if not self.shown or now - self.start < FIRST_AFTER_S or (now - self.told < EVERY_S and not begins):
            return
        self.told = now
        self.written = True  # before it is: Ctrl-C may come in between
        print(f"\r{self.line(now):<{WIDTH}}", end="", file=self.stream, flush=True)

    def line(self, now: float) -> str:
        """As in ``calibrate: 40 %, 12 % a second, about 5 s left``."""
        name = PHASES.get(self.phase, self.phase)
        spent = now - self.phase_start
        if not self.done or spent <= 0:
            return f"{name} ..."[:WIDTH]
        rate = self.done / spent
        left = (1 - self.done) / rate
        return f"{name}: {self.done:.0%}, {rate:.1%} a second, about {left:.0f} s left".replace("%", " %")[:WIDTH]

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away, whatever ended the work."""
        if self.written:
            print(f"\r{'':<{WIDTH}}\r", end="", file=self.stream, flush=True)
            self.written = False
