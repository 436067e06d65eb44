"""Comparing two models tells their accuracy, where they agree and differ, and how far apart, whatever the batches."""

from __future__ import annotations

import asyncio
import json

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import helper, numpy_helper
from small_models import model_of, open_native, patterns, products, separable, vectors

from hundredfold.compress import Cancelled
from hundredfold.compress.answers import AGREES_WITHIN, Answers
from hundredfold.compress.compare import compare
from hundredfold.compress.inspect import inspect
from hundredfold.compress.perf import perf
from hundredfold.compress.quantize import quantize
from hundredfold.compress.report import report
from hundredfold.compress.samples import Samples
from hundredfold.compress.score import wilson
from hundredfold.errors import ModelFileError


def compared(original, small, samples, **how):
    return asyncio.run(compare(original, small, samples, open_native, **how))


def outputs(content, samples):
    async def run():
        session = await open_native(content, "m")
        return (await session.run(None, samples.inputs))[0]

    return asyncio.run(run())


def disturbed(content, weight, factor):
    """The model with one weight multiplied."""
    model = onnx.load_model_from_string(content)
    for item in model.graph.initializer:
        if item.name == weight:
            item.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(item) * np.float32(factor), weight))
    return model.SerializeToString()


@pytest.fixture(scope="module")
def pair():
    """A model, and one that answers often otherwise."""
    content, samples = separable(7), patterns(100)
    made = quantize(content, "m", method="static-int8", samples=samples, open_model=open_native)
    return content, asyncio.run(made).content


def test_a_model_agrees_with_itself(pair):
    samples = patterns(70, seed=8)
    told = compared(pair[0], pair[0], samples, layers=True)
    assert told["n"] == 70
    assert told["agreement"]["value"] == 1
    assert told["accuracy"]["original"] == told["accuracy"]["small"]
    assert told["deviation"] == {"mean": 0, "p95": 0, "worst": 0}
    assert told["changed"] == []
    assert [layer["name"] for layer in told["layers"]][:3] == ["first", "first_relu", "depthwise"]
    assert {layer["error"] for layer in told["layers"]} == {0}


def test_accuracy_agreement_and_what_changed_are_those_of_the_labels(pair):
    samples = patterns(150, seed=8)
    told = compared(*pair, samples)
    one, other = (outputs(content, samples).argmax(1) for content in pair)
    right = int((other == samples.labels).sum())
    low, high = wilson(right, 150)
    assert told["accuracy"]["small"] == {"value": right / 150, "low": low, "high": high, "n": 150}
    assert told["agreement"]["value"] == (one == other).mean()
    assert [item["index"] for item in told["changed"]] == (one != other).nonzero()[0].tolist()
    assert len(told["changed"]) > 20
    for item in told["changed"]:
        place = item["index"]
        assert item == {
            "index": place,
            "original": one[place],
            "small": other[place],
            "label": int(samples.labels[place]),
        }
    json.dumps(told)


def test_without_labels_no_accuracy_is_told(pair):
    told = compared(*pair, Samples(patterns(30).inputs, made_up=True))
    assert told["accuracy"] is None
    assert "label" not in told["changed"][0]
    assert [note["code"] for note in told["notes"]] == ["samples-made-up"]


def test_the_layer_that_differs_is_told_and_those_before_it_do_not(pair):
    told = compared(pair[0], disturbed(pair[0], "w3", 1.5), patterns(20), layers=True)
    errors = {layer["name"]: layer["error"] for layer in told["layers"]}
    assert errors["first"] == errors["depthwise_relu"] == 0
    assert errors["pointwise"] > 0.3
    told = compared(*pair, patterns(20), layers=True)
    errors = {layer["name"]: layer["error"] for layer in told["layers"]}
    assert errors["first_relu"] < 0.05  # what the next layer reads, after the rounding that stands for the Relu
    assert errors["pointwise_relu"] > 0.5


def test_layers_of_half_precision_are_compared_too():
    content, samples = separable(), patterns(20)
    made = quantize(content, "m", method="float16", samples=samples, open_model=open_native)
    told = compared(content, asyncio.run(made).content, samples, layers=True)
    errors = {layer["name"]: layer["error"] for layer in told["layers"]}
    assert set(errors) >= {"first", "depthwise", "pointwise", "pool"}
    assert 0 < max(errors.values()) < 0.01


def test_what_is_infinite_in_both_does_not_count():
    """As masks of attention are."""
    weights = {"mask": np.array([0, -np.inf, 0, 0], np.float32), "w": np.eye(4, dtype=np.float32)}
    nodes = [
        helper.make_node("MatMul", ["x", "w"], ["m"], "product"),
        helper.make_node("Add", ["m", "mask"], ["a"], "masked"),
        helper.make_node("Softmax", ["a"], ["y"], "softmax"),
    ]
    content = model_of(nodes, [("x", ["n", 4])], [("y", ["n", 4])], weights)
    told = compared(content, disturbed(content, "w", 1.25), vectors(30, 4), layers=True)
    errors = {layer["name"]: layer["error"] for layer in told["layers"]}
    assert errors["masked"] == pytest.approx(errors["product"], rel=0.1) == pytest.approx(0.25)


