"""Golden vectors through the native engine, and its errors as ours."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from hundredfold import EXHIBITS, Manifest, handle
from hundredfold.adapters.native import NativeSession, opener
from hundredfold.errors import SessionError

MODELS = Path(__file__).resolve().parents[2] / "models"
MANIFEST = Manifest.load(MODELS / "manifest.json")
VARIANTS = [variant for ladder in MANIFEST.ladders.values() for variant in ladder.variants]


@pytest.mark.parametrize("threads", [1, 0])
@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.model_id)
def test_golden_vectors(variant, threads):
    vectors = json.loads((MODELS / variant.golden).read_text())["variants"][variant.id]
    request = {"do": "check", "exhibit": variant.exhibit, "variant": variant.id, "vectors": vectors}
    for where in variant.runs:
        answer = asyncio.run(handle({**request, "where": where}, opener(MODELS, threads), MANIFEST))
        assert answer["agrees"], answer
        assert answer["n"] == len(vectors)


def test_the_ladder_descends():
    for ladder in MANIFEST.ladders.values():
        baseline, student = ladder.default("there"), ladder.default("here")
        times = 100 if ladder.exhibit == "digits" else 10
        assert student.macs * times <= baseline.macs
        assert student.bytes * times <= baseline.bytes
        assert EXHIBITS[ladder.exhibit].id == ladder.exhibit


@pytest.fixture
def session():
    variant = MANIFEST.ladders["digits"].default("here")
    return NativeSession((MODELS / variant.file).read_bytes(), variant.model_id, threads=1)


def test_session_tells_its_tensors(session):
    assert [(info.name, info.dtype) for info in session.inputs] == [("image", "float32")]
    assert session.inputs[0].shape[1:] == (1, 28, 28)
    assert session.outputs[0].name == "logits"
    assert session.load_ms > 0


@pytest.mark.parametrize("tensor", [np.zeros((1, 1, 27, 28), np.float32), np.zeros((1, 1, 28, 28), np.float64)])
def test_a_wrong_tensor_is_named_with_its_model(session, tensor):
    with pytest.raises(SessionError, match="digits/student-int8") as refusal:
        asyncio.run(session.run(None, {"image": tensor}))
    assert refusal.value.tensor == "image"


def test_what_is_no_model_is_refused():
    with pytest.raises(SessionError, match="a/b"):
        NativeSession(b"not a model", "a/b")


def test_missing_and_altered_files_are_problems(tmp_path):
    request = {"do": "run", "exhibit": "digits", "input": EXHIBIT_INPUT, "where": "there"}
    missing = asyncio.run(handle(request, opener(tmp_path), MANIFEST))
    assert (missing["status"], missing["kind"]) == (500, "model")
    variant = MANIFEST.ladders["digits"].default("there")
    (tmp_path / variant.file).parent.mkdir(parents=True)
    (tmp_path / variant.file).write_bytes(b"x")
    assert "sha256" in asyncio.run(handle(request, opener(tmp_path), MANIFEST))["detail"]


EXHIBIT_INPUT = json.loads((MODELS / "digits/golden.json").read_text())["variants"]["student-int8"][0]["input"]
