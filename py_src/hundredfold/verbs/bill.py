"""bill: what a month of answers comes to; see energy/bill.py."""

from __future__ import annotations

from typing import Any

from ..result import LANGUAGE_MODEL
from .asked import Asked


async def answer(asked: Asked) -> dict[str, Any]:
    """``{exhibit, per_month, currency, boundary, country, stated, times, prices, grids, ways}``."""
    from ..energy import bill  # a first answer need not wait for it

    return bill.answer(asked.request, [*(variant.id for variant in asked.ladder.variants), LANGUAGE_MODEL])
