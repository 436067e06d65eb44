"""Exhibits that somebody added from a folder: one description for the page, the server and the browser's Python.

What a folder brings of its own Python, pre.py and post.py, travels to the browser like the core itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exhibit import Exhibit
from ..manifest import Ladder
from ..manifest_added import LARGEST_SIDE, Added, of
from ..session import Session
from . import answers, inputs

TOLERANCE = 0.02
"""Of a score, or of a number's share: int8 models round otherwise on processors without VNNI."""
BODY_BYTES = {"image": 4 * LARGEST_SIDE**2 + 1000, "text": 6 * inputs.MOST_LETTERS + 1000, "numbers": 20_000}


_MADE: dict[int, tuple[Ladder, Exhibit]] = {}
MOST_MADE = 1000


def exhibit_of(ladder: Ladder) -> Exhibit:
    """The exhibit that a folder's part of the manifest describes, made once; raises ManifestError."""
    if id(ladder) not in _MADE:
        if len(_MADE) >= MOST_MADE:
            _MADE.clear()
        _MADE[id(ladder)] = ladder, exhibit(ladder.exhibit, of(ladder))
    return _MADE[id(ladder)][1]


def exhibit(id: str, added: Added) -> Exhibit:
    """The exhibit that a folder describes."""

    async def run(session: Session, given: Any) -> dict[str, Any]:
        names = [info.name for info in session.outputs]
        values = await session.run(names, inputs.feeds(session, given))
        return answers.output(added, session.model_id, dict(zip(names, values, strict=True)))

    def deviation(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
        return answers.deviation(one, other)

    return Exhibit(
        id=id,
        title=added.title,
        question=added.question,
        input_schema=inputs.schema(added),
        output_schema=answers.schema(added),
        parse=lambda value: inputs.parse(added, value),
        run=run,
        deviation=deviation,
        tolerance=TOLERANCE,
        largest_body_bytes=BODY_BYTES[added.kind],
    )
