"""What an inspection tells of a model, against figures that were counted elsewhere, by hand or by the engine."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from hostile_graphs import graph, ints, made, node, value
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper, reference

from hundredfold.compress.fold import folded
from hundredfold.compress.inspect import inspect
from hundredfold.compress.notes import NOTES
from hundredfold.compress.operators import BEGUN_TOO_EARLY, LACKING_SINCE, NOT_OF_MICROSOFT, OF_MICROSOFT, missing
from hundredfold.compress.score import wilson
from hundredfold.compress.weights import MOST_ROWS
from hundredfold.forge import score
from hundredfold.manifest import Manifest

MODELS = Path(__file__).resolve().parents[2] / "models"
COUNTED = [
    variant
    for ladder in Manifest.load(MODELS / "manifest.json").ladders.values()
    for variant in ladder.variants
    if "ids" not in onnx.load(MODELS / variant.file).graph.input[0].name
]
"""Variants whose arithmetic the forge counted for one input of the model's own sizes."""


def floats(name, *shape):
    return numpy_helper.from_array(np.ones(shape, np.float32), name)


def told(nodes, weights=(), inputs=None, outputs=None, **rest):
    return inspect(made(nodes, weights, inputs, outputs, **rest).SerializeToString(), "model.onnx")


def codes(inspection):
    return [note["code"] for note in inspection["notes"]]


@pytest.mark.parametrize("variant", COUNTED, ids=lambda variant: variant.file)
def test_arithmetic_and_parameters_are_those_that_the_forge_counted(variant):
    inspection = inspect((MODELS / variant.file).read_bytes(), variant.file)
    assert inspection["macs"] == variant.macs
    assert inspection["sha256"] == variant.sha256
    assert inspection["bytes"] == variant.bytes
    assert inspection["opset"] == variant.opset
    assert inspection["params"] == pytest.approx(variant.params, rel=0.02)
    assert inspection["quantized"] == ("int8" in variant.file or "perception" in variant.file)
    assert inspection["missing_here"] == []


@pytest.mark.parametrize("path", sorted(MODELS.rglob("*.onnx")), ids=lambda path: path.name)
def test_every_model_here_is_told_whole_and_as_the_engine_tells_it(path):
    inspection = inspect(path.read_bytes(), path.name)
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    for mine, its in ((inspection["inputs"], session.get_inputs()), (inspection["outputs"], session.get_outputs())):
        assert [item["name"] for item in mine] == [item.name for item in its]
        assert [item["shape"] for item in mine] == [item.shape for item in its]
    assert sum(inspection["operators"].values()) == len(onnx.load(path).graph.node)
    assert sum(row["bytes"] for row in inspection["weights"]) < inspection["bytes"]
    assert sum(row["params"] for row in inspection["weights"]) == inspection["params"]
    sizes = [row["bytes"] for row in inspection["weights"] if "others" not in row]
    assert sizes == sorted(sizes, reverse=True)
    assert inspection["memory_bytes"] > sum(sizes)
    assert inspection["macs"] is not None
    assert json.loads(json.dumps(inspection, allow_nan=False)) == inspection


@pytest.mark.parametrize(
    ("nodes", "weights", "inputs", "macs", "params"),
    [
        ([node("MatMul", "x w")], [floats("w", 4, 5)], None, 4 * 5, 20),
        ([node("Gemm", "x w b", transB=1)], [floats("w", 5, 4), floats("b", 5)], None, 20, 25),
        ([node("Gemm", "x w", transA=1)], [floats("w", 1, 6)], None, 4 * 6, 6),
        (
            [node("Conv", "x w b", pads=[1, 1, 1, 1])],
            [floats("w", 8, 3, 3, 3), floats("b", 8)],
            [value("x", (1, 3, 6, 5))],
            8 * 6 * 5 * 27,
            8 * 27 + 8,
        ),
        (
            [node("Conv", "x w", group=4, strides=[2])],
            [floats("w", 4, 1, 3)],
            [value("x", (1, 4, 9))],
            4 * 4 * 3,
            12,
        ),
        (
            [node("ConvTranspose", "x w", strides=[2, 2])],
            [floats("w", 3, 8, 2, 2)],
            [value("x", (1, 3, 6, 5))],
            3 * 6 * 5 * 8 * 4,
            96,
        ),
        (
            [node("LSTM", "x w r", "y", hidden_size=2)],
            [floats("w", 1, 8, 5), floats("r", 1, 8, 2)],
            [value("x", (7, 1, 5))],
            7 * 4 * 2 * (5 + 2),
            40 + 16,
        ),
        ([node("Relu"), node("MatMul", "x x", "z")], [], [value("x", (2, 3, 3))], 2 * 27, 0),
    ],
)
def test_arithmetic_is_counted_by_hand(nodes, weights, inputs, macs, params):
    inspection = told(nodes, weights, inputs)
    assert (inspection["macs"], inspection["params"]) == (macs, params)


