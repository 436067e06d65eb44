"""What an inspection says beside its figures; the page has a message of each code's name."""

from __future__ import annotations

from typing import Any

NOTES = {
    "note-sizes-assumed": "Free dimensions were taken as: {sizes}.",
    "note-memory-estimate": "The memory is an estimate: weights, and the values that are alive at once for one sample.",
    "note-shapes-unknown": "The sizes of {count} values are known only when it runs, {value} the first: it may take "
    "more memory.",
    "note-macs-left-out": "The arithmetic of these operators could not be counted: {operators}.",
    "note-loop-turns": "How often its loops run depends on the input: the arithmetic is not counted.",
    "note-constants-unknown": "It makes constants whose size is not known before it is opened ({operators}).",
    "note-operators-missing": "The browser's engine does not run these operators: {operators}.",
    "note-operators-unknown": "Whether the browser's engine runs these operators is not known: {operators}.",
    "note-dtypes-missing": "The browser's engine neither takes nor gives {dtypes}: it can not be run there.",
    "note-sparse": "It holds sparse weights, which are counted as the engine unfolds them.",
    "samples-made-up": "The inputs were made up, so nothing can be said about accuracy.",
    "samples-few": "{n} samples are few: with fewer than {few}, what is told about accuracy is unsure.",
}
"""The sentence of each code; the braces hold its values."""


def note(code: str, **values: str | int) -> dict[str, Any]:
    """``{code, values, text}``."""
    return {"code": code, "values": values, "text": NOTES[code].format_map(values)}
