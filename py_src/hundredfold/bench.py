"""Measure the finished product: here in a real Chromium and there natively, interleaved, in one run.

Every round measures each thing once, so that a machine that speeds up or slows down does so for all of them; what is
reported is the median over the rounds, with the lowest and the highest. Times are in milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, Request, sync_playwright

from .adapters.native import NativeSession, cores
from .manifest import Manifest, Variant
from .measure import Timed, summary
from .setup.browser import launch_options

ROOT = Path(__file__).resolve().parents[2]
EXHIBIT = "digits"
RUNS = {"student": 300, "baseline": 20}


def bench(rounds: int) -> dict[str, Any]:
    """Print a table, one line per figure, and return the same figures: name -> {median, low, high, unit}."""
    ladder = Manifest.load(ROOT / "models/manifest.json").ladders[EXHIBIT]
    golden = json.loads((ROOT / "models" / ladder.variants[0].golden).read_text())["variants"]
    drawing = golden[ladder.default("here").id][0]["input"]
    samples: dict[str, list[float]] = {}

    def keep(name: str, value: float) -> None:
        samples.setdefault(name, []).append(value)

    options = launch_options()
    native = {
        f"{role}, native, {count} thread{'s' if count > 1 else ''}": _native(variant, role, count)
        for role, variant in (("student", ladder.default("here")), ("baseline", ladder.default("there")))
        for count in sorted({1, cores()})
    }
    with _server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        page = browser.new_page()
        page.goto(url)
        page.evaluate("() => window.hundredfold.ready")
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} ...", file=sys.stderr, flush=True)
            student = f"{url}/models/{ladder.default('here').file}"
            through_python, raw = _here(page, drawing), _raw(page, url, student)
            keep("student, here, through Python", through_python)
            keep("student, here, raw JavaScript", raw)
            keep("Python bridge and measuring, over raw JavaScript", through_python - raw)
            for name, measure in native.items():
                keep(name, measure())
            keep("there, round trip", _there(page, drawing))
            for name, value in _first_answer(browser, url, drawing).items():
                keep(name, value)
        browser.close()
    report = {name: _figure(name, values) for name, values in samples.items()}
    print(f"{platform.machine()}, {cores()} cores, {rounds} rounds\n")
    print("| what | median | lowest | highest |\n| --- | --- | --- | --- |")
    for name, figure in report.items():
        cells = (f"{figure[key]:.3g} {figure['unit']}" for key in ("median", "low", "high"))
        print(f"| {name} | {' | '.join(cells)} |")
    return report


def _figure(name: str, values: list[float]) -> dict[str, Any]:
    unit = "MB" if name.startswith("moved") else "s" if name.startswith("first answer") else "ms"
    return {"median": statistics.median(values), "low": min(values), "high": max(values), "unit": unit}


def _native(variant: Variant, role: str, threads: int) -> Callable[[], float]:
    """A function that measures the median run of a variant natively, back to back after warm-up."""
    content = (ROOT / "models" / variant.file).read_bytes()
    session = NativeSession(content, variant.model_id, threads)
    feeds = {"image": np.full((1, 1, 28, 28), 0.5, np.float32)}

    def measure() -> float:
        timed = Timed(session, RUNS[role], warm_up=5)
        with ThreadPoolExecutor(1) as thread:  # Playwright's own event loop runs in this one
            thread.submit(lambda: asyncio.run(timed.run(["logits"], feeds))).result()
        return float(summary(timed.samples_ms)["median"])

    return measure


def _here(page: Page, drawing: dict[str, Any]) -> float:
    """Median model time of the student as the page reports it: engine, bridge and measuring."""
    call = "([input, repeats]) => window.hundredfold.run('digits', input, {where: 'here', repeats})"
    result = page.evaluate(call, [drawing, RUNS["student"]])
    return float(result["timing"]["model_ms"]["median"])


def _raw(page: Page, url: str, model: str) -> float:
    """Median of the same model by JavaScript alone, with the engine and the threads that the page uses."""
    engine = next((ROOT / "web/dist/runtime").glob("ort-*/ort.wasm.min.mjs"))
    threads = page.evaluate("async () => (await window.hundredfold.device()).threads")
    settings = [f"{url}/runtime/{engine.parent.name}/{engine.name}", model, threads, RUNS["student"]]
    return float(statistics.median(page.evaluate((ROOT / "web/bench/raw_engine.js").read_text(), settings)))


def _there(page: Page, drawing: dict[str, Any]) -> float:
    """What the visitor waits for the baseline's answer from the server on this machine."""
    call = """async ([input]) => {
      const start = performance.now();
      await window.hundredfold.run('digits', input, {where: 'there'});
      return performance.now() - start;
    }"""
    return statistics.median(float(page.evaluate(call, [drawing])) for _ in range(5))


def _first_answer(browser: Browser, url: str, drawing: dict[str, Any]) -> dict[str, float]:
    """Seconds from opening the page to the first answer here, with an empty cache and again; and the bytes moved."""
    answer = """async ([input]) => {
      while (!window.hundredfold) await new Promise((resolve) => setTimeout(resolve, 5));
      await window.hundredfold.ready;
      await window.hundredfold.run('digits', input, {where: 'here'});
      return performance.now() / 1e3;
    }"""
    figures: dict[str, float] = {}
    context = browser.new_context()
    for state in ("cold", "warm"):
        page = context.new_page()
        finished: list[Request] = []

        def keep(request: Request, finished: list[Request] = finished) -> None:
            finished.append(request)

        page.on("requestfinished", keep)
        page.goto(url, wait_until="commit")
        figures[f"first answer here, {state}"] = float(page.evaluate(answer, [drawing]))
        figures[f"moved, {state}"] = sum(max(0, request.sizes()["responseBodySize"]) for request in finished) / 1e6
        page.close()
    context.close()
    return figures


@contextmanager
def _server() -> Iterator[str]:
    """The real server in a process of its own; yields its address once it is healthy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, str(ROOT / "server.py")]
    process = subprocess.Popen(command, env={**os.environ, "PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/api/v1/health", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        else:
            raise RuntimeError("the server did not start: run `python server.py` to see why")
        yield url
    finally:
        process.terminate()
        process.wait(20)
