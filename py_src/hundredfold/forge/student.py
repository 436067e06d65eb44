"""The linear student of the exhibits of text: trained on hashed n-grams, written as ONNX, and its int8 form.

A text's grams (``text.ngrams``) each look up one number; their sum, divided by the square root of how many they are,
is the log-odds of the second label. So what each gram added is exact. Logistic regression by L-BFGS, on labels or on a
teacher's shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

from ..text.ngrams import BITS, grams
from .export import OPSET

LEVELS = 127
"""Of int8, on either side of zero."""


@dataclass(frozen=True)
class Plan:
    """How to train: everything that changes the outcome."""

    cost: float = 100.0
    """What a text's loss weighs against half the sum of the squared weights: the larger, the closer the fit."""
    steps: int = 25
    bits: int = BITS
    """The table has 2 ** bits numbers: of a gram's id the upper bits are taken."""


class Bag(NamedTuple):
    """The grams of many texts."""

    ids: np.ndarray
    """int64 [total], one text's after another's."""
    lengths: np.ndarray
    """int64 [N]: how many each text has."""

    def only(self, chosen: np.ndarray) -> Bag:
        """Those texts, by indices."""
        ends = self.lengths.cumsum()
        parts = [self.ids[ends[index] - self.lengths[index] : ends[index]] for index in chosen]
        return Bag(np.concatenate([*parts, np.zeros(0, np.int64)]), self.lengths[chosen])


class Linear(NamedTuple):
    """A student: its numbers, and what is added to every text's log-odds."""

    table: np.ndarray
    """float32 [2 ** bits]."""
    bias: float

    def shifted(self, by: float) -> Linear:
        """With ``by`` added to every answer: how a decision is moved without a threshold."""
        return Linear(self.table, self.bias + by)


def bag(texts: Iterable[str]) -> Bag:
    """The grams of each text, as a visitor's are made."""
    found = [grams(text).ids for text in texts]
    return Bag(np.concatenate([*found, np.zeros(0, np.int32)]).astype(np.int64), np.array([*map(len, found)], np.int64))


