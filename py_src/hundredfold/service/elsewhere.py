"""What runs that are answered elsewhere have in common: turns, a time limit, and what is known of the power there."""

from __future__ import annotations

import threading
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from .line import full
from .problems import RefusalError
from .settings import Settings

UNKNOWN = {"learning": False, "idle": None, "cpu_second": None}


class Told:
    """The power of machines elsewhere, as one of them told it."""

    learning = False

    def __init__(self) -> None:
        self.facts: Mapping[str, Any] | None = None
        """What `stated.document` made there, or as much of it as `Learner.document` makes."""

    def document(self, recorded: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
        facts = self.facts or {}
        learnt = {**(recorded or {}), **(facts.get("learnt") or {})}
        return {**{name: facts.get(name, value) for name, value in UNKNOWN.items()}, "learnt": learnt}

    def count(self, answer: dict[str, Any], answers: int) -> None:
        """Nothing is known of what this machine's own CPU seconds draw: whoever computed the answer has counted."""
        answer["timing"].pop("cpu_ms", None)


class Turns:
    """So many runs at once, and so many that wait for their turn."""

    def __init__(self, settings: Settings) -> None:
        self._at_once, self._most_waiting, self._wait_s = settings.at_once, settings.waiting, settings.wait_s
        self._turn = threading.Semaphore(settings.at_once)
        self._lock, self._inside = threading.Lock(), 0

    @property
    def waiting(self) -> int:
        return max(0, self._inside - self._at_once)

    @property
    def full(self) -> bool:
        return self._inside >= self._at_once + self._most_waiting

    @contextmanager
    def one(self) -> Iterator[float]:
        """Take a turn, and tell when it may wait no longer, by the monotonic clock; raises RefusalError."""
        until_s = time.monotonic() + self._wait_s
        with self._lock:
            if self.full:
                raise full(self._most_waiting)
            self._inside += 1
        try:
            if not self._turn.acquire(timeout=self._wait_s):
                detail = f"No turn came within {self._wait_s:g} s. Try again in a moment."
                raise RefusalError(503, "Too many runs", detail, retry_after_s=5)
            try:
                yield until_s
            finally:
                self._turn.release()
        finally:
            with self._lock:
                self._inside -= 1


class Elsewhere:
    """What a baseline has whose models run elsewhere; `baseline.Baseline` says what each is."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.learner = settings, Told()
        self.power: dict[str, Any] | None = None
        self._turns = Turns(settings)

    @property
    def waiting(self) -> int:
        return self._turns.waiting

    @property
    def full(self) -> bool:
        return self._turns.full

    @contextmanager
    def beside(self) -> Iterator[None]:
        yield  # nothing is learnt of this machine that it could disturb


Value = TypeVar("Value")


def driven(answer: Coroutine[Any, Any, Value]) -> Value:
    """What a coroutine returns that waits for nothing but sessions which answer at once: it needs no event loop."""
    try:
        answer.send(None)
    except StopIteration as done:
        value: Value = done.value
        return value
    answer.close()
    raise RuntimeError("it waits for an event loop, and there is none")
