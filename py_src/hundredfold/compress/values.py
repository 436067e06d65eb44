"""Values as a walk through a graph knows them, from what the file holds and into what onnx's inference takes."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import prod
from typing import Any

import numpy as np

from .fold import MOST_ELEMENTS
from .tensors import MOST_AXES, bytes_of, dtypes


@dataclass(frozen=True)
class Value:
    """What is known of a value: its data type (0 for not known), its sizes, small contents; is it a constant?"""

    kind: int = 0
    shape: tuple[int, ...] | None = None
    data: np.ndarray | None = None
    constant: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells this value from others to whom asks for sizes."""
        return self.kind, self.shape, None if self.data is None else self.data.tobytes()

    @property
    def bytes(self) -> int | None:
        return None if self.shape is None else bytes_of(self.kind, prod(self.shape))


@dataclass
class Walked:
    """What a walk found; ``macs`` and ``memory_bytes`` hold what is known, and the lists what is not."""

    operators: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    """How often each (domain, operator, opset version) stands in the file, functions written out."""
    macs: int = 0
    weight_bytes: int = 0
    folded_bytes: int = 0
    """All constants that are computed from constants when the model is opened, and of them those that stay."""
    kept_bytes: int = 0
    peak_bytes: int = 0
    unknown: list[str] = field(default_factory=list)
    """Outputs whose sizes stay unknown, the first of them."""
    uncounted: Counter[str] = field(default_factory=Counter)
    """Operators that multiply, but whose work could not be counted."""
    loops: list[str] = field(default_factory=list)
    """Loops whose turns are not known."""
    unknown_constants: list[str] = field(default_factory=list)
    """Constants that are computed, and whose sizes are not known."""

    @property
    def memory_bytes(self) -> int:
        """Weights, and the most that is alive beside them."""
        return self.weight_bytes + self.kept_bytes + self.peak_bytes


Scope = ChainMap[str, Value]
"""Values by name, those of the graphs around a graph behind its own."""


def constant(tensor: Any) -> Value:
    """The value of a TensorProto, its contents where they are small."""
    shape = tuple(tensor.dims)
    data = None
    if prod(shape) <= MOST_ELEMENTS and numpy_dtype(tensor.data_type) is not None:
        from onnx import numpy_helper

        try:
            data = numpy_helper.to_array(tensor)
        except Exception:  # what onnx can not turn into an array is not followed
            data = None
    return Value(tensor.data_type, shape, data, True)


def constant_of(attributes: Mapping[str, Any]) -> Value:
    """The value of a Constant from its attributes."""
    if (tensor := attributes.get("value")) is not None:
        if isinstance(tensor, np.ndarray):
            kinds = {name: number for number, name in dtypes().items()}
            return Value(kinds.get(tensor.dtype.name, 0), tensor.shape, tensor, True)
        return constant(tensor)
    for name, kind, dtype in (("value_int", 7, np.int64), ("value_float", 1, np.float32)):
        for key in (name, f"{name}s"):
            if key in attributes:
                array = np.asarray(attributes[key], dtype)
                return Value(kind, array.shape, array if array.size <= MOST_ELEMENTS else None, True)
    if "value_string" in attributes:
        return Value(8, (), None, True)
    if "value_strings" in attributes:
        return Value(8, (len(attributes["value_strings"]),), None, True)
    return Value(constant=True)


@cache
def numpy_dtype(kind: int) -> np.dtype[Any] | None:
    """numpy's dtype of a data type, None where numpy has none of its own."""
    try:
        found = np.dtype(dtypes()[kind])
    except (TypeError, KeyError):
        return None
    return found if found.kind in "biuf" else None  # others come from packages that not every machine has


def plain(attribute: Any) -> Any:
    """An attribute's value; a tensor as an array where it is small, else as it is."""
    kind = attribute.type
    if kind == 1:
        return attribute.f
    if kind == 2:
        return attribute.i
    if kind == 3:
        return attribute.s
    if kind == 4:
        value = constant(attribute.t)
        return attribute.t if value.data is None else value.data
    if kind == 6:
        return list(attribute.floats)
    if kind == 7:
        return list(attribute.ints)
    return list(attribute.strings) if kind == 8 else None


def key_of(attribute: Any) -> Any:
    """An attribute's value as part of a key; one that is too large for that equals no other."""
    if isinstance(attribute, list):
        return tuple(attribute)
    if isinstance(attribute, np.ndarray):
        return attribute.shape, attribute.dtype.str, attribute.tobytes()
    known = attribute is None or isinstance(attribute, int | float | bytes)
    return (type(attribute).__name__, attribute) if known else object()


def type_of(value: Value) -> Any:
    return _cached_type(value.kind, value.shape if value.shape is None or len(value.shape) <= MOST_AXES else None)


@lru_cache(4096)
def _cached_type(kind: int, shape: tuple[int, ...] | None) -> Any:
    import onnx

    made = onnx.TypeProto()
    if kind:
        made.tensor_type.elem_type = kind
        if shape is not None:
            made.tensor_type.shape.SetInParent()
            for size in shape:
                made.tensor_type.shape.dim.add().dim_value = size
    return made


def tensor_of(value: Value) -> Any:
    from onnx import numpy_helper

    return numpy_helper.from_array(np.ascontiguousarray(value.data).reshape(value.shape))


def opsets_of(versions: Mapping[str, int]) -> list[Any]:
    import onnx

    return [onnx.helper.make_opsetid(domain, version) for domain, version in versions.items()]