def fit(texts: Bag, targets: np.ndarray, plan: Plan, weights: np.ndarray | None = None) -> Linear:
    """Train on ``targets`` [N], 0 or 1 or a teacher's share between; ``weights`` [N] say how much each text counts."""
    forward, backward = _products(texts, plan.bits)
    wanted = torch.from_numpy(targets.astype(np.float32))
    counts = torch.full_like(wanted, plan.cost)
    if weights is not None:
        counts *= torch.from_numpy(weights.astype(np.float32))
    values = torch.zeros((1 << plan.bits) + 1)
    values.grad = torch.zeros_like(values)
    optimiser = torch.optim.LBFGS([values], max_iter=plan.steps, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        odds = forward(values[:-1]) + values[-1]
        slopes = counts * (odds.sigmoid() - wanted)
        assert values.grad is not None
        values.grad[:-1] = backward(slopes) + values[:-1]
        values.grad[-1] = slopes.sum()
        return (counts * (F.softplus(odds) - wanted * odds)).sum() + values[:-1].square().sum() / 2

    optimiser.step(loss)
    return Linear(values[:-1].numpy().copy(), float(values[-1]))


class _Product:
    """A sparse matrix times a vector: rows of ids and values, one after another."""

    def __init__(self, ids: np.ndarray, values: np.ndarray, lengths: np.ndarray) -> None:
        self._ids, self._values = torch.from_numpy(ids), torch.from_numpy(values.astype(np.float32))
        self._starts = torch.from_numpy(lengths.cumsum() - lengths)

    def __call__(self, vector: torch.Tensor) -> torch.Tensor:
        rows = F.embedding_bag(self._ids, vector[:, None], self._starts, mode="sum", per_sample_weights=self._values)
        return rows[:, 0]


def _products(texts: Bag, bits: int) -> tuple[_Product, _Product]:
    """Texts times table, and its transpose times texts."""
    ids = texts.ids >> (BITS - bits)
    scale = np.repeat(1 / np.sqrt(np.maximum(texts.lengths, 1)), texts.lengths)
    order = np.argsort(ids, kind="stable")
    rows = np.repeat(np.arange(len(texts.lengths)), texts.lengths)
    backward = _Product(rows[order], scale[order], np.bincount(ids, minlength=1 << bits))
    return _Product(ids, scale, texts.lengths), backward


def scores(student: Linear, texts: Bag) -> np.ndarray:
    """float64 [N]: log-odds of the second label."""
    bits = len(student.table).bit_length() - 1
    ends = np.concatenate([[0], student.table.astype(np.float64)[texts.ids >> (BITS - bits)].cumsum()])
    stops = texts.lengths.cumsum()
    sums: np.ndarray = (ends[stops] - ends[stops - texts.lengths]) / np.sqrt(np.maximum(texts.lengths, 1))
    return sums + student.bias


def rounded(student: Linear) -> tuple[np.ndarray, np.ndarray]:
    """The table as int8 with one scale; the few largest numbers are cut where that makes the whole rounding finer.

    The cut is the one with the least squared error, of eight.
    """
    table = student.table.astype(np.float64)
    most = max(float(np.abs(table).max()), 1e-12)
    scales = [most * share / LEVELS for share in (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)]

    def at(scale: float) -> np.ndarray:
        return np.clip(np.rint(table / scale), -LEVELS, LEVELS)

    best = min(scales, key=lambda scale: float(((at(scale) * scale - table) ** 2).sum()))
    return at(best).astype(np.int8), np.array(best, np.float32)


def to_onnx(student: Linear) -> onnx.ModelProto:
    """Input ids int32 ["n"]; outputs logits float32 [2] and parts float32 ["n"], which with the bias sum to their
    difference."""
    return _model(student, [numpy_helper.from_array(student.table, "table")], [], "parts_whole")


def to_int8(student: Linear) -> onnx.ModelProto:
    """The same with a table of int8 and one scale."""
    table, scale = rounded(student)
    constants = [numpy_helper.from_array(table, "table"), numpy_helper.from_array(scale, "table_scale")]
    node = helper.make_node("DequantizeLinear", ["rounded", "table_scale"], ["parts_whole"])
    return _model(student, constants, [node], "rounded")


def _model(
    student: Linear, constants: Sequence[onnx.TensorProto], dequantised: Sequence[onnx.NodeProto], found: str
) -> onnx.ModelProto:
    spare = BITS - (len(student.table).bit_length() - 1)
    nodes, ids = [], "ids"
    if spare:  # ids are not negative, so that a division takes their upper bits
        constants = [*constants, numpy_helper.from_array(np.array(1 << spare, np.int32), "spare")]
        nodes, ids = [helper.make_node("Div", ["ids", "spare"], ["upper"])], "upper"
    nodes += [
        helper.make_node("Gather", ["table", ids], [found]),
        *dequantised,
        helper.make_node("Shape", ["ids"], ["shape"]),
        helper.make_node("Cast", ["shape"], ["count"], to=TensorProto.FLOAT),
        helper.make_node("Sqrt", ["count"], ["root"]),
        helper.make_node("Div", ["parts_whole", "root"], ["parts"]),
        helper.make_node("ReduceSum", ["parts"], ["sum"], keepdims=1),
        helper.make_node("Add", ["sum", "bias"], ["odds"]),
        helper.make_node("Mul", ["odds", "halves"], ["logits"]),
    ]
    constants = [
        *constants,
        numpy_helper.from_array(np.array([student.bias], np.float32), "bias"),
        numpy_helper.from_array(np.array([-0.5, 0.5], np.float32), "halves"),
    ]
    graph = helper.make_graph(
        nodes,
        "student",
        [helper.make_tensor_value_info("ids", TensorProto.INT32, ["n"])],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, [2]),
            helper.make_tensor_value_info("parts", TensorProto.FLOAT, ["n"]),
        ],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
    onnx.checker.check_model(model)
    return model
