"""compress.requests: dictionaries and bytes in and out, progress and stopping, and every wrong request in words."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold.adapters.native import NativeSession
from hundredfold.compress.quantize import METHODS
from hundredfold.compress.requests import MOST_NAME, STOPPED, handle
from hundredfold.errors import SessionError

ROOT = Path(__file__).resolve().parents[2]
STUDENT = (ROOT / "models/digits/student-fp32.onnx").read_bytes()
IMAGES = np.random.default_rng(5).random((96, 1, 28, 28), np.float32)
LABELS = [index % 10 for index in range(len(IMAGES))]


async def open_model(content: bytes, name: str) -> NativeSession:
    return NativeSession(content, name, threads=1)


def ask(request: Any, files: dict[str, bytes] | None = None, **how: Any) -> dict[str, Any]:
    """The answer, which must be JSON as it is."""
    answer = asyncio.run(handle(request, {} if files is None else files, how.pop("open_model", open_model), **how))
    json.dumps(answer, allow_nan=False)
    return answer


def given_samples(n: int = 96, **more: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    inputs = {"image": {"dtype": "float32", "dims": [n, 1, 28, 28], "file": "samples/0"}}
    return {"inputs": inputs, **more}, {"model": STUDENT, "samples/0": IMAGES[:n].tobytes()}


def test_a_model_is_inspected_and_measured_with_samples_or_without() -> None:
    inspection = ask({"do": "inspect", "name": "student.onnx"}, {"model": STUDENT})
    assert (inspection["name"], inspection["bytes"]) == ("student.onnx", len(STUDENT))
    assert inspection["inputs"][0]["name"] == "image"
    samples, files = given_samples(4)
    for told in (None, {"made_up": 2}, samples):
        answer = ask({"do": "perf", "name": "m", "samples": told, "repeats": 5, "warmups": 1}, files)
        assert answer["model_ms"]["n"] == 5
        assert answer["warmups"] == 1


def test_what_is_not_finite_is_null() -> None:
    answer = ask({"do": "perf", "repeats": 2}, {"model": STUDENT}, clock=lambda: float("inf"))
    assert answer["model_ms"]["min"] is None


def test_what_it_answers_to_one_sample_is_what_the_engine_answers() -> None:
    samples, files = given_samples(4)
    told = ask({"do": "run", "samples": samples, "index": 2}, files)["outputs"]["logits"]
    session = NativeSession(STUDENT, "m", threads=1)
    (expected,) = asyncio.run(session.run(None, {"image": IMAGES[2:3]}))
    assert (told["dtype"], told["dims"]) == ("float32", [1, 10])
    assert files[told["file"]] == expected.tobytes()


def test_a_smaller_model_becomes_a_file_and_is_compared_and_reported() -> None:
    samples, files = given_samples(labels=LABELS)
    phases: list[tuple[str, float]] = []

    async def on_progress(phase: str, done: float) -> None:
        phases.append((phase, done))

    request = {"do": "quantize", "name": "m", "method": "static-int8", "samples": samples}
    made = ask(request, files, on_progress=on_progress)
    assert made["method"] == "static-int8"
    assert made["bytes"] == len(files["small"]) < len(STUDENT) / 2
    assert all(0 <= done <= 1 for _, done in phases)
    assert len({phase for phase, _ in phases}) > 1
    compared = ask({"do": "compare", "samples": samples}, files)
    assert compared["n"] == 96
    assert compared["agreement"]["value"] > 0.8
    assert compared["accuracy"]["original"]["n"] == 96
    inspection = ask({"do": "inspect", "name": "m"}, files)
    report = ask({"do": "report", "inspection": inspection, "quantized": made, "comparison": compared})
    assert report["schema_version"] == 1
    assert report["quantized"]["method"] == "static-int8"


def test_the_same_samples_give_the_same_bytes() -> None:
    small = []
    for _ in range(2):
        samples, files = given_samples()
        ask({"do": "quantize", "method": "static-int8", "samples": samples}, files)
        small.append(files["small"])
    assert small[0] == small[1]


def test_who_stops_gets_no_file() -> None:
    samples, files = given_samples()
    looks = iter(range(100))
    request = {"do": "quantize", "method": "static-int8", "samples": samples}
    answer = ask(request, files, cancelled=lambda: next(looks) > 1)
    assert answer["status"] == STOPPED
    assert "small" not in files


TEXTS = {"inputs": {"image": {"dims": [1], "texts": ["a"]}}}
WRONG: list[tuple[Any, str, str]] = [
    ({"do": "forge"}, "", "'do' must be one of inspect, run, perf"),
    ({"do": "run", "index": 1}, "index", "index must be a whole number from 0 to 0"),
    (5, "", "'do' must be one of"),
    ({"do": ["inspect"]}, "", "'do' must be one of"),
    ({"do": "inspect", "name": "x" * (MOST_NAME + 1)}, "name", "name must be text"),
    ({"do": "inspect", "name": 5}, "name", "name must be text"),
    ({"do": "compare"}, "small", "the file 'small' is missing"),
    ({"do": "perf", "repeats": 0}, "repeats", "repeats must be a whole number from 1"),
    ({"do": "perf", "repeats": True}, "repeats", "repeats must be a whole number"),
    ({"do": "perf", "warmups": -1}, "warmups", "warmups must be"),
    ({"do": "perf", "samples": 5}, "samples", "samples must be null or an object"),
    ({"do": "perf", "samples": {}}, "samples", "samples.inputs must be an object"),
    ({"do": "perf", "samples": {"made_up": 0}}, "samples", "samples.made_up must be a whole number"),
    ({"do": "perf", "samples": {"inputs": {"image": 5}}}, "samples.inputs.image", "dims must be a list"),
    ({"do": "perf", "samples": {"inputs": {"image": {"dims": [1, 784], "dtype": "int4", "file": "s"}}}}, "", "dtype"),
    ({"do": "perf", "samples": {"inputs": {"image": {"dims": [1], "dtype": "O", "file": "s"}}}}, "", "dtype must be"),
    ({"do": "perf", "samples": {"inputs": {"image": {"dims": [1], "dtype": "int8", "file": "no"}}}}, "", "file must"),
    ({"do": "perf", "samples": {"inputs": {"image": {"dims": [9], "dtype": "int8", "file": "s"}}}}, "", "3 values"),
    ({"do": "perf", "samples": TEXTS}, "image", "float32"),
    ({"do": "quantize", "method": "int2"}, "method", "method must be one of"),
    ({"do": "quantize", "max_drop": float("nan")}, "max_drop", "max_drop must be"),
    ({"do": "quantize", "simplify": "yes"}, "simplify", "simplify must be true or false"),
    ({"do": "report"}, "inspection", "inspection must be"),
    ({"do": "report", "inspection": {}, "perf": 5}, "perf", "perf must be"),
]


@pytest.mark.parametrize(("request_", "field", "words"), WRONG, ids=[str(each[0])[:60] for each in WRONG])
def test_a_wrong_request_is_answered_with_what_is_wrong(request_: Any, field: str, words: str) -> None:
    answer = ask(request_, {"model": STUDENT, "s": b"abc"})
    assert answer["status"] in (400, 422)
    assert words in answer["detail"]
    assert answer.get("field", "").startswith(field)


def test_labels_must_be_as_many_as_the_samples() -> None:
    samples, files = given_samples(4, labels=[1, 2, 3])
    answer = ask({"do": "compare", "samples": samples}, {**files, "small": STUDENT})
    assert (answer["status"], answer["code"]) == (422, "samples-lengths")
    for labels in ([1, 2, 3, -1], [1, 2, 3, 0.5], "1234"):
        answer = ask({"do": "compare", "samples": {**samples, "labels": labels}}, {**files, "small": STUDENT})
        assert answer["field"] == "labels"


def test_a_file_that_is_no_model_and_a_failing_engine_are_told() -> None:
    assert ask({"do": "inspect"}, {"model": b"<html>"})["title"] == "Model can not be used"

    async def failing(content: bytes, name: str) -> NativeSession:
        raise SessionError(name, "std::bad_alloc")

    answer = ask({"do": "perf"}, {"model": STUDENT}, open_model=failing)
    assert answer["status"] == 500
    assert "std::bad_alloc" in answer["detail"]

    async def hungry(content: bytes, name: str) -> NativeSession:
        raise MemoryError

    assert ask({"do": "perf"}, {"model": STUDENT}, open_model=hungry)["status"] == 507

    async def broken(content: bytes, name: str) -> NativeSession:
        raise KeyError("a secret")

    answer = ask({"do": "perf"}, {"model": STUDENT}, open_model=broken)
    assert answer["status"] == 500
    assert "secret" not in answer["detail"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("name", "samples", "repeats", "method", "max_drop", "simplify", "layers", "inspection", "perf", "quantized")


@settings(max_examples=60)
@given(
    verb=st.sampled_from(["inspect", "run", "perf", "quantize", "compare", "report"]),
    fields=st.dictionaries(st.sampled_from(FIELDS), VALUES),
    model=st.binary(max_size=40),
)
def test_whatever_is_asked_is_answered(verb: str, fields: dict[str, Any], model: bytes) -> None:
    ask({"do": verb, **fields}, {"model": model, "small": model})


def test_the_page_knows_the_same_methods() -> None:
    script = (ROOT / "web/src/console/own.js").read_text()
    listed = re.search(r"METHODS = (\[[^\]]*\])", script)
    assert listed
    assert sorted(json.loads(listed[1])) == sorted(METHODS)
