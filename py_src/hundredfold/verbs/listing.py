"""exhibits: which there are, with their models' facts."""

from __future__ import annotations

from typing import Any

from ..manifest import Ladder, Manifest
from .asked import Asked, exhibit_of, known, refused


async def answer(asked: Asked) -> dict[str, Any]:
    """``{exhibits: {id: {title, question, devices, default, added, test_set, variants}}, refused: {id: why}}``."""
    manifest = asked.manifest
    described = {name: _describe(manifest.ladders[name]) for name in known(manifest)}
    return {"exhibits": described, "refused": refused(manifest)}


def _describe(ladder: Ladder) -> dict[str, Any]:
    exhibit = exhibit_of(ladder)
    facts = Manifest({ladder.exhibit: ladder}).as_dict()["exhibits"][ladder.exhibit]
    default = {"here": ladder.default("here").id, "there": ladder.default("there").id}
    shown = {"title": exhibit.title, "question": exhibit.question, "devices": list(exhibit.devices)}
    return {**shown, "default": default, "added": None, **facts}
