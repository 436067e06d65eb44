"""`hundredfold inspect`, `perf`, `quantize`, `compare` and `report`: on a model of one's own, from the command line."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import math
import os
import pty
import signal
import subprocess
import sys

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from hundredfold import cli
from hundredfold.compress.quantize import Quantized
from hundredfold.own import engine, files, finite, labels, quantize_command, render, tell, timing
from hundredfold.own.progress import Progress

SIZE, CLASSES, N = 16, 4, 80


def classifier(seed=1, hidden=32):
    """Two layers, x float32 [batch, SIZE] -> logits [batch, CLASSES]."""
    random = np.random.default_rng(seed)
    first = random.normal(size=(SIZE, hidden)).astype(np.float32)
    second = random.normal(size=(hidden, CLASSES)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "first"], ["h"], name="first"),
            helper.make_node("Relu", ["h"], ["r"], name="relu"),
            helper.make_node("MatMul", ["r", "second"], ["logits"], name="second"),
        ],
        "classifier",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", SIZE])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", CLASSES])],
        [numpy_helper.from_array(first, "first"), numpy_helper.from_array(second, "second")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    right = np.maximum(X @ first, 0) @ second
    return model.SerializeToString(), right.argmax(1)


def convolution():
    """x float32 [batch, 1, 8, 8] -> y [batch, 4, 8, 8]."""
    weights = np.random.default_rng(3).normal(size=(4, 1, 3, 3)).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "w"], ["y"], name="conv", pads=[1, 1, 1, 1])],
        "convolution",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 1, 8, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 4, 8, 8])],
        [numpy_helper.from_array(weights, "w")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10).SerializeToString()


X = np.random.default_rng(7).normal(size=(N, SIZE)).astype(np.float32)


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """run(*arguments) -> (exit status, its JSON or None, what it said), in a folder with a model and samples."""
    monkeypatch.chdir(tmp_path)
    content, right = classifier()
    (tmp_path / "model.onnx").write_bytes(content)
    (tmp_path / "other.onnx").write_bytes(classifier(seed=2)[0])
    np.savez(tmp_path / "x.npz", x=X, y=right)
    np.savez(tmp_path / "only.npz", x=X)
    (tmp_path / "words.txt").write_text("\n".join("abcd"[each] for each in right))

    def run(*arguments):
        try:
            status = cli.main(list(arguments))
        except SystemExit as stopped:
            status = stopped.code
        told = capsys.readouterr()
        assert told.out.count("\n") == (1 if told.out else 0), "one line of JSON, and nothing else"
        return status, json.loads(told.out) if told.out else None, told.err

    return run


def test_inspect_tells_what_the_model_takes_and_gives(run):
    status, told, says = run("inspect", "model.onnx")
    assert status == 0
    assert told["inputs"] == [{"name": "x", "dtype": "float32", "shape": ["batch", SIZE]}]
    assert told["operators"] == {"MatMul": 2, "Relu": 1}
    assert told["bytes"] == os.path.getsize("model.onnx")
    assert "x float32 [batch, 16]" in says
    assert "logits float32 [batch, 4]" in says


def test_perf_times_made_up_inputs_and_given_ones(run):
    status, told, says = run("perf", "-m", "model.onnx", "--repeats", "9")
    assert status == 0
    assert told["samples"] == {"n": 8, "made_up": True, "seed": 1, "labels": False}
    native = told["native"]
    assert native["model_ms"]["n"] == native["repeats"] == 9
    assert 0 < native["model_ms"]["min"] <= native["model_ms"]["median"] <= native["model_ms"]["p95"]
    assert "made up (seed 1)" in says
    assert "native" in says
    assert "browser" not in told
    assert run("perf", "-m", "model.onnx", "--seed", "3")[1]["samples"]["seed"] == 3
    np.save("x.npy", X)
    for file in ("x.npy", "only.npz"):
        assert run("perf", "-m", "model.onnx", "--samples", file)[1]["samples"]["n"] == N


def test_quantize_writes_a_smaller_model_that_compare_and_report_read(run, tmp_path):
    line = "-m model.onnx -o small.onnx --samples x.npz --labels y"
    status, made, says = run("quantize", *line.split(), "--method", "static-int8", "--no-simplify")
    assert (status, made["method"], made["out"]) == (0, "static-int8", "small.onnx"), says
    size = os.path.getsize("small.onnx")
    assert (made["before"]["bytes"], made["after"]["bytes"]) == (os.path.getsize("model.onnx"), size)
    assert made["before"]["accuracy"]["value"] == 1
    assert made["samples"] == {"n": N, "made_up": False, "labels": True}
    assert "small.onnx is written" in says
    assert [each.name for each in tmp_path.glob("*.part")] == []

    pair = "--reference model.onnx --samples only.npz --labels words.txt --classes a,b,c,d --layers"
    status, told, says = run("compare", "-m", "small.onnx", *pair.split())
    assert status == 0, says
    assert told["bytes"] == {"original": os.path.getsize("model.onnx"), "small": size}
    assert (told["n"], told["accuracy"]["original"]["value"]) == (N, 1)
    changed = round((1 - told["agreement"]["value"]) * N)
    assert len(told["changed"]) == changed == round((1 - told["accuracy"]["small"]["value"]) * N)
    assert told["layers"]
    status, told, says = run("compare", "-m", "other.onnx", *pair.split())
    assert "samples changed their label" in says
    first = told["changed"][0]
    words = [str(first["index"]), *("abcd"[first[key]] for key in ("original", "small", "label"))]
    assert words in [row.split() for row in says.splitlines()]

    line = "-m model.onnx --small small.onnx --samples x.npz --labels y --layers --repeats 5"
    status, told, says = run("report", *line.split(), "-o", "r.json", "-o", "r.md", "-o", "r.HTML")
    assert status == 0, says
    assert told["ratios"]["bytes"] == pytest.approx(size / os.path.getsize("model.onnx"))
    assert told["comparison"]["n"] == N
    assert told["perf"]["model_ms"]["n"] == told["perf_small"]["model_ms"]["n"] == 5
    kept = json.loads((tmp_path / "r.json").read_text())
    assert kept == {key: value for key, value in told.items() if key != "out"}
    for file in told["out"]:
        assert kept["model"]["sha256"] in (tmp_path / file).read_text()
        assert "accuracy" in (tmp_path / file).read_text()


def test_auto_keeps_within_the_limit(run):
    line = "quantize -m model.onnx --samples x.npz --labels y -o all.onnx --max-drop 100"
    status, told, says = run(*line.split())
    assert status == 0, says
    assert [each["holds"] for each in told["tried"] if each["loss"] is not None]
    assert all(each["holds"] for each in told["tried"] if each["loss"] is not None)
    assert os.path.getsize("all.onnx") == told["after"]["bytes"]


def test_where_nothing_smaller_holds_nothing_is_written(run, tmp_path, monkeypatch):
    async def quantize(content, name, **_):
        side = {"bytes": len(content), "accuracy": None, "agreement": None, "deviation": None, "model_ms": None}
        return Quantized(content, "original", (), side, side)

    monkeypatch.setattr(quantize_command, "quantize", quantize)
    status, told, says = run("quantize", "-m", "model.onnx", "-o", "none.onnx")
    assert (status, told["out"], told["method"]) == (1, None, "original")
    assert "nothing smaller keeps within --max-drop, so none.onnx was not written" in says
    assert not (tmp_path / "none.onnx").exists()


def test_a_report_needs_no_samples_and_no_smaller_model(run, tmp_path):
    status, told, _ = run("report", "-m", "model.onnx", "-o", "r.html", "--seed", "5")
    assert (status, told["quantized"], told["comparison"], told["perf_small"]) == (0, None, None, None)
    assert told["samples"]["seed"] == 5
    assert "made up" in (tmp_path / "r.html").read_text()
    status, told, _ = run("report", "-m", "model.onnx", "-o", "r.json", "--method", "weights-int8")
    assert (status, told["quantized"]["method"]) == (0, "weights-int8")
    assert told["perf_small"]


@pytest.mark.parametrize(
    "line",
    [
        "inspect model.onnx",
        "perf -m model.onnx --repeats 3",
        "quantize -m model.onnx -o out.onnx --method weights-int8",
        "compare -m other.onnx --reference model.onnx --samples x.npz --labels y",
        "report -m model.onnx -o out.json",
    ],
)
def test_json_alone_says_nothing_else(run, line):
    status, told, says = run(*line.split(), "--json")
    assert (status, says) == (0, "")
    assert told["schema_version"] == 1


WRONG = [
    ("inspect", 2, "M.onnx"),
    ("inspect none.onnx", 2, "M.onnx 'none.onnx' can not be read: No such file"),
    ("inspect .", 2, "'.' is a folder: name a file in it"),
    ("inspect a\0b", 2, "can not be read"),
    ("inspect words.txt", 1, ""),
    ("inspect empty.onnx", 1, ""),
    ("inspect cut.onnx", 1, ""),
    ("inspect x.npz", 1, ""),
    ("perf", 2, "-m/--model"),
    ("perf -m none.onnx", 2, "--model 'none.onnx' can not be read"),
    ("perf -m model.onnx --target phone", 2, "--target"),
    ("perf -m model.onnx --repeats 0", 2, "--repeats"),
    ("perf -m model.onnx --seed 1 --samples only.npz", 2, "--seed is of made-up inputs"),
    ("perf -m model.onnx --seed -1", 2, "--seed"),
    ("perf -m text.onnx", 2, "--samples are needed: 'x' takes text"),
    ("perf -m model.onnx --samples none.npz", 2, "--samples 'none.npz' can not be read: No such file"),
    ("perf -m model.onnx --samples .", 2, "--samples '.' is a folder"),
    ("perf -m model.onnx --samples words.txt", 2, "--samples must be a .npz whose keys are names of inputs"),
    ("perf -m model.onnx --samples empty.npz", 2, "--samples 'empty.npz': "),
    ("perf -m model.onnx --samples cut.npz", 2, "--samples 'cut.npz': "),
    ("perf -m model.onnx --samples pickled.npz", 2, "--samples 'pickled.npz': "),
    ("perf -m model.onnx --samples key.npz", 2, "the model needs an input 'x', and the samples hold 'image'"),
    (
        "perf -m model.onnx --samples x.npz",
        2,
        "the model has no input 'y': it needs 'x'. Take that array out, or name it by",
    ),
    ("perf -m model.onnx --samples shape.npz", 2, "'x' has the shape [batch, 16], and the samples have [80, 15]"),
    ("perf -m model.onnx --samples whole.npz", 2, "'x' takes float32, and the samples are int64"),
    ("perf -m model.onnx --samples none_in_it.npz", 2, "as many in each array and one at least: 'x' has 0"),
    ("perf -m model.onnx --labels y", 2, "--labels"),
    ("quantize -m model.onnx", 2, "-o/--out"),
    ("quantize -m model.onnx -o other.onnx", 2, "'other.onnx' is there already: name another, or add --force"),
    ("quantize -m model.onnx -o model.onnx --force", 2, "'model.onnx' is one of the files that are read"),
    ("quantize -m model.onnx -o x.npz --samples x.npz --force", 2, "'x.npz' is one of the files that are read"),
    ("quantize -m model.onnx -o . --force", 2, "--out '.' is a folder"),
    ("quantize -m model.onnx -o pipe.onnx --force", 2, "'pipe.onnx' is no plain file"),
    ("quantize -m model.onnx -o none/out.onnx", 2, "'none/out.onnx' can not be written: No such file"),
    ("quantize -m model.onnx -o /proc/out.onnx", 2, "'/proc/out.onnx' can not be written"),
    ("quantize -m model.onnx -o a\0b", 2, "can not be written"),
    ("quantize -m cut.onnx -o out.onnx", 1, ""),
    ("quantize -m model.onnx -o out.onnx --method int4", 2, "--method"),
    ("quantize -m model.onnx -o out.onnx --method static-int8", 2, "--method static-int8 needs --samples"),
    ("quantize -m model.onnx -o out.onnx --method float16 --max-drop 1", 2, "--max-drop goes with --method auto"),
    ("quantize -m model.onnx -o out.onnx --max-drop nan", 2, "--max-drop"),
    ("quantize -m model.onnx -o out.onnx --max-drop 101", 2, "--max-drop"),
    ("quantize -m model.onnx -o out.onnx --labels y", 2, "--labels goes with --samples"),
    ("quantize -m conv.onnx -o out.onnx --method dynamic-int8", 1, "convolutions"),
    ("compare -m other.onnx --reference model.onnx", 2, "--samples"),
    ("compare -m other.onnx --samples x.npz --labels y", 2, "--reference"),
    ("compare -m none.onnx --reference model.onnx --samples x.npz --labels y", 2, "--model 'none.onnx'"),
    ("compare -m other.onnx --reference none.onnx --samples x.npz --labels y", 2, "--reference 'none.onnx'"),
    ("compare -m other.onnx --reference cut.onnx --samples x.npz --labels y", 1, ""),
    (
        "compare -m two.onnx --reference model.onnx --samples x.npz --labels y",
        1,
        "the two models have different inputs",
    ),
    *[
        (f"compare -m other.onnx --reference model.onnx --samples {file} --labels {labels}", 2, says)
        for labels, says in {
            "none.txt": "--labels 'none.txt' can not be read: No such file",
            "z": "--labels must be a file in .npy, .txt, .csv or a key of --samples ('x, y'), not 'z'",
            "model.onnx": "--labels must be a file in",
            ".": "--labels must be a file in",
            "cut.npy": "--labels 'cut.npy': ",
            "short.npy": "has 79 labels for 80 samples: give one for each",
            "halves.npy": "must be whole numbers from 0 on or words, not float64",
            "below.npy": "must be whole numbers from 0 on; one is -1",
            "above.npy": "--labels 'above.npy': the labels go up to 4, and the model tells 4 classes",
            "square.npy": "must be one label a sample, not of shape [80, 2]",
            "bytes.txt": "--labels 'bytes.txt' is no text",
            "empty.csv": "'empty.csv' has nothing in it",
            "columns.csv": "'columns.csv' has 2 columns, none called label",
            "gap.csv": "'gap.csv' has no label in row 2",
            "three.txt": "there are 3 labels, and the model tells 4 apart: --classes must name each",
            "words.txt --classes a,b,c": "'d', which --classes does not name",
            "words.txt --classes a": "--classes must name the classes",
            "words.txt --classes a,b,a": "--classes names 'a' twice",
            "y --classes a,b,c": "must be whole numbers from 0 to 2, the last of --classes; one is 3",
        }.items()
        for file in ("x.npz" if labels.startswith(("y", "z")) else "only.npz",)
    ],
    ("compare -m other.onnx --reference model.onnx --samples only.npz --classes a,b", 2, "--classes goes with labels"),
    ("report -m model.onnx", 2, "-o/--out"),
    ("report -m model.onnx -o r.pdf", 2, "--out must end in .json, .md, .html, not 'r.pdf'"),
    ("report -m model.onnx -o r.md -o none/r.json", 2, "'none/r.json' can not be written"),
    ("report -m model.onnx -o r.md --small other.onnx --method auto", 2, "--method"),
    ("report -m model.onnx -o r.md --small none.onnx", 2, "--small 'none.onnx' can not be read"),
    ("report -m model.onnx -o r.md --layers", 2, "--layers needs --samples"),
    ("report -m model.onnx -o r.md --max-drop 1", 2, "--max-drop goes with --method auto"),
    ("report -m model.onnx -o r.md --samples x.npz --labels y --seed 2", 2, "--seed is of made-up inputs"),
    ("perf -m two.onnx --samples x.npy", 2, "the model takes 'x', 'z': give a .npz with a key for each"),
]


@pytest.fixture
def odd_files(run, tmp_path):
    """Files that can not be used, each in its own way."""
    os.mkfifo(tmp_path / "pipe.onnx")
    (tmp_path / "empty.onnx").write_bytes(b"")
    (tmp_path / "cut.onnx").write_bytes((tmp_path / "model.onnx").read_bytes()[:-100])
    (tmp_path / "empty.npz").write_bytes(b"")
    (tmp_path / "cut.npz").write_bytes((tmp_path / "x.npz").read_bytes()[:-40])
    for name, arrays in {
        "key": {"image": X},
        "shape": {"x": X[:, 1:]},
        "whole": {"x": X.astype(np.int64)},
        "none_in_it": {"x": X[:0]},
        "pickled": {"x": np.array([{}], dtype=object)},
    }.items():
        np.savez(tmp_path / f"{name}.npz", **arrays)
    np.save(tmp_path / "x.npy", X)
    np.save(tmp_path / "short.npy", np.zeros(N - 1, np.int64))
    np.save(tmp_path / "halves.npy", np.full(N, 0.5))
    np.save(tmp_path / "below.npy", np.arange(N) - 1)
    np.save(tmp_path / "above.npy", np.arange(N) % (CLASSES + 1))
    np.save(tmp_path / "square.npy", np.zeros((N, 2), np.int64))
    (tmp_path / "cut.npy").write_bytes((tmp_path / "short.npy").read_bytes()[:-8])
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00" * N)
    (tmp_path / "empty.csv").write_text("\n\n")
    (tmp_path / "columns.csv").write_text("a,b\n1,2\n")
    (tmp_path / "gap.csv").write_text("file,label\n1.png,a\n2.png,\n")
    (tmp_path / "three.txt").write_text("a\nb\nc\na\n" * (N // 4))
    (tmp_path / "conv.onnx").write_bytes(convolution())
    for name, takes in {"text": {"x": TensorProto.STRING}, "two": dict.fromkeys("xz", TensorProto.FLOAT)}.items():
        graph = helper.make_graph(
            [helper.make_node("Identity", ["x"], ["y"])],
            name,
            [helper.make_tensor_value_info(each, kind, ["n", SIZE]) for each, kind in takes.items()],
            [helper.make_tensor_value_info("y", takes["x"], ["n", SIZE])],
        )
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), f"{name}.onnx")
    return run


@pytest.mark.parametrize(("line", "status", "says"), WRONG, ids=lambda value: str(value)[:50])
def test_what_can_not_be_used_is_named_in_a_sentence(odd_files, tmp_path, line, status, says):
    before = sorted(tmp_path.iterdir())
    found, told, err = odd_files(*line.split(" "))
    assert (found, told) == (status, None), err
    assert says in err
    (sentence,) = err.splitlines()
    assert sentence.startswith("hundredfold: ")
    assert "Traceback" not in sentence
    assert sorted(tmp_path.iterdir()) == before


class Terminal(io.StringIO):
    def isatty(self):
        return True


def progress_on(stream, times, **options):
    return Progress(stream, clock=iter(times).__next__, **options)


def test_progress_tells_rate_and_time_left_on_a_terminal_after_a_second():
    stream = Terminal()
    with progress_on(stream, [0.0, 0.1, 0.9, 2.0, 2.1, 4.0]) as progress:
        for done in (0.0, 0.2, 0.25, 0.3, 0.5):
            asyncio.run(progress("calibrate", done))
    first, second, gone, _ = stream.getvalue().split("\r")[1:]
    assert " ".join(first.split()) == "calibrate: 25 %, 13.2 % a second, about 6 s left"
    assert " ".join(second.split()) == "calibrate: 50 %, 12.8 % a second, about 4 s left"
    assert not gone.strip()


def test_progress_begins_anew_with_each_phase():
    stream = Terminal()
    with progress_on(stream, [0.0, 0.0, 5.0, 5.0, 7.0]) as progress:
        for phase, done in (("open", 0.0), ("open", 1.0), ("ranges", 0.0), ("ranges", 0.5)):
            asyncio.run(progress(phase, done))
    assert stream.getvalue().split("\r")[-3].strip() == "measuring ranges: 50 %, 25.0 % a second, about 2 s left"


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO, False), (Terminal, True)])
def test_progress_is_silent_without_a_terminal_and_with_json(stream, quiet):
    stream = stream()
    with progress_on(stream, [0.0, 0.0, 5.0], quiet=quiet) as progress:
        for done in (0.0, 0.5):
            asyncio.run(progress("run", done))
    assert stream.getvalue() == ""


def test_what_waits_only_for_its_turn_is_driven_to_its_end():
    async def answer():
        await asyncio.sleep(0)
        return 5

    assert engine.now(answer()) == 5

    class Never:
        def __await__(self):
            yield self

    async def never():
        await Never()

    with pytest.raises(RuntimeError, match="waits for something"):
        engine.now(never())


@given(st.text())
def test_no_name_can_do_anything_to_a_terminal(name):
    told = tell.plain(name)
    assert told.isprintable() or not told
    assert len(told) <= tell.LONGEST


def test_a_package_that_is_missing_is_named_with_the_command_that_installs_it(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxslim", None)
    monkeypatch.setattr(engine, "find_spec", lambda name: None if name == "onnxslim" else name)
    for line in ("inspect model.onnx", "perf -m model.onnx"):
        status, told, says = run(*line.split())
        assert (status, told) == (1, None)
        assert says == (
            "hundredfold: onnxslim is not installed: run `.venv/bin/pip install -e '.[own]'`, then try again\n"
        )


RIGHT = ["b", "a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "content", "numbers", "classes"),
    [
        ("y.txt", "b\na\n\nb\nc\n", [1, 0, 1, 2], ("a", "b", "c")),
        ("y.txt", "2\r\n0\r\n2\r\n1\r\n", [2, 0, 2, 1], None),
        ("y.csv", "b\na\nb\nc\n", [1, 0, 1, 2], ("a", "b", "c")),
        ("y.csv", "file,Label\n1.png,b\n2.png,a\n3.png,b\n4.png,c\n", [1, 0, 1, 2], ("a", "b", "c")),
        ("y.csv", "\ufefflabel\n2\n0\n2\n1\n", [2, 0, 2, 1], None),
        ("y.npy", np.array([[2], [0], [2], [1]], np.uint8), [2, 0, 2, 1], None),
        ("y.npy", np.array([2.0, 0.0, 2.0, 1.0]), [2, 0, 2, 1], None),
        ("y.npy", np.array(RIGHT), [1, 0, 1, 2], ("a", "b", "c")),
        ("y.npy", np.array(RIGHT, "S1"), [1, 0, 1, 2], ("a", "b", "c")),
        ("y.npy", np.array([True, False]), [1, 0], None),
    ],
)
def test_labels_are_read_from_each_form(tmp_path, name, content, numbers, classes):
    path = tmp_path / name
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="")
    else:
        np.save(path, content)
    found, called = labels.labels_of(str(path), {}, None)
    assert (found.tolist(), found.dtype, called) == (numbers, np.int64, classes)


def test_words_are_numbered_in_the_order_that_is_given(tmp_path):
    key = {"y": np.array(RIGHT, dtype=object)}
    assert labels.labels_of("y", key, ("c", "b", "a", "d"))[0].tolist() == [1, 2, 1, 0]
    (tmp_path / "names.txt").write_text("c\nb\n\na\n")
    assert labels.classes_of(str(tmp_path / "names.txt")) == labels.classes_of(" c, b,a") == ("c", "b", "a")


def test_a_file_is_whole_or_as_it_was(tmp_path, monkeypatch):
    out = tmp_path / "out.onnx"
    files.write(out, b"first")

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", interrupted)
        with (
            pytest.raises(KeyboardInterrupt, match=r"stopped: not written: .*out\.onnx"),
            files.nothing_written(out),
        ):
            files.write(out, b"second")
    assert out.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [out]


def test_ctrl_c_ends_it_in_a_sentence_and_leaves_no_file(tmp_path):
    (tmp_path / "slow.onnx").write_bytes(classifier(hidden=200_000)[0])
    line = ["report", "-m", "slow.onnx", "--repeats", "10000", "-o", "r.json"]
    reader, terminal = pty.openpty()
    command = [sys.executable, "-m", "hundredfold.cli", *line]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=terminal, stdout=subprocess.PIPE)
    os.close(terminal)
    said = b""
    while b"timing: " not in said:
        said += os.read(reader, 1000)
    process.send_signal(signal.SIGINT)
    with contextlib.suppress(OSError):  # a terminal that nobody holds any more can not be read
        while more := os.read(reader, 1000):
            said += more
    assert process.communicate(timeout=60)[0] == b""
    os.close(reader)
    assert process.returncode == 130
    assert said.decode().split("\r")[-2].strip() == "hundredfold: stopped: not written: r.json"
    assert [path.name for path in tmp_path.iterdir()] == ["slow.onnx"]


def test_a_report_shows_names_as_text():
    name = "<script>alert(1)</script> [x](http://a.b) | `c` \x1b[2J"
    page = render.Page(name, [render.Section(name, [(name, "b"), (name, name)], [name])])
    told = render.html(page)
    assert "<script>" not in told
    assert told.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 7
    told = render.markdown(page)
    assert "\x1b" not in told
    assert r"\<script\>alert(1)\</script\> \[x\](http://a.b) \| \`c\`" in told
    assert [line.count(" | ") for line in told.splitlines() if line.startswith("| ---")] == [1]


def test_numbers_that_json_does_not_have_are_null():
    assert finite({"a": [math.nan, 1.5, (math.inf,)], "b": {"c": -math.inf}, "d": "nan"}) == {
        "a": [None, 1.5, [None]],
        "b": {"c": None},
        "d": "nan",
    }


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "-"), (0, "0 B"), (12, "12 B"), (46_266, "46.3 kB"), (11_007_792, "11 MB"), (2e9, "2 GB")],
)
def test_amounts_are_told_in_the_unit_that_fits(value, told):
    assert tell.amount(value, "B") == told


@given(st.floats(1e-10, 1e3))
def test_joules_are_told_in_the_unit_that_fits(mid):
    told = timing.joules({"low": mid / 2, "mid": mid, "high": mid * 2})
    number, unit, *_ = told.split()
    sizes = {"J": 1, "mJ": 1e-3, "µJ": 1e-6, "nJ": 1e-9}
    assert float(number.replace(",", "")) * sizes[unit] == pytest.approx(mid, rel=0.06)
