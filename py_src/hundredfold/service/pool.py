"""A bounded pool of child processes for runs: full is an answer, not a wait, and a crash costs one run.

A plain executor of processes is not enough: one killed child breaks all of it, and a run that hangs can not be ended.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from .problems import RefusalError
from .settings import Settings

BOOT_S = 120.0
"""The longest that a child may take to load and warm up all models."""
LONGEST_PAUSE_S = 30.0
"""Between attempts to start a child that will not start."""
END_S = 2.0
"""How long a child may take to end by itself."""


class ChildEndedError(Exception):
    """The child went away during a request; ``overdue`` when we ended it because its time was up."""

    def __init__(self, overdue: bool) -> None:
        super().__init__("overdue" if overdue else "crashed")
        self.overdue = overdue


class Child:
    """One running child process; each request is one line to it and one line back."""

    def __init__(self, settings: Settings) -> None:
        command = [sys.executable, "-P", "-X", "faulthandler", "-m", "hundredfold.service.runner"]
        self.process = subprocess.Popen(
            [*command, str(settings.models), str(settings.threads), str(settings.powercap)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.refused: dict[str, str] = {}
        self.power: dict[str, Any] | None = None

    def warm_up(self) -> None:
        """Wait until the child has loaded its models; raises ChildEndedError."""
        told = self._exchange("", BOOT_S)
        self.refused, self.power = told["refused"], told["power"]

    def ask(self, line: str, within_s: float) -> dict[str, Any]:
        """Send a request as one line of JSON and wait for its answer; raises ChildEndedError."""
        return self._exchange(f"{line}\n", within_s)

    def _exchange(self, line: str, within_s: float) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            self.process.kill()

        timer = threading.Timer(within_s, end)
        timer.daemon = True  # or the server could not exit before it fires
        timer.start()
        try:
            self.process.stdin.write(line)
            self.process.stdin.flush()
            told = self.process.stdout.readline()
        except OSError:
            told = ""
        finally:
            timer.cancel()
        if not told.endswith("\n"):
            raise ChildEndedError(overdue.is_set())
        answer: dict[str, Any] = json.loads(told)
        return answer

    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        """End the process and wait until it is gone."""
        self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(END_S)
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # the rest of a request that the child did not read
                pipe.close()  # type: ignore[union-attr]


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
        self._started = False
        self._closing = threading.Event()
        self._trouble: str | None = None
        weakref.finalize(self, _end_all, self._closing, self.children)

    def start(self) -> None:
        """Start the children in the background, once; runs wait for them in line."""
        with self._lock:
            if self._started:
                return
            self._started = True
        for _ in range(self.settings.workers):
            self._boot()

    def close(self) -> None:
        """End all children; runs in them are answered as crashed."""
        _end_all(self._closing, self.children)

    @property
    def idle(self) -> int:
        """Children that are warm and wait for a run."""
        return self._idle.qsize()

    @property
    def waiting(self) -> int:
        """Runs that wait for a child."""
        return max(0, self._inside - self.settings.workers)

    @property
    def trouble(self) -> list[str]:
        """What keeps the pool from answering as it should, in words; nothing when all is well."""
        refused = {text for child in list(self.children) for text in child.refused.values()}
        return sorted(refused) + ([self._trouble] if self._trouble else [])

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
        try:
            return self._run(line)
        finally:
            with self._lock:
                self._inside -= 1

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
            patience_s = 0.0 if self._trouble else max(0.0, deadline - time.monotonic())
            try:
                child = self._idle.get(timeout=patience_s)
            except queue.Empty:
                detail = self._trouble or f"No worker was free for {self.settings.wait_s:g} s. Try again in a moment."
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
        pause_s = 1.0
        while not self._closing.is_set():
            try:
                child = self._warm_child()
            except (ChildEndedError, OSError):
                self._trouble = "The process that runs models does not start; the server's log says why."
                self._closing.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            else:
                self._trouble = None
                self._idle.put(child)
                return

    def _warm_child(self) -> Child:
        child = Child(self.settings)
        self.children.add(child)
        try:
            if self._closing.is_set():  # close() may have missed the one just added
                raise ChildEndedError(overdue=False)
            child.warm_up()
        except ChildEndedError:
            self._drop(child)
            raise
        return child


def _end_all(closing: threading.Event, children: set[Child]) -> None:
    closing.set()
    for child in list(children):
        child.end()