def test_quantised_layers_count_as_what_they_stand_for():
    scale, zero = numpy_helper.from_array(np.float32(0.1), "s"), numpy_helper.from_array(np.uint8(0), "z")
    weight = numpy_helper.from_array(np.ones((4, 5), np.int8), "w")
    signed = numpy_helper.from_array(np.int8(0), "n")
    quantized = told(
        [
            node("QuantizeLinear", "x s z", "q"),
            node("QLinearMatMul", "q s z w s n s z", "p"),
            node("DequantizeLinear", "p s z"),
        ],
        [scale, zero, weight, signed],
    )
    folded_weight = told(
        [node("DequantizeLinear", "w s n", "f"), node("MatMul", "x f", name="product")], [scale, weight, signed]
    )
    for inspection in (quantized, folded_weight):
        assert (inspection["macs"], inspection["params"], inspection["quantized"]) == (20, 20, True)
    assert folded_weight["weights"][0]["layer"] == "product"
    assert folded_weight["memory_bytes"] == 20 + 4 + 1 + 16 + 20  # the weight stays as it is written
    assert folded_weight["weights"][0]["op"] == "MatMul"


def test_a_free_batch_is_one_and_other_free_sizes_are_told():
    inspection = told([node("Relu")], [], [value("x", ("batch", 3, "height", "width"))])
    assert inspection["inputs"][0]["shape"] == ["batch", 3, "height", "width"]
    assert inspection["assumed"] == {"batch": 1, "height": 224, "width": 224}
    assert "batch = 1, height = 224, width = 224" in inspection["notes"][0]["text"]
    assert inspection["memory_bytes"] == 2 * 3 * 224 * 224 * 4


def test_sizes_that_do_not_fit_are_replaced_by_others_that_do():
    """As in readers of lines of text, whose height is not said, but is 48."""
    weights = [ints("n", -1, 48, 3)]
    inspection = told(
        [node("Reshape", "x n", "r"), node("Concat", "r x", axis=0)], weights, [value("x", (None, 48, 3))]
    )
    assert inspection["macs"] == 0
    slim = told(
        [node("MaxPool", "x", "p", kernel_shape=[48, 1]), node("Squeeze", "p a", "q"), node("Identity", "q")],
        [ints("a", 2)],
        [value("x", ("n", 3, None, "width"))],
    )
    assert slim["assumed"]["x:2"] == 48
    assert "note-shapes-unknown" not in codes(slim)


def test_memory_is_what_is_alive_at_once():
    """Values of 4,000 bytes in a row: two at a time beside the input, which is the caller's; all, if kept."""
    row = [node("Relu", "x", "a"), node("Relu", "a", "b"), node("Relu", "b")]
    kept = [node("Relu", "x", "a"), node("Relu", "a", "b"), node("Sum", "x a b")]
    one = [value("x", (1, 1000))]
    assert told(row, [], one)["memory_bytes"] == 3 * 4000
    assert told(kept, [], one)["memory_bytes"] == 4 * 4000
    assert told([node("Add", "x w")], [floats("w", 1, 1000)], one)["memory_bytes"] == 3 * 4000


def test_shapes_that_hang_on_shapes_are_followed():
    """As exporters write a flattening with a free batch."""
    nodes = [
        node("Shape", "x", "s"),
        node("Gather", "s zero", "batch", axis=0),
        node("Unsqueeze", "batch at", "first"),
        node("Concat", "first rest", "shape", axis=0),
        node("Reshape", "x shape", "flat"),
        node("MatMul", "flat w"),
    ]
    weights = [numpy_helper.from_array(np.asarray(0), "zero"), ints("at", 0), ints("rest", -1), floats("w", 12, 2)]
    inspection = told(nodes, weights, [value("x", ("batch", 3, 4))])
    assert inspection["macs"] == 24


def test_what_hangs_on_the_input_stays_unknown_and_is_told():
    nodes = [node("NonZero", "x", "n"), node("Cast", "n", "f", to=1), node("MatMul", "w f")]
    inspection = told(nodes, [floats("w", 3, 2)], [value("x", (1, 4))])
    assert inspection["macs"] is None
    assert inspection["memory_bytes"] is not None
    assert "note-shapes-unknown" in codes(inspection)


def test_what_is_made_from_constants_counts_as_memory_once_it_is_kept():
    nodes = [node("Transpose", "w", "t", perm=[1, 0]), node("MatMul", "x t")]
    big = numpy_helper.from_array(np.ones((1000, 4), np.float32), "w")
    inspection = told(nodes, [big])
    assert inspection["memory_bytes"] == 2 * 16_000 + 4 * 4 + 1000 * 4


