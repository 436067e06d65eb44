"""Files that want to do harm, or are no models: each is answered with a sentence, quickly and in little memory."""

import json
import re
import subprocess
import sys
import time

import pytest
from hostile_graphs import CONTROLS, MARKUP, plain
from hostile_models import HOSTILE, write
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold.compress import refusals
from hundredfold.compress.inspect import inspect
from hundredfold.compress.load import load
from hundredfold.errors import ModelFileError

MOST_CPU_S = 10.0
"""A guard against what takes minutes; on a common machine that is free each takes less than 2."""
MOST_TIMES = 3
SMALL_BYTES = 30e6
"""Memory that even a file of a few bytes may take: objects of libraries that are made once, and pages of the heap."""
MEASURED = """
import json, pathlib, resource, sys
from hundredfold.compress.load import load
from hundredfold.errors import ModelFileError

def taken():
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit

def answer(path):
    try:
        load(path.read_bytes(), path.name)
    except ModelFileError:
        pass

files = [pathlib.Path(name) for name in sys.argv[1:]]
answer(next(path for path in files if path.name == "custom-operator.onnx"))  # imports what there is to import
before, most = taken(), {}
for path in files:
    answer(path)
    most[path.name] = taken() - before
print(json.dumps(most))
"""
PLAIN = plain().SerializeToString()


def answer(content, name):
    """The refusal of a file, or None where it is opened; whatever else it does fails the test."""
    try:
        told = inspect(content, name)
    except ModelFileError as error:
        return error
    json.dumps(told, allow_nan=False)
    return None


def test_there_are_enough_of_them_and_each_code_is_seen():
    assert len(HOSTILE) >= 100
    assert set(refusals.REFUSALS) - {code for _, _, code in HOSTILE.values()} == {"model-slow"}


@pytest.mark.parametrize("key", HOSTILE)
def test_a_hostile_file_is_answered(key):
    make, name, code = HOSTILE[key]
    content = make()
    start = time.process_time()
    error = answer(content, name)
    elapsed_s = time.process_time() - start
    assert (error and error.code) == code, str(error)
    assert elapsed_s < MOST_CPU_S
    if error:
        assert re.fullmatch(r"[A-Z][^\n]*[:;] [^\n]*\.?", str(error)), str(error)
        assert len(str(error)) < 400
        assert str(error).isprintable()
        assert json.dumps(error.extra(), allow_nan=False)


def test_hostile_files_take_little_memory(tmp_path):
    """In a process of its own, the smaller files first: the most it ever took is told after each."""
    write(tmp_path)
    files = sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_size)
    ended = subprocess.run([sys.executable, "-c", MEASURED, *map(str, files)], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    taken = json.loads(ended.stdout)
    most = {path.name: MOST_TIMES * path.stat().st_size + SMALL_BYTES for path in files}
    assert {name: bytes_ for name, bytes_ in taken.items() if bytes_ > most[name]} == {}


@pytest.mark.parametrize(("key", "name"), [("markup-as-name", MARKUP), ("controls-as-name", CONTROLS)])
def test_names_are_kept_as_data(key, name):
    told = inspect(HOSTILE[key][0](), "model.onnx")
    assert [row["layer"] for row in told["weights"]] == [name]
    assert told["producer"] == name


def test_a_sentence_quotes_a_name_on_one_line_and_cut_short():
    assert refusals.quoted(CONTROLS) == "a?b?[31mc?d?next"
    assert refusals.quoted("n" * 1000) == "n" * 60 + "..."


def test_no_file_but_the_given_one_is_opened(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a file was opened")

    contents = [make() for key, (make, _, _) in HOSTILE.items() if "external" in key or "weight" in key]
    assert len(contents) >= 5
    answer(PLAIN, "first.onnx")
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    for content in contents:
        answer(content, "model.onnx")


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(content):
    answer(content, "model.onnx")


@settings(max_examples=300)
@given(st.data())
def test_a_model_with_any_bytes_changed_is_answered(data):
    content = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    answer(bytes(content), "model.onnx")


@pytest.mark.parametrize("size", range(len(PLAIN)))
def test_a_model_cut_off_anywhere_is_refused(size):
    with pytest.raises(ModelFileError):
        load(PLAIN[:size], "model.onnx")


def test_a_harmless_model_is_opened_as_it_is():
    assert load(PLAIN, "model.onnx").SerializeToString() == PLAIN
    assert load(memoryview(PLAIN), "model.onnx").SerializeToString() == PLAIN
