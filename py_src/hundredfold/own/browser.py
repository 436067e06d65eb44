"""`hundredfold perf --target browser`: the same model on the same samples in a real browser, through the page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

from ..bench.site import server
from ..compress.samples import Samples
from ..environment import ROOT, UsageError, needs_checkout
from ..errors import HundredfoldError
from ..session import TEXT_KINDS
from ..setup.browser import launch_options
from . import engine
from .models import Model
from .progress import Progress

ALIGNED_BYTES = 8
TIMED = """async ([name, arrays, madeUp, repeats]) => {
  const kinds = {float32: Float32Array, float64: Float64Array, float16: Uint16Array, bool: Uint8Array,
    int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array,
    uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array};
  const [model, values] = await Promise.all([...document.querySelector("#given").files].map((f) => f.arrayBuffer()));
  const inputs = {};
  for (const {name, dtype, dims, start, size, texts} of arrays)
    inputs[name] = {data: texts ?? new kinds[dtype](values, start, size), dims, dtype};
  const own = await hundredfold.own.open(new Uint8Array(model), {name});
  try {
    const onProgress = ({phase, done}) => progress(phase, done);
    return await own.perf({samples: {inputs, made_up: madeUp}, repeats, onProgress});
  } finally {
    own.close();
  }
}"""
PLACE = """() => {
  const input = document.createElement("input");
  Object.assign(input, {type: "file", multiple: true, hidden: true, id: "given"});
  document.body.append(input);
}"""


def perf(model: Model, samples: Samples, repeats: int, progress: Progress) -> dict[str, Any]:
    """What `compress.perf` tells there, and under ``browser`` what it is.

    Raises UsageError where the page is not built, SetupError without a browser, and HundredfoldError with what the page
    said.
    """
    needs_checkout("`--target browser`")
    if not (ROOT / "web/dist").is_dir():
        raise UsageError("--target browser needs the built page: run `hundredfold prepare`, then try again")
    arrays, values = packed(samples)
    with tempfile.TemporaryDirectory(prefix="hundredfold-own-") as folder, _page(progress) as (page, browser):
        files = [Path(folder, "model.onnx"), Path(folder, "samples.bin")]
        for file, content in zip(files, (model.content, values), strict=True):
            file.write_bytes(content)
        page.evaluate(PLACE)
        page.set_input_files("#given", files)
        try:
            told = page.evaluate(TIMED, [model.name, arrays, samples.made_up, repeats])
        except Error as error:
            raise HundredfoldError(f"in the browser: {error.message.splitlines()[0]}") from None
        return {**told, "browser": browser}


def packed(samples: Samples) -> tuple[list[dict[str, Any]], bytes]:
    """Each input's name, dtype, dims and where its values are in the bytes beside; texts stand with the name."""
    arrays, pieces, start = [], [], 0
    for name, array in samples.inputs.items():
        facts: dict[str, Any] = {"name": name, "dims": list(array.shape)}
        if array.dtype.kind in TEXT_KINDS:
            arrays.append({**facts, "dtype": "str", "texts": array.ravel().tolist()})
            continue
        piece = array.astype(array.dtype.newbyteorder("<")).tobytes()
        arrays.append({**facts, "dtype": array.dtype.name, "start": start, "size": array.size})
        pieces.append(piece + bytes(-len(piece) % ALIGNED_BYTES))
        start += len(pieces[-1])
    return arrays, b"".join(pieces)


@contextmanager
def _page(progress: Progress) -> Iterator[tuple[Page, str]]:
    """A page that is ready to answer, and which browser it is in."""
    engine.now(progress("browser", 0.0))
    with server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            page = browser.new_page()
            page.expose_function("progress", lambda phase, done: engine.now(progress(phase, done)))
            page.goto(url)
            page.wait_for_function("() => window.hundredfold?.own")
            yield page, f"{browser.browser_type.name} {browser.version}"
        finally:
            browser.close()
