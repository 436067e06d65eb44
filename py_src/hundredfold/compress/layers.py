"""What happens inside a model: activations of two models side by side, and what eight bits do to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

import numpy as np

from . import OpenModel, Progress, Stopped, step
from .calibrate import exposing
from .graph import float_tensors, inferred
from .samples import Samples

Shape = tuple[int | None, ...] | None

LOOKED_AT = 8
"""Samples that the inside of a model is looked at with, one at a time."""
CHUNK_BYTES = 32 * 2**20
"""Activations fetched together take about so much."""
UNKNOWN_BYTES = 4 * 2**20
"""What an activation is taken to be whose shape is not known."""
SILENT = 1e-12


def _chunks(tensors: Mapping[str, Shape]) -> Iterator[list[str]]:
    """The names in order, in groups that fit into memory together for one sample."""
    chunk: list[str] = []
    taken = 0
    for name, shape in tensors.items():
        size = UNKNOWN_BYTES if shape is None else 4 * prod(1 if length is None else length for length in shape)
        if chunk and taken + size > CHUNK_BYTES:
            yield chunk
            chunk, taken = [], 0
        chunk.append(name)
        taken += size
    if chunk:
        yield chunk


async def apart(
    original: Any,
    small: Any,
    samples: Samples,
    open_model: OpenModel,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
) -> list[dict[str, Any]]:
    """``[{name, error}]``, by layer in the order of the original: how far the activations of two models are apart.

    ``error`` is the norm of the difference over the norm of the original's activation, over the first samples, for
    activations that have the same name in both. Where the smaller model rounds one to eight bits, what its next layers
    read counts. Both models are as ``graph.prepared`` gives them.
    """
    one, counterparts, shapes, halves = _pairs(original, small)
    if not counterparts:
        return []
    few = samples.first(LOOKED_AT)
    error, norm = dict.fromkeys(counterparts, 0.0), dict.fromkeys(counterparts, 0.0)
    first = await open_model(exposing(original, {name: one[name] for name in counterparts}), "original")
    try:
        second = await open_model(exposing(small, shapes, halves), "small")
        try:
            for place in range(few.n):
                await step("layers", place / few.n, on_progress, cancelled)
                feeds = few.one(place)
                for names in _chunks({name: one[name] for name in counterparts}):
                    others = await second.run([counterparts[name] for name in names], feeds)
                    for name, here, there in zip(names, await first.run(names, feeds), others, strict=True):
                        if here.shape == there.shape:
                            found, size = _distance(here.astype(np.float64), there.astype(np.float64))
                            error[name] += found
                            norm[name] += size
        finally:
            second.close()
    finally:
        first.close()
    await step("layers", 1.0, on_progress, cancelled)
    named = {name: node.name for node in original.graph.node for name in node.output}
    return [
        {"name": named.get(name, name), "error": float(np.sqrt(error[name] / norm[name]))}
        for name in counterparts
        if norm[name] > SILENT and np.isfinite(error[name])
    ]


def _distance(here: np.ndarray, there: np.ndarray) -> tuple[float, float]:
    """Squares of the difference and of the first, summed; what is infinite in both, as masks are, does not count."""
    counts = ~(np.isinf(here) & (here == there))
    here, there = here[counts], there[counts]
    return float(np.square(here - there).sum()), float(np.square(here).sum())


def _pairs(original: Any, small: Any) -> tuple[dict[str, Shape], dict[str, str], dict[str, Shape], set[str]]:
    """The original's tensors; of those that both have, the smaller's counterparts; their shapes; which are float16."""
    known = inferred(small)
    one, others, halves = float_tensors(inferred(original)), float_tensors(known), float_tensors(known, half=True)
    inputs = {item.name for item in original.graph.input}
    readers = {node.input[0]: node.output[0] for node in small.graph.node if node.op_type == "DequantizeLinear"}
    rounded = {
        node.input[0]: readers[node.output[0]]
        for node in small.graph.node
        if node.op_type == "QuantizeLinear" and node.output[0] in readers
    }
    shapes = {**halves, **others}
    found = {name: rounded.get(name, name) for name in one if name not in inputs and name in shapes}
    found = {name: other for name, other in found.items() if other in shapes}
    return one, found, {other: shapes[other] for other in found.values()}, set(halves)


async def hurts(
    model: Any,
    quantized: Any,
    name: str,
    samples: Samples,
    open_model: OpenModel,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
) -> dict[str, float]:
    """What rounding each activation to eight bits does to it, worst first: its mean relative error over channels.

    Each channel counts alike: where ranges of channels differ widely, one scale for all leaves the small ones nothing,
    while the error of the whole stays small. Two digits are kept, so that the order is the same on every engine, and
    equal ones stay in the order of the graph. ``quantized`` is static-int8's result, whose scales are used.
    """
    shapes, steps = float_tensors(inferred(model)), _steps(quantized)
    wanted = {tensor: shapes[tensor] for tensor in steps if tensor in shapes}
    wanted = {tensor: wanted[tensor] for tensor in shapes if tensor in wanted}
    few = samples.first(LOOKED_AT)
    sums: dict[str, Any] = dict.fromkeys(wanted, 0.0)
    session = await open_model(exposing(model, wanted), name)
    try:
        for place in range(few.n):
            await step("layers", place / few.n, on_progress, cancelled)
            for names in _chunks(wanted):
                for tensor, values in zip(names, await session.run(names, few.one(place)), strict=True):
                    found = _squares(values.astype(np.float64), *steps[tensor])
                    if np.shape(sums[tensor]) in ((), found.shape):  # channels that change with the sample do not add
                        sums[tensor] = sums[tensor] + found
    finally:
        session.close()
    await step("layers", 1.0, on_progress, cancelled)
    errors = {tensor: float(f"{_relative(found):.2g}") for tensor, found in sums.items()}
    return dict(sorted(errors.items(), key=lambda item: -item[1]))


def _steps(quantized: Any) -> dict[str, tuple[float, int]]:
    """Scale and zero point of each activation that the model rounds to eight bits."""
    from onnx import numpy_helper

    initial = {item.name: item for item in quantized.graph.initializer}
    return {
        node.input[0]: (
            float(numpy_helper.to_array(initial[node.input[1]])),
            int(numpy_helper.to_array(initial[node.input[2]])),
        )
        for node in quantized.graph.node
        if node.op_type == "QuantizeLinear"
    }


def _squares(values: np.ndarray, scale: float, zero: int) -> np.ndarray:
    """Squares of the rounding error and of the values, summed over each channel [2, channels]."""
    rounded = (np.clip(np.rint(values / scale) + zero, 0, 255) - zero) * scale
    axis = -1 if values.ndim == 3 else min(1, values.ndim - 1)  # [N, T, D], and [N, C, ...]
    rows = [
        np.moveaxis(each, axis, 0).reshape(values.shape[axis] if values.ndim else 1, -1)
        for each in (rounded - values, values)
    ]
    return np.stack([np.square(each).sum(1) for each in rows])


def _relative(sums: Any) -> float:
    if np.shape(sums) == ():
        return 0.0
    error, size = sums
    heard = size > SILENT
    return float(np.sqrt(error[heard] / size[heard]).clip(0, 1).mean()) if heard.any() else 0.0


def around(model: Any, tensor: str) -> set[str]:
    """Names of the nodes that have to stay in float so that an activation does: who writes it and who reads it.

    What computes the input of a Relu or Clip is one with it in int8.
    """
    nodes = model.graph.node
    makers = {name: node for node in nodes for name in node.output}
    found = {node.name for node in nodes if tensor in node.input}
    maker = makers.get(tensor)
    if maker is not None:
        found.add(maker.name)
        before = makers.get(maker.input[0]) if maker.op_type in ("Relu", "Clip") else None
        if before is not None:
            found.add(before.name)
    return found
