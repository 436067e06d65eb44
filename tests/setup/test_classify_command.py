"""`hundredfold classify`: every text of every file gets a row, with the answer that a run gives, and none is lost."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from hundredfold import Manifest, cli, handle
from hundredfold.adapters.native import opener
from hundredfold.forge.classify import Progress
from hundredfold.text.ngrams import BUCKETS

MAILS = [
    f"From: a@b.org\nTo: b@a.org\nSubject: number {number}\n\nHello, é{number}: come to lunch.\n"
    for number in range(30)
]
MBOX = "".join(f"From a@b Thu Nov 26 18:15:07 2026\n{mail}\n" for mail in MAILS)


def student(path, seed):
    """A student as the forge makes them: ids -> logits [2], parts [n]; its weights mean nothing."""
    weights = np.random.default_rng(seed).normal(size=BUCKETS).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["w", "ids"], ["parts"]),
        helper.make_node("ReduceSum", ["parts"], ["sum"], keepdims=1),
        helper.make_node("Concat", ["zero", "sum"], ["logits"], axis=0),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("ids", TensorProto.INT32, ["n"])],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, [2]),
            helper.make_tensor_value_info("parts", TensorProto.FLOAT, ["n"]),
        ],
        [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(np.zeros(1, np.float32), "zero")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)


def ask(models, variant, text):
    manifest = Manifest.load(models / "manifest.json")
    request = {"do": "run", "exhibit": "mail", "variant": variant, "input": {"text": text}}
    return asyncio.run(handle(request, opener(models, 1), manifest))["output"]


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """A models folder in which mail has two small students."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "mail").mkdir()
    variants = []
    for seed, (name, role) in enumerate({"large": "baseline", "small": "student"}.items()):
        file = folder / f"mail/{name}.onnx"
        student(file, seed)
        content = file.read_bytes()
        facts = {
            "recipe": "random",
            "opset": 20,
            "params": BUCKETS,
            "macs": 1,
            "runs": ["here", "there"],
            "parent": None,
        }
        files = {"file": f"mail/{name}.onnx", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        score = {"accuracy": {"value": 0.5, "low": 0.4, "high": 0.6, "n": 100}, "golden": "mail/golden.json"}
        variants.append({"id": name, "role": role, **facts, **files, **score})
    exhibits = {"mail": {"test_set": {"name": "none", "n": 100, "sha256": "0" * 64}, "variants": variants}}
    (folder / "manifest.json").write_text(json.dumps({"schema": 1, "exhibits": exhibits}))
    golden = {each["id"]: [{"input": {"text": "a b"}, "output": ask(folder, each["id"], "a b")}] for each in variants}
    (folder / "mail/golden.json").write_text(json.dumps({"variants": golden}))
    return folder


@pytest.fixture
def run(models, tmp_path, monkeypatch, capsys):
    """run(*arguments) -> (exit status, its JSON or None, what it said)."""
    monkeypatch.setenv("HUNDREDFOLD_MODELS", str(models))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "box.mbox").write_text(MBOX)
    (tmp_path / "one.eml").write_text(MAILS[0])
    (tmp_path / "table.csv").write_text('id,review\n1,"good, good"\n2,\n3,=2+2 is four\n4,"open\n')

    def run(*arguments):
        try:
            status = cli.main(["classify", "mail", *arguments])
        except SystemExit as stopped:
            status = stopped.code
        told = capsys.readouterr()
        return status, json.loads(told.out) if told.out else None, told.err

    return run


def rows(path="out.csv"):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_text_gets_a_row_with_the_answer_of_a_run(run, models):
    status, told, says = run("box.mbox", "one.eml", "table.csv", "--out", "out.csv")
    assert status == 0, says
    assert (told["exhibit"], told["variant"], told["n"]) == ("mail", "small", 35)
    written = rows()
    assert [each["file"] for each in written] == ["box.mbox"] * 30 + ["one.eml"] + ["table.csv"] * 4
    assert [each["index"] for each in written] == [str(index) for index in (*range(1, 31), 1, 1, 2, 3, 4)]
    for mail, each in zip([*MAILS, MAILS[0], "good, good"], [*written[:31], written[31]], strict=True):
        output = ask(models, "small", mail.strip("\n"))
        assert (each["label"], each["score"]) == (output["label"], f"{output['scores']['spam']:.4f}")
    assert written[3]["text"] == "number 3 Hello, é3: come to lunch."
    assert [each["note"] for each in written[:32]] == [""] * 32
    assert (written[32]["label"], written[32]["score"], written[32]["note"]) == ("", "", "there is nothing in it")
    assert written[33]["text"] == "'=2+2 is four"
    assert "not closed" in written[34]["note"]
    assert sum(told["counts"].values()) == 35
    assert told["counts"]["none"] == 1
    assert told["noted"] == {"empty": 1, "quote": 1}
    assert told["rate_per_s"] == pytest.approx(35 / told["elapsed_s"], rel=0.1)
    joules = told["energy"]["joules"]
    assert 0 < joules["low"] <= joules["mid"] <= joules["high"]
    assert "35 texts, " in says


