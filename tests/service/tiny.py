"""Tiny but real models and a small built page, apart from the big ones, and what the tests ask again and again."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import time
from pathlib import Path

import brotli
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from hundredfold.adapters.native import opener
from hundredfold.app import handle
from hundredfold.manifest import Manifest

VARIANTS = {"baseline-fp32": "baseline", "baseline-int8": "rung", "student-fp32": "rung", "student-int8": "student"}
RUN = "/api/v1/exhibits/digits/run"


def drawing(width=28, height=28):
    """A one, as the exhibit's input."""
    image = np.zeros((height, width), np.uint8)
    image[height // 5 : -height // 5, width // 2 - 1 : width // 2 + 2] = 255
    return {"image": {"width": width, "height": height, "pixels": base64.b64encode(image.tobytes()).decode()}}


def _tiny_model(path, seed):
    """[1, 1, 28, 28] -> ten logits, by one matrix."""
    weights = np.random.default_rng(seed).normal(size=(784, 10)).astype(np.float32) / 28
    graph = helper.make_graph(
        [helper.make_node("Flatten", ["image"], ["flat"]), helper.make_node("MatMul", ["flat", "weights"], ["logits"])],
        "tiny",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, 28, 28])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 10])],
        [numpy_helper.from_array(weights, "weights")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)


def write_models(folder: Path) -> Path:
    """A models folder as the forge leaves it: the golden vectors are the models' own native answers."""
    (folder / "digits").mkdir(parents=True)
    variants, parent = [], None
    for seed, (name, role) in enumerate(VARIANTS.items()):
        file = folder / "digits" / f"{name}.onnx"
        _tiny_model(file, seed)
        facts = {"recipe": "one random matrix", "opset": 20, "params": 7840, "macs": 7840, "runs": ["here", "there"]}
        score = {"accuracy": {"value": 0.1, "low": 0.05, "high": 0.2, "n": 100}, "golden": "digits/golden.json"}
        content = file.read_bytes()
        files = {"file": f"digits/{file.name}", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        variants.append({"id": name, "role": role, "parent": parent, **facts, **files, **score})
        parent = name
    test_set = {"name": "none", "n": 100, "sha256": "0" * 64}
    manifest = {"schema": 1, "exhibits": {"digits": {"test_set": test_set, "variants": variants}}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "digits" / "golden.json").write_text(json.dumps({"variants": _golden(folder)}))
    (folder / "LOG.md").write_text("a file that the manifest does not name")
    return folder


def _golden(folder):
    manifest, open_session = Manifest.load(folder / "manifest.json"), opener(folder, 1)
    golden = {}
    for name in VARIANTS:
        request = {"do": "run", "exhibit": "digits", "input": drawing(), "variant": name}
        answer = asyncio.run(handle(request, open_session, manifest))
        golden[name] = [{"input": drawing(), "output": answer["output"]}]
    return golden


def write_page(folder: Path) -> Path:
    """A built page: hashed and plain names, some with compressed copies beside them."""
    files = {
        "index.html": b"<!doctype html><title>Hundredfold</title>" + b" " * 500,
        "favicon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "assets/main-1a2b3c4d.js": b"export const answer = 42;\n" * 100,
        "assets/main-1a2b3c4d.css": b"p { margin: 0 }\n" * 100,
        "runtime/pyodide-0.28.3/pyodide.mjs": b"export default 1;\n" * 100,
        "runtime/pyodide-0.28.3/pyodide.asm.wasm": b"\0asm" + bytes(1000),
        "runtime/pyodide-0.28.3/python_stdlib.zip": b"PK" + bytes(100),
        "runtime/pyodide-0.28.3/numpy.whl": b"PK" + bytes(100),
        "runtime/pyodide-0.28.3/pyodide-lock.json": b"{}" + b" " * 500,
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix in {".html", ".js", ".css", ".mjs", ".wasm"}:
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content))
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content))
    (folder.parent / "secret.txt").write_text("outside of the page")
    return folder


def warm(app):
    """Wait until the one worker of ``app`` is warm; returns its process id."""
    pool = app.extensions["hundredfold.pool"]
    pool.start()
    until(lambda: pool.idle)
    (child,) = pool.children
    return child.process.pid


def until(holds, within_s=20):
    """Wait until ``holds()`` is true; fails with the test when it does not come."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


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
