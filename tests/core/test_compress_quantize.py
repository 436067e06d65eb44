"""Each method makes what it says, of any model or refuses it with a sentence, and the same bytes everywhere."""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from small_models import SIDE, model_of, open_native, patterns, products, separable, vectors

from hundredfold.adapters.native import NativeSession
from hundredfold.compress import Cancelled, calibrate, graph, methods, simplify
from hundredfold.compress.quantize import METHODS, quantize
from hundredfold.compress.samples import Samples
from hundredfold.errors import InputError, ModelFileError, SessionError
from hundredfold.session import TensorInfo

IMAGE = [("image", ["n", 1, SIDE, SIDE])]


class Watched:
    """A session that counts what is open, notes what it is fed, and may change what comes out."""

    def __init__(self, session, opener):
        self.session, self.opener = session, opener
        self.inputs, self.outputs, self.model_id = session.inputs, session.outputs, session.model_id
        self.load_ms, self.runtime = session.load_ms, session.runtime

    async def run(self, names, feeds):
        self.opener.fed.append(len(next(iter(feeds.values()))))
        outputs = await self.session.run(names, feeds)
        self.opener.came += [output.size for output in outputs]
        return [self.opener.change(output) for output in outputs]

    def close(self):
        self.opener.open -= 1
        self.session.close()


class Opener:
    def __init__(self, change=lambda output: output, threads=1):
        self.open, self.fed, self.came, self.change, self.threads = 0, [], [], change, threads

    async def __call__(self, content, name):
        session = NativeSession(content, name, threads=self.threads)
        self.open += 1
        return Watched(session, self)


def shrunk(content, **how):
    how = {"open_model": open_native, **how}
    return asyncio.run(quantize(content, "small.onnx", **how))


def weights_of(content, kind=onnx.TensorProto.INT8):
    model = onnx.load_model_from_string(content)
    return {item.name: numpy_helper.to_array(item) for item in model.graph.initializer if item.data_type == kind}


def operators(content):
    return [node.op_type for node in onnx.load_model_from_string(content).graph.node]


@pytest.fixture(scope="module")
def model():
    return separable()


@pytest.fixture(scope="module")
def samples():
    return patterns(90)


# Ranges


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
@example(0.0, 5e-324)
@example(-1e-320, 3e-322)
def test_a_snapped_range_holds_what_it_was_made_of_and_zero_and_is_little_wider(one, other):
    low, high = min(one, other), max(one, other)
    found_low, found_high = calibrate.snap(low, high)
    size = max(abs(min(low, 0)), max(high, 0))
    slack, widest = size / 2**calibrate.GRID_BITS * calibrate.SLACK, size / 2**calibrate.GRID_BITS
    assert found_low <= 0 <= found_high
    assert found_low - slack <= low
    assert high <= found_high + slack
    assert min(low, 0) - found_low <= widest
    assert found_high - max(high, 0) <= widest
    assert calibrate.snap(found_low, found_high) == (found_low, found_high)


@given(st.integers(1, 63), st.integers(-20, 20), st.floats(-2e-6, 2e-6))
def test_an_end_on_a_line_stays_there_when_another_engine_adds_otherwise(steps, power, noise):
    end = steps * 2.0**power
    assert calibrate.snap(0, end * (1 + noise)) == calibrate.snap(0, end)
    assert calibrate.snap(-end * (1 + noise), end) == calibrate.snap(-end, end)


def test_ranges_are_those_of_the_activations():
    content, given_samples = products(), vectors(70)
    model = graph.inferred(graph.prepared(content, "m"))
    tensors = methods.activations(model, methods.quantizable(model))
    found = asyncio.run(calibrate.ranges(model, tensors, "m", given_samples, open_native))
    weights = weights_of(content, onnx.TensorProto.FLOAT)
    first = given_samples.inputs["x"] @ weights["w0"]
    assert tensors == ["x", "m0", "a0", "m1", "a1", "m2"][: len(tensors)]
    assert found["m0"] == calibrate.snap(float(first.min()), float(first.max()))
    assert found["x"] == calibrate.snap(float(given_samples.inputs["x"].min()), float(given_samples.inputs["x"].max()))


