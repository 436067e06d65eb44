"""Little ONNX models for tests, and samples with labels that they answer rightly; made the same each time."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from hundredfold.adapters.native import NativeSession
from hundredfold.compress.samples import Samples

CLASSES, SIDE = 8, 14


async def open_native(content, name):
    return NativeSession(content, name, threads=1)


def model_of(nodes, inputs, outputs, weights, opset=20):
    """The file of a model from nodes, (name, shape) of float inputs and outputs, and weights by name."""
    info = [
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in each]
        for each in (inputs, outputs)
    ]
    initial = [numpy_helper.from_array(array, name) for name, array in weights.items()]
    graph = helper.make_graph(nodes, "small", *info, initial)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9).SerializeToString()


def patterns(n, seed=3):
    """n noisy pictures [n, 1, 14, 14] of 8 patterns, and which each shows."""
    random = np.random.default_rng(1)
    shapes = random.normal(size=(CLASSES, 1, SIDE, SIDE)).astype(np.float32)
    random = np.random.default_rng(seed)
    labels = random.integers(0, CLASSES, n)
    noise = random.normal(size=(n, 1, SIDE, SIDE)).astype(np.float32)
    return Samples({"image": shapes[labels] + 1.5 * noise}, labels.astype(np.int64))


@cache
def separable(spread=0):
    """A classifier of ``patterns``: convolution, depthwise, pointwise, product; random features, a fitted last layer.

    What the depthwise convolution gives out is scaled by powers of two from 2^-spread to 2^spread, channel by channel,
    and the pointwise one takes the scale back: the function stays the same to the last bit, as no Relu minds a positive
    factor, but one scale of eight bits for all channels has no room for the small ones.
    """
    random = np.random.default_rng(2)
    scale = 2.0 ** np.linspace(-spread, spread, 16).round().astype(np.float32)
    random.shuffle(scale)
    weights = {
        "w1": random.normal(size=(16, 1, 3, 3)).astype(np.float32) / 3,
        "b1": random.normal(size=16).astype(np.float32) / 3,
        "w2": random.normal(size=(16, 1, 3, 3)).astype(np.float32) / 3 * scale[:, None, None, None],
        "b2": random.normal(size=16).astype(np.float32) / 3 * scale,
        "w3": random.normal(size=(32, 16, 1, 1)).astype(np.float32) / 4 / scale[None, :, None, None],
        "b3": random.normal(size=32).astype(np.float32) / 4,
    }
    nodes = [
        helper.make_node("Conv", ["image", "w1", "b1"], ["c1"], "first", pads=[1, 1, 1, 1]),
        helper.make_node("Relu", ["c1"], ["r1"], "first_relu"),
        helper.make_node("Conv", ["r1", "w2", "b2"], ["c2"], "depthwise", pads=[1, 1, 1, 1], group=16),
        helper.make_node("Relu", ["c2"], ["r2"], "depthwise_relu"),
        helper.make_node("Conv", ["r2", "w3", "b3"], ["c3"], "pointwise"),
        helper.make_node("Relu", ["c3"], ["r3"], "pointwise_relu"),
        helper.make_node("MaxPool", ["r3"], ["p"], "pool", kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Flatten", ["p"], ["f"], "flatten"),
    ]
    image = [("image", ["n", 1, SIDE, SIDE])]
    features = model_of(nodes, image, [("f", ["n", None])], weights)
    train = patterns(1500, seed=4)
    found = NativeSession(features, "features", threads=1)._session.run(None, train.inputs)[0].astype(np.float64)
    wanted = np.eye(CLASSES)[train.labels] - 1 / CLASSES
    fitted = np.linalg.solve(found.T @ found + 3e3 * np.eye(found.shape[1]), found.T @ wanted)
    weights["w4"], weights["b4"] = fitted.astype(np.float32), np.zeros(CLASSES, np.float32)
    nodes.append(helper.make_node("Gemm", ["f", "w4", "b4"], ["scores"], "last"))
    return model_of(nodes, image, [("scores", ["n", CLASSES])], weights)


def products(sizes=(16, 64, 64, 4), seed=5):
    """Matrix products with Relu between: no convolutions."""
    random = np.random.default_rng(seed)
    nodes, weights, last = [], {}, "x"
    for place, (rows, columns) in enumerate(pairwise(sizes)):
        weights[f"w{place}"] = (random.normal(size=(rows, columns)) / np.sqrt(rows)).astype(np.float32)
        nodes.append(helper.make_node("MatMul", [last, f"w{place}"], [f"m{place}"], f"product{place}"))
        last = f"m{place}"
        if place < len(sizes) - 2:
            nodes.append(helper.make_node("Relu", [last], [f"a{place}"], f"relu{place}"))
            last = f"a{place}"
    return model_of(nodes, [("x", ["n", sizes[0]])], [(last, ["n", sizes[-1]])], weights)


def vectors(n, width=16, seed=6):
    return Samples({"x": np.random.default_rng(seed).normal(size=(n, width)).astype(np.float32)})
