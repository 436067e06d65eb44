"""A recorded answer is found by its input, whichever language names it; an episode is recorded as the page plays it."""

import json
import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold.digest import canonical, record_key
from hundredfold.publish import record as recording
from hundredfold.publish.record import PACKAGE, record_name, recorded
from hundredfold.service.settings import Settings

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = st.text(st.characters(max_codepoint=0xD7FF), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
LAWS = settings(max_examples=150)


@LAWS
@given(value=JSON)
def test_python_and_javascript_name_an_input_alike(js, value):
    assert js("recorded/digest.js", "canonical", value) == canonical(value)
    assert js("recorded/digest.js", "recordKey", value, "a-variant") == record_key(value, "a-variant")


@LAWS
@given(value=st.dictionaries(NAMES, JSON, min_size=1, max_size=4))
def test_order_does_not_count_and_content_does(value):
    shuffled = dict(reversed(value.items()))
    assert canonical(shuffled) == canonical(value)
    assert canonical(json.loads(json.dumps(value))) == canonical(value)
    first = next(iter(value))
    assert canonical({**value, first: [value[first]]}) != canonical(value)


def test_a_number_is_the_same_however_it_is_written():
    assert canonical(json.loads("[1, 1e-7, 0]")) == canonical(json.loads("[1.0, 0.0000001, -0.0]"))


CODE = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.suffix in (".py", ".csv", ".pddl"))
ANSWERING = (
    "app.py",
    "measure.py",
    "manifest.py",
    "errors.py",
    "session.py",
    "exhibit.py",
    "adapters",
    "energy",
    "exhibits",
    "planning",
    "service",
)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return shutil.copytree(PACKAGE, tmp_path_factory.mktemp("copy") / "hundredfold")


@pytest.fixture(scope="module")
def unchanged(package):
    """The name of a record by this code."""
    return record_name({}, Settings.read({}), package)


def test_the_same_code_has_the_same_name_wherever_it_lies(unchanged):
    assert record_name({}, Settings.read({})) == unchanged


@pytest.mark.parametrize("path", CODE, ids=str)
def test_a_record_is_kept_for_the_code_that_made_it(package, unchanged, path):
    """Whatever an answer comes through makes another record, and what none does leaves it."""
    content = (package / path).read_bytes()
    (package / path).write_bytes(content + b"\n# changed\n")
    changed = record_name({}, Settings.read({}), package) != unchanged
    (package / path).write_bytes(content)
    if path.parts[0] in ANSWERING:
        assert changed
    if path.parts[0] in ("forge", "setup", "bench"):
        assert not changed


@pytest.mark.parametrize("change", ["models", "samples", "threads", "powercap", "processor", "engine", "a new file"])
def test_a_record_is_kept_for_what_it_was_made_with(package, tmp_path, monkeypatch, change):
    chosen, samples = Settings.read({}), {}
    before = record_name(samples, chosen, package)
    match change:
        case "models":
            (tmp_path / "manifest.json").write_text((chosen.models / "manifest.json").read_text() + " ")
            chosen = replace(chosen, models=tmp_path)
        case "samples":
            samples = {"digits": [1]}
        case "threads":
            chosen = replace(chosen, threads=7)
        case "powercap":
            chosen = replace(chosen, powercap=tmp_path)
        case "processor":
            monkeypatch.setattr(recording, "machine", lambda processor: "another")
        case "engine":
            monkeypatch.setattr(recording, "version", lambda name: "99.0")
        case "a new file":
            (package / "energy/new.py").write_text("")
    assert record_name(samples, chosen, package) != before
    (package / "energy/new.py").unlink(missing_ok=True)


@pytest.mark.parametrize("content", [b"", b'{"half": ', b"\xff"])
def test_a_record_that_can_not_be_read_is_made_anew(tmp_path, monkeypatch, content):
    monkeypatch.setattr(recording, "record", lambda samples, settings: {"n": 1})
    chosen = Settings.read({})
    (tmp_path / f"recorded-{record_name({}, chosen)}.json").write_bytes(content)
    assert recorded({}, chosen, tmp_path, False) == ({"n": 1}, False)
    assert recorded({}, chosen, tmp_path, False) == ({"n": 1}, True)
