"""A bounded pool of child processes for runs: full is an answer, not a wait, and a crash costs one run.

A plain executor of processes is not enough: one killed child breaks all of it, and a run that hangs can not be ended.
"""

from __future__ import annotations

import json
import os
import queue
import threading
import time
import traceback
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .child import Child, ChildEndedError
from .power.learner import REST, Learner, Pair
from .problems import RefusalError
from .settings import Settings

LONGEST_PAUSE_S = 30.0
"""Between attempts to start a child that will not start."""
NOT_STARTING = "The process that runs models does not start"
QUIET_S = 0.5
"""So long nothing ran, before something is learnt: whoever draws asks more than once."""


class Pool:
    """Runs requests on warm children, ``workers`` at a time, with at most ``waiting`` in line.

    Children start at the first use, not before, so that a server which forks after import has its own in each process.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._inside = 0
        self._idle: queue.LifoQueue[Child] = queue.LifoQueue()
        self.children: set[Child] = set()
        """The running child processes, warm or not."""
        self._started_by: int | None = None
        self._closing = threading.Event()
        self._failing: dict[int, str] = {}
        """Why children do not start, by the thread that tries."""
        self.learner = Learner()
        self._runs, self._quiet_from_s = 0, 0.0
        self._beside = 0
        """What runs on this machine beside the children: while it does, nothing can be learnt of what they draw."""
        self._window: tuple[Child, Pair, int] | None = None
        self._wake = threading.Event()
        """Something may be learnt: nothing runs any more, or a child is warm."""
        weakref.finalize(self, _end_all, self._closing, self.children, self._wake)

    def start(self) -> None:
        """Start the children in the background, once; runs wait for them in line."""
        with self._lock:
            if self._started_by == os.getpid():
                return
            if self._started_by:  # a fork of a process that had started them already
                self._idle, self._inside = queue.LifoQueue(), 0
                self.children.clear()
                self._failing.clear()
            self._started_by = os.getpid()
        for _ in range(self.settings.workers):
            self._boot()
        threading.Thread(target=_learn, args=(weakref.ref(self), self._closing, self._wake), daemon=True).start()

    def close(self) -> None:
        """End all children; runs in them are answered as crashed."""
        _end_all(self._closing, self.children, self._wake)

    @property
    def idle(self) -> int:
        """Children that are warm and wait for a run."""
        return self._idle.qsize()

    @property
    def waiting(self) -> int:
        """Runs that wait for a child."""
        return max(0, self._inside - self.settings.workers)

    @property
    def full(self) -> bool:
        """Whether one more run would be refused."""
        return self._inside >= self.settings.workers + self.settings.waiting

    @property
    def ready(self) -> bool:
        """Whether a child is warm."""
        return self.power is not None

    @property
    def trouble(self) -> list[str]:
        """What keeps the pool from answering as it should, in words; nothing when all is well."""
        refused = {text for child in list(self.children) for text in child.refused.values()}
        failing = {
            f"{NOT_STARTING}: {why}. It is tried again; the server's log may say more."
            for why in self._failing.copy().values()
        }
        return sorted(refused | failing)

    @property
    def power(self) -> dict[str, Any] | None:
        """What meters the runs, as a worker reported it; None until one is warm."""
        return next((child.power for child in list(self.children) if child.power), None)

    def run(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer of a child; raises RefusalError (503 or 504) when there is none to be had in time."""
        line = json.dumps(request)  # before a child is taken, so that a failure here does not lose it
        self.start()
        with self._lock:
            if self._inside >= self.settings.workers + self.settings.waiting:
                detail = f"{self.settings.waiting} runs wait already. Try again in a moment; here goes on meanwhile."
                raise RefusalError(503, "The queue is full", detail, retry_after_s=1)
            self._inside += 1
            self._runs += 1
        try:
            answer = self._run(line)
        finally:
            with self._lock:
                self._inside -= 1
                self._quiet_from_s = time.monotonic() + QUIET_S
            self._wake.set()
        if "timing" in answer:
            self.learner.count(answer, request.get("repeats", 1))
        return answer

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Something else keeps this machine busy meanwhile."""
        with self._lock:
            self._beside += 1
            self._runs += 1  # a window that is open has it in it
        try:
            yield
        finally:
            with self._lock:
                self._beside -= 1
                self._runs += 1
                self._quiet_from_s = time.monotonic() + QUIET_S
            self._wake.set()

    def learn_all(self, within_s: float) -> None:
        """Wait, at most so long, until the children are warm and what they draw was learnt; nothing should run."""
        self.start()
        until, workers = time.monotonic() + within_s, self.settings.workers
        while self.idle < workers or self.learner.learning:
            if len(self._failing) >= workers or time.monotonic() > until or self._closing.wait(0.05):
                return

    def learn_one(self) -> float | None:
        """Learn a bit of what the models draw: one run, and only while nothing else is to be done.

        Returns after how many seconds there is more to learn; None: not before something happens.
        """
        with self._lock:
            inside, runs, quiet_from_s = self._inside + self._beside, self._runs, self._quiet_from_s
        now = time.monotonic()
        pair, wait_s = self.learner.due(now)
        if inside or pair is None or self.idle < self.settings.workers:
            return None
        if wait_s or now < quiet_from_s:
            return max(wait_s or 0.0, quiet_from_s - now)
        try:
            child = self._idle.get_nowait()
        except queue.Empty:
            return None
        first, self._window = self._window != (child, pair, runs), (child, pair, runs)
        lesson = {"do": "learn", "exhibit": pair[0], "variant": pair[1]} if pair != REST else {"do": "rest"}
        try:
            told = child.ask(json.dumps({**lesson, "first": first}), self.settings.run_s)
        except ChildEndedError:
            self.learner.leave_out(pair)
            self._replace(child)
            return 0.0
        self._idle.put(child)
        if "more_s" in told:
            return float(told["more_s"])
        self._window = None
        self.learner.learn(pair, told, time.monotonic())
        return 0.0

    def _run(self, line: str) -> dict[str, Any]:
        child = self._take()
        try:
            answer = child.ask(line, self.settings.run_s)
        except ChildEndedError as ended:
            self._replace(child)
            if ended.overdue:
                detail = f"It took over {self.settings.run_s:g} s and was ended. Send fewer repeats or a smaller input."
                raise RefusalError(504, "The run took too long", detail, retry_after_s=5) from None
            detail = "The process that ran it crashed and is being restarted. Try again in a moment."
            raise RefusalError(503, "The run crashed", detail, retry_after_s=2) from None
        self._idle.put(child)
        return answer

    def _take(self) -> Child:
        """The next idle child, warmest first; raises RefusalError when none comes in time."""
        deadline = time.monotonic() + self.settings.wait_s
        while True:
            none_works = len(self._failing) >= self.settings.workers
            patience_s = 0.0 if none_works else max(0.0, deadline - time.monotonic())
            try:
                child = self._idle.get(timeout=patience_s)
            except queue.Empty:
                detail = f"No worker was free for {self.settings.wait_s:g} s. Try again in a moment."
                if none_works:
                    detail = (
                        f"{NOT_STARTING}; the health of the API says why. It is tried again: come back in a moment."
                    )
                raise RefusalError(503, "No worker is free", detail, retry_after_s=5) from None
            if child.alive():
                return child
            self._replace(child)

    def _replace(self, child: Child) -> None:
        self._drop(child)
        self._boot()

    def _drop(self, child: Child) -> None:
        self.children.discard(child)
        child.end()

    def _boot(self) -> None:
        threading.Thread(target=self._boot_until_warm, daemon=True).start()

    def _boot_until_warm(self) -> None:
        pause_s, slot = 1.0, threading.get_ident()
        while not self._closing.is_set():
            try:
                child = self._warm_child()
            except Exception as error:  # whatever it is, the next attempt may do
                if not isinstance(error, ChildEndedError):
                    traceback.print_exc()
                self._failing[slot] = str(error)
                self._closing.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            else:
                self._failing.pop(slot, None)
                if child.lesson:
                    self.learner.meet(child.lesson)
                self._idle.put(child)
                self._wake.set()
                return

    def _warm_child(self) -> Child:
        child = Child(self.settings)
        self.children.add(child)
        try:
            if self._closing.is_set():  # close() may have missed the one just added
                raise ChildEndedError("the pool is closed")
            child.warm_up()
        except BaseException:
            self._drop(child)
            raise
        return child


def _learn(pool: weakref.ref[Pool], closing: threading.Event, wake: threading.Event) -> None:
    """Learn until the pool is closed or let go of."""
    while not closing.is_set() and (held := pool()):
        wait_s = held.learn_one()
        del held
        if wait_s != 0.0:
            wake.wait(wait_s)
        wake.clear()


def _end_all(closing: threading.Event, children: set[Child], wake: threading.Event) -> None:
    closing.set()
    wake.set()
    for child in list(children):
        child.end()
