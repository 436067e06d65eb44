"""Small values that a graph computes from constants and shapes: what later shapes hang on, computed with numpy.

Only values of up to ``MOST_ELEMENTS`` are followed, and nothing larger is ever made, so that no graph can make this
take much memory or time. What is not known here is told as not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np

MOST_ELEMENTS = 1024
Arrays = Sequence[np.ndarray | None]

UNARY: dict[str, Callable[..., Any]] = {
    "Identity": np.asarray,
    "Neg": np.negative,
    "Abs": np.abs,
    "Floor": np.floor,
    "Ceil": np.ceil,
    "Round": np.round,
    "Sqrt": np.sqrt,
    "Exp": np.exp,
    "Log": np.log,
    "Reciprocal": np.reciprocal,
    "Sign": np.sign,
    "Not": np.logical_not,
}
BINARY: dict[str, Callable[..., Any]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "Pow": np.power,
    "Equal": np.equal,
    "Less": np.less,
    "Greater": np.greater,
    "LessOrEqual": np.less_equal,
    "GreaterOrEqual": np.greater_equal,
    "And": np.logical_and,
    "Or": np.logical_or,
    "Min": np.minimum,
    "Max": np.maximum,
}
REDUCED: dict[str, Callable[..., Any]] = {
    "ReduceProd": np.prod,
    "ReduceSum": np.sum,
    "ReduceMax": np.max,
    "ReduceMin": np.min,
}


def folded(
    op: str, attributes: Mapping[str, Any], inputs: Arrays, out_dtype: np.dtype[Any] | None
) -> np.ndarray | None:
    """The value of an operator's output from those of its inputs, None where that is not known.

    ``out_dtype`` is the output's dtype; a missing input that may be missing is None. Shape and Size are the caller's.
    """
    try:
        with np.errstate(all="ignore"):
            value = _folded(op, attributes, inputs, out_dtype)
    except (ValueError, TypeError, IndexError, KeyError, OverflowError, ZeroDivisionError, AttributeError, MemoryError):
        return None
    if value is None or value.size > MOST_ELEMENTS or value.ndim > 32 or value.dtype.kind not in "biuf":
        return None
    return np.asarray(value, out_dtype)


def _folded(op: str, attributes: Mapping[str, Any], inputs: Arrays, out_dtype: np.dtype[Any] | None) -> Any:
    if op in UNARY:
        return np.asarray(UNARY[op](inputs[0]))
    if op in BINARY and len(inputs) == 2:
        return _bounded(lambda: BINARY[op](inputs[0], inputs[1]), *inputs)
    if op in REDUCED:
        axes = attributes.get("axes") if len(inputs) < 2 or inputs[1] is None else inputs[1].tolist()
        keep = bool(attributes.get("keepdims", 1))
        return np.asarray(REDUCED[op](inputs[0], axis=None if axes is None else tuple(axes), keepdims=keep))
    rule = RULES.get(op)
    return None if rule is None else rule(attributes, inputs, out_dtype)


def _bounded(make: Callable[[], Any], *arrays: np.ndarray | None) -> Any:
    """What ``make`` gives, where the arrays broadcast to few elements."""
    if prod(np.broadcast_shapes(*(array.shape for array in arrays if array is not None))) > MOST_ELEMENTS:
        return None
    return np.asarray(make())


def _cast(_: Any, inputs: Arrays, out_dtype: Any) -> Any:
    return None if out_dtype is None else _first(inputs).astype(out_dtype)


def _divided(_: Any, inputs: Arrays, __: Any) -> Any:
    def divide() -> Any:
        a, b = _first(inputs), inputs[1]
        if a.dtype.kind in "iu":
            if b is None or not np.all(b):
                raise ZeroDivisionError
            return (np.sign(a) * np.sign(b)) * (np.abs(a) // np.abs(b))  # ONNX rounds to zero
        return None if b is None else np.divide(a, b)

    return _bounded(divide, *inputs)


def _remainder(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    make, a, b = np.fmod if attributes.get("fmod") else np.mod, _first(inputs), inputs[1]
    return None if b is None or not np.all(b) else _bounded(lambda: make(a, b), a, b)


def _gathered(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    data, indices = _first(inputs), inputs[1]
    axis = attributes.get("axis", 0)
    if data.size and indices is not None and indices.size * data.size // data.shape[axis] <= MOST_ELEMENTS:
        return np.take(data, indices.astype(np.int64), axis)
    return None


def _joined(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    if (
        any(array is None for array in inputs)
        or sum(array.size for array in inputs if array is not None) > MOST_ELEMENTS
    ):
        return None
    return np.concatenate([array for array in inputs if array is not None], attributes["axis"])


def _sliced(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    data = _first(inputs)
    if "starts" in attributes:
        starts, ends, axes, steps = attributes["starts"], attributes["ends"], attributes.get("axes"), None
    else:
        given = [None if array is None else array.tolist() for array in [*inputs[1:], None, None, None, None][:4]]
        starts, ends, axes, steps = given
    if starts is None or ends is None or (len(inputs) > 3 and axes is None) or (len(inputs) > 4 and steps is None):
        return None
    cut = [slice(None)] * data.ndim
    for at, axis in enumerate(range(len(starts)) if axes is None else axes):
        step = 1 if steps is None else steps[at]
        end = ends[at]
        cut[axis] = slice(starts[at], None if step < 0 and end < -data.shape[axis] else end, step)
    return data[tuple(cut)]


def _squeezed(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    axes = attributes.get("axes") if len(inputs) < 2 or inputs[1] is None else inputs[1].tolist()
    return np.squeeze(_first(inputs), None if axes is None else tuple(axes))


def _unsqueezed(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    axes = attributes.get("axes") if len(inputs) < 2 or inputs[1] is None else inputs[1].tolist()
    return None if axes is None else np.expand_dims(_first(inputs), tuple(axes))


def _reshaped(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    data, sizes = _first(inputs), inputs[1]
    if sizes is None or sizes.size > 32:
        return None
    keep = not attributes.get("allowzero")
    return data.reshape([data.shape[i] if keep and not size else size for i, size in enumerate(sizes.tolist())])


def _transposed(attributes: Mapping[str, Any], inputs: Arrays, _: Any) -> Any:
    return np.transpose(_first(inputs), attributes.get("perm"))


def _chosen(_: Any, inputs: Arrays, __: Any) -> Any:
    if any(array is None for array in inputs):
        return None
    return _bounded(lambda: np.where(inputs[0], inputs[1], inputs[2]), *inputs)  # type: ignore[arg-type]


def _counted(_: Any, inputs: Arrays, out_dtype: Any) -> Any:
    start, end, step = (array.reshape(-1)[0].item() for array in inputs if array is not None)
    if not step or not abs((end - start) / step) < MOST_ELEMENTS:
        return None
    return np.arange(start, end, step, dtype=out_dtype)


def _filled(attributes: Mapping[str, Any], inputs: Arrays, out_dtype: Any) -> Any:
    sizes = _first(inputs).tolist()
    value = attributes.get("value")
    if len(sizes) > 32 or prod(sizes) > MOST_ELEMENTS or any(size < 0 for size in sizes):
        return None
    return np.full(sizes, 0 if value is None else value.reshape(-1)[0], out_dtype or np.float32)


def _expanded(_: Any, inputs: Arrays, __: Any) -> Any:
    data, sizes = _first(inputs), inputs[1]
    if sizes is None or sizes.size > 32 or prod(max(1, size) for size in sizes.tolist()) * data.size > MOST_ELEMENTS:
        return None
    return np.broadcast_to(data, np.broadcast_shapes(data.shape, tuple(sizes.tolist()))).copy()


def _tiled(_: Any, inputs: Arrays, __: Any) -> Any:
    data, times = _first(inputs), inputs[1]
    if times is None or times.size > 32 or prod(times.tolist()) * data.size > MOST_ELEMENTS:
        return None
    return np.tile(data, times.tolist())


def _first(inputs: Arrays) -> np.ndarray:
    if inputs[0] is None:
        raise ValueError
    return inputs[0]


RULES: dict[str, Callable[[Mapping[str, Any], Arrays, Any], Any]] = {
    "Cast": _cast,
    "Div": _divided,
    "Mod": _remainder,
    "Gather": _gathered,
    "Concat": _joined,
    "Slice": _sliced,
    "Squeeze": _squeezed,
    "Unsqueeze": _unsqueezed,
    "Reshape": _reshaped,
    "Transpose": _transposed,
    "Where": _chosen,
    "Range": _counted,
    "ConstantOfShape": _filled,
    "Expand": _expanded,
    "Tile": _tiled,
}
