"""Many clients at once, by Debian's wrk: who was answered, who was refused, and how long each waited for it."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..measure import quantile

SCRIPT = Path(__file__).with_name("load.lua")
SETTLE_S = 0.5
"""Until all are connected and the server is used to them: not counted."""
DRAIN_S, DRAIN_FOR_EACH_S = 2.0, 0.005
"""Afterwards nothing is asked, so long and so long for each client; what has no answer by then is lost."""
TIMED = 64
"""Of more clients than this, so many are timed: each takes a thread of wrk's, and time that the server needs."""
PATIENCE_S = 60
REFUSALS = ("429", "503")
COUNTS = ("sent", "answered", "sent_within")
TIMES = ("good_us", "refused_us", "model_us")


class LoadError(RuntimeError):
    """wrk is not there, or did not do what it was asked for."""


@dataclass
class Load:
    """What so many clients met within ``seconds``; times are of those clients that were timed."""

    clients: int
    seconds: float
    sent: int = 0
    """From the first to the last, also before and after those seconds; of each, one answer must come."""
    answered: int = 0
    sent_within: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    good_us: list[int] = field(default_factory=list)
    refused_us: list[int] = field(default_factory=list)
    model_us: list[int] = field(default_factory=list)
    """What the answers tell of the time inside the engine."""
    cpu_s: float = 0.0
    """Of wrk itself, from its start to its end."""
    server_cpu_s: float = 0.0

    def read(self, told: str) -> None:
        """Add what the lines of load.lua say; raises LoadError when they are not all there."""
        seen = set()
        for words in (line.split()[1:] for line in told.splitlines() if line.startswith("load ")):
            name, values = words[0], words[1:]
            seen.add(name)
            if name in COUNTS:
                setattr(self, name, getattr(self, name) + int(values[0]))
            elif name in TIMES:
                getattr(self, name).extend(map(int, values))
            elif name == "status":
                self.statuses[values[0]] += int(values[1])
            elif name == "error" and values[0] != "status":  # answers that are no 2xx: they are told by their status
                self.errors[values[0]] += int(values[1])
        if missing := {*COUNTS, *TIMES} - seen:
            raise LoadError(f"wrk said nothing of {', '.join(sorted(missing))}: {told.strip()[-500:]}")

    def figures(self) -> dict[str, float]:
        """By name; a time that nobody met is left out."""
        good = sum(count for status, count in self.statuses.items() if status.startswith("2"))
        refused = sum(self.statuses[status] for status in REFUSALS)
        told = {
            "answers_per_s": good / self.seconds,
            "sent_per_s": self.sent_within / self.seconds,
            "refusals_per_s": refused / self.seconds,
            "errors": float(self.statuses.total() - good - refused + self.errors.total()),
            "lost": float(self.sent - self.answered),
            "load_cores": self.cpu_s / (SETTLE_S + self.seconds),
            "server_cores": self.server_cpu_s / self.seconds,
        }
        for name, times_us, share in (
            ("p50_ms", self.good_us, 0.5),
            ("p99_ms", self.good_us, 0.99),
            ("refusal_p99_ms", self.refused_us, 0.99),
            ("model_p50_ms", self.model_us, 0.5),
        ):
            if times_us:
                told[name] = quantile(sorted(times_us), share) / 1e3
        return told


def program() -> str:
    """Where wrk is; raises LoadError."""
    found = shutil.which("wrk")
    if found is None:
        raise LoadError("wrk is not installed: run `apt-get install wrk`, then try again")
    return found


def load(
    url: str, body: bytes, clients: int, seconds: float, rate_per_s: float | None, cpu_s: Callable[[], float]
) -> Load:
    """Ask as so many clients, each again as soon as it was answered; with a rate, so often all together.

    ``cpu_s`` tells the CPU seconds that the server has taken so far. Raises LoadError.
    """
    wrk, made = program(), Load(clients, seconds)
    timed = min(clients, TIMED)
    groups = [(timed, timed, True)] + ([(clients - timed, 2, False)] if clients > timed else [])
    whole_s = SETTLE_S + seconds + DRAIN_S + clients * DRAIN_FOR_EACH_S
    from_s = time.monotonic() + SETTLE_S
    with tempfile.TemporaryDirectory(prefix="hundredfold-load-") as folder:
        file = Path(folder, "body.json")
        file.write_bytes(body)
        common = {"LOAD_BODY": str(file), "LOAD_FROM_S": repr(from_s), "LOAD_TILL_S": repr(from_s + seconds)}
        running = []
        for connections, threads, one_by_one in groups:
            every_s = threads * clients / connections / rate_per_s if rate_per_s else 0.0
            own = {"LOAD_EVERY_S": repr(every_s), "LOAD_TIMED": str(int(one_by_one))}
            command = [wrk, "-t", str(threads), "-c", str(connections), "--timeout", f"{PATIENCE_S}s"]
            command += ["-d", f"{math.ceil(whole_s)}s", "-s", str(SCRIPT), url]
            out = Path(folder, f"{connections}.out")
            with out.open("wb") as file_out:
                process = subprocess.Popen(
                    command, env={**os.environ, **common, **own}, stdout=file_out, stderr=subprocess.STDOUT
                )
            running.append((process, out))
        made.server_cpu_s = -_at(from_s, cpu_s)
        made.server_cpu_s += _at(from_s + seconds, cpu_s)
        for process, out in running:
            made.cpu_s += _ended(process)
            told = out.read_text(errors="replace")
            if process.returncode:
                raise LoadError(f"wrk failed: {told.strip()[-500:]}")
            made.read(told)
    return made


def _at(moment_s: float, tell: Callable[[], float]) -> float:
    time.sleep(max(0.0, moment_s - time.monotonic()))
    return tell()


def _ended(process: subprocess.Popen[Any]) -> float:
    """Wait for the end of a process; returns its CPU seconds."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def middle(samples: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    """``{name: {median, low, high}}`` of figures of several rounds, of each from those that have it."""
    names = dict.fromkeys(name for each in samples for name in each)
    return {name: ends([each[name] for each in samples if name in each]) for name in names}


def ends(values: Sequence[float]) -> dict[str, float]:
    return {"median": quantile(sorted(values), 0.5), "low": min(values), "high": max(values)}
