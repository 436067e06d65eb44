"""The tower: one tabletop, and two agents that rebuild a tower on it. A run is one answer of one of their networks."""

from __future__ import annotations

from ...exhibit import Exhibit
from .ask import INPUT_SCHEMA, OUTPUT_SCHEMA, deviation, parse, run
from .play import play

SCENES = (
    {"seed": 1, "blocks": 3, "task": "hanoi", "start": "left", "goal": "right"},
    {"seed": 2, "blocks": 3, "task": "hanoi", "start": "middle", "goal": "left"},
    {"seed": 3, "blocks": 3, "task": "single", "start": "left", "goal": "right"},
    {"seed": 4, "blocks": 3, "task": "hanoi", "start": "right", "goal": "middle"},
    {"seed": 5, "blocks": 4, "task": "hanoi", "start": "left", "goal": "right"},
    {"seed": 6, "blocks": 3, "task": "single", "start": "left", "goal": "right"},
    {"seed": 7, "blocks": 4, "task": "hanoi", "start": "middle", "goal": "left"},
)
"""The first is the one that the page begins with; none was chosen by its outcome."""

EXHIBIT = Exhibit(
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
    scenes=SCENES,
)