def test_calibrating_takes_batches_and_brings_out_two_numbers_per_activation(model):
    opener, prepared = Opener(), graph.inferred(graph.prepared(model, "m"))
    tensors = methods.activations(prepared, methods.quantizable(prepared))
    asyncio.run(calibrate.ranges(prepared, tensors, "m", patterns(70), opener))
    assert opener.fed == [32, 32, 6]
    assert opener.came == [2 * len(tensors)] * 3
    assert opener.open == 0


def test_large_samples_run_one_by_one_and_small_ones_together():
    of = lambda *shape: Samples({"x": np.zeros(shape, np.float32)})  # noqa: E731
    assert [calibrate.together(of(50, size)) for size in (1, 8 * 1024, 128 * 1024, 10**6)] == [32, 32, 2, 1]


def test_a_sample_that_is_no_number_and_an_activation_that_is_infinite_are_told(model):
    bad = patterns(5)
    bad.inputs["image"][3, 0, 2, 1] = np.nan
    with pytest.raises(InputError, match="sample 3 of 'image'"):
        shrunk(model, method="static-int8", samples=bad)
    bad.inputs["image"][3] = 3e38
    with pytest.raises(ModelFileError, match="infinite, so it has no range"):
        shrunk(model, method="static-int8", samples=bad)


# What each method makes


def test_static_int8_has_weights_of_seven_bits_per_channel_and_bytes_between(model, samples):
    made = shrunk(model, method="static-int8", samples=samples)
    weights = weights_of(made.content)
    shapes = {name.split("_")[0]: array.shape for name, array in weights.items() if array.ndim > 1}
    assert shapes == {"w1": (16, 1, 3, 3), "w2": (16, 1, 3, 3), "w3": (32, 16, 1, 1), "w4": (1568, 8)}
    assert max(np.abs(array.astype(int)).max() for array in weights.values()) <= 64
    scales = weights_of(made.content, onnx.TensorProto.FLOAT)
    assert [scales[f"w{place}_scale"].shape for place in (1, 2, 3, 4)] == [(16,), (16,), (32,), (8,)]
    assert operators(made.content).count("QuantizeLinear") >= 5
    assert "Relu" not in operators(made.content)
    assert made.floats == ()
    assert len(made.content) < 0.36 * len(model)


def test_weights_int8_uses_eight_bits_and_computes_in_float(model, samples):
    made = shrunk(model, method="weights-int8", samples=samples)
    assert max(np.abs(array.astype(int)).max() for array in weights_of(made.content).values()) == 127
    assert "QuantizeLinear" not in operators(made.content)
    assert operators(made.content).count("DequantizeLinear") == 2  # the first two hold fewer than 256 weights
    assert made.after["deviation"]["worst"] < 0.02


def test_dynamic_int8_multiplies_integers_of_seven_bits():
    made = shrunk(products(), method="dynamic-int8", samples=vectors(80))
    assert "MatMulInteger" in operators(made.content)
    assert max(np.abs(array.astype(int)).max() for array in weights_of(made.content).values()) <= 64
    assert made.after["deviation"]["mean"] < 0.02


def test_float16_keeps_inputs_and_outputs(model, samples):
    made = shrunk(model, method="float16", samples=samples)
    found = onnx.load_model_from_string(made.content).graph
    kinds = {value.type.tensor_type.elem_type for value in (*found.input, *found.output)}
    assert kinds == {onnx.TensorProto.FLOAT}
    assert len(weights_of(made.content, onnx.TensorProto.FLOAT16)) == 8
    assert len(made.content) < 0.55 * len(model)


