"""How the models of the vowels are made: written down, as counting needs no training."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from ...energy.meter import Meter
from ...exhibits.vowels import LETTERS
from ...manifest import Manifest
from .. import score
from ..ladder import Rung, golden_vectors, write_ladder
from . import test_set

WIDE = 64


def forge(models: Path, cache: Path, quick: bool, meter: Callable[[], Meter]) -> Manifest:
    """Write ``models``/vowels and the manifest."""
    weights = np.array([[8.0, -8.0] if letter in "aeiou" else [-8.0, 8.0] for letter in LETTERS], np.float32)
    spread, gathered = np.zeros((26, WIDE), np.float32), np.zeros((WIDE, 2), np.float32)
    spread[:, :26], gathered[:26] = np.eye(26), weights
    inputs, labels = test_set.load(cache)
    asked = [{"text": text} for text in (*test_set.words(4, 1), "", "Rhythm!", "aeiou", "123")]
    return write_ladder(
        models,
        "vowels",
        test_set={"name": "made-up words", "n": len(labels), "sha256": hashlib.sha256(inputs.tobytes()).hexdigest()},
        rungs=[
            Rung("wide", "baseline", None, "two products of matrices, written down", _model(spread, gathered)),
            Rung("narrow", "student", "wide", "one product of matrices, written down", _model(weights)),
        ],
        accuracy=lambda session: score.accuracy(session, inputs, labels),
        golden=lambda session: golden_vectors("vowels", session, asked),
    )


def _model(*weights: np.ndarray) -> onnx.ModelProto:
    names = ["letters", *(f"layer{index}" for index in range(1, len(weights))), "logits"]
    graph = helper.make_graph(
        [helper.make_node("MatMul", [names[i], f"w{i}"], [names[i + 1]]) for i in range(len(weights))],
        "vowels",
        [helper.make_tensor_value_info("letters", TensorProto.FLOAT, ["batch", 26])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 2])],
        [numpy_helper.from_array(weight, f"w{index}") for index, weight in enumerate(weights)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
