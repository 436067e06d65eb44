"""A model by itself: tensors in, tensors out, and what is refused before the engine sees it."""

from __future__ import annotations

import asyncio
import base64

import numpy as np
import pytest
from replay import MODELS

from hundredfold import Manifest, handle
from hundredfold.adapters.native import opener
from hundredfold.verbs.infer import DTYPES, MOST_ELEMENTS, packed, unpacked

MANIFEST, OPEN = Manifest.load(MODELS / "manifest.json"), opener(MODELS, 1)
IMAGE = np.random.default_rng(0).uniform(size=(2, 1, 28, 28)).astype(np.float32)
ASKED = {"exhibit": "digits", "variant": "student-fp32", "where": "there"}


def ask(**request):
    return asyncio.run(handle({**ASKED, **request}, OPEN, MANIFEST))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3)])
def test_a_tensor_comes_through_as_it_was(dtype, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    name, found = unpacked(packed("x", array.astype(array.dtype.newbyteorder(">"))))
    assert (name, found.dtype, found.shape) == ("x", array.dtype, array.shape)
    assert np.array_equal(found, array)


def test_texts_come_through_as_they_were():
    _, found = unpacked(packed("x", np.array([["a", "ü"]])))
    assert found.tolist() == [["a", "ü"]]


def test_it_is_what_the_engine_answers():
    told = ask(do="infer", inputs=[packed("image", IMAGE)])
    session = asyncio.run(OPEN(MANIFEST.ladder("digits").variant("student-fp32")))
    (wanted,) = asyncio.run(session.run(None, {"image": IMAGE}))
    ((name, found),) = map(unpacked, told["outputs"])
    assert name == "logits"
    assert np.array_equal(found, wanted)
    assert told["timing"]["model_ms"] > 0
    assert "cpu_ms" not in told["timing"], "no clock of them was given"


def test_the_signature_is_what_the_model_declares():
    told = ask(do="signature")
    assert told["inputs"] == [{"name": "image", "dtype": "float32", "shape": [None, 1, 28, 28]}]
    assert told["outputs"] == [{"name": "logits", "dtype": "float32", "shape": [None, 10]}]


RIGHT = packed("image", IMAGE[:1])


@pytest.mark.parametrize(
    ("inputs", "says_why"),
    [
        (None, "list of tensors"),
        ([5], "each tensor must be"),
        ([{**RIGHT, "dtype": "object"}], "dtype of 'image' must be one of"),
        ([{**RIGHT, "dtype": []}], "dtype of 'image' must be one of"),
        ([{**RIGHT, "dtype": "float64"}], "must have 6272 bytes"),
        ([{**RIGHT, "dtype": "str"}], "a list of 784 texts"),
        ([{**RIGHT, "data": "?"}], "must be base64"),
        ([{**RIGHT, "data": "ü"}], "must be base64"),
        ([{**RIGHT, "data": 5}], "must be base64"),
        ([{**RIGHT, "data": base64.b64encode(b"few").decode()}], "must have 3136 bytes"),
        ([{**RIGHT, "shape": [1, -1]}], "whole numbers from 0"),
        ([{**RIGHT, "shape": [True, 784]}], "whole numbers from 0"),
        ([{**RIGHT, "shape": [10**30, 10**30]}], "more than 1,048,576 values"),
        ([{**RIGHT, "shape": [1024, 1025]}], "more than 1,048,576 values"),
        ([{**RIGHT, "shape": [1] * 9}], "at most 8"),
        ([RIGHT, RIGHT], "there twice"),
        ([packed(name, np.zeros(MOST_ELEMENTS, bool)) for name in ("image", "more")], "all inputs together"),
    ],
)
def test_what_is_no_tensor_is_refused(inputs, says_why):
    told = ask(do="infer", inputs=inputs)
    assert (told["status"], told["field"]) == (422, "inputs")
    assert says_why in told["detail"]
