"""What `hundredfold power` does: say which meter works on this machine, why no better one, and read it for a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ...energy.quantities import Figure
from ...energy.words import two_digits
from ..settings import Settings
from . import stated
from .choose import choose

BUSY_S = 1.0


def power(say: Callable[[str], None] = print) -> dict[str, Any]:
    """The report on the meter, with watts of one busy thread; raises SettingsError."""
    settings = Settings.read()
    meter, report = choose(settings.powercap)
    say(f"{report['machine']}: {report['cpu'] or 'unknown processor'}")
    say(report["says"])
    for other in report["better"]:
        say(f"Not better: {other['why_not']}.")
        if other["command"]:
            say(f"  {other['command']}")
    window = meter.start("busy loop")
    until = time.perf_counter() + max(BUSY_S, window.least_s)
    while time.perf_counter() < until:
        pass
    drawn = window.stop()
    say(f"One busy thread draws {in_words(drawn.active_w)} above idle.")
    if drawn.idle_w:
        say(f"Idle it draws {in_words(drawn.idle_w)}.")
    say(f"The data centre takes {in_words(stated.pue(settings))} that.")
    idle = drawn.idle_w.as_dict() if drawn.idle_w else None
    return {**report, "active_w": drawn.active_w.as_dict(), "idle_w": idle, "pue": stated.pue(settings).as_dict()}


def in_words(figure: Figure) -> str:
    """4.4 (2.1 to 9) W."""
    low, mid, high = (two_digits(value) for value in (figure.range.low, figure.range.mid, figure.range.high))
    return f"{mid} {figure.unit}" if low == high else f"{mid} ({low} to {high}) {figure.unit}"
