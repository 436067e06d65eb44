"""May this variant be used on this machine? Its golden vectors decide, in the browser and on the server alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .manifest import Ladder, ManifestError, Variant, golden_vectors

Ask = Callable[[Mapping[str, Any]], Awaitable[dict[str, Any]]]
"""app.handle(), with the sessions of this machine."""


@dataclass(frozen=True)
class Verdict:
    """Whether a variant answers on this machine as it was recorded."""

    agrees: bool
    why: str = ""
    """What was wrong besides its answers, in words; "" where they alone are others."""
    damaged: bool = False
    """Its files are at fault: fetched again, they may be right."""
    example: Any = None
    """An input of its own, where it may be used."""


async def verdict(variant: Variant, golden: str | bytes, where: str, ask: Ask, most: int) -> Verdict:
    """Run at most so many of the golden vectors, which are in the content of their file."""
    try:
        vectors = golden_vectors(variant, golden)[:most]
    except ManifestError as error:
        return Verdict(False, str(error), damaged=True)
    named = {"exhibit": variant.exhibit, "variant": variant.id, "where": where}
    told = await ask({"do": "check", **named, "vectors": vectors})
    if "status" in told:
        return Verdict(False, told["detail"], damaged=told.get("kind") == "model")
    return Verdict(True, example=vectors[0]["input"]) if told["agrees"] else Verdict(False)


def fallback(ladder: Ladder, variant: Variant) -> Variant | None:
    """Who stands in for a variant here: its nearest ancestor that may run here."""
    above = ladder.by_id(variant.parent) if variant.parent else None
    while above is not None and "here" not in above.runs:
        above = ladder.by_id(above.parent) if above.parent else None
    return above
