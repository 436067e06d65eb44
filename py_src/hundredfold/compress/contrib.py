"""Shapes of onnxruntime's own operators (com.microsoft), written by quantisers, unknown to onnx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Known = tuple[tuple[int, ...] | None, int] | None
"""Shape and data type of an input; None for one that is left out."""
FLOAT, UINT8 = 1, 2
LIKE_FIRST = {
    "BiasGelu",
    "BiasSplitGelu",
    "FastGelu",
    "Gelu",
    "QuickGelu",
    "LayerNormalization",
    "SimplifiedLayerNormalization",
    "SkipLayerNormalization",
    "SkipSimplifiedLayerNormalization",
    "GroupNorm",
    "QLinearLeakyRelu",
    "QLinearSigmoid",
    "QLinearSoftmax",
    "RotaryEmbedding",
    "Inverse",
    "BiasSoftmax",
    "BiasAdd",
    "NhwcMaxPool",
}
"""Their output is of their first input's shape and type."""
BROADCAST = {"QLinearAdd": 3, "QLinearMul": 3}
"""Their output is of the shape that both operands broadcast to: which input is the second."""
PRODUCTS = {"FusedMatMul": 1, "DynamicQuantizeMatMul": 1, "MatMulIntegerToFloat": 1, "QGemm": 3, "FusedGemm": 1}
"""Products of matrices: which input is the second."""


def shape_of(op: str, attributes: Mapping[str, Any], inputs: Sequence[Known]) -> tuple[tuple[int, ...] | None, int]:
    """(shape, data type) of the first output; (None, 0) where they are not known."""
    first = inputs[0] if inputs else None
    if first is None:
        return None, 0
    shape, kind = first
    if op in LIKE_FIRST:
        return shape, kind
    if op in ("QuantizeLinear", "DequantizeLinear"):
        return shape, FLOAT if op == "DequantizeLinear" else (inputs[2] or (None, UINT8))[1] if len(
            inputs
        ) > 2 else UINT8
    if op in BROADCAST:
        second = _at(inputs, BROADCAST[op])
        return (_broadcast(shape, second) if shape is not None and second is not None else None), kind
    if op in PRODUCTS:
        return _product(attributes, shape, _at(inputs, PRODUCTS[op])), FLOAT if op != "QGemm" or len(
            inputs
        ) < 8 else kind
    if op in ("MatMulNBits", "MatMulBnb4") and shape and attributes.get("N"):
        return (*shape[:-1], int(attributes["N"])), kind
    if op in ("QLinearGlobalAveragePool",) and shape is not None and len(shape) > 2:
        spatial = (1,) * (len(shape) - 2)
        return ((shape[0], *spatial, shape[-1]) if attributes.get("channels_last") else (*shape[:2], *spatial)), kind
    if op == "QLinearConcat":
        return _joined(attributes, inputs)
    return None, 0


def _at(inputs: Sequence[Known], place: int) -> tuple[int, ...] | None:
    known = inputs[place] if place < len(inputs) else None
    return known[0] if known else None


def _broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...] | None:
    size = max(len(a), len(b))
    pairs = list(zip((1,) * (size - len(a)) + a, (1,) * (size - len(b)) + b, strict=True))
    return tuple(max(pair) if 0 not in pair else 0 for pair in pairs) if all(_agree(*pair) for pair in pairs) else None


def _agree(a: int, b: int) -> bool:
    return a == b or 1 in (a, b)


def _product(
    attributes: Mapping[str, Any], a: tuple[int, ...] | None, b: tuple[int, ...] | None
) -> tuple[int, ...] | None:
    if a is None or b is None or len(a) < 2 or len(b) < 2:
        return None
    rows = a[-1] if attributes.get("transA") else a[-2]
    columns = b[-2] if attributes.get("transB") else b[-1]
    around = _broadcast(a[:-2], b[:-2])
    return None if around is None else (*around, rows, columns)


def _joined(attributes: Mapping[str, Any], inputs: Sequence[Known]) -> tuple[tuple[int, ...] | None, int]:
    """QLinearConcat takes the output's scale and zero point, then three inputs for each part."""
    parts, axis = [known for known in inputs[2::3] if known], int(attributes.get("axis", 0))
    shapes = [shape for shape, _ in parts if shape is not None]
    if len(shapes) < len(parts) or not shapes or not -len(shapes[0]) <= axis < len(shapes[0]):
        return None, parts[0][1] if parts else 0
    axis %= len(shapes[0])
    if any(len(shape) != len(shapes[0]) for shape in shapes):
        return None, parts[0][1]
    total = sum(shape[axis] for shape in shapes)
    return (*shapes[0][:axis], total, *shapes[0][axis + 1 :]), parts[0][1]
