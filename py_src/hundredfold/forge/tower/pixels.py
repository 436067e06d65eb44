"""What a trained perception need not do: look where nothing lies, and scale and quantise what is bytes already."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

from ...exhibits.tower.perception import CELL, SKY

MIDDLE, UNIT = 128, np.float32(1 / 127.5)
"""What a byte stands for: (byte - MIDDLE) * UNIT, where the network learned byte / 127.5 - 1."""


def below_the_sky(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network for the picture's lower part, where blocks lie: it learned the same for every place."""
    graph = model.graph
    bounds = {"sky_from": SKY * CELL, "sky_to": np.iinfo(np.int64).max, "sky_axis": 1}
    graph.initializer.extend(
        numpy_helper.from_array(np.array([value], np.int64), name) for name, value in bounds.items()
    )
    first = next(node for node in graph.node if graph.input[0].name in node.input)
    first.input[0] = "ground"
    graph.node.insert(0, helper.make_node("Slice", [graph.input[0].name, *bounds], ["ground"]))
    graph.output[0].type.tensor_type.shape.dim[2].dim_value -= SKY
    return model


def bytes_as_they_are(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network without its first four steps: to float, by 127.5, less 1, to uint8.

    What a byte stands for is off by 1/255 then, which the first convolution's bias makes up for.
    """
    graph = model.graph
    weights = {item.name: item for item in graph.initializer}
    makers = {node.output[0]: node for node in graph.node}
    convolution = next(node for node in graph.node if node.op_type == "Conv")
    widen = makers[convolution.input[0]]
    chain = [makers[widen.input[0]]]
    while chain[-1].op_type != "Transpose":
        chain.append(makers[chain[-1].input[0]])
    kinds = [node.op_type for node in chain]
    if kinds != ["QuantizeLinear", "Sub", "Div", "Cast", "Transpose"]:
        raise ValueError(f"the picture is prepared otherwise than by casting, dividing and subtracting: {kinds}")
    for node in chain[:-1]:
        graph.node.remove(node)
    widen.input[0] = chain[-1].output[0]
    _set(weights[widen.input[1]], UNIT)
    _set(weights[widen.input[2]], np.uint8(MIDDLE))
    kernel, kernel_scale, _ = (numpy_helper.to_array(weights[name]) for name in makers[convolution.input[1]].input)
    told, bias_scale, _ = (weights[name] for name in makers[convolution.input[2]].input)
    bias = numpy_helper.to_array(told) * numpy_helper.to_array(bias_scale)
    off = (kernel.sum((1, 2, 3)) * kernel_scale) * (MIDDLE / 127.5 - 1)
    scale = UNIT * kernel_scale
    _set(told, np.round((bias + off) / scale).astype(np.int32))
    _set(bias_scale, scale)
    used = {name for node in graph.node for name in node.input}
    for item in [item for item in graph.initializer if item.name not in used]:
        graph.initializer.remove(item)
    return model


def _set(item: onnx.TensorProto, value: np.ndarray | np.generic) -> None:
    item.CopyFrom(numpy_helper.from_array(np.asarray(value), item.name))
