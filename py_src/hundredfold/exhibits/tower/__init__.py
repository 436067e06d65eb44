"""The tower: one tabletop, and two agents that rebuild a tower on it. A run is one answer of one of their networks."""

from __future__ import annotations

from ...exhibit import Exhibit
from .ask import INPUT_SCHEMA, OUTPUT_SCHEMA, deviation, parse, run
from .play import play

TOWER = Exhibit(
    id="tower",
    title="Build a tower",
    question="Move the tower to another area, never a larger block onto a smaller one.",
    input_schema=INPUT_SCHEMA,
    output_schema=OUTPUT_SCHEMA,
    parse=parse,
    run=run,
    deviation=deviation,
    tolerance=5e-3,
    play=play,
)
