"""The laws of preparing a drawing: like MNIST, wherever, however large, thin or faint it was drawn."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from hundredfold.errors import InputError
from hundredfold.exhibits.digits.drawing import encode, parse, prepare, softmax

SIDES = st.integers(8, 64)
DRAWINGS = hnp.arrays(np.uint8, st.tuples(SIDES, SIDES))


def seven(side=100, pen=6):
    """A drawn 7: a bar and a slanted stroke, in a square of ``side`` pixels with a margin of a quarter."""
    image = np.zeros((side, side), np.uint8)
    low, high = side // 4, side - side // 4
    image[low : low + pen, low:high] = 255
    for row in range(low, high):
        column = high - pen - (row - low) * (high - low) // (2 * (high - low))
        image[row, column : column + pen] = 255
    return image


@given(DRAWINGS)
def test_any_drawing_becomes_a_model_input_or_blank(image):
    tensor = prepare(image)
    if tensor is None:
        return
    assert tensor.shape == (1, 1, 28, 28)
    assert tensor.dtype == np.float32
    assert tensor.min() >= 0
    assert tensor.max() <= 1
    assert tensor.max() > 0.9, "the darkest ink is nearly full ink, however faint the pen"
    assert np.allclose(tensor * 255, np.rint(tensor * 255)), "grey comes in steps of 1/255, as in MNIST"


@given(DRAWINGS)
def test_ink_fits_the_box(image):
    tensor = prepare(image)
    if tensor is not None:
        rows, columns = np.flatnonzero(tensor[0, 0].any(1)), np.flatnonzero(tensor[0, 0].any(0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 <= 20


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_place_does_not_matter(top, bottom, left, right):
    inner = seven(60)
    moved = np.pad(inner, ((top, bottom), (left, right)))
    assert np.array_equal(prepare(moved), prepare(inner))


@settings(max_examples=30)
@given(st.sampled_from([1, 2, 3, 5, 8]))
def test_size_hardly_matters(factor):
    small = prepare(seven(100))
    large = prepare(np.kron(seven(100), np.ones((factor, factor), np.uint8)))
    assert np.abs(small - large).mean() < 0.02


def test_centre_of_mass_is_the_middle_pixel():
    tensor = prepare(seven().T.copy() // 2 + seven() // 2)[0, 0]
    index = np.arange(28)
    assert 13.5 <= (tensor.sum(1) @ index) / tensor.sum() < 14.5
    assert 13.5 <= (tensor.sum(0) @ index) / tensor.sum() < 14.5


def test_a_thin_pen_is_thickened_to_the_look_of_mnist():
    thin = prepare(seven(1024, pen=2))[0, 0]
    assert np.count_nonzero(thin > 0.5) > 40, "a hairline on a large canvas would fade to a few grey pixels"
    assert np.count_nonzero(thin > 0.5) < 150


def test_a_faint_pen_is_darkened():
    assert np.abs(prepare(seven() // 8) - prepare(seven())).mean() < 0.02


@pytest.mark.parametrize("shape", [(8, 8), (1024, 1024), (8, 1024), (1024, 8), (37, 101)])
def test_blank_is_blank_in_every_size(shape):
    assert prepare(np.zeros(shape, np.uint8)) is None
    assert prepare(np.full(shape, 7, np.uint8)) is None, "rounding noise is paper"


def test_a_speck_is_blank():
    image = np.zeros((280, 280), np.uint8)
    image[100:105, 100:105] = 255
    assert prepare(image) is None


def test_one_full_square_of_ink_is_not_blank():
    assert prepare(np.full((8, 8), 255, np.uint8)) is not None


@given(DRAWINGS)
def test_encode_and_parse_are_inverse(image):
    assert np.array_equal(parse(encode(image)), image)


GOOD = encode(np.zeros((8, 8), np.uint8))["image"]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (None, "image"),
        ([], "image"),
        ({}, "image"),
        ({"image": "x"}, "image"),
        ({"image": {**GOOD, "width": 7}}, "image.width"),
        ({"image": {**GOOD, "width": 1025}}, "image.width"),
        ({"image": {**GOOD, "width": True}}, "image.width"),
        ({"image": {**GOOD, "width": 8.0}}, "image.width"),
        ({"image": {**GOOD, "height": "8"}}, "image.height"),
        ({"image": {**GOOD, "height": None}}, "image.height"),
        ({"image": {**GOOD, "pixels": None}}, "image.pixels"),
        ({"image": {**GOOD, "pixels": "***"}}, "image.pixels"),
        ({"image": {**GOOD, "pixels": "\u00e9"}}, "image.pixels"),
        ({"image": {**GOOD, "pixels": base64.b64encode(b"short").decode()}}, "image.pixels"),
    ],
)
def test_bad_input_is_refused_with_the_field_named(value, field):
    with pytest.raises(InputError) as refusal:
        parse(value)
    assert refusal.value.field == field


@given(hnp.arrays(np.float32, 10, elements=st.floats(-1e4, 1e4, width=32)))
def test_softmax_is_a_distribution_that_keeps_the_order(logits):
    scores = softmax(logits)
    assert scores.sum() == pytest.approx(1)
    assert scores.min() >= 0
    assert scores[logits.argmax()] == scores.max()
