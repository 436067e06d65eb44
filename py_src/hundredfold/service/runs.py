"""Runs of one exhibit: the shape of what is asked, and the answer as it is sent."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ..energy import live
from ..exhibit import Exhibit
from ..exhibits import EXHIBITS
from ..result import LANGUAGE_MODEL
from ..verbs.asked import exhibit_of
from . import schemas
from .parts import Parts


class Runs:
    """Answers them, by whoever the parts name."""

    def __init__(self, parts: Parts, exhibit: Exhibit) -> None:
        settings = parts.pool.settings
        self.exhibit, self._parts = exhibit, parts
        self.shape = schemas.run_request(exhibit, settings.max_repeats)
        """The pydantic model of a body."""
        self.most_bytes = min(settings.max_body_bytes, exhibit.largest_body_bytes)
        """The longest body."""

    def answer(self, body: Any, sent_bytes: int, root: str) -> dict[str, Any]:
        """A Result as it is sent, or a problem: what has a ``status``. Raises RefusalError.

        ``body`` is of the shape; ``root``: the path that we are mounted at.
        """
        parts, exhibit = self._parts, self.exhibit.id
        parts.present()
        start_s = time.perf_counter()
        if body.variant == LANGUAGE_MODEL and exhibit in parts.language_model.records:
            answer = parts.language_model.answer(exhibit, body.input, body.repeats)
        else:
            wanted = {"input": body.input, "variant": body.variant, "repeats": body.repeats}
            answer = parts.pool.run({"do": "run", "exhibit": exhibit, "where": "there", **wanted})
        if "status" in answer:
            return answer
        parts.metrics.answered(answer, time.perf_counter() - start_s)
        return {**_sent(answer, root), "bytes_sent": sent_bytes}


def of_all(parts: Parts) -> dict[str, Runs]:
    """Of every exhibit, the added ones too, by its id."""
    ladders = parts.manifest.ladders.values() if parts.manifest else ()
    added = [exhibit_of(ladder) for ladder in ladders if ladder.added is not None]
    return {exhibit.id: Runs(parts, exhibit) for exhibit in (*EXHIBITS.values(), *added)}


def _sent(answer: Mapping[str, Any], root: str) -> dict[str, Any]:
    """A Result with milliseconds that have no more digits than they deserve, and where its power is told."""
    timing, energy = dict(answer["timing"]), answer["energy"]
    for name, value in timing.items():
        timing[name] = {each: _brief(value[each]) for each in value} if isinstance(value, dict) else _brief(value)
    if energy:
        energy = {**energy, "inputs": {**energy["inputs"], "power": f"{root}{live.PLACE}"}}
    return {**answer, "timing": timing, "energy": energy}


def _brief(value: float | None) -> float | None:
    return live.four_digits(value) if isinstance(value, float) else value