@pytest.mark.parametrize("method", METHODS)
def test_every_result_answers_nearly_alike_is_smaller_and_can_be_read_again(model, samples, method):
    if method == "dynamic-int8":
        model, samples = products(), vectors(80)
    made = shrunk(model, method=method, samples=samples)
    assert made.method == method or method == "auto"
    assert made.before["bytes"] == len(model)
    assert made.after["bytes"] == len(made.content) < len(model)
    assert made.after["agreement"]["value"] > 0.9
    if samples.labels is not None:
        assert made.before["accuracy"]["value"] > 0.97
        assert made.after["accuracy"]["value"] > 0.95
    graph.prepared(made.content, "again")


# The same bytes


class Reference:
    """onnx's own evaluator as an engine: it computes in another order than onnxruntime."""

    model_id, load_ms, runtime = "reference", 0.0, {}

    def __init__(self, content):
        self.evaluator = ReferenceEvaluator(onnx.load_model_from_string(content))
        self.inputs, self.outputs = (
            [TensorInfo(name, (None,), "float32") for name in names]
            for names in (self.evaluator.input_names, self.evaluator.output_names)
        )

    async def run(self, names, feeds):
        return self.evaluator.run(names, dict(feeds))

    def close(self):
        pass


async def open_reference(content, name):
    return Reference(content)


@pytest.mark.parametrize("method", [method for method in METHODS if method != "auto"])
def test_another_engine_gives_the_same_bytes(method):
    content, samples = (products(), vectors(40)) if method == "dynamic-int8" else (separable(), patterns(40))
    made = shrunk(content, method=method, samples=samples)
    again = shrunk(content, method=method, samples=samples, open_model=open_reference)
    assert made.content == again.content


def test_small_differences_and_threads_give_the_same_bytes(model, samples):
    random = np.random.default_rng(4)

    def noisy(output):
        return output * (1 + 3e-7 * random.normal(size=output.shape).astype(output.dtype))

    made = shrunk(model, method="static-int8", samples=samples)
    again = shrunk(model, method="static-int8", samples=samples, open_model=Opener(noisy, threads=2))
    assert made.content == again.content


@pytest.mark.parametrize("method", [method for method in METHODS if method not in ("dynamic-int8", "auto")])
def test_nothing_of_the_environment_is_in_the_file(model, samples, method):
    found = onnx.load_model_from_string(shrunk(model, method=method, samples=samples).content)
    assert (found.producer_name, found.producer_version) == ("hundredfold", "")
    assert not found.graph.value_info
    assert found.ir_version == 9
    assert not found.metadata_props
    assert {item.domain for item in found.opset_import} == {""}


