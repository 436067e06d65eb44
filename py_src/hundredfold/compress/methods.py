"""The ways to make a model smaller, each a function from model to model, by onnxruntime's quantiser.

Weights of int8 products use 7 of the 8 bits: with all 8, the 16-bit sums of processors without VNNI saturate, and one
file would answer differently from machine to machine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from ..errors import ModelFileError
from .calibrate import Range
from .graph import CONVOLUTIONS, PRODUCTS, QUANTIZED, count, finished, float_tensors, operators, weights

FOLLOWERS = (
    *("Add", "AveragePool", "Clip", "Concat", "Flatten", "GlobalAveragePool", "LeakyRelu", "MaxPool", "Mul", "Pad"),
    *("Relu", "Reshape", "Resize", "Sigmoid", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze"),
)
"""What stays in int8 between convolutions. Norms and softmax do not: eight bits are too few for them."""
SMALLEST = 256
"""Weights with fewer numbers stay as they are: a scale each would eat the gain."""
SHORT_ROW = 16
"""An embedding's rows get a scale each where they have at least so many numbers."""
NOT_IN_HALF = ("BiasGelu", "Erf", "FastGelu", "Gelu", "QuickGelu")
"""Engines fuse these in half precision into what they have no kernel for, and refuse the file or die at loading it."""
BITS = {"static-int8": 8, "dynamic-int8": 8, "weights-int8": 8, "float16": 16}


def refuse(model: Any, method: str) -> None:
    """Raise ModelFileError where ``method`` is not for such a model."""
    used = operators(model)
    if used & set(QUANTIZED):
        raise ModelFileError("model-already-quantized", "the model is quantised already: give the one it was made from")
    if method == "dynamic-int8" and used & set(CONVOLUTIONS):
        raise ModelFileError(
            "dynamic-convolutions",
            "dynamic-int8 is for models of matrix products; this one has convolutions, which it makes slower and less "
            "right: choose static-int8",
        )
    if not weights(model):
        raise ModelFileError(
            "model-without-weights", "the model holds no float32 weights, so there is nothing to make smaller"
        )


def quantizable(model: Any) -> list[str]:
    """Names of the nodes that static-int8 can take, in the order of the graph; the model has to be ``inferred``.

    Between convolutions all goes in int8. Without any, only products with constant weights and embeddings do: the sums
    of attention and its masks have ranges that eight bits do not hold.
    """
    kinds: tuple[str, ...] = (*PRODUCTS, "Gather")
    if operators(model) & set(CONVOLUTIONS):
        kinds = (*kinds, *FOLLOWERS)
    have, floats = weights(model), set(float_tensors(model))
    return [node.name for node in model.graph.node if node.op_type in kinds and _takes(node, have, floats)]


def _takes(node: Any, have: Mapping[str, Any], floats: set[str]) -> bool:
    if node.op_type == "Gather":
        return node.input[0] in have and count(have[node.input[0]]) >= SMALLEST
    if node.op_type in PRODUCTS and node.input[1] not in have:
        return False
    return node.input[0] in floats and all(name in floats for name in node.output)


def activations(model: Any, nodes: Collection[str]) -> list[str]:
    """The float32 tensors that the named nodes read or write, in the order of the graph."""
    touched = {name for node in model.graph.node if node.name in nodes for name in (*node.input, *node.output)}
    return [name for name in float_tensors(model) if name in touched]


def static_int8(model: Any, ranges: Mapping[str, Range], nodes: Collection[str]) -> Any:
    """Activations as uint8 by their ranges, weights as int8 per channel, for the named nodes; others stay float.

    ``model`` has to be ``inferred``, and is not changed.
    """
    from onnxruntime.quantization.calibrate import TensorData
    from onnxruntime.quantization.qdq_quantizer import QDQQuantizer
    from onnxruntime.quantization.quant_utils import QuantType

    kinds = sorted({node.op_type for node in model.graph.node if node.name in nodes})
    data = {
        name: TensorData(lowest=np.array(low, np.float32), highest=np.array(high, np.float32))
        for name, (low, high) in ranges.items()
    }
    left = [node.name for node in model.graph.node if node.name not in nodes]
    copy = _with_own_biases(model)
    quantizer = QDQQuantizer(copy, True, True, QuantType.QInt8, QuantType.QUInt8, data, [], left, kinds, {})
    return quantizer.quantize_model()


def _with_own_biases(model: Any) -> Any:
    """A copy in which no two products share a bias.

    A bias of int32 has its product's scale. The quantiser copies a shared one as well, but by appending a number to its
    name, which may be another value's.
    """
    copy = _copy(model)
    graph, have = copy.graph, weights(copy)
    taken = {*have, *(name for node in graph.node for name in (*node.input, *node.output))}
    seen: set[str] = set()
    for node in graph.node:
        bias = node.input[2] if node.op_type in PRODUCTS and len(node.input) > 2 else ""
        if bias in seen:
            name = f"{bias}_of_{node.name}"
            while name in taken:
                name += "_"
            graph.initializer.add().CopyFrom(have[bias])
            graph.initializer[-1].name = node.input[2] = name
            taken.add(name)
        elif bias in have:
            seen.add(bias)
    return copy


