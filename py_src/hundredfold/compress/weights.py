"""The weights of a model: which layer each belongs to, and how many parameters they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from .tensors import bytes_of, dtypes, graphs_of
from .values import constant_of, plain

MOST_ROWS = 100
PASSED_ON = ("DequantizeLinear", "QuantizeLinear", "Cast", "Transpose", "Identity", "Reshape", "Unsqueeze", "Squeeze")
"""A weight that goes through these belongs to the layer behind."""
SCALES = {
    "DequantizeLinear": (1, 2),
    "QuantizeLinear": (1, 2),
    "QLinearConv": (1, 2, 4, 5, 6, 7),
    "QLinearMatMul": (1, 2, 4, 5, 6, 7),
    "QLinearAdd": (1, 2, 4, 5, 6, 7),
    "QLinearMul": (1, 2, 4, 5, 6, 7),
    "QGemm": (1, 2, 4, 5, 7, 8),
    "ConvInteger": (2, 3),
    "MatMulInteger": (2, 3),
    "DynamicQuantizeMatMul": (2, 3),
    "MatMulIntegerToFloat": (2, 3, 4, 5),
    "MatMulNBits": (2, 3),
}
"""Inputs that tell how numbers are written, and are none themselves."""
BIASES = ("QLinearConv", "QGemm", "DequantizeLinear", "MatMulIntegerToFloat", "DynamicQuantizeMatMul")
"""Where int32 numbers are biases, not indices."""
WIDE_INTEGERS = (6, 7, 9, 8, 12, 13)
"""Data types of shapes, indices and flags; int32 may be a bias."""
INT32 = 6


def weights_of(model: Any) -> list[dict[str, Any]]:
    """``{layer, op, shape, dtype, params, bytes}`` of each weight, the largest first.

    Parameters are what training sets: shapes, indices, single numbers and the scales of quantised numbers are none.
    """
    rows = [row for graph in _graphs(model) for row in _rows(graph)]
    return sorted(rows, key=lambda row: (-row["bytes"], row["layer"]))


def shortened(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The first rows, and the others as one: ``{layer: "", op: "", shape: None, dtype: "", params, bytes, others}``."""
    if len(rows) <= MOST_ROWS:
        return [dict(row) for row in rows]
    rest = rows[MOST_ROWS - 1 :]
    total: dict[str, Any] = {key: sum(row[key] for row in rest) for key in ("params", "bytes")}
    other = {"layer": "", "op": "", "shape": None, "dtype": "", **total, "others": len(rest)}
    return [*(dict(row) for row in rows[: MOST_ROWS - 1]), other]


def _graphs(model: Any) -> Iterator[tuple[Any, Any]]:
    """(nodes, initialisers) of the model's graph, those within it, and its functions."""
    waiting = [(model.graph.node, model.graph.initializer), *((function.node, ()) for function in model.functions)]
    while waiting:
        nodes, weights = waiting.pop()
        yield nodes, weights
        waiting.extend((graph.node, graph.initializer) for node in nodes for graph in graphs_of(node))


def _rows(graph: tuple[Any, Any]) -> Iterator[dict[str, Any]]:
    nodes, weights = graph
    takers: dict[str, tuple[Any, int]] = {}
    for node in nodes:
        for place, name in enumerate(node.input):
            takers.setdefault(name, (node, place))
        for inner in graphs_of(node):
            for within in inner.node:
                for place, name in enumerate(within.input):
                    takers.setdefault(name, (within, place))
    for tensor in weights:
        yield _row(tensor.name, tensor.data_type, tuple(tensor.dims), takers)
    for node in nodes:
        if node.op_type == "Constant" and len(node.output) == 1:
            value = constant_of({attribute.name: plain(attribute) for attribute in node.attribute})
            yield _row(node.output[0], value.kind, value.shape or (), takers)


def _row(name: str, kind: int, shape: tuple[int, ...], takers: Mapping[str, tuple[Any, int]]) -> dict[str, Any]:
    count = prod(shape)
    node, place = takers.get(name, (None, 0))
    params = count if node is not None and _is_trained(node, place, kind, count) else 0
    layer = node
    for _ in PASSED_ON:
        if layer is None or layer.op_type not in PASSED_ON or not layer.output:
            break
        behind = takers.get(layer.output[0])
        if behind is None:
            break
        layer = behind[0]
    if params and node is not None and node.op_type == "MatMulNBits":
        bits = next((attribute.i for attribute in node.attribute if attribute.name == "bits"), 4) or 4
        params = count * 8 // bits
    return {
        "layer": (layer.name or (layer.output[0] if layer.output else "") or name) if layer is not None else name,
        "op": layer.op_type if layer is not None else "",
        "shape": list(shape),
        "dtype": dtypes().get(kind, "unknown"),
        "params": params,
        "bytes": bytes_of(kind, count),
    }


def _is_trained(node: Any, place: int, kind: int, count: int) -> bool:
    if count <= 1 or place in SCALES.get(node.op_type, ()):
        return False
    return kind not in WIDE_INTEGERS or (kind == INT32 and node.op_type in BIASES)
