"""Draw a digit: what is asked, and the shapes of the input and of the answer."""

from __future__ import annotations

from math import ceil

from ...exhibit import Exhibit
from .drawing import LARGEST, SMALLEST, deviation, parse, run

_SIDE_SCHEMA = {"type": "integer", "minimum": SMALLEST, "maximum": LARGEST}

EXHIBIT = Exhibit(
    id="digits",
    title="Draw a digit",
    question="Draw a digit from 0 to 9: which one is it?",
    input_schema={
        "type": "object",
        "required": ["image"],
        "properties": {
            "image": {
                "type": "object",
                "required": ["width", "height", "pixels"],
                "properties": {
                    "width": _SIDE_SCHEMA,
                    "height": _SIDE_SCHEMA,
                    "pixels": {
                        "type": "string",
                        "contentEncoding": "base64",
                        "description": "width x height bytes, row by row, 0 paper, 255 ink",
                    },
                },
            }
        },
    },
    output_schema={
        "type": "object",
        "required": ["label", "scores"],
        "properties": {
            "label": {"type": ["integer", "null"], "minimum": 0, "maximum": 9, "description": "null: blank"},
            "scores": {
                "type": "array",
                "minItems": 10,
                "maxItems": 10,
                "items": {"type": "number", "minimum": 0, "maximum": 1},
            },
        },
    },
    parse=parse,
    run=run,
    deviation=deviation,
    largest_body_bytes=4 * ceil(LARGEST**2 / 3) + 1000,
)
