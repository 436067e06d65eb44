"""Tensors as the Open Inference Protocol v2 sends them, in JSON or as bytes behind it, read strictly on both sides."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from ..errors import HundredfoldError, brief
from ..session import TEXT_KINDS, TensorInfo

DATATYPES = {
    "bool": "BOOL",
    **{f"{sign}{bits}": f"{sign.upper()}{bits}" for sign in ("int", "uint") for bits in (8, 16, 32, 64)},
    **{f"float{bits}": f"FP{bits}" for bits in (16, 32, 64)},
    "str": "BYTES",
}
"""The protocol's name of each dtype."""
DTYPES = {datatype: dtype for dtype, datatype in DATATYPES.items()}
LENGTH = "Inference-Header-Content-Length"
"""The header that tells where the JSON of a body ends and bytes begin."""
BINARY = "binary_tensor_data"
"""The extension of a server that takes and sends such bodies."""


class TensorError(HundredfoldError):
    """What was sent is no tensor as the protocol has them; the message says why."""


@dataclass(frozen=True)
class Body:
    """What goes through HTTP: JSON, and behind it the bytes of tensors."""

    content: bytes
    json_bytes: int | None
    """Where the JSON ends; None: there is nothing else."""

    @property
    def headers(self) -> dict[str, str]:
        if self.json_bytes is None:
            return {"Content-Type": "application/json"}
        return {"Content-Type": "application/octet-stream", LENGTH: str(self.json_bytes)}


def written(
    told: Mapping[str, Any], field: str, tensors: Mapping[str, np.ndarray], binary: Callable[[str], bool]
) -> Body:
    """``told`` with the tensors in its ``field``, each as bytes or in JSON; raises TensorError for NaN in JSON."""
    items, blobs = [], []
    for name, array in tensors.items():
        text = array.dtype.kind in TEXT_KINDS
        datatype = DATATYPES.get("str" if text else array.dtype.name)
        item: dict[str, Any] = {"name": name, "shape": list(array.shape), "datatype": datatype}
        if binary(name) and not text:
            blobs.append(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())
            item["parameters"] = {"binary_data_size": len(blobs[-1])}
        else:
            if array.dtype.kind == "f" and not np.isfinite(array).all():
                raise TensorError(f"{name} has values that are no numbers, which JSON can not say")
            item["data"] = [str(each) for each in array.flat] if text else array.ravel().tolist()
        items.append(item)
    start = json.dumps({**told, field: items}, separators=(",", ":")).encode()
    return Body(b"".join([start, *blobs]), len(start) if blobs else None)


def parsed(content: bytes, json_bytes: str | None) -> tuple[dict[str, Any], memoryview]:
    """A body's JSON, which must be an object, and the bytes behind it; raises TensorError."""
    end = len(content)
    if json_bytes is not None:
        if not (json_bytes.isascii() and json_bytes.isdecimal() and len(json_bytes) < 12 and int(json_bytes) <= end):
            raise TensorError(f"{LENGTH} must be the length of the JSON, at most that of the body")
        end = int(json_bytes)
    try:
        told = json.loads(content[:end], parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, ValueError) and "is no number" in str(error) else "it can not be read"
        raise TensorError(f"no JSON ({why}): {brief(bytes(content[:200]).decode('utf-8', 'replace'))}") from None
    if not isinstance(told, dict):
        raise TensorError(f"no JSON object: {brief(told)}")
    return told, memoryview(content)[end:]


def read(items: Any, blob: memoryview) -> dict[str, np.ndarray]:
    """The tensors of a list, by name; raises TensorError unless the bytes are all used, and none is missing."""
    if not isinstance(items, list):
        raise TensorError(f"a list of tensors must be there, not {brief(items)}")
    found: dict[str, np.ndarray] = {}
    at = 0
    for item in items:
        name = item.get("name") if isinstance(item, Mapping) else None
        if not isinstance(name, str) or name in found:
            raise TensorError(f"each tensor must have a name of its own, not {brief(name)}")
        array, size = _tensor(name, item, blob[at:])
        found[name], at = array, at + size
    if at != len(blob):
        raise TensorError(f"{len(blob) - at} bytes too many are behind the JSON")
    return found


