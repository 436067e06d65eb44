"""`hundredfold soak`: hard use of the server and of the page for some minutes, and what it cost them.

A request was *accepted* when it was valid HTTP, was sent whole, and its connection was kept open; it must get exactly
one complete answer within the server's own limits of time: a result, a file, or a problem. Of the answers 500 and more,
only 503 and 504 may come (and 501 to a transfer coding that does not exist). Memory is compared between two moments of
rest, the first after everything was used once. Only loopback addresses are used. The seed decides what is sent and in
which order; what the machine makes of it in time differs from run to run.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...service.settings import Settings
from ..site import ROOT, example, ladders
from .ledger import Ledger
from .page import Visit
from .siege import Siege
from .target import started

MOST_GROWTH = 0.05
MOST_DESCRIPTORS = 10
"""More than at the start."""
PATIENCE_S = 15.0
"""Beyond the server's own limits, until an answer is taken to be lost."""
WHOLE_MINUTES = 10.0
TAIL_S = 45.0
"""At the end, for the last look at the memory."""


@dataclass(frozen=True)
class Plan:
    """What is done to what; ``runs`` 0: no page."""

    minutes: float = WHOLE_MINUTES
    seed: int = 1
    runs: int = 2000
    restarts: int = 50
    switches: int = 20
    command: Sequence[str] = (sys.executable, str(ROOT / "server.py"))
    env: Mapping[str, str] = field(default_factory=dict)


def soak(plan: Plan) -> dict[str, Any]:
    """Do it, telling how it goes on stderr; returns the report, whose ``missed`` lists every bar that was missed.

    Ctrl-C and SIGTERM end it early, with the report on what was done; nothing is left running.
    """
    settings = Settings.read({**os.environ, **plan.env})
    ledger, over = Ledger(), threading.Event()
    began = time.monotonic()
    ends = began + 60 * plan.minutes
    tail_s = min(TAIL_S, 0.2 * 60 * plan.minutes)
    inputs = {name: example(ladder, "there") for name, ladder in ladders().items()}
    visit: Visit | None = None
    _say(f"seed {plan.seed}, {plan.minutes:g} minutes")
    with (
        _interruptible(),
        tempfile.TemporaryDirectory(prefix="hundredfold-soak-") as folder,
        started(plan.command, plan.env, Path(folder, "log")) as target,
    ):
        siege = Siege(
            target,
            inputs,
            ledger,
            plan.seed,
            settings.wait_s + settings.run_s + PATIENCE_S,
            settings.run_s,
            over.is_set,
            _say,
            min(1.0, 4 * plan.minutes / WHOLE_MINUTES),
        )
        if plan.runs:
            asks = [next(iter(inputs.items()))]
            wanted = (plan.runs, plan.restarts, plan.switches)
            visit = Visit(target.url, asks, *wanted, plan.seed, ends - tail_s, over.is_set, _say)
        try:
            if visit:
                visit.start()
            siege.run(ends - tail_s)
        except KeyboardInterrupt:
            over.set()
            _say("stopped; this is what was done so far")
        finally:
            if visit:
                visit.wait()
    report: dict[str, Any] = {
        "minutes": round((time.monotonic() - began) / 60, 2),
        "seed": plan.seed,
        "stopped": over.is_set(),
    }
    report |= {**ledger.report(), **siege.report(), **({"page": visit.report()} if visit else {})}
    report["memory"] = _memory(siege, visit)
    report["missed"] = missed(report, plan)
    for each in report["findings"]:
        _say(f"  {each}")
    return report


def _memory(siege: Siege, visit: Visit | None) -> dict[str, Any]:
    """``{what: {start_mb, end_mb, growth_percent}}``; null where there was no second look."""
    pairs = {
        "parent": [siege.start.parent_mb, siege.end.parent_mb],
        "children": [siege.start.children_mb, siege.end.children_mb],
    }
    if visit:
        pairs |= {"page": visit.memory["page"], "page_processes": visit.memory["processes"]}
    told = {}
    for what, seen in pairs.items():
        start, end = (*seen, None, None)[:2]
        growth = round(100 * (end / start - 1), 1) if start and end else None
        told[what] = {"start_mb": start and round(start, 1), "end_mb": end and round(end, 1), "growth_percent": growth}
    return told


def missed(report: Mapping[str, Any], plan: Plan) -> list[str]:
    """Every bar that a report does not meet, in words; those on how much was done are left out when it was stopped."""
    found = [f"{report[what]} {words}, not 0" for what, words in _NONE.items() if report[what]]
    for what, told in report["memory"].items():
        grew = told["growth_percent"]
        if what != "page_processes" and grew is not None and grew > 100 * MOST_GROWTH:
            found.append(f"memory of {what} grew by {grew} %, more than {MOST_GROWTH:.0%}")
    start, end = report["vitals"]["start"], report["vitals"]["end"]
    if end["descriptors"] - start["descriptors"] > MOST_DESCRIPTORS:
        found.append(f"open files of the server: {start['descriptors']} at the start, {end['descriptors']} at the end")
    if end["zombies"]:
        found.append(f"{end['zombies']} ended children that the server did not clear away")
    page = report.get("page", {})
    found += [f"page: {page[what]} {what}, not 0" for what in ("stuck", "errors") if page.get(what)]
    if report["stopped"]:
        return [*found, f"it was stopped after {report['minutes']:g} of {plan.minutes:g} minutes"]
    for status in ("200", "503"):
        if status not in report["requests"]:
            found.append(f"no {status} was seen, so nothing was learnt of it")
    if page:
        wanted = {"runs": plan.runs, "restarts": plan.restarts, "switches": plan.switches}
        found += [f"page: {page[what]} of {count} {what}" for what, count in wanted.items() if page[what] < count]
    return found


_NONE = {
    "answers_lost": "answers lost",
    "server_errors": "answers 500 and more, but 503 and 504",
    "malformed_answers": "answers that are not well-formed",
    "undocumented_answers": "answers that the OpenAPI document does not have",
}


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM ends it as Ctrl-C does."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
