"""Tiny but real models and a small built page, apart from the big ones, and what the tests ask again and again."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import brotli
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from hundredfold.adapters.native import opener
from hundredfold.app import handle
from hundredfold.manifest import Manifest
from hundredfold.text.ngrams import BUCKETS

VARIANTS = {"baseline-fp32": "baseline", "baseline-int8": "rung", "student-fp32": "rung", "student-int8": "student"}
RUN = "/api/v1/exhibits/digits/run"
RUN_TOWER = "/api/v1/exhibits/tower/run"
TEXT = {"large": "baseline", "small": "student"}
TOWER = {"policy-large": "baseline", **dict.fromkeys(("reach", "grasp", "carry", "release", "perception"), "student")}


def drawing(width=28, height=28):
    """A one, as the exhibit's input."""
    image = np.zeros((height, width), np.uint8)
    image[height // 5 : -height // 5, width // 2 - 1 : width // 2 + 2] = 255
    return {"image": {"width": width, "height": height, "pixels": base64.b64encode(image.tobytes()).decode()}}


def seen():
    """A grey picture and an instruction, as the tower's input."""
    pixels = base64.b64encode(bytes([128]) * (64 * 96 * 3)).decode()
    return {
        "image": {"width": 96, "height": 64, "pixels": pixels},
        "gripper": {"x": 0.3, "z": 0.3, "opening": 0.17},
        "instruction": {"task": "hanoi", "goal": "left"},
    }


def _save(path, nodes, inputs, *outputs, **weights):
    """A model of a few nodes, with random weights that are always the same."""
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, kind, ["n", *shape]) for name, kind, shape in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None) for output in outputs],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)


