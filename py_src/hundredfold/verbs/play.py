"""play: one step of an exhibit on which something goes on, on the visitor's device alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..exhibit import PlayContext
from ..session import Session
from .asked import Asked, unusable
from .run import energy


async def answer(asked: Asked) -> dict[str, Any]:
    """What the exhibit says; for a chunk of steps in which an agent computed, with its ``energy``."""
    asked = replace(asked, request={**asked.request, "variant": None})
    exhibit, ladder, default = asked.exhibit, asked.ladder, asked.variant
    if exhibit.play is None or asked.episodes is None:
        raise unusable("do", "This is not played here: ask for a run.")

    async def open_variant(variant_id: str) -> Session:
        return await asked.open_session(ladder.by_id(variant_id) or default)

    told = await exhibit.play(asked.request, PlayContext(open_variant, asked.episodes, asked.clock))
    spent_s = told.pop("spent_s", 0.0)
    if not spent_s:
        return told
    session = await asked.open_session(default)
    return {**told, "energy": energy(asked, [spent_s * 1e3], 0.0, session.runtime)}
