"""run: one answer, or the same one some times over, with its times and its energy."""

from __future__ import annotations

from typing import Any

from ..measure import Timed, summary
from ..session import busy_threads
from .asked import Asked

MAX_REPEATS = 10_000


async def answer(asked: Asked) -> dict[str, Any]:
    """A Result. With a CPU clock, which only the server has, ``timing.cpu_ms`` tells all threads' seconds together."""
    exhibit, variant, where = asked.exhibit, asked.variant, asked.where
    repeats = int(asked.number("repeats", 1, 1, MAX_REPEATS, whole=True))
    clock, cpu_clock = asked.clock, asked.cpu_clock or _no_clock
    start, cpu_start = clock(), cpu_clock()
    value = exhibit.parse(asked.request.get("input"))
    parse_ms, cpu_s = (clock() - start) * 1e3, cpu_clock() - cpu_start
    session = await asked.open_session(variant)
    timed = Timed(session, repeats, clock=clock, cpu_clock=asked.cpu_clock)
    start, cpu_start = clock(), cpu_clock()
    output = await exhibit.run(timed, value)
    python_ms = parse_ms + (clock() - start) * 1e3 - timed.spent_ms
    cpu_s += cpu_clock() - cpu_start - timed.cpu_s + timed.cpu_s / repeats
    return {
        "exhibit": exhibit.id,
        "variant": variant.id,
        "where": where,
        "output": output,
        "timing": {
            "model_ms": summary(timed.answers_ms),
            "python_ms": python_ms,
            "total_ms": python_ms + timed.model_ms,
            "load_ms": session.load_ms,
            **({"cpu_ms": cpu_s * 1e3} if asked.cpu_clock else {}),
        },
        "energy": energy(asked, timed.answers_ms, python_ms, session.runtime),
        "bytes_sent": 0,
        "runtime": dict(session.runtime),
    }


def energy(asked: Asked, answers_ms: list[float], python_ms: float, runtime: Any) -> dict[str, Any] | None:
    """Of whole answers, from what each took inside the engine; None without a device to count it for."""
    device = asked.request.get("device")
    if device is None:
        return None
    from ..energy import requests  # a first answer need not wait for the tables of energy

    step_ms = float(runtime.get("clock_step_ms") or 0.0)
    return requests.of_answers(device, answers_ms, python_ms, busy_threads(runtime), step_ms)


def _no_clock() -> float:
    return 0.0
