"""A visitor's own model in a real browser: looked at, run, made smaller as natively, and nothing of it sent."""

import asyncio
import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from playwright.sync_api import Page, Request
from visit import Console, Server, until, visit

from hundredfold.adapters.native import NativeSession
from hundredfold.compress.requests import handle

pytestmark = pytest.mark.warm
PACK = "assets/optional/"
IMAGES = np.random.default_rng(3).random((64, 1, 28, 28), np.float32)
SAMPLES = "{inputs: {image: {data: new Float32Array(bytes(images).buffer), dims: [64, 1, 28, 28]}}}"
BYTES = "const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));"
KEPT = f"""async () => {{
  for (const name of await caches.keys())
    for (const {{ url }} of await (await caches.open(name)).keys()) if (url.includes("{PACK}")) return true;
  return false;
}}"""


@pytest.fixture(scope="session")
def student(root: Path) -> bytes:
    return (root / "models/digits/student-fp32.onnx").read_bytes()


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    """Addresses that the page and its workers ask for."""
    found: list[str] = []

    def note(request: Request) -> None:
        found.append(f"{request.method} {request.url}")

    page.context.on("request", note)
    yield found
    page.context.remove_listener("request", note)


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def opened(page: Page, model: bytes) -> None:
    """Open a model as a script does; it stays in the page as `own`."""
    page.set_default_timeout(120_000)
    page.evaluate(
        f"async (model) => {{ {BYTES} window.own = await hundredfold.own.open(bytes(model), {{name: 'm.onnx'}}); }}",
        text(model),
    )


def test_a_model_is_looked_at_run_and_made_smaller_as_natively_and_nothing_is_sent(
    page: Page, live_server: Server, student: bytes, asked: list[str]
) -> None:
    visit(page, live_server.url)
    assert not [address for address in asked if PACK in address], "nobody has asked for it yet"
    opened(page, student)
    assert [address for address in asked if PACK in address]
    begun = len(asked)
    told = page.evaluate(
        f"""async (images) => {{
          {BYTES}
          const samples = {SAMPLES};
          const labels = Array.from({{length: 64}}, (_, index) => index % 10);
          const phases = new Set();
          const perf = await own.perf({{samples, repeats: 5}});
          const small = await own.quantize({{
            method: "static-int8", samples, labels, onProgress: ({{phase}}) => phases.add(phase),
          }});
          await own.perf({{samples, repeats: 5, small: small.bytes}});
          const compared = await own.compare({{small: small.bytes, samples, labels}});
          const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", small.bytes));
          const report = await own.report();
          const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
          const counters = await hundredfold.offline.counters();
          return {{perf, sha256, method: small.method, after: small.after, compared, report, counters,
            phases: [...phases], inspection: own.inspection}};
        }}""",
        text(IMAGES.tobytes()),
    )
    assert told["inspection"]["inputs"][0]["name"] == "image"
    assert told["perf"]["model_ms"]["n"] == 5
    assert 0 < told["perf"]["energy"]["joules"]["low"] <= told["perf"]["energy"]["joules"]["high"]
    assert told["perf"]["wasm_bytes"] > 1e6
    assert told["compared"]["agreement"]["n"] == 64
    assert told["compared"]["accuracy"]["small"]["n"] == 64
    assert len(told["phases"]) > 2
    assert told["report"]["schema_version"] == 1
    assert told["report"]["perf_small"]["model_ms"]["n"] == 5
    assert told["sha256"] == hashlib.sha256(native_static_int8(student)).hexdigest(), "the same bytes as natively"
    assert asked[begun:] == [], "nothing is asked of the network once it is open"
    assert told["counters"]["sent_bytes"] == 0


def native_static_int8(model: bytes) -> bytes:
    """What the command line makes of the same samples."""

    async def open_model(content: bytes, name: str) -> NativeSession:
        return NativeSession(content, name, threads=1)

    inputs = {"image": {"dtype": "float32", "dims": list(IMAGES.shape), "file": "images"}}
    samples = {"inputs": inputs, "labels": [index % 10 for index in range(len(IMAGES))]}
    files = {"model": model, "images": IMAGES.tobytes()}
    request = {"do": "quantize", "name": "m.onnx", "method": "static-int8", "samples": samples}
    _in_a_loop_of_its_own(handle(request, files, open_model))
    return files["small"]


