"""`hundredfold perf --target browser`: the page's engine runs a model of one's own on the samples that ran natively."""

import json
import subprocess
import sys

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from onnx import TensorProto, helper

from hundredfold.compress.samples import Samples
from hundredfold.environment import UsageError
from hundredfold.own import browser

KINDS = {
    "whole": (TensorProto.INT64, np.array([[2**62, -1], [3, 4]], np.int64)),
    "half": (TensorProto.FLOAT16, np.array([[0.5, -2], [3, 4]], np.float16)),
    "flag": (TensorProto.BOOL, np.array([[True, False], [False, False]])),
    "byte": (TensorProto.UINT8, np.array([[1, 255], [3, 4]], np.uint8)),
    "word": (TensorProto.STRING, np.array([["a", "é\n"], ["", "<b>"]])),
    "single": (TensorProto.FLOAT, np.array([[1, 2], [3, 4]], np.float32)),
}
"""An input of each kind, with two samples."""


def test_every_kind_of_input_crosses_and_both_sides_are_timed(root, prepared, tmp_path):
    graph = helper.make_graph(
        [helper.make_node("Identity", [name], [f"{name}_out"]) for name in KINDS],
        "identities",
        [helper.make_tensor_value_info(name, kind, ["n", 2]) for name, (kind, _) in KINDS.items()],
        [helper.make_tensor_value_info(f"{name}_out", kind, ["n", 2]) for name, (kind, _) in KINDS.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    onnx.save(model, tmp_path / "<b>kinds.onnx")
    np.savez(tmp_path / "x.npz", **{name: array for name, (_, array) in KINDS.items()})
    # In a process of its own: Playwright keeps an event loop running here.
    line = ["perf", "-m", "<b>kinds.onnx", "--samples", "x.npz", "--target", "browser", "--repeats", "7"]
    command = [sys.executable, "-m", "hundredfold.cli", *line]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["samples"] == {"n": 2, "made_up": False, "labels": False}
    for side in ("native", "browser"):
        assert (told[side]["name"], told[side]["model_ms"]["n"]) == ("<b>kinds.onnx", 7)
    assert told["native"]["runtime"]["provider"].startswith("onnxruntime 1")
    assert told["browser"]["runtime"]["provider"].startswith("onnxruntime-web ")
    assert told["browser"]["browser"].startswith("chromium ")
    native, web = (next(row for row in done.stderr.splitlines() if row.startswith(side)) for side in ("nat", "bro"))
    assert f"{told['native']['model_ms']['median']:.3g} ms" in native
    assert f"{told['browser']['model_ms']['median']:.3g} ms" in web


def test_without_a_built_page_it_says_what_builds_one(tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "ROOT", tmp_path)
    with pytest.raises(UsageError, match="needs the built page: run `hundredfold prepare`"):
        browser.perf(None, None, 1, None)


@given(
    st.dictionaries(
        st.text(),
        st.sampled_from(["float16", "float32", "int64", "bool", "uint8", ">i4"]).flatmap(
            lambda dtype: arrays.arrays(dtype, arrays.array_shapes(max_dims=3, max_side=5))
        ),
        max_size=4,
    )
)
def test_samples_are_found_again_where_they_are_said_to_be(inputs):
    told, values = browser.packed(Samples(inputs))
    for facts, (name, array) in zip(told, inputs.items(), strict=True):
        assert facts["name"] == name
        assert facts["start"] % browser.ALIGNED_BYTES == 0
        dtype = np.dtype(facts["dtype"]).newbyteorder("<")
        found = np.frombuffer(values, dtype, facts["size"], facts["start"]).reshape(facts["dims"])
        assert np.array_equal(found, array, equal_nan=array.dtype.kind == "f")
