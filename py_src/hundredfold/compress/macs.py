"""Multiply-accumulates of one operator, from the sizes of what it takes and makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

Shape = tuple[int, ...] | None
Rule = Callable[[Mapping[str, Any], Sequence[Shape], Sequence[Shape]], int]

NOT_COUNTED = {
    "Einsum",
    "Attention",
    "MultiHeadAttention",
    "GroupQueryAttention",
    "QAttention",
    "DeformConv",
    "STFT",
    "DFT",
    "MoE",
    "QMoE",
    "QOrderedMatMul",
    "QOrderedAttention",
    "DynamicQuantizeLSTM",
    "CausalConvWithState",
    "LinearAttention",
    "SparseAttention",
    "PackedAttention",
    "DecoderMaskedMultiHeadAttention",
}
"""Operators that multiply matrices, or worse, by rules of their own: told as left out."""


class _UnknownError(Exception):
    """A size that the count needs is not known."""


def macs_of(op: str, attributes: Mapping[str, Any], inputs: Sequence[Shape], outputs: Sequence[Shape]) -> int | None:
    """How many multiply-accumulates one run takes: 0 for operators without, None where that can not be counted.

    Counted are convolutions, matrix products and recurrent layers, their quantised forms included.
    """
    if op in NOT_COUNTED:
        return None
    rule = RULES.get(op)
    if rule is None:
        return 0
    try:
        return rule(attributes, inputs, outputs)
    except (_UnknownError, IndexError):
        return None


def _known(shapes: Sequence[Shape], at: int) -> tuple[int, ...]:
    shape = shapes[at]
    if shape is None:
        raise _UnknownError
    return shape


def _convolution(weight: int) -> Rule:
    """Each output sums over the channels of its group and the kernel: a weight is [out, in / groups, *kernel]."""
    return lambda _, inputs, outputs: prod(_known(outputs, 0)) * prod(_known(inputs, weight)[1:])


def _transposed(_: Mapping[str, Any], inputs: Sequence[Shape], __: Sequence[Shape]) -> int:
    """Each input goes into the channels of its group over the kernel: a weight is [in, out / groups, *kernel]."""
    return prod(_known(inputs, 0)) * prod(_known(inputs, 1)[1:])


def _product(_: Mapping[str, Any], inputs: Sequence[Shape], outputs: Sequence[Shape]) -> int:
    """Each output sums over the first one's last axis."""
    return prod(_known(outputs, 0)) * _known(inputs, 0)[-1]


def _flagged_product(attributes: Mapping[str, Any], inputs: Sequence[Shape], outputs: Sequence[Shape]) -> int:
    """As a product, where the first may be transposed."""
    return prod(_known(outputs, 0)) * _known(inputs, 0)[-2 if attributes.get("transA") else -1]


def _packed_product(attributes: Mapping[str, Any], _: Sequence[Shape], outputs: Sequence[Shape]) -> int:
    """As a product whose weight is packed, so that an attribute tells its sizes."""
    if not attributes.get("K"):
        raise _UnknownError
    return prod(_known(outputs, 0)) * int(attributes["K"])


def _recurrent(gates: int) -> Rule:
    """Each gate of each step multiplies the input and the state: W is [directions, gates x hidden, input]."""

    def rule(attributes: Mapping[str, Any], inputs: Sequence[Shape], _: Sequence[Shape]) -> int:
        first, weight = _known(inputs, 0), _known(inputs, 1)
        hidden = weight[1] // gates
        return prod(first[:2]) * weight[0] * gates * hidden * (weight[2] + hidden)

    return rule


RULES: dict[str, Rule] = {
    "Conv": _convolution(1),
    "ConvInteger": _convolution(1),
    "FusedConv": _convolution(1),
    "QLinearConv": _convolution(3),
    "ConvTranspose": _transposed,
    "Gemm": _flagged_product,
    "FusedGemm": _flagged_product,
    "QGemm": _flagged_product,
    "MatMul": _product,
    "MatMulInteger": _product,
    "MatMulInteger16": _product,
    "QLinearMatMul": _product,
    "FusedMatMul": _flagged_product,
    "DynamicQuantizeMatMul": _product,
    "MatMulIntegerToFloat": _product,
    "MatMulNBits": _packed_product,
    "MatMulBnb4": _packed_product,
    "LSTM": _recurrent(4),
    "GRU": _recurrent(3),
    "RNN": _recurrent(1),
}
