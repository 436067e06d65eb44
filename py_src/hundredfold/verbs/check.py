"""check: do golden vectors come out as they were recorded?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..exhibit import Exhibit
from ..session import Session
from .asked import Asked, unusable


async def answer(asked: Asked) -> dict[str, Any]:
    """``{exhibit, variant, agrees, n, worst, tolerance}``; worst is None where an answer is another one altogether."""
    exhibit, variant = asked.exhibit, asked.variant
    vectors = asked.request.get("vectors")
    if not isinstance(vectors, list) or not vectors:
        detail = "vectors must be a list of golden vectors, {input, output}: without one nothing is checked"
        raise unusable("vectors", detail)
    session = await asked.open_session(variant)
    worst = 0.0
    for vector in vectors:
        found = await _deviation(exhibit, session, vector)
        worst = math.inf if math.isnan(found) else max(worst, found)
    return {
        "exhibit": exhibit.id,
        "variant": variant.id,
        "agrees": worst <= exhibit.tolerance,
        "n": len(vectors),
        "worst": worst if math.isfinite(worst) else None,
        "tolerance": exhibit.tolerance,
    }


async def _deviation(exhibit: Exhibit, session: Session, vector: Any) -> float:
    """How far an answer is from the recorded one, which may come from a damaged file."""
    if not isinstance(vector, Mapping) or not isinstance(vector.get("output"), Mapping):
        raise unusable("vectors", "each of vectors must be {input, output}, with an output as a run has it")
    output = await exhibit.run(session, exhibit.parse(vector.get("input")))
    try:
        return exhibit.deviation(output, vector["output"])
    except (KeyError, TypeError, ValueError, OverflowError):
        detail = f"an output of vectors is not one of {exhibit.id}: {', '.join(output)}"
        raise unusable("vectors", detail) from None
