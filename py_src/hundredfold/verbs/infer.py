"""infer, signature: a model by itself, tensors in and tensors out, for servers that stand before this one."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..errors import SessionError, brief
from ..session import TEXT_KINDS, TensorInfo, check_array, check_names
from .asked import Asked, unusable

WHOLE = tuple(f"{sign}{bits}" for sign in ("int", "uint") for bits in (8, 16, 32, 64))
DTYPES = ("bool", *WHOLE, "float16", "float32", "float64")
"""What is sent as base64 of its bytes, little-endian; "str" is sent as a list."""
MOST_ELEMENTS = 1 << 20
"""Of all inputs of a request together."""
MOST_ROWS = 64
"""Along the first dimension of an input of several, where the model leaves it free: so many answers in one."""
MOST_DIMENSIONS = 8


async def signature(asked: Asked) -> dict[str, Any]:
    """``{exhibit, variant, inputs, outputs, runtime}``, each tensor as ``{name, dtype, shape}``; null: a free size."""
    session = await asked.open_session(asked.variant)
    return {
        "exhibit": asked.exhibit.id,
        "variant": asked.variant.id,
        "inputs": [_described(info) for info in session.inputs],
        "outputs": [_described(info) for info in session.outputs],
        "runtime": dict(session.runtime),
    }


async def answer(asked: Asked) -> dict[str, Any]:
    """``{exhibit, variant, where, outputs, timing, energy, runtime}``: one call of the engine with the given inputs.

    Inputs and outputs are as `packed` makes them. ``outputs`` of the request names those that are wanted; None: all.
    """
    exhibit, variant, clock = asked.exhibit, asked.variant, asked.clock
    feeds = _feeds(asked.request.get("inputs"))
    session = await asked.open_session(variant)
    names = _names(asked.request.get("outputs"), session.outputs)
    try:
        check_names(variant.model_id, session.inputs, feeds)
        for info in session.inputs:
            check_array(variant.model_id, info, feeds[info.name])
            _check_rows(info, feeds[info.name])
        start, cpu_start = clock(), asked.cpu_clock() if asked.cpu_clock else 0.0
        arrays = await session.run(names, feeds)
    except SessionError as error:  # its golden vector came out: it is these tensors that it does not take
        raise unusable("inputs", str(error)) from None
    elapsed_ms = (clock() - start) * 1e3
    cpu = {"cpu_ms": (asked.cpu_clock() - cpu_start) * 1e3} if asked.cpu_clock else {}
    return {
        "exhibit": exhibit.id,
        "variant": variant.id,
        "where": asked.where,
        "outputs": [packed(name, array) for name, array in zip(names, arrays, strict=True)],
        "timing": {"model_ms": elapsed_ms, "total_ms": elapsed_ms, "load_ms": session.load_ms, **cpu},
        "energy": None,
        "runtime": dict(session.runtime),
    }


def packed(name: str, array: np.ndarray) -> dict[str, Any]:
    """``{name, dtype, shape, data}``, as it goes through JSON."""
    if array.dtype.kind in TEXT_KINDS:
        return {"name": name, "dtype": "str", "shape": list(array.shape), "data": [str(each) for each in array.flat]}
    little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    data = base64.b64encode(little.tobytes()).decode("ascii")
    return {"name": name, "dtype": array.dtype.name, "shape": list(array.shape), "data": data}


def unpacked(told: Any) -> tuple[str, np.ndarray]:
    """The inverse of ``packed``; raises ValueError, with a sentence, for anything else."""
    if not isinstance(told, Mapping) or not isinstance(told.get("name"), str):
        raise ValueError("each tensor must be {name, dtype, shape, data}")
    name, dtype, shape, data = told["name"], told.get("dtype"), told.get("shape"), told.get("data")
    count = elements(name, shape)
    if dtype == "str":
        if not isinstance(data, list) or not all(isinstance(each, str) for each in data) or len(data) != count:
            raise ValueError(f"data of {brief(name)} must be a list of {count} texts")
        return name, np.array(data, dtype=object).reshape(shape)
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise ValueError(f"dtype of {brief(name)} must be one of {', '.join(DTYPES)} or str, not {brief(dtype)}")
    kind = np.dtype(dtype).newbyteorder("<")
    try:
        content = base64.b64decode(data, validate=True)  # type: ignore[arg-type]
    except (TypeError, ValueError, binascii.Error):
        raise ValueError(f"data of {brief(name)} must be base64 of its values' bytes") from None
    if len(content) != count * kind.itemsize:
        wanted = f"{count * kind.itemsize} bytes, {kind.itemsize} for each of {count} values"
        raise ValueError(f"data of {brief(name)} must have {wanted}, not {len(content)}")
    return name, np.frombuffer(content, kind).astype(dtype).reshape(shape)


def elements(name: str, shape: Any) -> int:
    """How many values a tensor of that shape has; raises ValueError unless it is a shape, and a reasonable one."""
    sizes = isinstance(shape, list) and all(type(size) is int and size >= 0 for size in shape)
    if not sizes or len(shape) > MOST_DIMENSIONS:
        wanted = f"a list of at most {MOST_DIMENSIONS} whole numbers from 0"
        raise ValueError(f"shape of {brief(name)} must be {wanted}, not {brief(shape)}")
    if max(shape, default=0) > MOST_ELEMENTS or math.prod(shape) > MOST_ELEMENTS:
        raise ValueError(f"{brief(name)} has more than {MOST_ELEMENTS:,} values: send fewer at a time")
    return math.prod(shape)


def _feeds(inputs: Any) -> dict[str, np.ndarray]:
    if not isinstance(inputs, list):
        raise unusable("inputs", f"inputs must be a list of tensors, {{name, dtype, shape, data}}, not {brief(inputs)}")
    feeds: dict[str, np.ndarray] = {}
    for told in inputs:
        try:
            name, array = unpacked(told)
        except ValueError as error:
            raise unusable("inputs", str(error)) from None
        if name in feeds:
            raise unusable("inputs", f"{brief(name)} is there twice: send each input once")
        feeds[name] = array
        if sum(each.size for each in feeds.values()) > MOST_ELEMENTS:
            raise unusable("inputs", f"all inputs together may have {MOST_ELEMENTS:,} values: send fewer at a time")
    return feeds


def _names(wanted: Any, outputs: Sequence[TensorInfo]) -> list[str]:
    known = [info.name for info in outputs]
    if wanted is None:
        return known
    if not isinstance(wanted, list) or not wanted or any(each not in known for each in wanted):
        raise unusable("outputs", f"outputs must be null, or a list of names among: {', '.join(known)}")
    if len(set(wanted)) != len(wanted):
        raise unusable("outputs", "an output is named twice: name each once")
    return wanted


def _check_rows(info: TensorInfo, array: np.ndarray) -> None:
    free = len(info.shape) > 1 and not isinstance(info.shape[0], int)
    if free and array.shape[0] > MOST_ROWS:
        raise unusable("inputs", f"{info.name} may have {MOST_ROWS} rows, not {array.shape[0]}: send fewer at a time")
    if array.size == 0:
        raise unusable("inputs", f"{info.name} has no values: its shape is {list(array.shape)}")


def _described(info: TensorInfo) -> dict[str, Any]:
    sizes = [size if isinstance(size, int) else None for size in info.shape]
    return {"name": info.name, "dtype": info.dtype, "shape": sizes}
