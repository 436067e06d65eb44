"""The manifest: reads back what it wrote, names what is wrong, and knows an altered model."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from hundredfold import EXHIBITS, Manifest, ManifestError

MODELS = Path(__file__).resolve().parents[2] / "models"


@pytest.fixture
def data():
    return json.loads((MODELS / "manifest.json").read_text())


def test_round_trip(data):
    assert Manifest.parse(data).as_dict() == data


def test_every_file_is_what_the_manifest_says(manifest):
    for ladder in manifest.ladders.values():
        for variant in ladder.variants:
            content = (MODELS / variant.file).read_bytes()
            variant.check(content)
            assert len(content) == variant.bytes <= 24e6
            vectors = json.loads((MODELS / variant.golden).read_text())["variants"][variant.id]
            assert len(vectors) >= (10 if ladder.exhibit == "digits" else 4)


def test_every_exhibit_has_models(manifest):
    assert set(manifest.ladders) == set(EXHIBITS)


def test_an_altered_model_is_refused(manifest):
    variant = manifest.ladders["digits"].default("here")
    content = bytearray((MODELS / variant.file).read_bytes())
    content[100] ^= 1
    with pytest.raises(ManifestError, match="sha256"):
        variant.check(content)
    with pytest.raises(ManifestError, match="sha256"):
        variant.check(content[:-1])


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda d: d.update(schema=99), "schema"),
        (lambda d: d.pop("exhibits"), "exhibits"),
        (lambda d: d["exhibits"]["digits"].pop("variants"), "variants"),
        (lambda d: d["exhibits"]["digits"]["variants"][0].pop("sha256"), "missing"),
        (lambda d: d["exhibits"]["digits"]["variants"][0].update(surprise=1), "unknown"),
        (lambda d: d["exhibits"]["digits"]["variants"][1].update(id="baseline-fp32"), "share an id"),
        (lambda d: d["exhibits"]["digits"]["variants"][0].update(role="rung"), "baseline"),
        (lambda d: d["exhibits"]["digits"]["variants"][1].update(parent="nobody"), "parent"),
        (lambda d: d["exhibits"]["digits"]["variants"][1].update(role="king"), "role"),
        (lambda d: d["exhibits"]["digits"]["variants"][1].update(runs=["nowhere"]), "runs"),
        (lambda d: d["exhibits"]["digits"]["variants"][1].update(sha256="abc"), "sha256"),
        (lambda d: d["exhibits"]["digits"]["variants"][1].update(file="../../etc/passwd"), "inside models"),
        (lambda d: d["exhibits"]["digits"]["variants"][1]["accuracy"].update(low=0.9999999), "accuracy"),
    ],
)
def test_a_wrong_manifest_is_refused_with_the_place_named(data, break_it, message):
    wrong = copy.deepcopy(data)
    break_it(wrong)
    with pytest.raises(ManifestError, match=message):
        Manifest.parse(wrong)


def test_a_missing_or_broken_file_says_the_command(tmp_path):
    for content in (None, "{", "[]"):
        path = tmp_path / "manifest.json"
        if content is not None:
            path.write_text(content)
        with pytest.raises(ManifestError):
            Manifest.load(path)
