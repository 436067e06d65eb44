"""A graph with fewer nodes that answers alike: by onnxslim, and kept only where it does."""

from __future__ import annotations

import copy
from typing import Any

from ..errors import SessionError
from . import OpenModel, Progress, Stopped, step
from .answers import Answers
from .graph import finished
from .samples import Samples

ALIKE = 1e-3
"""So far, of the range of an output, may an answer of the simplified model be from the original's."""
TRIED_ON = 8
"""Samples that the simplified model has to answer alike."""


async def simplify(
    model: Any,
    name: str,
    samples: Samples,
    open_model: OpenModel,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
) -> tuple[Any, list[dict[str, Any]]]:
    """The simplified model, or ``model`` itself, and notes on why it was not simplified.

    onnxslim folds batch norms into convolutions, joins equal parts and drops unused ones. Its folding of constants is
    left to the engine, which does it when it loads: onnxslim would call an engine for it, and the last digits of two
    engines differ. Its inference of shapes needs a package of algebra, and is left out for the same reason: one file
    and one set of samples have to give the same bytes everywhere.
    """
    await step("simplify", 0.0, on_progress, cancelled)
    try:
        slim = _slim(model)
    except ImportError:
        text = "onnxslim is not installed, so the graph was not simplified first: pip install onnxslim"
        return model, [{"code": "simplify-missing", "values": {}, "text": text}]
    except Exception as error:  # a stranger's graph may break anything in it; the graph is then used as it is
        return model, [_refused(f"onnxslim could not take it ({type(error).__name__})")]
    await step("simplify", 0.5, on_progress, cancelled)
    try:
        same = await _alike(
            finished(copy.deepcopy(model), model), finished(copy.deepcopy(slim), model), name, samples, open_model
        )
    except SessionError:
        return model, [_refused("the engine did not load what onnxslim made of it")]
    await step("simplify", 1.0, on_progress, cancelled)
    return (slim, []) if same else (model, [_refused("what onnxslim made of it answered otherwise")])


def _slim(model: Any) -> Any:
    import onnxslim

    slim = onnxslim.slim(copy.deepcopy(model), no_shape_infer=True, skip_optimizations=["constant_folding"])
    slim.ir_version = model.ir_version
    return slim


def _refused(why: str) -> dict[str, Any]:
    return {"code": "simplify-refused", "values": {"why": why}, "text": f"the graph was not simplified: {why}"}


async def _alike(original: bytes, slim: bytes, name: str, samples: Samples, open_model: OpenModel) -> bool:
    few = samples.first(TRIED_ON)
    answers = Answers()
    one = await open_model(original, name)
    try:
        other = await open_model(slim, name)
        try:
            for feeds in few.batches(1):
                answers.add(await one.run(None, feeds), await other.run(None, feeds), 1)
        finally:
            other.close()
    finally:
        one.close()
    return answers.deviation()["worst"] <= ALIKE
