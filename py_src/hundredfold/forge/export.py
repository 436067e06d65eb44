"""From a trained network to an ONNX file, and the facts of that file: arithmetic, parameters, opset, sha256."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.tools.symbolic_shape_infer import SymbolicShapeInference
from torch import nn

OPSET = 20


def to_onnx(network: nn.Module, shape: tuple[int, ...], input_name: str, output_name: str) -> onnx.ModelProto:
    """Export ``network`` for float32 inputs [batch, *shape]: see ``export``."""
    return export(network, {input_name: torch.zeros(2, *shape)}, output_name)


def export(network: nn.Module, examples: Mapping[str, torch.Tensor], output_name: str) -> onnx.ModelProto:
    """Export ``network`` for inputs of any dtype, by examples of two, with a free batch dimension.

    Batch norms fold into convolutions.
    """
    batch = torch.export.Dim("batch")
    program = torch.onnx.export(
        network.eval(),
        tuple(examples.values()),
        input_names=list(examples),
        output_names=[output_name],
        dynamic_shapes=tuple({0: batch} for _ in examples),
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    return lean(program.model_proto)


def lean(model: onnx.ModelProto) -> onnx.ModelProto:
    """Drop what no engine needs: notes of the exporter on every node, and inferred shapes inside the graph."""
    del model.metadata_props[:]
    del model.graph.metadata_props[:]
    del model.graph.value_info[:]
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for value in (*model.graph.input, *model.graph.output):
        del value.metadata_props[:]
    return model


def count_params(model: onnx.ModelProto) -> int:
    """Numbers in the weights and biases of convolutions, matrix products and norms; shapes and scales do not count."""
    sizes = {item.name: prod(item.dims) for item in model.graph.initializer}
    norms = [node for node in model.graph.node if node.op_type in ("BatchNormalization", "LayerNormalization")]
    return int(sum(sizes.get(name, 0) for node in (*_products(model), *norms) for name in node.input[1:]))


def count_macs(model: onnx.ModelProto) -> int:
    """Multiply-accumulates of convolutions and matrix products for one input (batch 1)."""
    single = onnx.ModelProto()
    single.CopyFrom(model)
    for value in (*single.graph.input, *single.graph.output):
        value.type.tensor_type.shape.dim[0].dim_value = 1
    inferred = SymbolicShapeInference.infer_shapes(single, auto_merge=True)  # it sees through computed shapes
    shapes = {
        value.name: [dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*inferred.graph.input, *inferred.graph.value_info, *inferred.graph.output)
    }
    weights = {item.name: list(item.dims) for item in model.graph.initializer}
    total = 0
    for node in _products(model):
        outputs, weight = prod(shapes[node.output[0]]), weights.get(node.input[1])
        if weight is None:  # two things that were computed: each output sums over the first one's last axis
            total += outputs * shapes[node.input[0]][-1]
            continue
        # A convolution's weight is [out, in / groups, height, width]; a Gemm's [out, in] if transposed, else [in, out].
        transposed = any(a.name == "transB" and a.i for a in node.attribute)
        total += outputs * (prod(weight[1:]) if node.op_type == "Conv" or transposed else weight[0])
    return total


def _products(model: onnx.ModelProto) -> list[onnx.NodeProto]:
    return [node for node in model.graph.node if node.op_type in ("Conv", "Gemm", "MatMul")]


def write(model: onnx.ModelProto, path: Path) -> dict[str, Any]:
    """Write the file and return ``{bytes, sha256, opset}``."""
    content = model.SerializeToString()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    opset = next(item.version for item in model.opset_import if item.domain in ("", "ai.onnx"))
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "opset": opset}
