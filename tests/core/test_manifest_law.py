"""Whatever is changed in the manifest, it is read as something whole, or refused with the place of what is wrong."""

from __future__ import annotations

import copy
import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold import Manifest, ManifestError

MODELS = Path(__file__).resolve().parents[2] / "models"
DATA = json.loads((MODELS / "manifest.json").read_text())
OUTSIDE = ("../../etc/passwd", "digits/../../x", "/etc/passwd", "..", ".", "", "a//b", "digits/./x", "C:\\x", "c:/x")
OUTSIDE += (
    "digits\\..\\..\\x",
    "digits/x\0.onnx",
    "digits/.git",
    ".env",
    "\\\\host\\share",
    "digits/x\n",
    "digits/",
    "x?y",
)
NO_COUNT = (-1, 1.5, float("nan"), float("inf"), True, "7", None, [], {}, 10**400)
NO_SHARE = (-0.1, 1.1, float("nan"), float("inf"), True, "0.5", None, [], {}, 10**400)
NO_OBJECT = (None, 5, "text", True, [], [[]])


def refused(wrong, place):
    with pytest.raises(ManifestError) as caught:
        Manifest.parse(wrong)
    assert place in str(caught.value)
    assert len(str(caught.value)) < 400


def changed(change):
    wrong = copy.deepcopy(DATA)
    change(wrong["exhibits"]["digits"])
    return wrong


@pytest.mark.parametrize("field", ["file", "golden"])
@pytest.mark.parametrize("path", [*OUTSIDE, 5, None, ["digits/x.onnx"]])
def test_nothing_outside_of_the_models_is_named(field, path):
    refused(changed(lambda part: part["variants"][1].update({field: path})), f"variants[1].{field}")


@pytest.mark.parametrize("name", ["../x", "", ".git", "a/b", "a\\b", "x\0"])
def test_an_exhibit_is_a_name(name):
    wrong = copy.deepcopy(DATA)
    wrong["exhibits"][name] = wrong["exhibits"]["digits"]
    refused(wrong, "exhibits.")


@pytest.mark.parametrize("target", ["file", "golden"])
def test_a_link_out_of_the_models_is_not_followed(tmp_path, target):
    (tmp_path / "models/digits").mkdir(parents=True)
    (tmp_path / "models/manifest.json").write_text(json.dumps(DATA))
    name = DATA["exhibits"]["digits"]["variants"][0][target]
    os.symlink("/etc/passwd", tmp_path / "models" / name)
    with pytest.raises(ManifestError, match=f"digits.baseline-fp32: {name} is a link"):
        Manifest.load(tmp_path / "models/manifest.json")
    (tmp_path / "models" / name).unlink()
    assert Manifest.load(tmp_path / "models/manifest.json")
    (tmp_path / "link").symlink_to(tmp_path / "models")
    assert Manifest.load(tmp_path / "link/manifest.json"), "a folder that is a link itself is no way out"


@pytest.mark.parametrize("line", [(1, 1), (1, 2, 1), (1, 2, 3, 1), (0, 3, 2, 0)])
def test_a_variant_is_not_its_own_parent(line):
    def circle(part):
        for child, parent in pairwise(line):
            part["variants"][child]["parent"] = part["variants"][parent]["id"]

    refused(changed(circle), "its own parent")


@pytest.mark.parametrize("value", NO_OBJECT)
def test_what_must_be_an_object_or_a_list_is_one(value):
    refused(changed(lambda part: part.update(test_set=value)), "exhibits.digits.test_set")
    refused(changed(lambda part: part["variants"].__setitem__(2, value)), "variants[2]")
    refused(changed(lambda part: part["variants"][2].update(accuracy=value)), "variants[2].accuracy")
    if value != []:
        refused(changed(lambda part: part["variants"][2].update(runs=value)), "variants[2].runs")
    if not isinstance(value, list):
        refused(changed(lambda part: part.update(variants=value)), "exhibits.digits.variants")


@pytest.mark.parametrize("field", ["bytes", "opset", "params", "macs"])
@pytest.mark.parametrize("value", NO_COUNT, ids=lambda value: str(value)[:9])
def test_counts_are_counts(field, value):
    refused(changed(lambda part: part["variants"][3].update({field: value})), f"variants[3].{field}")


@pytest.mark.parametrize("field", ["value", "low", "high"])
@pytest.mark.parametrize("value", NO_SHARE, ids=lambda value: str(value)[:9])
def test_shares_are_shares(field, value):
    refused(changed(lambda part: part["variants"][3]["accuracy"].update({field: value})), "variants[3].accuracy")


@pytest.mark.parametrize("runs", [["here"], [], ["here", "here"], "here", ["somewhere"]])
def test_the_baseline_runs_there(runs):
    refused(changed(lambda part: part["variants"][0].update(runs=runs)), "exhibits.digits.variants")


@pytest.mark.parametrize("schema", [True, 1.0, "1", None, [1]])
def test_the_schema_is_a_number(schema):
    refused({**DATA, "schema": schema}, "schema")


@pytest.mark.parametrize(
    "text",
    [
        '{"schema": 1, "schema": 1, "exhibits": {}}',
        json.dumps(DATA).replace('"id": "baseline-fp32"', '"id": "x", "id": "baseline-fp32"'),
        json.dumps(DATA).replace("0.9967", "NaN"),
        json.dumps(DATA).replace("0.9967", "-Infinity"),
        "[" * 100_000,
        "\udcff",
        "9" * 5000,
    ],
    ids=["twice", "twice inside", "NaN", "Infinity", "deep", "surrogate", "long number"],
)
def test_what_is_no_good_json_is_refused(text):
    with pytest.raises(ManifestError):
        Manifest.read(text)


def test_a_folder_in_its_place_is_said(tmp_path):
    with pytest.raises(ManifestError, match="git checkout"):
        Manifest.load(tmp_path)


def places(value, path=()):
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*path, key))


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*OUTSIDE, "here", "there"])
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
SAME = object()


@settings(max_examples=400)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(list(places(DATA))), ANYTHING | st.just(SAME), st.sampled_from(list(places(DATA)))),
        min_size=1,
        max_size=3,
    )
)
def test_any_change_is_whole_or_refused(changes):
    """A place takes on anything at all, or what is at another place of the manifest."""
    wrong = copy.deepcopy(DATA)
    for place, value, other in changes:
        try:
            taken = copy.deepcopy(_at(wrong, other)) if value is SAME else value
            if place:
                _at(wrong, place[:-1])[place[-1]] = taken
            else:
                wrong = taken
        except (LookupError, TypeError):
            continue
    try:
        manifest = Manifest.parse(wrong)
    except ManifestError:
        return
    assert Manifest.read(json.dumps(manifest.as_dict())) == manifest
    for ladder in manifest.ladders.values():
        assert ladder.default("there").role == "baseline"
        assert "here" in ladder.default("here").runs
        for variant in ladder.variants:
            assert (MODELS / variant.file).resolve().is_relative_to(MODELS)
            assert variant.accuracy.low <= variant.accuracy.high
            line = [variant]
            while line[-1].parent:
                line.append(ladder.by_id(line[-1].parent))
                assert len(line) <= len(ladder.variants)


def _at(value, path):
    for key in path:
        value = value[key]
    return value