def _random(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def _tiny_model(path, seed):
    """[1, 1, 28, 28] -> ten logits, by one matrix."""
    nodes = [helper.make_node("Flatten", ["image"], ["flat"]), helper.make_node("MatMul", ["flat", "w"], ["logits"])]
    _save(path, nodes, [("image", TensorProto.FLOAT, (1, 28, 28))], "logits", w=_random(seed, 784, 10) / 28)


def _tiny_text(path, name):
    """Ids of grams -> two logits, and what each gram adds."""
    nodes = [
        helper.make_node("Gather", ["w", "ids"], ["parts"]),
        helper.make_node("ReduceSum", ["parts", "axes"], ["sum"]),
        helper.make_node("Mul", ["sum", "sides"], ["logits"]),
    ]
    weights = {"w": _random(len(name), BUCKETS), "axes": np.array([0]), "sides": np.array([-0.5, 0.5], np.float32)}
    _save(path, nodes, [("ids", TensorProto.INT32, ())], "logits", "parts", **weights)


def _tiny_tower(path, name):
    """The tower's networks, each with the inputs and outputs of the real one: what they answer means nothing."""
    image = ("image", TensorProto.UINT8, (64, 96, 3))
    floats = {"gripper": 3, "instruction": 20, "features": 3}
    given = {part: (part, TensorProto.FLOAT, (size,)) for part, size in floats.items()}
    if name == "perception":
        nodes = [
            helper.make_node("Cast", ["image"], ["picture"], to=TensorProto.FLOAT),
            helper.make_node("ReduceMean", ["picture", "axes"], ["mean"]),
            helper.make_node("Mul", ["mean", "w"], ["cells"]),
        ]
        _save(path, nodes, [image], "cells", w=_random(1, 1, 27, 16, 24), axes=np.array([1, 2, 3]))
    elif name == "policy-large":
        nodes = [
            helper.make_node("MatMul", ["instruction", "w"], ["flat"]),
            helper.make_node("Reshape", ["flat", "shape"], ["actions"]),
        ]
        inputs = [image, given["gripper"], given["instruction"]]
        _save(path, nodes, inputs, "actions", w=_random(2, 20, 48), shape=np.array([-1, 16, 3]))
    else:
        nodes = [helper.make_node("MatMul", ["features", "w"], ["action"])]
        _save(path, nodes, [given["features"]], "action", w=_random(3, 3, 4))


def write_models(folder: Path) -> Path:
    """A models folder as the forge leaves it: the golden vectors are the models' own native answers."""
    texts = dict.fromkeys(("mail", "reviews"), (TEXT, _tiny_text))
    makers = {"digits": (VARIANTS, _tiny_model), "tower": (TOWER, _tiny_tower), **texts}
    exhibits = {}
    for exhibit, (names, make) in makers.items():
        (folder / exhibit).mkdir(parents=True)
        variants, parent = [], None
        for index, (name, role) in enumerate(names.items()):
            file = folder / exhibit / f"{name}.onnx"
            make(file, index if exhibit == "digits" else name)
            facts = {"recipe": "one random matrix", "opset": 20, "params": 7840, "macs": 7840}
            runs = {"runs": ["there"] if name == "policy-large" else ["here", "there"]}
            score = {"accuracy": {"value": 0.1, "low": 0.05, "high": 0.2, "n": 100}, "golden": f"{exhibit}/golden.json"}
            content = file.read_bytes()
            files = {"file": f"{exhibit}/{file.name}", "bytes": len(content)}
            files["sha256"] = hashlib.sha256(content).hexdigest()
            variants.append({"id": name, "role": role, "parent": parent, **facts, **runs, **files, **score})
            parent = None if exhibit == "tower" else name
        exhibits[exhibit] = {"test_set": {"name": "none", "n": 100, "sha256": "0" * 64}, "variants": variants}
    (folder / "manifest.json").write_text(json.dumps({"schema": 1, "exhibits": exhibits}))
    for exhibit, (names, _) in makers.items():
        golden = {name: _golden(folder, exhibit, name) for name in names}
        (folder / exhibit / "golden.json").write_text(json.dumps({"variants": golden}))
    (folder / "LOG.md").write_text("a file that the manifest does not name")
    return folder


def _golden(folder, exhibit, name):
    manifest, open_session = Manifest.load(folder / "manifest.json"), opener(folder, 1)
    acts = name in ("reach", "grasp", "carry", "release")
    digits = [drawing(), drawing(20, 40)]
    asked = {"digits": digits, "tower": [{"features": [0.5, -0.2, 0.1]}] if acts else [seen()]}
    request = {"do": "run", "exhibit": exhibit, "variant": name, "where": "there"}
    return [
        {"input": given, "output": asyncio.run(handle({**request, "input": given}, open_session, manifest))["output"]}
        for given in asked.get(exhibit, [{"text": "The meeting is at ten."}])
    ]


def write_page(folder: Path) -> Path:
    """A built page: hashed and plain names, some with compressed copies beside them."""
    files = {
        "index.html": b"<!doctype html><title>Hundredfold</title>" + b" " * 500,
        "runtime.json": json.dumps({"python": {}, "engine": {}, "files": []}).encode(),
        "service-worker.js": b"self.addEventListener('fetch', () => {});\n" * 10,
        "favicon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "embed/digits/index.html": b"<!doctype html><title>Digits</title>",
        "index.es.html": b"<!doctype html><html lang=es><title>Hundredfold</title>",
        "assets/main-1a2b3c4d.js": b"export const answer = 42;\n" * 100,
        "assets/main-1a2b3c4d.css": b"p { margin: 0 }\n" * 100,
        "runtime/pyodide-0.28.3/pyodide.js": b"export default 1;\n" * 100,
        "runtime/pyodide-0.28.3/pyodide.asm.wasm": b"\0asm" + bytes(1000),
        "runtime/pyodide-0.28.3/python_stdlib.zip": b"PK" + bytes(100),
        "runtime/pyodide-0.28.3/numpy.whl": b"PK" + bytes(100),
        "runtime/pyodide-0.28.3/pyodide-lock.json": b"{}" + b" " * 500,
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix in {".html", ".js", ".css", ".wasm"}:
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content))
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content))
    (folder.parent / "secret.txt").write_text("outside of the page")
    return folder


def warm(app):
    """Wait until the one worker of ``app`` is warm and has learnt what it has to; returns its process id."""
    pool = app.extensions["hundredfold.pool"]
    pool.start()
    until(lambda: pool.idle and not pool.learner.learning)
    (child,) = pool.children
    return child.process.pid


def until(holds, within_s=60):
    """Wait until ``holds()`` is true; fails with the test when it does not come."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def crowd(ask, visitors=8):
    """So many visitors, each of whom asks again when answered -> all answers, growing; at its end they stop."""
    stop, answers = threading.Event(), []

    def visit(_):
        while not stop.is_set():
            answers.append(ask())

    with ThreadPoolExecutor(visitors) as there:
        visits = [there.submit(visit, place) for place in range(visitors)]
        try:
            yield answers
        finally:
            stop.set()
        for each in visits:
            each.result()


def assert_problem(response, status, field=None):
    """An answer is a problem with everything that RFC 9457 and our own rules ask for."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    problem = response.json
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert len(problem["detail"]) > 10
    assert problem.get("field") == field
    return problem
