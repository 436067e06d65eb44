"""A bounded pool of child processes for runs: full is an answer, not a wait, and a crash costs one run.

A plain executor of processes is not enough: one killed child breaks all of it, and a run that hangs can not be ended.
"""

from __future__ import annotations

import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
import traceback
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
NOT_STARTING = "The process that runs models does not start"
END_S = 2.0
"""How long a child may take to end by itself."""


class ChildEndedError(Exception):
    """The child is of no use any more, and why; ``overdue`` when its time was up."""

    def __init__(self, why: str, overdue: bool = False) -> None:
        super().__init__(why)
        self.overdue = overdue


class Child:
    """One running child process; each request is one line to it and one line back.

    They go through a socket of their own, which is the child's standard input: what anything prints in the child, also
    while it is imported, goes to the log.
    """

    def __init__(self, settings: Settings) -> None:
        command = [sys.executable, "-P", "-X", "faulthandler", "-m", "hundredfold.service.runner"]
        self._owner = os.getpid()
        self._link, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [*command, str(settings.models), str(settings.threads), str(settings.powercap)],
                stdin=theirs.fileno(),
                stdout=2,
            )
        self.refused: dict[str, str] = {}
        self.power: dict[str, Any] | None = None

    def warm_up(self) -> None:
        """Wait until the child has loaded its models; raises ChildEndedError."""
        told = self._exchange("", BOOT_S)
        if not isinstance(told.get("refused"), dict) or "power" not in told:
            raise ChildEndedError("it said something else than that it is ready")
        self.refused, self.power = told["refused"], told["power"]

    def ask(self, line: str, within_s: float) -> dict[str, Any]:
        """Send a request as one line of JSON and wait for its answer; raises ChildEndedError."""
        return self._exchange(f"{line}\n", within_s)

    def _exchange(self, line: str, within_s: float) -> dict[str, Any]:
        """No timer ends a child that is late: whoever waits gives up, so that an answer which came is never lost."""
        deadline, told = time.monotonic() + within_s, b""
        try:
            self._link.settimeout(within_s)
            self._link.sendall(line.encode())
            while not told.endswith(b"\n"):
                self._link.settimeout(max(0.0, deadline - time.monotonic()))
                part = self._link.recv(1 << 16)
                if not part:
                    raise ChildEndedError(self._how_it_ended())
                told += part
            answer = json.loads(told)
        except (TimeoutError, BlockingIOError):
            raise ChildEndedError(f"it did not answer within {within_s:g} s", overdue=True) from None
        except OSError:
            raise ChildEndedError(self._how_it_ended()) from None
        except ValueError:
            raise ChildEndedError("what it said is no JSON") from None
        if not isinstance(answer, dict):
            raise ChildEndedError("what it said is no JSON object")
        return answer

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            code = self.process.wait(END_S)
            return f"it was ended by signal {-code}" if code < 0 else f"it ended with exit code {code}"
        return "it does not listen any more"

    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        """End the process and wait until it is gone; a copy of us, made by a fork, leaves it to us."""
        self._link.close()
        if self._owner == os.getpid():
            self.process.kill()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(END_S)


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
        weakref.finalize(self, _end_all, self._closing, self.children)

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
            none_works = len(self._failing) >= self.settings.workers
            patience_s = 0.0 if none_works else max(0.0, deadline - time.monotonic())
            try:
                child = self._idle.get(timeout=patience_s)
            except queue.Empty:
                detail = f"No worker was free for {self.settings.wait_s:g} s. Try again in a moment."
                if none_works:
                    detail = f"{NOT_STARTING}; /api/v1/health says why. It is tried again: come back in a moment."
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
                self._idle.put(child)
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


def _end_all(closing: threading.Event, children: set[Child]) -> None:
    closing.set()
    for child in list(children):
        child.end()
