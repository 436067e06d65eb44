"""More vowels or more consonants: a text in, a label out; about the smallest exhibit there can be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import InputError, brief
from ...exhibit import Exhibit
from ...session import Session

LABELS = ("vowels", "consonants")
LONGEST = 1000
LETTERS = Path(__file__).with_name("letters.txt").read_text().strip()


def parse(value: Any) -> str:
    """``{text}`` -> the text; raises InputError."""
    text = value.get("text") if isinstance(value, Mapping) else None
    if not isinstance(text, str) or len(text) > LONGEST:
        raise InputError("text", f"send {{text: ...}} of up to {LONGEST} letters, not {brief(text)}")
    return text


def shares(text: str) -> np.ndarray:
    """float32 [1, 26]: of all letters from a to z in it, how many are which."""
    counts = np.array([[text.lower().count(letter) for letter in LETTERS]], np.float32)
    of_all: np.ndarray = counts / max(1.0, float(counts.sum()))
    return of_all


async def run(session: Session, text: str) -> dict[str, Any]:
    """``{label, scores: {label: probability}}``; without any letter the label is None and no score above 0."""
    letters = shares(text)
    if not letters.any():
        return {"label": None, "scores": dict.fromkeys(LABELS, 0.0)}
    (logits,) = await session.run(["logits"], {"letters": letters})
    powers = np.exp(logits[0].astype(np.float64) - logits.max())
    scores = dict(zip(LABELS, (powers / powers.sum()).tolist(), strict=True))
    return {"label": max(scores, key=lambda label: scores[label]), "scores": scores}


def deviation(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The largest difference of a score; infinite when the labels differ."""
    if one["label"] != other["label"]:
        return float("inf")
    return max(abs(one["scores"][label] - other["scores"][label]) for label in LABELS)


EXHIBIT = Exhibit(
    id="vowels",
    title="Type a word",
    question="Type a word: does it have more vowels or more consonants?",
    input_schema={
        "type": "object",
        "required": ["text"],
        "properties": {"text": {"type": "string", "maxLength": LONGEST}},
    },
    output_schema={
        "type": "object",
        "required": ["label", "scores"],
        "properties": {
            "label": {"enum": [*LABELS, None]},
            "scores": {
                "type": "object",
                "required": list(LABELS),
                "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
            },
        },
    },
    parse=parse,
    run=run,
    deviation=deviation,
    largest_body_bytes=20_000,
    devices=("microphone",),
)
