"""Runs that wait for a child: who goes next, and which of them are answered by one call of the engine."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from .child import Child
from .problems import RefusalError

NOT_STARTING = "The process that runs models does not start"


@dataclass(eq=False)
class Run:
    """A request on its way to its answer; what becomes of it is told to the thread that brought it."""

    line: str
    kind: tuple[Any, ...] | None
    """Runs of one kind may be answered together; None: alone."""
    told: SimpleQueue[Turn | dict[str, Any] | BaseException] = field(default_factory=SimpleQueue)


@dataclass(frozen=True)
class Turn:
    """A child is free: whoever is told so asks it for all of these, the first of which is its own."""

    child: Child
    runs: Sequence[Run]


class Line:
    """Free children and waiting runs; there are never both. All methods may be called from any thread."""

    def __init__(self, places: int, most: int, absent: Callable[[], int] = lambda: 0) -> None:
        """``absent`` tells how many children are not there yet, or away: each is a place more."""
        self._places, self._most, self._absent = places, most, absent
        self._lock = threading.Lock()
        self._runs: deque[Run] = deque()
        self._idle: list[Child] = []

    @property
    def idle(self) -> int:
        """Children that wait for a run."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """Runs that wait for a child."""
        return len(self._runs)

    @property
    def full(self) -> bool:
        return not self._idle and len(self._runs) >= self._places + self._absent()

    def join(self, run: Run) -> bool:
        """A free child is told at once, the warmest first; else the run waits. False: no place is left."""
        with self._lock:
            if self._idle:
                run.told.put(Turn(self._idle.pop(), [run]))
            elif len(self._runs) < self._places + self._absent():
                self._runs.append(run)
            else:
                return False
        return True

    def again(self, runs: Sequence[Run]) -> None:
        """Back to the head of the line, each to be answered alone."""
        with self._lock:
            for run in reversed(runs):
                run.kind = None
                self._runs.appendleft(run)
            while self._idle and self._runs:
                self._next(self._idle.pop())

    def leave(self, run: Run) -> bool:
        """Whether it waited still, and does not any more; False: its turn came."""
        with self._lock:
            if run not in self._runs:
                return False
            self._runs.remove(run)
            return True

    def free(self, child: Child) -> None:
        """A child has nothing to do."""
        with self._lock:
            if self._runs:
                self._next(child)
            else:
                self._idle.append(child)

    def take_idle(self) -> Child | None:
        """A free child for something else; None where there is none."""
        with self._lock:
            return self._idle.pop() if self._idle else None

    def empty(self) -> list[Run]:
        """Nobody waits any more; returns who did."""
        with self._lock:
            runs = list(self._runs)
            self._runs.clear()
        return runs

    def _next(self, child: Child) -> None:
        first = self._runs.popleft()
        runs = [first]
        if first.kind is not None and first.kind in child.together:
            for run in list(self._runs):
                if len(runs) == self._most:
                    break
                if run.kind == first.kind:
                    self._runs.remove(run)
                    runs.append(run)
        first.told.put(Turn(child, runs))


def full(waiting: int) -> RefusalError:
    """The line has no place left."""
    detail = f"{waiting} runs wait already. Try again in a moment; here goes on meanwhile."
    return RefusalError(503, "The queue is full", detail, retry_after_s=1)


def nobody(waited_s: float, failing: bool, ready: bool) -> RefusalError:
    """No child was free in time; ``failing``: none starts, ``ready``: one is warm."""
    detail = f"No worker was free for {waited_s:g} s. Try again in a moment."
    if failing:
        detail = f"{NOT_STARTING}; the health of the API says why. It is tried again: come back in a moment."
    elif not ready:
        detail = f"The models were still being loaded after {waited_s:g} s. Try again in a moment."
    return RefusalError(503, "No worker is free", detail, retry_after_s=5)


def crashed(overdue: bool, run_s: float) -> RefusalError:
    """The child ended with the run in it, or was ended since it took longer than ``run_s``."""
    if overdue:
        detail = f"It took over {run_s:g} s and was ended. Send fewer repeats or a smaller input."
        return RefusalError(504, "The run took too long", detail, retry_after_s=5)
    detail = "The process that ran it crashed and is being restarted. Try again in a moment."
    return RefusalError(503, "The run crashed", detail, retry_after_s=2)


def ended() -> RefusalError:
    """The server is about to end."""
    detail = "It is being stopped. Try again in some seconds."
    return RefusalError(503, "The server is ending", detail, retry_after_s=5)


def kind(request: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Runs of one kind may be answered together; whoever has repeats timed has the engine to itself."""
    if request.get("do") != "run" or request.get("repeats", 1) != 1:
        return None
    return request.get("exhibit"), request.get("variant")
