"""The tensors that a model file holds: found wherever they lie, and held to what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import prod
from typing import Any

from ..errors import ModelFileError
from .refusals import quoted, refusal

MOST_AXES = 64
UNDEFINED, STRING = 0, 8
GRAPHS = (5, 10)
"""The kinds of attribute that hold graphs: one, or several."""
BITS = {
    **dict.fromkeys((1, 6, 12), 32),
    **dict.fromkeys((7, 11, 13, 14), 64),
    15: 128,
    **dict.fromkeys((4, 5, 10, 16), 16),
    **dict.fromkeys((2, 3, 9, 17, 18, 19, 20, 24), 8),
    **dict.fromkeys((21, 22, 23), 4),
    **dict.fromkeys((25, 26), 2),
}
"""Bits of one element by TensorProto's data type, STRING left out."""
FIELDS = {1: "float_data", 14: "float_data", 7: "int64_data", 11: "double_data", 15: "double_data"}
"""Where numbers lie that are not raw data, by data type; uint32 and uint64 have one of their own, all else int32."""


@cache
def dtypes() -> dict[int, str]:
    """The name of each data type of ONNX, as numpy writes it where numpy has it."""
    import onnx

    renamed = {"float": "float32", "double": "float64", "string": "str"}
    names = {number: name.lower() for name, number in onnx.TensorProto.DataType.items()}
    return {number: renamed.get(name, name) for number, name in names.items()}


def bytes_of(data_type: int, count: int) -> int:
    """Bytes that ``count`` elements take; text counts as 16 each."""
    return -(-count * BITS.get(data_type, 128) // 8)


def graphs_of(node: Any) -> Iterator[Any]:
    """The graphs within a node."""
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.g
        if len(attribute.graphs):
            yield from attribute.graphs


def tensors_of(nodes: Any) -> Iterator[tuple[str, Any]]:
    """(name, TensorProto) of what the nodes hold as attributes, sparse ones and graphs within them included."""
    for node in nodes:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t.name or (node.output[0] if node.output else attribute.name), attribute.t
            for tensor in attribute.tensors:
                yield tensor.name or attribute.name, tensor
            sparse = [
                *attribute.sparse_tensors,
                *([attribute.sparse_tensor] if attribute.HasField("sparse_tensor") else []),
            ]
            yield from _sparse(sparse)
        for graph in graphs_of(node):
            yield from held(graph)


def held(graph: Any) -> Iterator[tuple[str, Any]]:
    """(name, TensorProto) of everything that a graph holds."""
    for tensor in graph.initializer:
        yield tensor.name, tensor
    yield from _sparse(graph.sparse_initializer)
    yield from tensors_of(graph.node)


def _sparse(tensors: Any) -> Iterator[tuple[str, Any]]:
    for sparse in tensors:
        yield sparse.values.name, sparse.values
        yield f"{sparse.values.name} (indices)", sparse.indices


def check_tensor(name: str, tensor: Any) -> None:
    """Raise ModelFileError unless the tensor's data lies in the file and is as much as it says."""
    if tensor.data_location == 1 or len(tensor.external_data):
        raise refusal("model-external-data", weight=quoted(name))
    kind = tensor.data_type
    if kind != STRING and kind not in BITS:
        raise refusal("model-weight-dtype", weight=quoted(name), dtype=kind)
    sizes = tuple(tensor.dims)
    if len(sizes) > MOST_AXES or any(size < 0 for size in sizes) or tensor.HasField("segment"):
        raise _wrong_size(name, sizes)
    count = prod(sizes)
    if kind == STRING:
        fits = len(tensor.string_data) == count
    elif tensor.HasField("raw_data"):
        fits = len(tensor.raw_data) == bytes_of(kind, count)
    else:
        fits = len(getattr(tensor, _field(kind))) == _stored(kind, count)
    if not fits:
        raise _wrong_size(name, sizes)


def check_sparse(sparse: Any, most_bytes: int) -> None:
    """Raise ModelFileError unless the dense form of a sparse tensor is of a size that can be held."""
    sizes = tuple(sparse.dims)
    if len(sizes) > MOST_AXES or any(size < 0 for size in sizes):
        raise _wrong_size(sparse.values.name, sizes)
    if (needed := bytes_of(sparse.values.data_type, prod(sizes))) > most_bytes:
        raise refusal("model-expands", needed_bytes=float(needed), most_bytes=most_bytes)


def _field(kind: int) -> str:
    return "uint64_data" if kind in (12, 13) else FIELDS.get(kind, "int32_data")


def _stored(kind: int, count: int) -> int:
    """How many numbers the field of a data type holds for ``count`` elements."""
    if kind in (14, 15):
        return 2 * count  # real and imaginary parts
    return -(-count * BITS[kind] // 8) if BITS[kind] < 8 else count


def _wrong_size(name: str, sizes: tuple[int, ...]) -> ModelFileError:
    told = ", ".join(map(str, sizes[:8])) + (", ..." if len(sizes) > 8 else "")
    return refusal("model-weight-size", weight=quoted(name), shape=f"[{told}]")
