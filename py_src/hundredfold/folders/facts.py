"""What a model's file tells of itself: its opset, how many numbers it holds, and how much it multiplies."""

from __future__ import annotations

from math import prod

import onnx

from .describe import FolderError

PRODUCTS = {
    **dict.fromkeys(("Conv", "Gemm", "MatMul", "ConvInteger", "MatMulInteger"), 1),
    **dict.fromkeys(("QLinearConv", "QLinearMatMul"), 3),
}
"""Operators that multiply and add up, with the place of their weight among their inputs."""


def facts(content: bytes, name: str) -> dict[str, int]:
    """``{opset, params, macs}`` of a model; macs are 0 where its shapes do not tell them. Raises FolderError."""
    try:
        model = onnx.load_model_from_string(content)
    except Exception as error:  # protobuf's own class
        raise FolderError(f"{name} is no ONNX file ({type(error).__name__}): export the model once more") from None
    if any(each.data_location == onnx.TensorProto.EXTERNAL for each in model.graph.initializer):
        raise FolderError(f"{name} keeps its weights in other files: save it as one, with save_as_external_data=False")
    opset = max((item.version for item in model.opset_import if item.domain in ("", "ai.onnx")), default=1)
    params = sum(prod(item.dims) for item in model.graph.initializer if len(item.dims))
    return {"opset": opset, "params": params, "macs": _macs(model)}


def _macs(model: onnx.ModelProto) -> int:
    """Multiply-accumulates for one input; 0 where a shape is not known."""
    for value in (*model.graph.input, *model.graph.output):
        dims = value.type.tensor_type.shape.dim
        if dims and not dims[0].HasField("dim_value"):
            dims[0].dim_value = 1
    try:
        graph = onnx.shape_inference.infer_shapes(model, data_prop=True).graph
    except Exception:  # a model that runs, and whose shapes this does not see through
        return 0
    shapes = {
        value.name: [dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*graph.input, *graph.value_info, *graph.output)
    }
    shapes |= {item.name: list(item.dims) for item in graph.initializer}
    counts = []
    for node in (node for node in graph.node if node.op_type in PRODUCTS):
        weight = shapes.get(node.input[PRODUCTS[node.op_type]], [])
        turned = any(each.name == "transB" and each.i for each in node.attribute)
        sums = prod(weight[1:]) if "Conv" in node.op_type else weight[-1] if turned else weight[-2] if weight[1:] else 0
        counts.append(prod(shapes.get(node.output[0], [0])) * sums)
    return sum(counts) if all(counts) else 0
