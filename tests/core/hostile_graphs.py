"""Graphs that want to do harm: bombs, lies, circles, endless loops and strange names."""

from itertools import pairwise

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
MARKUP = "<img src=x onerror=alert(1)>&\"'"
CONTROLS = "a\u0000b\u001b[31mc\u202ed\nnext"


def varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def value(name, shape=(1, 4), kind=FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def ints(name, *numbers):
    return numpy_helper.from_array(np.asarray(numbers, np.int64), name)


def graph(nodes, weights=(), inputs=None, outputs=None):
    inputs = [value("x")] if inputs is None else inputs
    return helper.make_graph(nodes, "g", inputs, [value("y", ["any"])] if outputs is None else outputs, list(weights))


def made(nodes, weights=(), inputs=None, outputs=None, opsets=(("", 17),), **rest):
    imports = [helper.make_opsetid(*opset) for opset in opsets]
    whole = graph(nodes, weights, inputs, outputs)
    return helper.make_model(whole, opset_imports=imports, ir_version=8, **rest)


def model(make):
    """The bytes of the model that ``make`` makes; the library that checks sizes is not asked."""
    return make().SerializeToString()


def node(op, inputs="x", outputs="y", **attributes):
    return helper.make_node(op, inputs.split(), outputs.split(), **attributes)


def plain():
    """A harmless model."""
    weight = numpy_helper.from_array(np.eye(4, dtype=np.float32), "weight")
    return made([node("MatMul", "x weight", "h"), node("Relu", "h")], [weight])


def changed(change):
    """The harmless model with ``change`` made to it."""

    def make():
        whole = plain()
        change(whole)
        return whole

    return make


def external(location, holder=None):
    """The harmless model, its weight said to lie in the file ``location``."""

    def change(whole):
        tensor = holder(whole) if holder else whole.graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, text in (("location", location), ("offset", "0"), ("length", "64")):
            tensor.external_data.add(key=key, value=text)

    return changed(change)


def _constant(whole):
    whole.graph.node.insert(0, helper.make_node("Constant", [], ["c"], value=ints("hidden", 1)))
    return whole.graph.node[0].attribute[0].t


def _within(whole):
    branch = graph([node("Identity", "inner", "z")], [ints("inner", 1)], [], [value("z", None, INT64)])
    whole.graph.node.append(helper.make_node("If", ["flag"], ["q"], then_branch=branch, else_branch=branch))
    whole.graph.initializer.append(numpy_helper.from_array(np.asarray(True), "flag"))
    return whole.graph.node[-1].attribute[0].g.initializer[0]


def sized(*dims, kind=FLOAT, raw=b""):
    """The harmless model, its weight with these sizes and this data."""

    def change(whole):
        tensor = whole.graph.initializer[0]
        del tensor.dims[:]
        tensor.dims.extend(dims)
        tensor.data_type, tensor.raw_data = kind, raw

    return changed(change)


def constants(*nodes, weights=(), last="c"):
    """A model that adds up its input and what ``nodes`` make from constants alone."""
    return lambda: made([*nodes, node("ReduceMax", last, "m", keepdims=0), node("Add", "x m")], weights)


def doubled(times=40):
    """A constant of one value, joined with itself again and again."""
    joins = [node("Concat", f"c{at} c{at}", f"c{at + 1}", axis=0) for at in range(times)]
    return made([*joins, node("Add", f"x c{times}")], [numpy_helper.from_array(np.ones(1, np.float32), "c0")])


def sparse():
    whole = plain()
    tensor = whole.graph.sparse_initializer.add()
    tensor.values.CopyFrom(numpy_helper.from_array(np.ones(1, np.float32), "big"))
    tensor.indices.CopyFrom(ints("at", 5))
    tensor.dims.extend([100_000, 100_000])
    return whole


def loop(turns, condition, body_condition="Identity"):
    """A loop of so many turns (None: as long as its condition holds), which its body passes on or computes."""
    nodes = [node("Add", "s s", "t")]
    nodes.append(node("Identity", "go", "on") if body_condition == "Identity" else node("Not", "go", "on"))
    inputs = [value("i", (), INT64), value("go", (), TensorProto.BOOL), value("s")]
    body = graph(nodes, (), inputs, [value("on", (), TensorProto.BOOL), value("t")])
    weights = [numpy_helper.from_array(np.asarray(True), "true")]
    if turns is not None:
        weights.append(numpy_helper.from_array(np.asarray(turns, np.int64), "turns"))
    names = ["turns" if turns is not None else "", "true" if condition else "", "x"]
    return lambda: made([helper.make_node("Loop", names, ["y"], body=body)], weights)


def nested(depth):
    """If within If."""
    inner = graph([node("Identity", "x", "z")], (), [], [value("z")])
    for _ in range(depth):
        step = helper.make_node("If", ["flag"], ["z"], then_branch=inner, else_branch=inner)
        inner = graph([step], (), [], [value("z")])
    flag = numpy_helper.from_array(np.asarray(True), "flag")
    return lambda: made([helper.make_node("If", ["flag"], ["y"], then_branch=inner, else_branch=inner)], [flag])


def chain(count):
    names = ["x", *(f"h{at}" for at in range(count - 1)), "y"]
    return lambda: made([node("Relu", a, b) for a, b in pairwise(names)])


def named(name):
    """A model in which everything but its input and output has this name."""

    def make():
        weight = numpy_helper.from_array(np.eye(4, dtype=np.float32), name)
        return made([helper.make_node("MatMul", ["x", name], ["y"], name=name)], [weight], producer_name=name)

    return make


def function(calls, depth=1):
    """Functions that call each other: each the next one ``calls`` times, the last one itself if depth is 0."""
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("own", 1)]
    own = []
    for at in range(max(1, depth)):
        following = at + 1 if at + 1 < depth else None
        op, domain = ("Relu", "") if following is None else (f"f{following}", "own")
        op, domain = ("f0", "own") if depth == 0 else (op, domain)
        names = ["a", *(f"h{turn}" for turn in range(calls - 1)), "b"]
        nodes = [helper.make_node(op, [i], [o], domain=domain) for i, o in pairwise(names)]
        own.append(helper.make_function("own", f"f{at}", ["a"], ["b"], nodes, opsets))
    return lambda: made([node("f0", domain="own")], opsets=(("", 17), ("own", 1)), functions=own)


