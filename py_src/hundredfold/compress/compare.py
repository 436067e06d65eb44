"""Two models on the same samples: how often each is right, how often they agree, and where they do not."""

from __future__ import annotations

from typing import Any

from ..errors import ModelFileError
from ..session import Session
from . import OpenModel, Progress, Stopped, step
from .answers import Answers
from .calibrate import together
from .graph import prepared
from .layers import apart
from .samples import Samples, doubts

MOST_CHANGED = 1000
"""So many samples whose label changed are listed."""


async def compare(
    original: bytes,
    small: bytes,
    samples: Samples,
    open_model: OpenModel,
    *,
    layers: bool = False,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
) -> dict[str, Any]:
    """``{n, accuracy, agreement, deviation, changed, notes}``, and with ``layers`` also ``layers``.

    ``accuracy`` is ``{original, small}`` with ``{value, low, high, n}`` each (95 % intervals by Wilson), or None
    without labels or classes; ``agreement`` the share of samples with the same label, or that are within 1 % of the
    output's range; ``deviation`` ``{mean, p95, worst}`` relative to that range; ``changed`` ``[{index, original, small,
    label?}]`` of classifiers, the first thousand; ``layers`` ``[{name, error}]``, see layers.apart. Nothing but labels
    and one number per sample is kept in memory. Raises ModelFileError where the models do not fit together.
    """
    await step("open", 0.0, on_progress, cancelled)
    answers = Answers()
    one = await open_model(original, "original")
    try:
        other = await open_model(small, "small")
        try:
            names, others = _outputs(one, other)
            size = together(samples)
            for feeds in samples.batches(size):
                n = len(next(iter(feeds.values()))) if samples.together and not samples.whole else 1
                answers.add(await one.run(names, feeds), await other.run(others, feeds), n)
                await step("compare", answers.n / samples.n, on_progress, cancelled)
        finally:
            other.close()
    finally:
        one.close()
    told = {
        "n": answers.n,
        "accuracy": answers.accuracy(samples.labels),
        "agreement": answers.agreement(),
        "deviation": answers.deviation(),
        "changed": _changed(answers, samples),
        "notes": doubts(samples),
    }
    if layers:
        models = prepared(original, "original"), prepared(small, "small")
        told["layers"] = await apart(*models, samples, open_model, on_progress, cancelled)
    return told


def _outputs(one: Session, other: Session) -> tuple[list[str], list[str]]:
    """The outputs of both in the same order: by name, or by place where all names differ."""
    for what, here, there in (
        ("inputs", {info.name for info in one.inputs}, {info.name for info in other.inputs}),
        ("outputs", len(one.outputs), len(other.outputs)),
    ):
        if here != there:
            message = f"the two models have different {what}, so they can not be compared: give a pair for one task"
            raise ModelFileError("models-differ", message, {"what": what})
    names, others = ([info.name for info in session.outputs] for session in (one, other))
    return names, names if set(names) == set(others) else others


def _changed(answers: Answers, samples: Samples) -> list[dict[str, Any]]:
    labels = answers.labels()
    if labels is None:
        return []
    one, other = labels
    changed = []
    for place in (one != other).nonzero()[0][:MOST_CHANGED].tolist():
        item = {"index": place, "original": int(one[place]), "small": int(other[place])}
        if samples.labels is not None:
            item["label"] = int(samples.labels[place])
        changed.append(item)
    return changed