def test_branches_and_loops_are_looked_into():
    product = [node("MatMul", "x w", "z")]
    large = graph(product, [floats("w", 4, 6)], [], [value("z", (1, 6))])
    small = graph(product, [floats("w", 4, 2)], [], [value("z", (1, 2))])
    either = helper.make_node("If", ["f"], ["y"], then_branch=large, else_branch=small)
    flag = value("f", (), TensorProto.BOOL)
    inspection = told([either], [], [value("x"), flag])
    assert inspection["macs"] == 24
    assert inspection["operators"] == {"MatMul": 2, "If": 1}
    assert inspection["params"] == 24 + 8

    body = graph(
        [node("Identity", "go", "on"), node("MatMul", "s w", "t")],
        [floats("w", 4, 4)],
        [value("i", (), TensorProto.INT64), value("go", (), TensorProto.BOOL), value("s")],
        [value("on", (), TensorProto.BOOL), value("t")],
    )
    turns = helper.make_node("Loop", ["n", "", "x"], ["y"], body=body)
    known = told([turns], [numpy_helper.from_array(np.asarray(10), "n")])
    assert known["macs"] == 10 * 16
    free = told([turns], [], [value("x"), value("n", (), TensorProto.INT64)])
    assert free["macs"] is None
    assert "note-loop-turns" in codes(free)

    step = graph([node("MatMul", "part w", "t")], [floats("w", 4, 3)], [value("part", (4,))], [value("t", (3,))])
    scan = helper.make_node("Scan", ["x"], ["y"], body=step, num_scan_inputs=1)
    assert told([scan], [], [value("x", (7, 4))])["macs"] == 7 * 12


def test_functions_are_written_out_with_the_attributes_of_the_call():
    opsets = [helper.make_opsetid("", 17)]
    flipped = helper.make_node("Transpose", ["a"], ["t"])
    flipped.attribute.add(name="perm", ref_attr_name="order", type=onnx.AttributeProto.INTS)
    own = helper.make_function("own", "F", ["a", "w"], ["b"], [flipped, node("MatMul", "w t", "b")], opsets, ["order"])
    call = helper.make_node("F", ["x", "w"], ["y"], domain="own", order=[1, 0])
    inspection = told([call], [floats("w", 5, 4)], opsets=(("", 17), ("own", 1)), functions=[own])
    assert inspection["operators"] == {"Transpose": 1, "MatMul": 1}
    assert inspection["macs"] == 20
    assert inspection["missing_here"] == []


def test_weights_beyond_the_bound_are_told_as_one_row():
    count = MOST_ROWS + 50
    weights = [floats(f"w{at}", 4, at + 2) for at in range(count)]
    nodes = [node("MatMul", f"x w{at}", f"y{at}") for at in range(count)]
    inspection = told(nodes, weights, outputs=[value("y0")])
    rows = inspection["weights"]
    assert len(rows) == MOST_ROWS
    assert rows[-1]["others"] == 51
    assert sum(row["params"] for row in rows) == inspection["params"] == sum(4 * (at + 2) for at in range(count))


def test_operators_that_the_browser_lacks_are_told():
    lacking = told([node("BiasAdd", "x x x", domain="com.microsoft")], opsets=(("", 17), ("com.microsoft", 1)))
    assert lacking["missing_here"] == ["com.microsoft::BiasAdd"]
    assert "com.microsoft::BiasAdd" in next(note for note in lacking["notes"] if "missing" in note["code"])["text"]
    strange = told([node("Own", domain="my.own")], opsets=(("", 17), ("my.own", 1)))
    assert strange["missing_here"] == []
    assert strange["operators"] == {"my.own::Own": 1}
    assert "note-operators-unknown" in codes(strange)
    assert not OF_MICROSOFT & NOT_OF_MICROSOFT


@pytest.mark.parametrize(
    ("op", "opset", "runs"),
    [
        (("", "Conv"), 17, True),
        (("", "RandomNormal"), 21, True),
        (("", "RandomNormal"), 22, False),
        (("", "RandomNormal"), 24, False),
        (("", "Add"), 6, False),
        (("", "Add"), 7, True),
        (("", "ImageDecoder"), 20, False),
        (("ai.onnx.ml", "TreeEnsembleClassifier"), 3, True),
        (("ai.onnx.ml", "TreeEnsemble"), 5, None),
        (("", "Sumthing"), 17, None),
        (("com.microsoft", "QAttention"), 1, True),
        (("com.microsoft", "NotYetThought"), 1, None),
    ],
)
def test_which_versions_of_operators_the_browser_runs(op, opset, runs):
    lacking, strange = missing([(*op, opset)])
    assert (True if not lacking and not strange else False if lacking else None) is runs


