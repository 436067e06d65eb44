"""A smaller model from a model and samples: by the method that was asked for, or the one that keeps within a limit."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from ..errors import InputError, brief
from ..measure import Clock
from . import OpenModel, Progress, Stopped, step
from .auto import Attempt, Search, search_in
from .calibrate import ranges
from .graph import layers, prepared
from .inspect import inspect
from .judge import MOST_CHECKING, Judge, Verdict, split, take, thinned
from .methods import BITS, activations, quantizable, refuse
from .samples import Samples, doubts, made_up
from .simplify import simplify as simplified

METHODS = (*BITS, "auto")
QUICKER = 0.95
"""A model that takes more than this share of the original's time is not called quicker."""


@dataclass(frozen=True)
class Quantized:
    """A smaller model that was loaded and run, and how it compares with the original on the samples.

    ``before`` and ``after`` hold ``bytes``, ``accuracy`` and ``agreement`` (``{value, low, high, n}`` or None),
    ``deviation`` and ``model_ms``; ``tried`` what each attempt came to, and ``notes`` ``{code, values, text}`` each.
    """

    content: bytes
    method: str
    """The one that was used; ``original`` where nothing smaller keeps within the limit: content is what was given."""
    floats: tuple[str, ...]
    """Layers that static-int8 left in float: those with weights, or the others where it is none of those."""
    before: dict[str, Any]
    after: dict[str, Any]
    tried: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """All but the content, for a report."""
        told = asdict(self)
        del told["content"]
        return {**told, "floats": list(self.floats)}


async def quantize(
    content: bytes,
    name: str,
    *,
    method: str = "auto",
    samples: Samples | None = None,
    max_drop: float = 0.5,
    open_model: OpenModel,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
    simplify: bool = True,
    clock: Clock = time.perf_counter,
) -> Quantized:
    """Make ``content`` smaller by ``method``, one of METHODS; ``max_drop`` is for auto, in percentage points.

    ``samples`` are as ``samples.check`` gives them; None makes one up to try the result with. What is lost is accuracy
    where there are labels, else agreement with the original. Raises InputError for arguments, ModelFileError for
    models that can not be made smaller so, SessionError where the engine fails, and Cancelled.
    """
    _check(method, max_drop)
    samples = made_up(inspect(content, name), 1) if samples is None else samples
    if method == "static-int8" and samples.made_up:
        raise InputError(
            "samples",
            "static-int8 needs real samples to set ranges by: give some, or take weights-int8",
            "static-needs-samples",
        )
    model = prepared(content, name)
    refuse(model, method)
    notes = doubts(samples)
    if simplify:
        model, told = await simplified(model, name, samples, open_model, on_progress, cancelled)
        notes += told
    whole = take(samples, thinned(np.arange(samples.n), MOST_CHECKING))
    calibration, check = split(samples) if method == "auto" else (whole, whole)
    judge = Judge(content, name, check, open_model, clock, on_progress, cancelled)
    before = await judge.begin()
    search = search_in(
        model, name, calibration, judge, max_drop if method == "auto" else np.inf, on_progress, cancelled
    )
    if method == "auto":
        chosen = await search.run()
        notes += _on_the_search(search, chosen, check, max_drop)
    else:
        chosen = await _by(method, search)
        if method == "static-int8":
            text = "what it loses was measured on the samples that also set its ranges; compare it on others"
            notes.append({"code": "same-samples", "values": {}, "text": text})
    notes += _on_the_result(chosen, before, len(content))
    await step("done", 1.0, on_progress, cancelled)
    return Quantized(
        chosen.content if chosen else content,
        chosen.method if chosen else "original",
        chosen.floats if chosen else (),
        _side(len(content), before, "original", agreement=False),
        _side(len(chosen.content), chosen.verdict, "small") if chosen else _side(len(content), before, "original"),
        [attempt.told() for attempt in search.attempts],
        notes,
    )


def _check(method: str, max_drop: float) -> None:
    if method not in METHODS:
        message = f"method must be one of {', '.join(METHODS)}, not {brief(method)}"
        raise InputError("method", message, "method-unknown", {"method": brief(method)})
    number = isinstance(max_drop, (int, float)) and not isinstance(max_drop, bool)
    if not number or not 0 <= max_drop <= 100:
        message = f"max_drop must be a number of points from 0 to 100, not {brief(max_drop)}"
        raise InputError("max_drop", message, "max-drop-range", {"found": brief(max_drop)})


async def _by(method: str, search: Search) -> Attempt:
    """The result of one method; raises what went wrong with it."""
    if method != "static-int8":
        return _made(await search.attempt(method))
    nodes = quantizable(search.model)
    found = await ranges(
        *(search.model, activations(search.model, nodes), search.name, search.calibration, search.judge.open_model),
        *(search.on_progress, search.cancelled),
    )
    floats = tuple(layer for layer in layers(search.model) if layer not in nodes)
    return _made(await search.attempt(method, found, nodes, floats))


def _made(attempt: Attempt) -> Attempt:
    if attempt.error is not None:
        raise attempt.error
    return attempt


def _side(size: int, verdict: Verdict | None, side: str, agreement: bool = True) -> dict[str, Any]:
    assert verdict is not None
    return {
        "bytes": size,
        "accuracy": verdict.accuracy[side] if verdict.accuracy else None,
        "agreement": verdict.agreement if agreement else None,
        "deviation": verdict.deviation if agreement else None,
        "model_ms": verdict.model_ms,
    }


def _on_the_search(search: Search, chosen: Attempt | None, check: Samples, max_drop: float) -> list[dict[str, Any]]:
    notes = []
    if check.n * max_drop < 100 and max_drop and search.judge.counts:
        values = {"n": check.n, "points": 100 / check.n, "max_drop": max_drop}
        points = f"one of the {check.n} samples checked is {100 / check.n:.1f} points"
        text = f"{points}, so the limit of {max_drop:g} allows none to change"
        notes.append({"code": "limit-finer-than-samples", "values": values, "text": text})
    if search.calibration.made_up:
        text = "static-int8 was not tried: it needs real samples to set ranges by"
        notes.append({"code": "static-not-tried", "values": {}, "text": text})
    if chosen is None:
        text = f"nothing smaller keeps within {max_drop:g} points: the original is handed back"
        notes.append({"code": "nothing-holds", "values": {"max_drop": max_drop}, "text": text})
    elif chosen.floats:
        text = f"left in float, so that it holds: {', '.join(chosen.floats)}"
        notes.append({"code": "left-in-float", "values": {"layers": ", ".join(chosen.floats)}, "text": text})
    return notes


def _on_the_result(chosen: Attempt | None, before: Verdict, size: int) -> list[dict[str, Any]]:
    if chosen is None or chosen.verdict is None:
        return []
    notes: list[dict[str, Any]] = []
    if len(chosen.content) >= size:
        text = f"the result is not smaller: {len(chosen.content)} bytes, and the original has {size}"
        notes.append({"code": "not-smaller", "values": {"bytes": len(chosen.content), "original": size}, "text": text})
    took, original = chosen.verdict.model_ms, before.model_ms
    if took is not None and original is not None and took > QUICKER * original:
        text = f"it is not quicker here: {took:.2g} ms, and the original takes {original:.2g}"
        notes.append({"code": "not-quicker", "values": {"model_ms": took, "original_ms": original}, "text": text})
    return notes
