"""Packs the models for a wheel, without loss: what two of them have in common is stored once."""

from __future__ import annotations

import hashlib
import json
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .. import installed

FORMAT = "1"
"""In the name of what is kept in the cache: another one for another way of packing."""
LARGE_BYTES = 4096
"""Tensors that are worth a look."""
ALIKE = 0.25
"""A model began as a copy of another one, if this share of its bytes is still the same."""
MOSTLY_ZEROS = [
    {"id": lzma.FILTER_LZMA2, "preset": 6, "mf": lzma.MF_BT2, "nice_len": 16, "depth": 4, "lc": 4, "lp": 0, "pb": 0}
]
"""In a difference hardly anything repeats itself: a short look for it takes an eighth of the time, for 5 % more."""

Range = tuple[int, int, int]
"""Where in a file, where in another, and how many bytes."""


@dataclass(frozen=True)
class Tensors:
    """A model's file, and where in it the whole numbers of its large tensors lie."""

    content: np.ndarray
    places: dict[str, tuple[int, tuple[int, ...]]]


def pack(files: dict[str, Path], cache: Path) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """(name, how, packed) of each model, in order: one is stored as the difference to an earlier one at most."""
    before: dict[str, Tensors] = {}
    for name, path in files.items():
        model = tensors(path)
        like, ranges = _most_alike(model, before)
        before[name] = model
        how, packed = _packed(model.content, like, ranges, before[like].content if like else None, cache)
        if installed.unpack_model(packed, how, lambda other: files[other]) != model.content.tobytes():
            raise RuntimeError(f"{name} can not be packed without loss: please report this")
        yield name, how, packed


def tensors(path: Path) -> Tensors:
    """Read a model's file; its large tensors of whole numbers by name, with their shape."""
    import onnx

    raw = path.read_bytes()
    found = {}
    for tensor in onnx.load_from_string(raw).graph.initializer:
        if tensor.data_type in (onnx.TensorProto.INT8, onnx.TensorProto.UINT8) and len(tensor.raw_data) >= LARGE_BYTES:
            found[tensor.name] = (raw.index(tensor.raw_data), tuple(tensor.dims))
    return Tensors(np.frombuffer(raw, np.uint8), found)


def _most_alike(model: Tensors, others: dict[str, Tensors]) -> tuple[str, list[Range]]:
    """The other that it has most bytes in common with, and where; none where that is not enough."""
    best, best_ranges, most = "", list[Range](), ALIKE * len(model.content)
    for name, other in others.items():
        ranges = list(_ranges(model, other))
        same = sum(
            int((model.content[at : at + count] == other.content[at_other : at_other + count]).sum())
            for at, at_other, count in ranges
        )
        if same > most:
            best, best_ranges, most = name, ranges, same
    return best, best_ranges


def _ranges(model: Tensors, other: Tensors) -> Iterator[Range]:
    """Tensors of one name, as many rows of them as both have."""
    for name, (at, shape) in model.places.items():
        at_other, others = other.places.get(name, (0, ()))
        if others[1:] == shape[1:] and len(others) == len(shape):
            yield at, at_other, int(np.prod((min(shape[0], others[0]), *shape[1:])))


def _packed(
    content: np.ndarray, like: str, ranges: list[Range], other: np.ndarray | None, cache: Path
) -> tuple[dict[str, Any], bytes]:
    """How, and the bytes: the smallest of what was tried, kept in the cache by content."""
    whole = content.copy()
    for at, at_other, count in ranges if other is not None else ():
        whole[at : at + count] -= other[at_other : at_other + count]  # type: ignore[index]
    kept = cache / f"{hashlib.sha256(whole.tobytes()).hexdigest()}.{FORMAT}"
    told = kept.with_suffix(".json")
    if not told.is_file():
        if like:  # mostly zeros, for which zlib has no fraction of a bit
            tried = [({"apart": False, "xz": True}, lzma.compress(whole.tobytes(), filters=MOSTLY_ZEROS))]
        else:
            tried = [({"apart": apart, "xz": False}, _squeezed(whole, apart)) for apart in (False, True)]
        how, packed = min(tried, key=lambda each: len(each[1]))
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(packed)
        told.write_text(json.dumps(how))
    return json.loads(told.read_text()) | {"like": like, "ranges": ranges if like else []}, kept.read_bytes()


def _squeezed(whole: np.ndarray, apart: bool) -> bytes:
    """By zlib: weights hardly ever repeat themselves, so that looking for what does only costs."""
    raw = (installed.apart(whole) if apart else whole).tobytes()
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_HUFFMAN_ONLY)
    return min(packer.compress(raw) + packer.flush(), zlib.compress(raw, 9), key=len)
