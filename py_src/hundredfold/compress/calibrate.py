"""The ranges of a model's activations over real samples, computed by whatever engine runs the model.

onnxruntime's own calibrator calls its engine itself; in a browser the engine is asynchronous and JavaScript's. So the
model gets nodes that reduce each activation to its lowest and highest value, and runs like any other: what comes out
is two numbers per activation, whatever its size.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import floor, frexp, ulp
from typing import Any

import numpy as np

from ..errors import InputError, ModelFileError, brief
from . import OpenModel, Progress, Stopped, step
from .graph import finished
from .samples import Samples

Range = tuple[float, float]

GRID_BITS = 5
"""A range's ends lie on a grid of 2^5 = 32 steps per power of two."""
SLACK = 1 / 64
"""An end that is above a grid line by no more than this share of a step still counts as on it."""
BATCH_BYTES = 2**20
"""Samples run together as long as their inputs are not larger: their activations have to fit into memory, too."""
MOST_TOGETHER = 32
OUTPUT = "hundredfold_ranges"


def snap(low: float, high: float) -> Range:
    """The range [low, high], zero included, widened to a coarse grid.

    Two engines, or one with another number of threads, add in another order, so that their activations differ by about
    a millionth. From the exact ends every scale would differ, and so would the file. On a grid of 1/32 to 1/64 of the
    larger end both come to the same, unless an end lies within that millionth of a line: one range in 20,000. Ends are
    often on a line (0, 1, 6) and computed just beside it, so each line takes what is a little above it as well. The
    scale gets 1.1 % wider on average; on 10,000 digits no grid from 1/8 to 1/128 changed what int8 gets right by more
    than 2.
    """
    low, high = min(low, 0.0), max(high, 0.0)
    size = max(-low, high)
    if not size:
        return 0.0, 0.0
    unit = max(2.0 ** (frexp(size)[1] - 1 - GRID_BITS), ulp(0.0))  # no number lies between that and zero
    return _up(-low / unit) * -unit if low else 0.0, _up(high / unit) * unit


def _up(steps: float) -> int:
    return -floor(SLACK - steps)


def together(samples: Samples) -> int:
    """How many samples may run in one batch."""
    largest = sum(array.nbytes for array in samples.inputs.values()) / max(1, samples.n)
    return max(1, min(MOST_TOGETHER, int(BATCH_BYTES / max(1.0, largest))))


async def ranges(
    model: Any,
    tensors: Iterable[str],
    name: str,
    samples: Samples,
    open_model: OpenModel,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
) -> dict[str, Range]:
    """The snapped range of each of the float32 ``tensors`` over the samples.

    Raises InputError where a sample holds what is no number, ModelFileError where an activation is infinite, besides
    SessionError and Cancelled.
    """
    wanted = list(tensors)
    if not wanted:
        return {}
    _check_samples(samples)
    await step("ranges", 0.0, on_progress, cancelled)
    session = await open_model(_reducing(model, wanted), name)
    try:
        low, high, done, size = np.full(len(wanted), np.inf), np.full(len(wanted), -np.inf), 0, together(samples)
        for feeds in samples.batches(size):
            found = (await session.run([OUTPUT], feeds))[0].astype(np.float64).reshape(2, -1)
            low, high = np.minimum(low, found[0]), np.maximum(high, found[1])
            done = min(samples.n, done + (size if samples.together else 1))
            await step("ranges", done / samples.n, on_progress, cancelled)
    finally:
        session.close()
    _check(wanted, low, high)
    return {tensor: snap(float(low[place]), float(high[place])) for place, tensor in enumerate(wanted)}


def _check_samples(samples: Samples) -> None:
    """An engine's lowest and highest may step over a value that is no number, so it is looked for in what is fed."""
    for name, array in samples.inputs.items():
        if array.dtype.kind != "f":
            continue
        for place in range(samples.n):
            if not np.isfinite(array[place]).all():
                message = f"sample {place} of {brief(name)} holds a value that is infinite or no number: take it out"
                raise InputError(name, message, "samples-no-number", {"input": name, "index": place})


def _check(tensors: list[str], low: np.ndarray, high: np.ndarray) -> None:
    odd = [tensor for place, tensor in enumerate(tensors) if not np.isfinite([low[place], high[place]]).all()]
    if odd:
        raise ModelFileError(
            "activation-infinite",
            f"with these samples {brief(odd[0])} in the model is infinite, so it has no range: check that the samples "
            "are scaled as the model was trained, or take weights-int8",
            {"tensor": odd[0]},
        )


def _reducing(model: Any, tensors: list[str]) -> bytes:
    """The model with one output: the lowest values of ``tensors``, then the highest [2 T]."""
    from onnx import ModelProto, TensorProto, helper

    copy = ModelProto()
    copy.CopyFrom(model)
    graph, ends = copy.graph, []
    graph.initializer.append(helper.make_tensor(f"{OUTPUT}_shape", TensorProto.INT64, [1], [1]))
    for reduce in ("ReduceMin", "ReduceMax"):
        for place, tensor in enumerate(tensors):
            end = f"{OUTPUT}_{reduce}_{place}"
            graph.node.append(helper.make_node(reduce, [tensor], [f"{end}_scalar"], name=end, keepdims=0))
            shape = [f"{end}_scalar", f"{OUTPUT}_shape"]
            graph.node.append(helper.make_node("Reshape", shape, [end], name=f"{end}_reshape"))
            ends.append(end)
    graph.node.append(helper.make_node("Concat", ends, [OUTPUT], name=OUTPUT, axis=0))
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [2 * len(tensors)]))
    return finished(copy, model)


def exposing(model: Any, tensors: Mapping[str, tuple[int | None, ...] | None], halves: Collection[str] = ()) -> bytes:
    """The model with ``tensors`` (name: shape, None where it is not known) as its outputs, in that order.

    They are float32, but those that ``halves`` names.
    """
    from onnx import ModelProto, TensorProto, helper

    copy = ModelProto()
    copy.CopyFrom(model)
    del copy.graph.output[:]
    for tensor, shape in tensors.items():
        kind = TensorProto.FLOAT16 if tensor in halves else TensorProto.FLOAT
        copy.graph.output.append(helper.make_tensor_value_info(tensor, kind, shape))
    return finished(copy, model)
