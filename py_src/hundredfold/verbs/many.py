"""many: whole answers to many inputs, one after the other, in one request: no word of what each input's parts added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import InputError, brief
from ..exhibit import Exhibit
from ..measure import Timed
from ..session import Session
from .asked import Asked, unusable

MOST_INPUTS = 2000
MOST_BYTES = 8_000_000
"""Of all text in a request's inputs, as UTF-8."""
HEAVY = ("words", "read")
"""What of an output is left out: what a person looks at for one answer."""


async def answer(asked: Asked) -> dict[str, Any]:
    """``{variant, labels, scores, notes, outputs?, elapsed_ms, model_ms}``, each input answered as a run answers it.

    A score is that of the second of two labels, else that of the label itself. An input that can not be used costs none
    of the others: its label and score are None, and ``notes`` has by its place (a number as text) what an error tells.
    With ``whole`` there are the outputs, too. Milliseconds are those of all inputs together.
    """
    exhibit, variant, clock = asked.exhibit, asked.variant, asked.clock
    inputs, whole = _inputs(asked.request.get("inputs")), asked.request.get("whole", False)
    if not isinstance(whole, bool):
        raise unusable("whole", f"whole must be true or false, not {brief(whole)}")
    timed = Timed(await asked.open_session(variant), clock=clock)
    outputs: list[dict[str, Any] | None] = []
    notes: dict[str, Any] = {}
    start = clock()
    for place, given in enumerate(inputs):
        try:
            output = await answer_to(exhibit, timed, given)
        except InputError as error:
            notes[str(place)] = {"detail": str(error), **error.extra()}
            output = None
        outputs.append(output)
    return {
        "exhibit": exhibit.id,
        "variant": variant.id,
        "labels": [output and output.get("label") for output in outputs],
        "scores": [score(output) if output else None for output in outputs],
        "notes": notes,
        **({"outputs": [output and _light(output) for output in outputs]} if whole else {}),
        "elapsed_ms": (clock() - start) * 1e3,
        "model_ms": timed.spent_ms,
    }


async def answer_to(exhibit: Exhibit, session: Session, given: Any) -> dict[str, Any]:
    """The output of one input, without its words where it can do without them; raises InputError."""
    if isinstance(given, Mapping) and "words" in exhibit.input_schema.get("properties", {}):
        given = {**given, "words": False}
    return await exhibit.run(session, exhibit.parse(given))


def score(output: Mapping[str, Any]) -> float | None:
    """Of the second of two labels, or of the label itself where there are others; None where nothing is scored."""
    scores, label = output.get("scores"), output.get("label")
    if isinstance(scores, Mapping):
        values = list(scores.values())
        return values[1] if len(values) == 2 else scores.get(label)
    if isinstance(scores, list) and isinstance(label, int) and 0 <= label < len(scores):
        value: float = scores[label]
        return value
    return None


def _light(output: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in output.items() if name not in HEAVY}


def _inputs(inputs: Any) -> list[Any]:
    """The inputs, within bounds; raises RefusedError."""
    if not isinstance(inputs, list) or not 1 <= len(inputs) <= MOST_INPUTS:
        told = f"{len(inputs)} of them" if isinstance(inputs, list) else brief(inputs)
        raise unusable("inputs", f"inputs must be a list of 1 to {MOST_INPUTS} inputs of the exhibit, not {told}")
    if _bytes(inputs) > MOST_BYTES:
        raise unusable("inputs", f"all inputs together may have {MOST_BYTES:,} bytes of text: send fewer at a time")
    return inputs


def _bytes(value: Any) -> int:
    """Of all text in a value, as UTF-8; without recursion, since a request may go deeper than Python does."""
    count, left = 0, [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            count += len(each) if each.isascii() else len(each.encode("utf-8", "surrogatepass"))
        elif isinstance(each, Mapping):
            left += each.values()
        elif isinstance(each, list):
            left += each
    return count