def test_models_for_different_tasks_are_refused(pair):
    with pytest.raises(ModelFileError, match="different inputs"):
        compared(pair[0], products(), patterns(3))
    nodes = [helper.make_node("Relu", ["x"], ["y"], "a"), helper.make_node("Neg", ["x"], ["z"], "b")]
    two = model_of(nodes, [("x", ["n", 16])], [("y", ["n", 16]), ("z", ["n", 16])], {})
    with pytest.raises(ModelFileError, match="different outputs"):
        compared(products(), two, vectors(3))


def test_comparing_can_be_stopped(pair):
    told = []

    async def progress(phase, done):
        told.append((phase, done))

    with pytest.raises(Cancelled):
        compared(*pair, patterns(100), on_progress=progress, cancelled=lambda: len(told) == 3)
    assert told == [("open", 0.0), ("compare", 0.32), ("compare", 0.64)]


# Answers, by what they are


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.sampled_from([(5,), (1,), (2, 3)]))
def test_the_batches_do_not_change_what_is_told(sizes, shape):
    random = np.random.default_rng(sum(sizes))
    n = sum(sizes)
    one = random.normal(size=(n, *shape)).astype(np.float32)
    other = one + random.normal(size=one.shape).astype(np.float32) / 4
    labels = random.integers(0, 5, n)
    whole, parts = Answers(), Answers()
    whole.add([one], [other], n)
    for end, size in zip(np.cumsum(sizes), sizes, strict=True):
        parts.add([one[end - size : end]], [other[end - size : end]], size)
    assert parts.agreement() == whole.agreement()
    assert parts.accuracy(labels) == whole.accuracy(labels)
    assert parts.loss(labels) == pytest.approx(whole.loss(labels))
    assert parts.deviation() == pytest.approx(whole.deviation())
    assert parts.classifies == (len(shape) == 1)


def told_of(one, other):
    answers = Answers()
    answers.add([np.array(one)], [np.array(other)], len(one))
    return answers


def test_one_value_is_a_label_above_a_half_or_above_zero():
    shares = told_of([[0.4], [0.6], [0.9]], [[0.6], [0.7], [0.1]])
    assert [labels.tolist() for labels in shares.labels()] == [[0, 1, 1], [1, 1, 0]]
    scores = told_of([[-1.0], [0.3], [4.0]], [[0.2], [0.3], [-2.0]])
    assert [labels.tolist() for labels in scores.labels()] == [[0, 1, 1], [1, 1, 0]]


def test_deviation_is_relative_to_the_range_of_the_original():
    apart = told_of([[[0.0, 10.0]], [[5.0, 5.0]]], [[[0.0, 10.0]], [[5.0, 6.0]]])
    assert apart.labels() is None
    assert apart.accuracy(np.array([0, 1])) is None
    assert apart.deviations().tolist() == pytest.approx([0, 0.05])
    assert apart.deviation() == pytest.approx({"mean": 0.025, "p95": 0.05, "worst": 0.1})
    assert apart.agreement()["value"] == 0.5
    assert apart.loss(None) == pytest.approx(2.5)
    near = told_of([[[0.0, 10.0]]], [[[0.0, 10 + 19 * AGREES_WITHIN]]])
    assert near.agreement()["value"] == 1


def test_what_is_no_number_on_one_side_only_counts_as_a_whole_range():
    nan = float("nan")
    assert told_of([[[nan, 1.0]]], [[[nan, 1.0]]]).deviation() == {"mean": 0, "p95": 0, "worst": 0}
    apart = told_of([[[0.0, 1.0]]], [[[nan, 1.0]]])
    assert apart.deviations().tolist() == [0.5]
    assert json.loads(json.dumps(apart.deviation()))["worst"] > 1
    assert told_of([["a", "b"]], [["a", "c"]]).deviation()["mean"] == 0.5
    assert told_of([[[1.0]]], [[[1.0, 2.0]]]).deviations().tolist() == [1]


# The report


def test_a_report_holds_all_parts_as_json_and_each_note_once():
    content, samples = separable(), patterns(50)
    inspection = inspect(content, "small.onnx")
    made = asyncio.run(quantize(content, "small.onnx", samples=samples, open_model=open_native))
    comparison = compared(content, made.content, samples)
    one, other = (
        asyncio.run(perf(each, "small.onnx", samples, open_native, repeats=3)) for each in (content, made.content)
    )
    told = json.loads(json.dumps(report(inspection, one, made, comparison, other)))
    assert told["schema_version"] == 1
    assert told["model"] == json.loads(json.dumps(inspection))
    assert told["quantized"]["method"] == made.method
    assert told["ratios"]["bytes"] == len(made.content) / len(content)
    assert told["ratios"]["model_ms"] == other["model_ms"]["median"] / one["model_ms"]["median"]
    assert [note["code"] for note in told["notes"]].count("samples-few") == 1
    assert "content" not in told["quantized"]
    assert told == json.loads(json.dumps(report(inspection, one, {**made.as_dict(), "bytes": 5}, comparison, other)))


def test_a_report_says_what_was_not_done():
    told = report(inspect(separable(), "small.onnx"))
    assert [key for key, value in told.items() if value is None] == ["perf", "quantized", "comparison", "perf_small"]
    assert told["ratios"] == {"bytes": None, "model_ms": None}