def training():
    whole = plain()
    whole.training_info.add().algorithm.CopyFrom(whole.graph)
    return whole


def twice(part):
    return changed(lambda whole: getattr(whole.graph, part).append(getattr(whole.graph, part)[0]))


def _opset(version, domain=""):
    return lambda: made([node("Relu")], opsets=((domain, version),))


BIG = 1_000_000_000
GRAPHS = {
    "external-data": (external("weights.bin"), "model-external-data"),
    "external-data-outside": (external("../../../../etc/passwd"), "model-external-data"),
    "external-data-absolute": (external("/etc/passwd"), "model-external-data"),
    "external-data-in-a-constant": (external("/dev/zero", _constant), "model-external-data"),
    "external-data-within": (external("/dev/zero", _within), "model-external-data"),
    "size-lies": (sized(1000, 1000, raw=bytes(64)), "model-weight-size"),
    "size-too-small": (sized(2, raw=bytes(64)), "model-weight-size"),
    "size-negative": (sized(-4, -4, raw=bytes(64)), "model-weight-size"),
    "size-overflows-to-zero": (sized(2**32, 2**32), "model-weight-size"),
    "size-overflows": (sized(2**62, 2**62, 2**62), "model-weight-size"),
    "size-of-many-axes": (sized(*[1] * 5000, raw=bytes(4)), "model-weight-size"),
    "unknown-dtype": (sized(1, kind=99, raw=bytes(4)), "model-weight-dtype"),
    "text-without-text": (sized(BIG, kind=TensorProto.STRING), "model-weight-size"),
    "constant-of-shape": (constants(node("ConstantOfShape", "n", "c"), weights=[ints("n", BIG)]), "model-expands"),
    "constant-of-shape-as-constant": (
        constants(helper.make_node("Constant", [], ["n"], value_ints=[BIG]), node("ConstantOfShape", "n", "c")),
        "model-expands",
    ),
    "constant-of-many-axes": (
        constants(node("ConstantOfShape", "n", "c"), weights=[ints("n", *[1] * 100_000)]),
        "model-axes",
    ),
    "expand": (constants(node("Expand", "o n", "c"), weights=[ints("o", 1), ints("n", BIG)]), "model-expands"),
    "tile": (constants(node("Tile", "o n", "c"), weights=[ints("o", 1), ints("n", BIG)]), "model-expands"),
    "range": (
        constants(
            node("Range", "a b d", "c"),
            weights=[numpy_helper.from_array(np.asarray(n), k) for k, n in (("a", 0), ("b", BIG), ("d", 1))],
        ),
        "model-expands",
    ),
    "pad": (constants(node("Pad", "o n", "c"), weights=[ints("o", 1), ints("n", 0, BIG)]), "model-expands"),
    "one-hot": (
        constants(node("OneHot", "o n v", "c"), weights=[ints("o", 1), ints("n", BIG), ints("v", 0, 1)]),
        "model-expands",
    ),
    "outer-product": (
        constants(
            node("ConstantOfShape", "n", "a"),
            node("ConstantOfShape", "k", "b"),
            node("MatMul", "a b", "c"),
            weights=[ints("n", 30_000, 1), ints("k", 1, 30_000)],
        ),
        "model-expands",
    ),
    "computed-size": (
        constants(
            node("Pow", "n p", "q"),
            node("ConstantOfShape", "q", "c"),
            weights=[ints("n", 1000), ints("p", 3)],
        ),
        "model-expands",
    ),
    "size-from-floats": (
        constants(
            node("Exp", "n", "e"),
            node("Cast", "e", "q", to=INT64),
            node("ConstantOfShape", "q", "c"),
            weights=[numpy_helper.from_array(np.asarray([21], np.float32), "n")],
        ),
        "model-expands",
    ),
    "size-from-a-shape": (
        lambda: made(
            [node("Shape", "x", "s"), node("Mul", "s n", "q"), node("Expand", "o q", "c"), node("ReduceMax", "c")],
            [ints("n", 2**16, 2**16), numpy_helper.from_array(np.ones((1, 1), np.float32), "o")],
        ),
        "model-memory",
    ),
    "doubled-constant": (doubled, "model-expands"),
    "sparse": (sparse, "model-expands"),
    "big-input": (lambda: made([node("Relu")], inputs=[value("x", (1, 2**20, 2**20))]), "model-memory"),
    "overflowing-input": (lambda: made([node("Relu")], inputs=[value("x", [2**62] * 4)]), "model-memory"),
    "outer-product-of-the-input": (
        lambda: made([node("MatMul", "x t")], [ints("n", 1)], [value("x", (10**5, 1)), value("t", (1, 10**5))]),
        "model-memory",
    ),
    "overflowing-reshape": (
        lambda: made([node("Reshape", "x n")], [ints("n", 2**40, 2**40)]),
        None,
    ),
    "cycle": (lambda: made([node("Add", "x b", "a"), node("Relu", "a", "b"), node("Relu", "b")]), "model-cycle"),
    "cycle-of-one": (lambda: made([node("Add", "x y")]), "model-cycle"),
    "unsorted": (lambda: made([node("Relu", "a"), node("Relu", "x", "a")]), "model-unsorted"),
    "endless-loop": (loop(None, True), "model-endless"),
    "endless-loop-without-condition": (loop(None, False), "model-endless"),
    "loop-of-all-turns": (loop(2**63 - 1, True), "model-endless"),
    "loop-with-a-computed-end": (loop(None, True, "Not"), None),
    "loop-of-ten-turns": (loop(10, True), None),
    "nested-a-little": (nested(3), None),
    "nested-deep": (nested(12), "model-too-nested"),
    "long-chain": (chain(25_000), None),
    "too-long-chain": (chain(60_000), "model-too-many-parts"),
    "markup-as-name": (named(MARKUP), None),
    "controls-as-name": (named(CONTROLS), None),
    "long-name": (named("n" * 1_000_000), "model-name-long"),
    "no-name": (lambda: made([helper.make_node("Relu", ["x"], [""])]), "model-value-missing"),
    "opset-of-the-future": (_opset(999), "model-opset-new"),
    "opset-below-one": (_opset(-1), "model-opset-new"),
    "no-opset": (changed(lambda whole: whole.ClearField("opset_import")), "model-opset-missing"),
    "format-of-the-future": (changed(lambda whole: setattr(whole, "ir_version", 99)), "model-ir-new"),
    "custom-operator": (lambda: made([node("Own", domain="my.own")], opsets=(("", 17), ("my.own", 1))), None),
    "custom-domain-unsaid": (lambda: made([node("Own", domain="my.own")]), "model-invalid"),
    "unknown-operator": (lambda: made([node("Sumthing")]), "model-invalid"),
    "two-weights-of-a-name": (twice("initializer"), "model-names-twice"),
    "two-inputs-of-a-name": (twice("input"), "model-names-twice"),
    "two-outputs-of-a-name": (twice("output"), "model-names-twice"),
    "made-twice": (twice("node"), "model-names-twice"),
    "input-missing": (lambda: made([node("Add", "x nobody")]), "model-value-missing"),
    "output-missing": (lambda: made([node("Relu", "x", "z")]), "model-value-missing"),
    "too-few-inputs": (lambda: made([node("MatMul", "x")]), "model-invalid"),
    "no-outputs": (changed(lambda whole: whole.graph.ClearField("output")), "model-no-graph"),
    "empty-graph": (lambda: onnx.ModelProto(graph=onnx.GraphProto(), ir_version=8), "model-opset-missing"),
    "training": (training, "model-training"),
    "gradient": (
        lambda: made(
            [node("Gradient", domain="ai.onnx.preview.training", xs=["x"], y="y")],
            opsets=(("", 17), ("ai.onnx.preview.training", 1)),
        ),
        "model-training",
    ),
    "function-that-calls-itself": (function(1, 0), "model-recursion"),
    "functions-that-multiply": (function(10, 7), "model-too-many-parts"),
    "functions-within-bounds": (function(2, 3), None),
    "strides-of-zero": (
        lambda: made([node("MaxPool", kernel_shape=[1], strides=[0])], inputs=[value("x", (1, 1, 4))]),
        "model-attribute",
    ),
    "group-of-zero": (
        lambda: made(
            [node("Conv", "x w", group=0)],
            [numpy_helper.from_array(np.ones((1, 1, 1), np.float32), "w")],
            [value("x", (1, 1, 4))],
        ),
        "model-attribute",
    ),
    "blocks-of-zero": (
        lambda: made([node("SpaceToDepth", blocksize=0)], inputs=[value("x", (1, 1, 4, 4))]),
        "model-attribute",
    ),
    "too-few-inputs-for-the-engine": (
        lambda: made(
            [node("QLinearSigmoid", "x s z s", domain="com.microsoft")],
            [numpy_helper.from_array(np.float32(1), "s"), numpy_helper.from_array(np.uint8(0), "z")],
            [value("x", (1, 4), TensorProto.UINT8)],
            opsets=(("", 17), ("com.microsoft", 1)),
        ),
        "model-inputs-few",
    ),
    "if-without-branches": (
        lambda: made([node("If", "f")], [numpy_helper.from_array(np.asarray(True), "f")]),
        "model-invalid",
    ),
    "loop-without-body": (lambda: made([node("Loop", "n f x")], [ints("n", 1), ints("f", 1)]), "model-invalid"),
    "text-input": (lambda: made([node("Identity")], inputs=[value("x", (None,), TensorProto.STRING)]), None),
}
"""By name: (what makes the model, the code of the refusal or None)."""
