"""Compression as functions from model to model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from .export import lean

METHODS = {
    "minmax": CalibrationMethod.MinMax,
    "entropy": CalibrationMethod.Entropy,
    "percentile": CalibrationMethod.Percentile,
}


class _Reader(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, name: str, inputs: np.ndarray) -> None:
        self._parts: Iterator[np.ndarray] = iter(np.array_split(inputs, max(1, len(inputs) // 50)))
        self._name = name

    def get_next(self) -> dict[str, np.ndarray] | None:
        part = next(self._parts, None)
        return None if part is None else {self._name: part}


def to_int8(model: onnx.ModelProto, calibration: np.ndarray, method: str = "minmax") -> onnx.ModelProto:
    """Static int8 quantisation: uint8 activations, int8 weights per output channel, the last product kept in fp32.

    ``calibration`` is a sample of inputs [N, ...] that sets the activations' scales by ``method``: 'minmax', 'entropy'
    or 'percentile'. Weights use 7 of the 8 bits: with all 8, the 16-bit sums of processors without VNNI can saturate,
    and the same file would answer differently from machine to machine. The last product (well under 1 % of the
    arithmetic) stays in fp32, so that probabilities are not rounded to steps.
    """
    with tempfile.TemporaryDirectory() as scratch:
        source, prepared, target = (Path(scratch) / name for name in ("a.onnx", "b.onnx", "c.onnx"))
        onnx.save(model, source)
        quant_pre_process(source, prepared, skip_symbolic_shape=True)
        last = [node.name for node in onnx.load(prepared).graph.node if node.op_type in ("Conv", "Gemm", "MatMul")][-1:]
        quantize_static(
            prepared,
            target,
            _Reader(model.graph.input[0].name, calibration),
            quant_format=QuantFormat.QDQ,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=last,
            calibrate_method=METHODS[method],
        )
        return lean(onnx.load(target))
