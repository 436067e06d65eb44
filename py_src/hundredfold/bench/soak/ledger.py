"""What was asked and what became of it, counted from many threads; what can not be right is kept in words."""

from __future__ import annotations

import json
import threading
from collections import Counter
from typing import Any

from .wire import Ask, Fate, complaint

MOST_FINDINGS = 5
"""Of each kind."""
MOST_TIMES = 200_000
BUSY = 503
ALLOWED = {503, 504}
"""Answers above 499 that are none of our mistakes."""
NO_SUCH_CODING = 501
"""Right, and only so, for a transfer coding that the server does not know."""


class Ledger:
    """Counts of fates and of statuses, and the milliseconds of each 503 by its title."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.fates: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.busy_ms: dict[str, list[float]] = {}
        self.errors = self.undocumented = self.malformed = 0
        self._findings: dict[str, list[str]] = {}

    def note(self, request: Ask, fate: Fate) -> None:
        """One request and its fate."""
        answer = fate.answer
        with self._lock:
            self.fates[fate.kind] += 1
            if answer:
                self.statuses[answer.status] += 1
            if answer and answer.status == BUSY:
                times = self.busy_ms.setdefault(_title(answer.body), [])
                if len(times) < MOST_TIMES:
                    times.append(answer.ms)
        if fate.kind == "lost":
            self.find("lost", f"{fate.why}: {request}")
        elif answer and answer.status >= 500 and not _allowed(request, answer.status):
            with self._lock:
                self.errors += 1
            self.find("error", f"{answer.status}: {request}: {answer.body[:200]!r}")
        elif fate.why and answer:
            with self._lock:
                self.malformed += 1
            self.find("malformed", f"{fate.why}: {request}")

    def undocumented_answer(self, what: str) -> None:
        with self._lock:
            self.undocumented += 1
        self.find("undocumented", what)

    def find(self, kind: str, what: str) -> None:
        """Keep a finding in words; the first few of a kind, as there may be thousands."""
        with self._lock:
            found = self._findings.setdefault(kind, [])
            if len(found) < MOST_FINDINGS:
                found.append(f"{kind}: {what}")

    def told(self) -> str:
        """How it stands, in a line."""
        statuses = ", ".join(f"{count} x {status}" for status, count in sorted(self.statuses.items()))
        return f"{self.fates.total()} asked, {self.fates['lost']} lost, {self.errors} errors; {statuses}"

    def report(self) -> dict[str, Any]:
        """Answers by status, fates, and how long a 503 took: ``{title: {n, p50_ms, p99_ms}}``, and all together."""
        with self._lock:
            kinds = {title: times_of(times) for title, times in sorted(self.busy_ms.items())}
            together = times_of([ms for times in self.busy_ms.values() for ms in times])
            return {
                "requests": {str(status): count for status, count in sorted(self.statuses.items())},
                "asked": self.fates.total(),
                "accepted": self.fates["answered"] + self.fates["lost"],
                "not_accepted": {kind: self.fates[kind] for kind in ("cut", "closed", "unreachable", "left")},
                "answers_lost": self.fates["lost"],
                "server_errors": self.errors,
                "malformed_answers": self.malformed,
                "undocumented_answers": self.undocumented,
                "p99_503_ms": together["p99_ms"] if together else None,
                "busy": kinds,
                "findings": [each for found in self._findings.values() for each in found],
            }


def times_of(times: list[float]) -> dict[str, float]:
    """Count, median and 99th percentile (nearest rank) in milliseconds; empty for none."""
    if not times:
        return {}
    ordered = sorted(times)
    at = {share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.99)}
    return {"n": len(ordered), "p50_ms": round(at[0.5], 1), "p99_ms": round(at[0.99], 1)}


def checked(request: Ask, fate: Fate) -> Fate:
    """A fate of a client that reads many connections at once, with what is wrong with its answer."""
    return Fate(fate.kind, fate.answer, complaint(request.target, fate.answer)) if fate.answer else fate


def _allowed(request: Ask, status: int) -> bool:
    return status in ALLOWED or (status == NO_SUCH_CODING and b"transfer-encoding" in request.raw.lower())


def _title(body: bytes) -> str:
    try:
        return str(json.loads(body)["title"])
    except (ValueError, KeyError, TypeError):
        return "no problem"
