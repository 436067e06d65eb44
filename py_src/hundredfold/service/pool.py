"""A bounded pool of child processes for runs: full is an answer, not a wait, and a crash costs one run.

A plain executor of processes is not enough: one killed child breaks all of it, and a run that hangs can not be ended.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from queue import Empty
from typing import Any

from . import log
from .child import Child, ChildEndedError
from .line import NOT_STARTING, Line, Run, Turn, crashed, ended, full, kind, nobody
from .power.learner import REST, Learner, Pair
from .settings import Settings

LONGEST_PAUSE_S = 30.0
"""Between attempts to start a child that will not start."""
STARTING_S = 60.0
"""So long a run waits while no child is warm yet."""
QUIET_S = 0.5
"""So long nothing ran, before something is learnt: whoever draws asks more than once."""


class Pool:
    """Runs requests on warm children, ``workers`` of them, with at most ``waiting`` in line.

    Those in line that one model can answer by one call of the engine are answered so. Children start at the first use,
    not before, so that a server which forks after import has its own in each process.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._inside = 0
        self._asked: set[Child] = set()
        self.line = self._new_line()
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
                self._inside = 0
                self._asked, self.line = set(), self._new_line()
                self.children.clear()
                self._failing.clear()
            self._started_by = os.getpid()
        for _ in range(self.settings.workers):
            self._boot()
        threading.Thread(target=_learn, args=(weakref.ref(self), self._closing, self._wake), daemon=True).start()

    def _new_line(self) -> Line:
        """While a child starts, or is taught, the run that it will answer waits beside the others."""
        workers = self.settings.workers
        return Line(self.settings.waiting, self.settings.batch, lambda: max(0, workers - len(self._asked)))

    def close(self) -> None:
        """End all children; runs in them are answered as crashed, and those in line are told that it ends."""
        _end_all(self._closing, self.children, self._wake)
        for run in self.line.empty():
            run.told.put(ended())

    @property
    def idle(self) -> int:
        """Children that are warm and wait for a run."""
        return self.line.idle

    @property
    def waiting(self) -> int:
        """Runs that wait for a child."""
        return self.line.waiting

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

    @property
    def full(self) -> bool:
        """One more run would be refused."""
        return self.line.full

    def run(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer of a child; raises RefusalError (503 or 504) when there is none to be had in time."""
        run = Run(json.dumps(request), kind(request))
        self.start()
        with self._lock:
            self._inside += 1
            self._runs += 1
        try:
            if not self.line.join(run):
                raise full(self.settings.waiting)
            answer = self._answer(run)
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
        if (child := self.line.take_idle()) is None:
            return None
        first, self._window = self._window != (child, pair, runs), (child, pair, runs)
        lesson = {"do": "learn", "exhibit": pair[0], "variant": pair[1]} if pair != REST else {"do": "rest"}
        try:
            told = child.ask(json.dumps({**lesson, "first": first}), self.settings.run_s)
        except ChildEndedError:
            self.learner.leave_out(pair)
            self._replace(child)
            return 0.0
        self.line.free(child)
        if "more_s" in told:
            return float(told["more_s"])
        self._window = None
        self.learner.learn(pair, told, time.monotonic())
        return 0.0

    def _answer(self, run: Run) -> dict[str, Any]:
        """What becomes of a run; when its turn comes, it is this thread that asks the child, for others in line too."""
        from_s, wait_s = time.monotonic(), self.settings.wait_s
        while True:
            closing, failing = self._closing.is_set(), len(self._failing) >= self.settings.workers
            try:
                told = run.told.get(timeout=0.0 if closing or failing else max(0.0, from_s + wait_s - time.monotonic()))
            except Empty:
                if not (closing or failing or self.ready) and wait_s < STARTING_S:
                    wait_s += self.settings.wait_s  # the first worker loads its models still: that is no crowd
                    continue
                if self.line.leave(run):
                    raise (ended() if closing else nobody(wait_s, failing, self.ready)) from None
                told = run.told.get()  # its turn came: it has an answer by the time that a run may take
            if isinstance(told, Turn):
                self._asked.add(told.child)
                try:
                    self._ask(told)
                finally:
                    self._asked.discard(told.child)
            elif isinstance(told, BaseException):
                raise told
            else:
                return told

    def _ask(self, turn: Turn) -> None:
        """Ask the child, and tell each run what became of it."""
        child, runs = turn.child, turn.runs
        if not child.alive():
            self._replace(child)
            self.line.again(runs)
            return
        try:
            answers = self._told(child, [run.line for run in runs])
        except ChildEndedError as ended:
            log.event("a worker ended", level=logging.WARNING, pid=child.process.pid, why=str(ended), runs=len(runs))
            self._replace(child)
            if len(runs) > 1 and not ended.overdue and not self._closing.is_set():
                self.line.again(runs)  # one of them may have brought it down, and that shall cost the others nothing
                return
            for run in runs:
                run.told.put(crashed(ended.overdue, self.settings.run_s))
        except BaseException as error:
            self._replace(child)
            for run in runs:
                run.told.put(error)
        else:
            self.line.free(child)
            for run, answer in zip(runs, answers, strict=True):
                run.told.put(answer)

    def _told(self, child: Child, lines: list[str]) -> list[dict[str, Any]]:
        if len(lines) == 1:
            return [child.ask(lines[0], self.settings.run_s)]
        return child.ask_together(lines, self.settings.run_s)

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
                if isinstance(error, ChildEndedError):
                    log.event("a worker does not start", level=logging.WARNING, why=str(error))
                else:
                    log.mistake("a worker does not start")
                self._failing[slot] = str(error)
                self._closing.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            else:
                self._failing.pop(slot, None)
                log.event("a worker is warm", pid=child.process.pid, refused=sorted(child.refused))
                if child.lesson:
                    self.learner.meet(child.lesson)
                self.line.free(child)
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