def test_the_bytes_do_not_hang_on_the_order_of_sets():
    code = (
        "import asyncio, hashlib; from small_models import *; from hundredfold.compress.quantize import quantize\n"
        "for method in ('static-int8', 'weights-int8', 'float16'):\n"
        "    made = quantize(separable(), 'm', method=method, samples=patterns(40), open_model=open_native)\n"
        "    print(hashlib.sha256(asyncio.run(made).content).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    made = shrunk(separable(), method="static-int8", samples=patterns(40)).content
    assert len(found) == 1
    assert found.pop().split()[0] == hashlib.sha256(made).hexdigest()


# What is refused


@pytest.mark.parametrize(
    ("how", "error", "code"),
    [
        ({"method": "dynamic-int8"}, ModelFileError, "dynamic-convolutions"),
        ({"method": "int4"}, InputError, "method-unknown"),
        ({"max_drop": -1}, InputError, "max-drop-range"),
        ({"max_drop": float("nan")}, InputError, "max-drop-range"),
        ({"max_drop": True}, InputError, "max-drop-range"),
        ({"method": "static-int8", "samples": None}, InputError, "static-needs-samples"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(model, samples, how, error, code):
    with pytest.raises(error) as caught:
        shrunk(model, **{"samples": samples, **how})
    assert caught.value.code == code
    assert len(str(caught.value).split()) > 5


@pytest.mark.parametrize("method", METHODS)
def test_a_quantised_model_and_one_without_weights_are_refused(model, samples, method):
    small = shrunk(model, method="weights-int8", samples=samples).content
    with pytest.raises(ModelFileError) as caught:
        shrunk(small, method=method, samples=samples)
    assert caught.value.code == "model-already-quantized"
    bare = model_of([helper.make_node("Relu", ["x"], ["y"], "relu")], [("x", ["n", 4])], [("y", ["n", 4])], {})
    with pytest.raises(ModelFileError) as caught:
        shrunk(bare, method=method, samples=vectors(9, 4))
    assert caught.value.code == "model-without-weights"


def test_a_result_that_the_engine_does_not_run_is_not_handed_out(model, samples):
    async def picky(content, name):
        if b"DequantizeLinear" in content:
            raise SessionError(name, "this engine does not know DequantizeLinear")
        return await open_native(content, name)

    with pytest.raises(SessionError, match="does not know"):
        shrunk(model, method="static-int8", samples=samples, open_model=picky)


def test_weights_in_fewer_bits_than_said_are_noticed(model, monkeypatch):
    """As by a stand-in of ml_dtypes that takes two bits for eight."""
    prepared = graph.inferred(graph.prepared(model, "m"))

    def packing(source):
        small = methods_weights_int8(source)
        for item in small.graph.initializer:
            if item.data_type == onnx.TensorProto.INT8:
                item.raw_data = item.raw_data[: len(item.raw_data) // 4]
        return small

    methods_weights_int8 = methods.weights_int8
    monkeypatch.setattr(methods, "weights_int8", packing)
    with pytest.raises(ModelFileError) as caught:
        methods.apply(prepared, "weights-int8")
    assert caught.value.code == "quantize-packed"
    monkeypatch.setattr(methods, "finished", lambda *_: b"short")
    monkeypatch.setattr(methods, "weights_int8", methods_weights_int8)
    with pytest.raises(ModelFileError) as caught:
        methods.apply(prepared, "weights-int8")
    assert caught.value.code == "quantize-packed"


def test_a_result_that_is_not_smaller_is_said_to_be_so():
    made = shrunk(products((4, 4, 4, 2)), method="static-int8", samples=vectors(70, 4))
    assert len(made.content) > made.before["bytes"]
    assert "not-smaller" in [note["code"] for note in made.notes]


def test_stopping_leaves_no_session_open(model, samples):
    for after in (0, 1, 4, 9, 16, 25):
        opener, told = Opener(), []

        async def progress(phase, done, told=told):
            assert 0 <= done <= 1
            told.append(phase)

        how = {"open_model": opener, "on_progress": progress, "cancelled": lambda told=told, at=after: len(told) > at}
        with pytest.raises(Cancelled):
            shrunk(model, samples=samples, **how)
        assert len(told) == after + 1
        assert opener.open == 0


# Models of all kinds


def test_a_bias_that_two_convolutions_share_gets_a_name_of_its_own(samples):
    """onnxruntime's quantiser would call its copy b10, which is another value's name."""
    random = np.random.default_rng(1)
    weights = {
        "w1": random.normal(size=(16, 1, 3, 3)).astype(np.float32),
        "w3": random.normal(size=(16, 1, 3, 3)).astype(np.float32),
        "b1": random.normal(size=16).astype(np.float32),
    }
    nodes = [
        helper.make_node("Conv", ["image", "w1", "b1"], ["b10"], "one"),
        helper.make_node("Conv", ["image", "w3", "b1"], ["c"], "other"),
        helper.make_node("Add", ["b10", "c"], ["y"], "sum"),
    ]
    content = model_of(nodes, IMAGE, [("y", ["n", 16, SIDE - 2, SIDE - 2])], weights)
    made = shrunk(content, method="static-int8", samples=samples, simplify=False)
    assert made.after["deviation"]["mean"] < 0.01


def test_old_opsets_and_constants_among_the_nodes_are_taken():
    weight = np.random.default_rng(1).normal(size=(32, 32)).astype(np.float32)
    nodes = [
        helper.make_node("Constant", [], ["w"], value=numpy_helper.from_array(weight)),
        helper.make_node("MatMul", ["x", "w"], ["y"]),
    ]
    content = model_of(nodes, [("x", ["n", 32])], [("y", ["n", 32])], {}, opset=11)
    made = shrunk(content, method="weights-int8", samples=vectors(80, 32))
    assert made.after["bytes"] < 0.5 * made.before["bytes"]
    assert onnx.load_model_from_string(made.content).opset_import[0].version == 13


def test_gelu_stays_out_of_half_precision():
    """Engines have no kernel for it: some refuse such a file, and some die at loading it."""
    random = np.random.default_rng(1)
    weights = {
        "w": random.normal(size=(16, 64)).astype(np.float32),
        "v": random.normal(size=(64, 8)).astype(np.float32),
    }
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["m"], "one"),
        helper.make_node("Gelu", ["m"], ["g"], "gelu"),
        helper.make_node("MatMul", ["g", "v"], ["y"], "two"),
    ]
    content = model_of(nodes, [("x", ["n", 16])], [("y", ["n", 8])], weights)
    made = shrunk(content, method="float16", samples=vectors(70))
    around = [node for node in onnx.load_model_from_string(made.content).graph.node if node.op_type in ("Cast", "Gelu")]
    place = [node.op_type for node in around].index("Gelu")
    assert (around[place - 1].attribute[0].i, around[place + 1].attribute[0].i) == (1, 10)  # to float32, to float16
    assert len(weights_of(made.content, onnx.TensorProto.FLOAT16)) == 2


def normed():
    """A convolution, then a batch norm."""
    random = np.random.default_rng(1)
    weights = {"w": random.normal(size=(32, 1, 3, 3)).astype(np.float32)}
    weights |= {name: random.uniform(0.5, 2, 32).astype(np.float32) for name in ("scale", "shift", "mean", "var")}
    nodes = [
        helper.make_node("Conv", ["image", "w"], ["c"], "conv"),
        helper.make_node("BatchNormalization", ["c", "scale", "shift", "mean", "var"], ["y"], "norm"),
    ]
    return model_of(nodes, IMAGE, [("y", ["n", 32, SIDE - 2, SIDE - 2])], weights)


def test_batch_norms_are_folded_first(samples):
    made = shrunk(normed(), method="float16", samples=samples)
    assert "BatchNormalization" not in operators(made.content)
    assert made.after["deviation"]["worst"] < 0.01
    assert "BatchNormalization" in operators(
        shrunk(normed(), method="float16", samples=samples, simplify=False).content
    )


def test_a_simplified_model_that_answers_otherwise_is_left(samples, monkeypatch):
    def wrong(model):
        other = onnx.ModelProto()
        other.CopyFrom(model)
        other.graph.node[-1].input[1] = "var"
        return other

    monkeypatch.setattr(simplify, "_slim", wrong)
    made = shrunk(normed(), method="float16", samples=samples)
    assert "simplify-refused" in [note["code"] for note in made.notes]
    assert made.after["deviation"]["worst"] < 0.01


@pytest.mark.parametrize(("error", "code"), [(ImportError, "simplify-missing"), (KeyError, "simplify-refused")])
def test_what_onnxslim_can_not_take_is_shrunk_without_it(samples, monkeypatch, error, code):
    def failing(model):
        raise error

    monkeypatch.setattr(simplify, "_slim", failing)
    made = shrunk(normed(), method="float16", samples=samples)
    assert code in [note["code"] for note in made.notes]
    assert made.method == "float16"
