"""window: whole answers, back to back, which is what energy is estimated from."""

from __future__ import annotations

from typing import Any

from ..session import busy_threads
from .asked import Asked

LONGEST_MS = 2000.0


async def answer(asked: Asked) -> dict[str, Any]:
    """``{variant, n, elapsed_ms, busy}``, for at least ``least_ms``; one answer comes first and does not count."""
    exhibit, variant, clock = asked.exhibit, asked.variant, asked.clock
    least_ms = asked.number("least_ms", 100.0, 1, LONGEST_MS)
    given = asked.request.get("input")
    session = await asked.open_session(variant)
    await exhibit.run(session, exhibit.parse(given))
    start, n, elapsed_ms = clock(), 0, 0.0
    while elapsed_ms < least_ms:
        await exhibit.run(session, exhibit.parse(given))
        n, elapsed_ms = n + 1, (clock() - start) * 1e3
    return {"variant": variant.id, "n": n, "elapsed_ms": elapsed_ms, "busy": busy_threads(session.runtime)}
