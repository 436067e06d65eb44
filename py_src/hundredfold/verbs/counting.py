"""devices, energy, calibrate: what the page asks about energy; see energy/requests.py."""

from __future__ import annotations

from typing import Any

from .asked import Asked


async def answer(asked: Asked) -> dict[str, Any]:
    """The answer of energy.requests, which knows the exhibit's variants where the request names one."""
    from ..energy import requests  # a first answer need not wait for the tables of energy

    named = asked.request.get("exhibit") is not None
    return requests.answer(asked.request, {each.id: each for each in asked.ladder.variants} if named else {})