def _tensor(name: str, item: Mapping[str, Any], blob: memoryview) -> tuple[np.ndarray, int]:
    """One tensor, and how many of the bytes it took."""
    datatype, shape = item.get("datatype"), item.get("shape")
    dtype = DTYPES.get(datatype) if isinstance(datatype, str) else None
    if dtype is None:
        raise TensorError(f"{name} has the datatype {brief(datatype)}: it must be one of {', '.join(DTYPES)}")
    if not isinstance(shape, list) or not all(type(size) is int and 0 <= size < 1 << 31 for size in shape):
        raise TensorError(f"{name} has no shape, but {brief(shape)}")
    if len(shape) > 8:
        raise TensorError(f"{name} has {len(shape)} dimensions: at most 8 can be used")
    count = math.prod(shape)
    parameters = item.get("parameters")
    size = parameters.get("binary_data_size") if isinstance(parameters, Mapping) else None
    if size is None:
        return _of_json(name, item.get("data"), shape, count, dtype), 0
    if "data" in item or dtype == "str":
        raise TensorError(f"{name} is told to be bytes: then it has no data, and is no text")
    kind = np.dtype(dtype).newbyteorder("<")
    if type(size) is not int or size != count * kind.itemsize or len(blob) < size:
        wanted = f"{count * kind.itemsize} bytes for its shape {shape}"
        raise TensorError(f"{name} must have {wanted}; it tells {brief(size)}, and {len(blob)} are there")
    return np.frombuffer(blob[:size], kind).astype(dtype).reshape(shape), size


_TYPES: Mapping[str, set[type]] = {"b": {bool}, "i": {int}, "u": {int}, "f": {int, float}, "O": {str}}


def _of_json(name: str, data: Any, shape: Sequence[int], count: int, dtype: str) -> np.ndarray:
    """Values in a flat list, or in lists of lists as the shape has them."""
    values = _flat(data, shape)
    if values is None or len(values) != count:
        got = f"{len(values)} values" if values is not None else brief(data)
        raise TensorError(f"{name} must have {count} values for its shape {list(shape)}, not {got}")
    kind = np.dtype(object if dtype == "str" else dtype)
    if not set(map(type, values)) <= _TYPES[kind.kind]:
        raise TensorError(f"{name} has values that are no {DATATYPES[dtype]}")
    try:
        if kind.kind in "iu":
            wide = np.array(values, np.uint64 if dtype == "uint64" else np.int64)
            if values and not np.iinfo(dtype).min <= wide.min() <= wide.max() <= np.iinfo(dtype).max:
                raise OverflowError
            return wide.astype(dtype).reshape(shape)
        with np.errstate(over="ignore"):
            array = np.array(values, np.float64 if kind.kind == "f" else kind).astype(kind)
        if kind.kind == "f" and not np.isfinite(array).all():
            raise OverflowError
    except OverflowError:
        raise TensorError(f"{name} has values that are too large for {DATATYPES[dtype]}") from None
    return array.reshape(shape)


def _flat(data: Any, shape: Sequence[int]) -> list[Any] | None:
    """The values one after the other; None where they are not nested as the shape is."""
    if not isinstance(data, list):
        return None
    if not data or not isinstance(data[0], list):
        return data
    level: list[Any] = [data]
    for size in shape:
        if not all(isinstance(each, list) and len(each) == size for each in level):
            return None
        level = list(chain.from_iterable(level))
    return level


def infos(items: Any) -> list[TensorInfo]:
    """Inputs or outputs as a model's metadata declares them; raises TensorError."""
    if not isinstance(items, list):
        raise TensorError(f"its metadata lists no tensors, but {brief(items)}")
    return list(_infos(items))


def _infos(items: Iterable[Any]) -> Iterable[TensorInfo]:
    for item in items:
        name, datatype, shape = (
            item.get(key) if isinstance(item, Mapping) else None for key in ("name", "datatype", "shape")
        )
        dtype = DTYPES.get(datatype) if isinstance(datatype, str) else None
        if not isinstance(name, str) or dtype is None:
            raise TensorError(f"its metadata declares no tensor of a known datatype, but {brief(item)}")
        if not isinstance(shape, list) or not all(type(size) is int and size >= -1 for size in shape):
            raise TensorError(f"its metadata declares {name} with no shape, but {brief(shape)}")
        yield TensorInfo(name, tuple(None if size == -1 else size for size in shape), dtype)


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")