def dynamic_int8(model: Any) -> Any:
    """Weights of matrix products as int8 per channel; the engine finds the ranges of activations at each run."""
    from onnxruntime.quantization.onnx_quantizer import ONNXQuantizer
    from onnxruntime.quantization.quant_utils import QuantizationMode, QuantType

    options = {"MatMulConstBOnly": True}
    quantizer = ONNXQuantizer(
        *(_copy(model), True, True, QuantizationMode.IntegerOps, False, QuantType.QInt8, QuantType.QUInt8),
        *(None, [], [], ["MatMul", "Gather"], options),
    )
    quantizer.quantize_model()
    return quantizer.model.model


def weights_int8(model: Any) -> Any:
    """Weights are stored as int8 per channel and become float again as the model runs, which computes in float."""
    from onnxruntime.quantization.qdq_quantizer import QDQQuantizer
    from onnxruntime.quantization.quant_utils import QuantType

    quantizer = QDQQuantizer(_copy(model), True, False, QuantType.QInt8, QuantType.QUInt8, None, [], [], [], {})
    for weight, axis in _weights_by_axis(model).items():
        if axis is None:
            quantizer.quantize_weight_tensor(weight)
        else:
            quantizer.quantize_weight_tensor_per_channel(weight, axis)
    return quantizer.quantize_model()


def _weights_by_axis(model: Any) -> dict[str, int | None]:
    """The weights worth storing as int8, each with the axis of its channels (None: one scale for all)."""
    have, found = weights(model), {}
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            if name in have and name not in found and count(have[name]) >= SMALLEST:
                axis = _channels(node, place, have[name])
                if axis != -1:
                    found[name] = axis
    return found


def _channels(node: Any, place: int, weight: Any) -> int | None:
    """The axis of a weight's channels, None for one scale, -1 where it is no weight."""
    kind, rank = node.op_type, len(weight.dims)
    if kind in CONVOLUTIONS and place == 1:
        return 0 if kind == "Conv" else 1
    if kind == "Gemm" and place == 1:
        return 0 if any(item.name == "transB" and item.i for item in node.attribute) else 1
    if kind == "MatMul" and rank > 1:
        return rank - 1 if place else rank - 2
    if kind == "Gather" and place == 0:
        return 0 if count(weight) >= SHORT_ROW * weight.dims[0] else None
    return 1 if kind in ("LSTM", "GRU", "RNN") and place in (1, 2) else -1


def float16(model: Any) -> Any:
    """Weights and activations in half precision, by onnxruntime's converter; inputs and outputs stay float32."""
    from onnxruntime.transformers.float16 import DEFAULT_OP_BLOCK_LIST, convert_float_to_float16

    blocked = [*DEFAULT_OP_BLOCK_LIST, *NOT_IN_HALF]
    return convert_float_to_float16(_copy(model), keep_io_types=True, op_block_list=blocked)


def _copy(model: Any) -> Any:
    copy = type(model)()
    copy.CopyFrom(model)
    return copy


def apply(model: Any, method: str, ranges: Mapping[str, Range] | None = None, nodes: Collection[str] = ()) -> bytes:
    """The file that ``method`` makes of an ``inferred`` model.

    Raises ModelFileError where onnxruntime's quantiser can not take the model.
    """
    refuse(model, method)
    try:
        if method == "static-int8":
            small = static_int8(model, ranges or {}, nodes)
        else:
            small = {"dynamic-int8": dynamic_int8, "weights-int8": weights_int8, "float16": float16}[method](model)
    except Exception as error:  # a stranger's graph may break anything in a quantiser
        told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        message = f"onnxruntime's quantiser can not take this model by {method} ({told}): try another method"
        raise ModelFileError("quantize-failed", message, {"method": method, "why": told}) from error
    content = finished(small, model)
    _check_packing(small, content, method, sum(count(item) for item in weights(model).values()))
    return content


def _check_packing(small: Any, content: bytes, method: str, params: int) -> None:
    """Raise ModelFileError where numbers take fewer bits than ``method`` gives them.

    A package that stands in for another and gets an element type wrong packs weights into two bits without a word.
    """
    from onnx import helper

    for item in small.graph.initializer:
        if item.raw_data:
            size = np.dtype(helper.tensor_dtype_to_np_dtype(item.data_type)).itemsize
            if len(item.raw_data) != count(item) * size:
                raise _packed(method)
    if len(content) * 8 < params * BITS[method]:
        raise _packed(method)


def _packed(method: str) -> ModelFileError:
    message = f"{method} stored fewer bits than the weights need, so its result is wrong: report this as a fault"
    return ModelFileError("quantize-packed", message, {"method": method})