def _in_a_loop_of_its_own(work: Any) -> Any:
    """Playwright keeps an event loop running in this thread, which asyncio refuses to nest."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


KINDS = {
    "float32": TensorProto.FLOAT,
    "float64": TensorProto.DOUBLE,
    "float16": TensorProto.FLOAT16,
    "int8": TensorProto.INT8,
    "uint8": TensorProto.UINT8,
    "int32": TensorProto.INT32,
    "int64": TensorProto.INT64,
    "bool": TensorProto.BOOL,
    "str": TensorProto.STRING,
}


def test_every_kind_of_tensor_goes_in_and_comes_out(page: Page, live_server: Server) -> None:
    """Of free sizes, too: named ones, and such as some programs write, with -1."""
    nodes = [helper.make_node("Identity", [f"in_{kind}"], [f"out_{kind}"]) for kind in KINDS]
    ends = [
        [helper.make_tensor_value_info(f"{side}_{kind}", number, ["n", -1]) for kind, number in KINDS.items()]
        for side in ("in", "out")
    ]
    opsets = [helper.make_opsetid("", 17)]
    model = helper.make_model(helper.make_graph(nodes, "kinds", *ends), opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(model)
    visit(page, live_server.url)
    opened(page, model.SerializeToString())
    outputs = page.evaluate(
        """async () => {
          const arrays = {
            float32: new Float32Array([1.5, -2, 3]), float64: new Float64Array([1.5, -2, 3]),
            float16: new Uint16Array([15872, 0, 49152]), int8: new Int8Array([-1, 2, 3]),
            uint8: new Uint8Array([255, 2, 3]), int32: new Int32Array([-1, 2, 3]),
            int64: new BigInt64Array([-(2n ** 62n), 2n, 3n]), bool: new Uint8Array([1, 0, 1]),
            str: ["ä", "", "</b>"],
          };
          const inputs = Object.fromEntries(Object.entries(arrays).map(([kind, data]) =>
            [`in_${kind}`, {data, dims: [1, 3], ...(kind === "str" ? {} : {dtype: kind})}]));
          const outputs = await own.run({samples: {inputs}});
          return Object.entries(outputs).map(([name, {data, dims, dtype}]) =>
            [name, dtype, dims, Array.from(data, String)]);
        }"""
    )
    expected = {
        "float32": ["1.5", "-2", "3"],
        "float64": ["1.5", "-2", "3"],
        "float16": ["15872", "0", "49152"],
        "int8": ["-1", "2", "3"],
        "uint8": ["255", "2", "3"],
        "int32": ["-1", "2", "3"],
        "int64": [str(-(2**62)), "2", "3"],
        "bool": ["1", "0", "1"],
        "str": ["ä", "", "</b>"],
    }
    assert outputs == [[f"out_{kind}", kind, [1, 3], values] for kind, values in expected.items()]


def test_a_worker_that_dies_or_does_not_stop_is_told_of_and_the_next_works(
    page: Page, live_server: Server, student: bytes
) -> None:
    visit(page, live_server.url)
    opened(page, student)
    told = page.evaluate(
        """async () => {
          const died = own.perf({repeats: 10000, onProgress: () => hundredfold.own.terminate()}).catch(String);
          const first = await died;
          const again = await own.perf({repeats: 2});
          const stop = new AbortController();
          const stopping = own.perf({repeats: 10000, onProgress: () => stop.abort(), signal: stop.signal});
          const stopped = await stopping.catch(({name}) => name);
          const begun = performance.now();
          const after = await own.perf({repeats: 2});
          const label = await hundredfold.run("digits", {image: {width: 8, height: 8, pixels: btoa("\\0".repeat(64))}});
          return {first, again: again.model_ms.n, stopped, after: after.model_ms.n, here: label.where};
        }"""
    )
    assert "The work on your model ended" in told["first"]
    assert "try again" in told["first"]
    assert (told["again"], told["stopped"], told["after"], told["here"]) == (2, "AbortError", 2, "here")


def test_what_is_no_model_is_refused_in_a_sentence(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    page.set_default_timeout(120_000)
    words = page.evaluate(
        """async () => {
          const tried = [new Uint8Array(), new Uint8Array(50).fill(60), new Uint8Array(100e6 + 1)];
          const words = [];
          for (const bytes of tried) words.push(await hundredfold.own.open(bytes).catch(({message}) => message));
          return words;
        }"""
    )
    assert len(set(words)) == 3
    for sentence in words:
        assert sentence.endswith(".")
        assert len(sentence) > 30


@pytest.mark.warm(False)
def test_what_was_opened_on_a_first_visit_works_without_a_network(
    page: Page, live_server: Server, student: bytes, console: Console
) -> None:
    console.allow("503")
    visit(page, live_server.url)
    opened(page, student)
    page.evaluate("() => hundredfold.offline.ready")
    until(page, KEPT)
    page.evaluate("() => hundredfold.offline.off()")
    page.reload()
    page.evaluate("() => hundredfold.ready")
    opened(page, student)
    assert page.evaluate("async () => (await own.perf({repeats: 2})).model_ms.n") == 2
    counters = page.evaluate("() => hundredfold.offline.counters()")
    assert (counters["off"], counters["requests"]) == (True, 0), json.dumps(counters)


@pytest.mark.warm(False)
def test_who_never_opened_it_keeps_nothing_of_it_and_hears_so_without_a_network(
    page: Page, live_server: Server, student: bytes, console: Console
) -> None:
    console.allow("50[34]")
    visit(page, live_server.url)
    page.evaluate("() => hundredfold.offline.ready")
    assert not page.evaluate(KEPT)
    page.evaluate("() => hundredfold.offline.off()")
    with pytest.raises(Exception, match="is not kept on this device, and the network is switched off"):
        opened(page, student)
    page.evaluate("() => hundredfold.offline.on()")
    opened(page, student)
    until(page, KEPT)
