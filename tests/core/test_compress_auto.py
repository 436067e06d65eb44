"""auto finds the quickest smaller model within the limit, and says what it left in float, or that there is none."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_models import open_native, patterns, products, separable, vectors

from hundredfold.adapters.native import NativeSession
from hundredfold.compress import Cancelled, auto, graph, judge, layers, methods
from hundredfold.compress.calibrate import ranges
from hundredfold.compress.compare import compare
from hundredfold.compress.quantize import quantize
from hundredfold.compress.samples import Samples

SPREAD = 7
"""Powers of two, up and down, between the channels of the model that int8 harms."""


def shrunk(content, samples, **how):
    return asyncio.run(quantize(content, "small.onnx", samples=samples, **{"open_model": open_native, **how}))


def codes(made):
    return [note["code"] for note in made.notes]


@pytest.fixture(scope="module")
def harmed():
    return separable(SPREAD)


class Paced:
    """A native session whose runs take as long as told, by a clock that only runs move."""

    def __init__(self, now, took):
        self.now, self.took = now, took

    async def __call__(self, content, name):
        session = NativeSession(content, name, threads=1)
        run, seconds = session.run, self.took(content)

        async def paced(names, feeds):
            self.now[0] += seconds
            return await run(names, feeds)

        session.run = paced
        return session


def kind(content):
    if b"QuantizeLinear" in content and b"image_QuantizeLinear" in content:
        return "static-int8"
    return (
        "weights-int8"
        if b"DequantizeLinear" in content
        else "float16"
        if b"graph_input_cast" in content
        else "original"
    )


def paced(content, samples, seconds, **how):
    now = [0.0]
    opener = Paced(now, lambda content: seconds[kind(content)])
    return shrunk(content, samples, open_model=opener, clock=lambda: now[0], **how)


def test_the_layers_that_int8_harms_are_left_in_float_and_no_others(harmed):
    samples, held_apart = patterns(150), patterns(1500, seed=9)
    plain = shrunk(harmed, samples, method="static-int8")
    lost = asyncio.run(compare(harmed, plain.content, held_apart, open_native))["accuracy"]
    assert lost["original"]["value"] - lost["small"]["value"] > 0.3
    made = shrunk(harmed, samples, max_drop=0.5)
    kept = asyncio.run(compare(harmed, made.content, held_apart, open_native))["accuracy"]
    assert kept["original"]["value"] - kept["small"]["value"] <= 0.005
    assert made.method == "static-int8"
    assert made.floats == ("depthwise", "pointwise")
    assert "left-in-float" in codes(made)
    assert len(made.content) < 0.4 * len(harmed)
    assert made.tried[0]["holds"] is False
    assert made.tried[0]["loss"] > 30


def test_the_activation_with_the_widest_channels_is_told_to_hurt_most(harmed):
    model = graph.inferred(graph.prepared(harmed, "m"))
    nodes, samples = methods.quantizable(model), patterns(40)
    found = asyncio.run(ranges(model, methods.activations(model, nodes), "m", samples, open_native))
    small = graph.parsed(methods.apply(model, "static-int8", found, nodes))
    order = asyncio.run(layers.hurts(model, small, "m", samples, open_native))
    assert next(iter(order)) == "r2"
    assert order["r2"] > 10 * order["r1"]
    assert layers.around(model, "r2") == {"depthwise", "depthwise_relu", "pointwise"}


def test_activations_around_most_of_the_weights_are_not_put_back(harmed, monkeypatch):
    """They would come first in the order, and end the search before those that can be."""
    plain = layers.hurts

    async def reversed_order(*how):
        order = await plain(*how)
        return {"f": 1.0, **order}

    monkeypatch.setattr(auto, "hurts", reversed_order)
    made = shrunk(harmed, patterns(150))
    assert made.method == "static-int8"
    assert "last" not in made.floats


def test_where_int8_does_no_harm_nothing_is_left_in_float():
    made = shrunk(separable(), patterns(120))
    assert made.floats == ()
    assert made.tried[0] == {**made.tried[0], "method": "static-int8", "floats": [], "holds": True}
    assert {attempt["method"] for attempt in made.tried} == {"static-int8", "weights-int8"}


@pytest.mark.parametrize(
    ("static", "weights", "chosen"),
    [
        (0.001, 0.010, "static-int8"),
        (0.010, 0.001, "weights-int8"),
        (0.0105, 0.010, "weights-int8"),
        (0.010, 0.0105, "weights-int8"),
    ],
)
def test_the_quickest_is_taken_and_the_smallest_of_those_as_quick(static, weights, chosen):
    made = paced(separable(), patterns(100), {"original": 0.02, "static-int8": static, "weights-int8": weights})
    assert made.method == chosen
    assert made.after["model_ms"] == pytest.approx(1e3 * (static if chosen == "static-int8" else weights))
    assert made.before["model_ms"] == pytest.approx(20)
    assert "not-quicker" not in codes(made)


def test_that_the_smaller_is_not_quicker_is_said():
    made = paced(separable(), patterns(100), {"original": 0.001, "static-int8": 0.002, "weights-int8": 0.003})
    assert made.method == "static-int8"
    assert "not-quicker" in codes(made)


def test_half_precision_is_tried_where_no_int8_holds(harmed):
    spoiled = 0

    async def opener(content, name):
        nonlocal spoiled
        session = await open_native(content, name)
        if b"DequantizeLinear" in content:
            run, spoiled = session.run, spoiled + 1

            async def wrong(names, feeds):
                return [output[:, ::-1].copy() if output.ndim == 2 else output for output in await run(names, feeds)]

            session.run = wrong
        return session

    made = shrunk(harmed, patterns(100), open_model=opener)
    assert spoiled > 1
    assert made.method == "float16"
    assert made.floats == ()


def test_the_original_is_handed_back_where_nothing_smaller_holds():
    content = separable()

    async def opener(given, name):
        session = await open_native(given, name)
        run = session.run
        if kind(given) != "original":

            async def wrong(names, feeds):
                return [output[:, ::-1].copy() if output.ndim == 2 else output for output in await run(names, feeds)]

            session.run = wrong
        return session

    made = shrunk(content, patterns(100), open_model=opener)
    assert made.method == "original"
    assert made.content == content
    assert made.after == {**made.before, "agreement": made.after["agreement"], "deviation": made.after["deviation"]}
    assert "nothing-holds" in codes(made)
    assert not [attempt for attempt in made.tried if attempt["holds"]]


def test_a_limit_that_is_wide_lets_more_through(harmed):
    made = shrunk(harmed, patterns(150), max_drop=100)
    assert made.floats == ()
    assert all(attempt["holds"] for attempt in made.tried)


def test_models_of_products_alone_are_tried_with_dynamic_ranges_too():
    made = shrunk(products(), vectors(120), max_drop=5)
    assert "dynamic-int8" in [attempt["method"] for attempt in made.tried]


def test_made_up_samples_set_no_ranges_and_few_samples_are_said_to_be_few():
    inputs = patterns(60).inputs
    made = shrunk(separable(), Samples(inputs, made_up=True))
    assert {"samples-made-up", "static-not-tried"} <= set(codes(made))
    assert "static-int8" not in [attempt["method"] for attempt in made.tried]
    assert made.after["accuracy"] is None
    made = shrunk(separable(), patterns(60))
    assert {"samples-few", "limit-finer-than-samples"} <= set(codes(made))
    assert not {"samples-few", "limit-finer-than-samples"} & set(codes(shrunk(separable(), patterns(330))))


def test_without_labels_the_limit_is_on_agreement(harmed):
    samples = patterns(150)
    made = shrunk(harmed, Samples(samples.inputs))
    assert made.before["accuracy"] is None
    assert made.after["agreement"]["value"] == 1
    assert made.floats == ("depthwise", "pointwise")


@given(st.integers(1, 5000))
def test_samples_that_check_do_not_calibrate(n):
    samples = Samples({"x": np.arange(n, dtype=np.float32)[:, None]}, np.arange(n))
    calibrating, checking = judge.split(samples)
    one, other = set(calibrating.labels.tolist()), set(checking.labels.tolist())
    assert np.array_equal(calibrating.inputs["x"][:, 0], calibrating.labels)
    assert np.array_equal(checking.inputs["x"][:, 0], checking.labels)
    assert 1 <= len(one) == calibrating.n <= judge.MOST_CALIBRATING
    assert 1 <= len(other) == checking.n <= judge.MOST_CHECKING
    assert n == 1 or not one & other
    if n <= 3 * judge.MOST_CALIBRATING:
        assert len(one | other) == n


def test_stopping_a_search_closes_what_is_open(harmed):
    opened = []

    async def opener(content, name):
        session = await open_native(content, name)
        close = session.close
        opened.append(session)
        session.close = lambda: (opened.remove(session), close())
        return session

    told = []

    async def progress(phase, done):
        assert 0 <= done <= 1
        told.append(phase)

    shrunk(harmed, patterns(60), open_model=opener, on_progress=progress)
    assert opened == []
    assert {"simplify", "check-original", "ranges", "quantize", "check", "layers", "time", "done"} == set(told)
    for after in range(0, len(told), 7):
        told.clear()
        with pytest.raises(Cancelled):
            shrunk(
                *(harmed, patterns(60)),
                open_model=opener,
                on_progress=progress,
                cancelled=lambda after=after: len(told) > after,
            )
        assert opened == []