def test_operators_that_are_told_as_lacking_exist():
    from onnx import defs

    known = Counter((schema.domain, schema.name) for schema in defs.get_all_schemas_with_history())
    for names in (*BEGUN_TOO_EARLY.values(), *LACKING_SINCE.values()):
        assert all(("", name) in known for name in names)


def test_a_default_is_no_input_that_must_be_fed():
    inspection = told([node("Add", "x w")], [floats("w", 1, 4)], [value("x"), value("w")])
    assert [item["name"] for item in inspection["inputs"]] == ["x"]


def test_inputs_that_are_no_tensors_say_so():
    kind = helper.make_sequence_type_proto(helper.make_tensor_type_proto(1, [2]))
    taken = helper.make_value_info("x", kind)
    inspection = told([node("SequenceLength", "x")], [], [taken], [value("y", (), TensorProto.INT64)])
    assert inspection["inputs"] == [{"name": "x", "dtype": "sequence_type", "shape": None}]
    assert next(note["values"] for note in inspection["notes"] if "dtypes" in note["code"]) == {
        "dtypes": "sequence_type"
    }
    narrow = [value("x", (1, 4), TensorProto.BFLOAT16)]
    assert "note-dtypes-missing" in codes(told([node("Relu")], [], narrow, [value("y", (1, 4), TensorProto.BFLOAT16)]))
    assert "note-dtypes-missing" not in codes(told([node("Relu")]))


def test_notes_are_sentences_with_their_values_in_them():
    for code, text in NOTES.items():
        assert text[0].isupper() or text.startswith("{"), code
        assert text.endswith("."), code


FOLDED = {
    "Add": 2,
    "Sub": 2,
    "Mul": 2,
    "Div": 2,
    "Equal": 2,
    "Less": 2,
    "Neg": 1,
    "Abs": 1,
    "Sign": 1,
    "Concat": 2,
    "Gather": 2,
    "Where": 3,
}


@settings(max_examples=200)
@given(
    op=st.sampled_from(sorted(FOLDED)),
    rows=st.lists(st.integers(-9, 9), min_size=1, max_size=6),
    other=st.integers(-5, 5),
)
def test_what_is_folded_is_what_onnx_s_reference_computes(op, rows, other):
    first = np.asarray(rows, np.int64)
    arrays = [first, np.asarray([other] * len(rows), np.int64), first[::-1].copy()][: FOLDED[op]]
    if op == "Gather":
        arrays[1] = np.asarray([other % len(rows)], np.int64)
    if op == "Where":
        arrays[0] = first > 0
    if op == "Div" and not other:
        assert folded(op, {}, arrays, np.dtype(np.int64)) is None
        return
    attributes = {"axis": 0} if op in ("Concat", "Gather") else {}
    names = [f"i{at}" for at in range(len(arrays))]
    single = helper.make_node(op, names, ["y"], **attributes)
    infos = [
        helper.make_tensor_value_info(n, helper.np_dtype_to_tensor_dtype(a.dtype), a.shape)
        for n, a in zip(names, arrays, strict=True)
    ]
    whole = helper.make_model(
        helper.make_graph([single], "g", infos, [helper.make_empty_tensor_value_info("y")]),
        opset_imports=[helper.make_opsetid("", 17)],
    )
    expected = reference.ReferenceEvaluator(whole).run(None, dict(zip(names, arrays, strict=True)))[0]
    mine = folded(op, attributes, arrays, None)
    assert mine is not None
    assert mine.tolist() == expected.tolist()


@pytest.mark.parametrize("op", ["Tile", "Expand", "ConstantOfShape", "Range", "Concat", "Add"])
def test_nothing_large_is_ever_folded(op):
    """A value that would be large is not known, and is not made."""
    large = {
        "Tile": [np.ones(2), np.asarray([10**15])],
        "Expand": [np.ones(1), np.asarray([10**15])],
        "ConstantOfShape": [np.asarray([10**8, 10**8])],
        "Range": [np.asarray(0), np.asarray(10**15), np.asarray(1)],
        "Concat": [np.ones(600), np.ones(600)],
        "Add": [np.ones((1000, 1)), np.ones((1, 1000))],
    }[op]
    assert folded(op, {"axis": 0}, large, None) is None


@given(n=st.integers(1, 10_000), share=st.floats(0, 1))
def test_intervals_are_the_forge_s(n, share):
    count = round(n * share)
    assert wilson(count, n) == pytest.approx(score.wilson(count, n))
    low, high = wilson(count, n)
    assert 0 <= low <= count / n <= high <= 1


def test_nothing_is_known_of_a_share_of_nothing():
    assert wilson(0, 0) == (0.0, 1.0)
