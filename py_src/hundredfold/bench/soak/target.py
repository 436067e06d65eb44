"""The server under fire: a process of its own, what it takes, and its children, killed and stopped at random."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from .wire import LINUX

START_S = 60.0
END_S = 20.0
GAPS_S = (1.0, 5.0)
"""Between two blows to a child, at random."""
SHORT_STOP_S = (0.1, 2.0)
KILLS, LONG_STOPS = 0.4, 0.02
"""Shares of the blows; all others are short stops."""
MB = 1e6


@dataclass(frozen=True)
class Target:
    """A server that was started: its address, and its process with all that it started."""

    address: tuple[str, int]
    process: psutil.Process

    @property
    def url(self) -> str:
        return "http://{}:{}".format(*self.address)

    def children(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            return list(self.process.children())
        return []


@contextmanager
def started(command: Sequence[str], env: Mapping[str, str], log: Path) -> Iterator[Target]:
    """Start a server that says its address in its first lines; it is ended, and its children with it, at the end.

    It gets a session of its own, so that Ctrl-C reaches it only through us.
    """
    rate = {} if LINUX else {"HUNDREDFOLD_RATE": "100000/second"}  # all visitors come from one address there
    environ = {**os.environ, "HOST": "127.0.0.1", "PORT": "0", "PYTHONUNBUFFERED": "1", **rate, **env}
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=environ, stdout=file, stderr=file, start_new_session=True)
    watched = psutil.Process(process.pid)
    try:
        yield Target(_address(process, log), watched)
    finally:
        family = [watched, *watched.children(recursive=True)] if process.poll() is None else []
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
        for each in family:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> tuple[str, int]:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if found := re.search(r"http://([\d.]+):(\d+)", log.read_text(errors="replace")):
            return found[1], int(found[2])
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start: {log.read_text(errors='replace')[-500:]}")


@dataclass(frozen=True)
class Vitals:
    """What the server takes at one moment."""

    parent_mb: float
    children_mb: float
    descriptors: int
    threads: int
    zombies: int

    @classmethod
    def of(cls, target: Target) -> Vitals:
        """Memory is what would be free again if a process ended (its unique set size)."""
        parent, children = target.process, target.children()
        dead = [child for child in children if _is_dead(child)]
        return cls(
            parent.memory_full_info().uss / MB,
            sum(child.memory_full_info().uss for child in children if child not in dead) / MB,
            parent.num_fds() if hasattr(parent, "num_fds") else 0,
            parent.num_threads(),
            len(dead),
        )


def _is_dead(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


class Blows:
    """Kills and stops children of a server from a thread, until it is told to spare them."""

    def __init__(self, target: Target, chance: random.Random, longest_run_s: float, scale: float = 1.0) -> None:
        self.target, self.chance, self.longest_run_s, self.scale = target, chance, longest_run_s, scale
        self.killed = self.stopped = self.stopped_long = 0
        self._over, self._spared = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._strike, daemon=True)

    def __enter__(self) -> Blows:
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        self._thread.join()

    def spare(self) -> None:
        """From now on, children are only stopped, and go on."""
        self._spared.set()

    def _strike(self) -> None:
        while not self._over.wait(self.scale * self.chance.uniform(*GAPS_S)):
            children = self.target.children()
            if not children:
                continue
            child = self.chance.choice(children)
            what = self.chance.random()
            with suppress(psutil.NoSuchProcess):
                if what < KILLS and not self._spared.is_set():
                    child.send_signal(signal.SIGKILL)
                    self.killed += 1
                elif (what < KILLS + LONG_STOPS and not self._spared.is_set()) or not self.stopped_long:
                    self.stopped_long += 1
                    self._stop(child, self.longest_run_s + 2)
                else:
                    self.stopped += 1
                    self._stop(child, self.chance.uniform(*SHORT_STOP_S))

    def _stop(self, child: psutil.Process, seconds: float) -> None:
        child.send_signal(signal.SIGSTOP)
        self._over.wait(seconds)
        child.send_signal(signal.SIGCONT)

    def report(self) -> dict[str, int]:
        return {"killed": self.killed, "stopped": self.stopped, "stopped_too_long": self.stopped_long}
