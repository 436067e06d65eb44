"""From a fine-tuned encoder to one ONNX file that carries its vocabulary, and to its int8 form."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from . import export
from .bert import Encoder

TABLES = ("words.weight", "places.weight")
"""The embeddings, by their names in the file."""


def to_onnx(network: Encoder, vocabulary: Sequence[str]) -> onnx.ModelProto:
    """Inputs input_ids and attention_mask, int64 [batch, sequence], both free; outputs logits and ``vocabulary``."""
    batch, sequence = torch.export.Dim("batch"), torch.export.Dim("sequence", max=network.shape.positions)
    ids = torch.ones(2, 8, dtype=torch.int64)
    program = torch.onnx.export(
        network.eval(),
        (ids, torch.ones_like(ids)),
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_shapes=({0: batch, 1: sequence}, {0: batch, 1: sequence}),
        opset_version=export.OPSET,
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    return with_vocabulary(export.lean(program.model_proto), vocabulary)


def with_vocabulary(model: onnx.ModelProto, vocabulary: Sequence[str]) -> onnx.ModelProto:
    """Add the output ``vocabulary`` uint8 [bytes]: a constant, UTF-8, one piece a line; it travels with the model."""
    content = np.frombuffer("\n".join(vocabulary).encode(), np.uint8)
    model.graph.initializer.append(numpy_helper.from_array(content, "vocabulary_bytes"))
    model.graph.node.append(helper.make_node("Identity", ["vocabulary_bytes"], ["vocabulary"], "vocabulary"))
    told = helper.make_tensor_value_info("vocabulary", TensorProto.UINT8, [len(content)])
    model.graph.output.append(told)
    return model


def to_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """Weights of the products and embeddings as int8; what is multiplied with is rounded to uint8 as it comes.

    The products' weights have a scale per output and use 7 of the 8 bits: with all 8, the 16-bit sums of processors
    without VNNI can saturate. Embeddings have a scale per row. The last product stays in fp32.
    """
    last = next(node.name for node in reversed(model.graph.node) if node.op_type == "Gemm")
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch, "a.onnx"), Path(scratch, "b.onnx")
        onnx.save(rows_to_int8(model), source)
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[last, f"{last}_MatMul"],  # the quantiser makes a MatMul of it
        )
        return export.lean(onnx.load(target))


def rows_to_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy whose tables of embeddings are int8 with a float32 scale per row: Gather becomes Gather, Cast, Mul."""
    small = onnx.ModelProto()
    small.CopyFrom(model)
    for table in [item for item in small.graph.initializer if item.name in TABLES]:
        values = numpy_helper.to_array(table)
        scale = np.maximum(np.abs(values).max(1, keepdims=True) / 127, np.float32(1e-12)).astype(np.float32)
        table.CopyFrom(numpy_helper.from_array(np.rint(values / scale).astype(np.int8), table.name))
        small.graph.initializer.append(numpy_helper.from_array(scale, f"{table.name}.scale"))
    nodes: list[onnx.NodeProto] = []
    for node in small.graph.node:
        if node.input and node.input[0] in TABLES:
            nodes += _looked_up(node.input[0], node.input[1], node.output[0])
        else:
            nodes.append(node)
    del small.graph.node[:]
    small.graph.node.extend(nodes)
    return small


def _looked_up(table: str, ids: str, found: str) -> list[onnx.NodeProto]:
    row, real, scale = (f"{table}.{name}" for name in ("rounded", "real", "scales"))
    return [
        helper.make_node("Gather", [table, ids], [row], f"{row}.gather"),
        helper.make_node("Cast", [row], [real], f"{real}.cast", to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{table}.scale", ids], [scale], f"{scale}.gather"),
        helper.make_node("Mul", [real, scale], [found], f"{table}.mul"),
    ]
