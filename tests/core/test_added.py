"""What an added exhibit is made of: pictures as networks take them, answers as models give them, its own Python."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hundredfold.added import answers, code, exhibit, pictures
from hundredfold.errors import SessionError
from hundredfold.manifest import Manifest, ManifestError
from hundredfold.manifest_added import Added, read
from hundredfold.resample import resampling

FORM = {"width": 6, "height": 4, "channels": 3, "layout": "nchw", "dtype": "float32", "mean": [0.0], "std": [1.0]}
HASH = "0" * 64


def added(**changed):
    told = {
        "title": "Which?",
        "question": "Which is it?",
        "kind": "text",
        "labels": ["a", "b", "c"],
        "unit": "",
        "within": None,
        "licence": "CC0-1.0",
        "scores": "logits",
        "form": {},
        "files": {"exhibit.toml": HASH},
        **changed,
    }
    return read("here", told)


def answer(values, **changed):
    return answers.output(added(**changed), "x/small", {"out": np.array(values, np.float32)})


@given(st.integers(1, 60), st.integers(1, 60))
def test_resampling_keeps_what_is_the_same_everywhere(before, after):
    weights = resampling(before, after)
    assert weights.shape == (after, before)
    assert weights.min() >= 0
    assert weights.sum(1) == pytest.approx(1, abs=1e-5)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 255), st.sampled_from(["nchw", "nhwc"]))
def test_a_picture_of_one_colour_stays_so_in_every_layout(width, height, value, layout):
    picture = np.full((height, width, 3), value, np.uint8)
    made = pictures.prepared(picture, {**FORM, "layout": layout})
    assert made.shape == ((1, 3, 4, 6) if layout == "nchw" else (1, 4, 6, 3))
    assert made == pytest.approx(value / 255, abs=1e-4)
    whole = pictures.prepared(picture, {**FORM, "dtype": "uint8", "channels": 1})
    assert (whole.dtype, whole.shape) == (np.uint8, (1, 1, 4, 6))
    assert np.abs(whole.astype(int) - value).max() <= 1


def test_the_middle_is_taken_and_each_colour_stays_in_its_channel():
    picture = np.zeros((10, 30, 3), np.uint8)
    picture[:, 10:20, 1] = 255
    form = {**FORM, "width": 4, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.25, 0.5]}
    made = pictures.prepared(picture, form)
    assert made[0, 0] == pytest.approx(-1)
    assert made[0, 1] == pytest.approx(2)
    grey = pictures.prepared(picture, {**FORM, "width": 4, "channels": 1})
    assert grey == pytest.approx(0.587, abs=1e-3)


@given(arrays(np.float64, 3, elements=st.floats(-1e4, 1e4)))
def test_scores_are_shares_and_the_label_has_the_largest(values):
    told = answer(values)
    assert sum(told["scores"].values()) == pytest.approx(1)
    assert told["scores"][told["label"]] == max(told["scores"].values())
    said = np.float32(values)["abc".index(told["label"])]
    assert said == pytest.approx(np.float32(values).max(), abs=1e-6)  # shares can not tell what is closer
    json.dumps(told, allow_nan=False)


def test_what_models_say_is_read_as_it_is_meant():
    assert answer([0.2, 0.3, 0.5], scores="probabilities")["scores"] == pytest.approx({"a": 0.2, "b": 0.3, "c": 0.5})
    two = {"labels": ["no", "yes"]}
    assert answer([0.0], **two)["scores"] == pytest.approx({"no": 0.5, "yes": 0.5})
    assert answer([2.0], **two)["label"] == "yes"
    assert answer([0.9], **two, scores="probabilities")["scores"] == pytest.approx({"no": 0.1, "yes": 0.9})
    assert answer([-1e30], **two)["label"] == "no"
    numbers = {"kind": "numbers", "labels": [], "form": {"inputs": []}}
    given = [{"name": "x", "unit": "", "low": 0, "high": 1, "value": 0}]
    assert answer([[2.5]], **{**numbers, "form": {"inputs": given}}) == {"value": 2.5}


@pytest.mark.parametrize("values", [[1.0, 2.0], [math.nan, 1, 2], [math.inf, 1, 2]])
def test_an_answer_that_is_none_is_an_error(values):
    with pytest.raises(SessionError, match=r"mend the labels|no number"):
        answer(values)


def test_a_deviation_tells_other_answers_apart():
    one, other = answer([3, 2, 1]), answer([3, 2, 1.1])
    assert 0 < answers.deviation(one, other) < 0.1
    assert answers.deviation(one, answer([1, 2, 3])) == math.inf
    assert answers.deviation({"value": 100.0}, {"value": 101.0}) == pytest.approx(1 / 101)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import os\n", "line 1: 'os' does not reach the browser: use numpy"),
        ("def pre(given):\n    import socket\n", "line 2: 'socket'"),
        ("import numpy.fft\n", "line 1: 'numpy.fft'"),
        ("from .. import app\n", "line 1: '..'"),
        ("x = 1\n", "defines no function pre"),
        ("async def pre(given):\n    return given\n", "defines no function pre"),
        ("def pre(given)\n", "line 1: it is no Python"),
        ("x = '\0'\n", "it is no Python"),
    ],
)
def test_python_that_can_not_travel_is_refused(source, says):
    with pytest.raises(code.CodeError) as refused:
        code.check("pre.py", source)
    assert says in str(refused.value)


def test_what_may_be_imported_is_there():
    lines = "\n".join(f"import {name}" for name in code.MODULES)
    source = (
        f"from __future__ import annotations\n{lines}\nfrom numpy.random import default_rng\ndef pre(given): return 1\n"
    )
    code.check("pre.py", source)
    assert code.run("pre.py", source)["pre"](0) == 1


def test_its_python_is_called_and_waits_until_it_is_there():
    files = {"exhibit.toml": HASH, "pre.py": HASH, "post.py": HASH}
    there = added(files=files)
    with pytest.raises(ManifestError, match=r"pre\.py is not here yet"):
        exhibit("x", there).parse({"text": "hi"})
    source = {"pre.py": "def pre(given): return given.upper()", "post.py": "def post(outputs): return outputs['o'] * 2"}
    whole = Added(**{**vars(there), "source": source})
    assert exhibit("x", whole).parse({"text": "hi"}) == "HI"
    assert answers.numbers(whole, "x/small", {"o": np.array([1.0])}).tolist() == [2.0]


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"kind": "sound"}, "here.kind"),
        ({"labels": []}, "here.labels"),
        ({"labels": ["a", "a"]}, "here.labels"),
        ({"labels": ["a", "\u202eb"]}, "here.labels"),
        ({"title": "a\nb"}, "here.title"),
        ({"scores": 5}, "here.scores"),
        ({"files": {"../x": HASH}}, "here.files"),
        ({"kind": "image", "form": {}}, "here.form"),
        ({"kind": "image", "form": {**FORM, "largest": 9999}}, "here.form.largest"),
        ({"kind": "numbers", "form": {"inputs": [{"name": "x"}]}}, "here.form.inputs[0]"),
        ({"source": {}}, "here"),
    ],
)
def test_what_the_manifest_says_of_it_is_checked(changed, place):
    with pytest.raises(ManifestError) as refused:
        added(**changed)
    assert str(refused.value).startswith(place)


def test_the_manifest_comes_back_as_it_was_and_only_an_added_exhibit_has_unknown_accuracy():
    variant = {
        "id": "big",
        "role": "baseline",
        "parent": None,
        "recipe": "as it is",
        "file": "x/big.onnx",
        "bytes": 5,
        "sha256": HASH,
        "opset": 20,
        "params": 1,
        "macs": 0,
        "runs": ["here", "there"],
        "accuracy": None,
        "golden": "x/golden.json",
    }
    part = {"test_set": {"name": "s", "n": 1, "sha256": HASH}, "variants": [variant], "added": added().as_dict()}
    data = {"schema": 1, "exhibits": {"x": part}}
    assert Manifest.parse(data).as_dict() == data
    del part["added"]
    with pytest.raises(ManifestError, match=r"exhibits\.x\.variants\[0\]\.accuracy: it must be an object"):
        Manifest.parse(data)