def test_another_variant_gives_its_own_answers(run, models):
    assert run("one.eml", "--out", "out.csv", "--variant", "large")[1]["variant"] == "large"
    assert rows()[0]["score"] == f"{ask(models, 'large', MAILS[0])['scores']['spam']:.4f}"


def test_what_is_there_is_written_over_when_that_is_asked_for(run):
    assert run("one.eml", "--out", "out.csv")[0] == 0
    status, _, says = run("box.mbox", "--out", "out.csv")
    assert status == 2
    assert "out.csv is there already: name another, or add --force" in says
    assert len(rows()) == 1
    assert run("box.mbox", "--out", "out.csv", "--force")[0] == 0
    assert len(rows()) == 30


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("none.mbox", "--out", "out.csv"), "'none.mbox' can not be read: No such file"),
        (("a\0b", "--out", "out.csv"), "can not be read"),
        ((".", "--out", "out.csv"), "is a folder: name the files in it"),
        (("table.csv", "--out", "out.csv", "--column", "mail"), r"no column 'mail': choose one of its 2 (id, review)"),
        (("picture.txt", "--out", "out.csv"), "'picture.txt' is no text"),
        (("box.mbox", "--out", "box.mbox", "--force"), "is one of the files that are read"),
        (("box.mbox", "--out", "/proc/out.csv"), "can not be written"),
        (("box.mbox", "--out", "out.csv", "--variant", "huge"), "--variant must be one of large, small, not 'huge'"),
        (("box.mbox",), "--out"),
        (("--out", "out.csv"), "FILE"),
    ],
)
def test_what_can_not_be_is_named_before_anything_is_written(run, tmp_path, arguments, says):
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    status, told, err = run(*arguments)
    assert (status, told) == (2, None)
    assert says in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out.csv").exists()
    assert (tmp_path / "box.mbox").read_text() == MBOX


def test_a_variant_that_answers_otherwise_here_is_not_used(run, models):
    golden = models / "mail/golden.json"
    kept = golden.read_text()
    bent = json.loads(kept)
    output = bent["variants"]["small"][0]["output"]
    output["scores"] = {label: 1 - share for label, share in output["scores"].items()}
    try:
        golden.write_text(json.dumps(bent))
        status, _, says = run("one.eml", "--out", "out.csv")
    finally:
        golden.write_text(kept)
    assert status == 1
    assert "mail/small is not used" in says


def test_ctrl_c_keeps_what_is_written_and_says_so(models, tmp_path):
    (tmp_path / "big.mbox").write_text(MBOX * 3000)
    command = [sys.executable, "-m", "hundredfold.cli", "classify", "mail", "big.mbox", "--out", "out.csv"]
    environ = {**os.environ, "HUNDREDFOLD_MODELS": str(models)}
    process = subprocess.Popen(command, cwd=tmp_path, env=environ, stderr=subprocess.PIPE, text=True)
    out = tmp_path / "out.csv"
    until = time.monotonic() + 60
    while time.monotonic() < until and not (out.exists() and out.stat().st_size > 20_000):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    says = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    count = len(rows(out))
    assert 0 < count < 90_000
    assert f"out.csv has the answers to the first {count:,} texts" in says


def test_progress_tells_rate_and_time_left(capsys):
    times = iter([0.0, 5.0, 20.0, 30.0])
    progress = Progress(1000, sys.stderr, lambda: next(times))
    progress.bytes, progress.count = 500, 40
    progress.tell()
    progress.tell()
    progress.tell(final=True)
    assert capsys.readouterr().err.splitlines() == ["40 texts, 2 a second, about 20 s left", "40 texts, 1 a second"]
