"""How long things take: here in a real Chromium, there natively and over the API; start.py has the start."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page

from ..adapters.cores import cores
from ..adapters.native import NativeSession
from ..manifest import Ladder, Variant
from ..measure import Timed, summary
from .site import APART, MODELS, ROOT, fed

RUNS = {"student": 300, "baseline": 20}


def native(ladder: Ladder, drawing: dict[str, Any]) -> dict[str, Callable[[], float]]:
    """Measurements of both models without a browser or a server, by name, in milliseconds."""
    return {
        f"{role}, native, {count} thread{'s' if count > 1 else ''}": _native(variant, drawing, role, count)
        for role, variant in (("student", ladder.default("here")), ("baseline", ladder.default("there")))
        for count in sorted({1, cores()})
    }


def one_round(
    page: Page, url: str, ladder: Ladder, drawing: dict[str, Any], natively: dict[str, Any]
) -> Iterator[tuple[str, float]]:
    """Every figure once: a machine that speeds up or slows down does so for all of them."""
    student = f"{url}/models/{ladder.default('here').file}"
    through_python, raw = _here(page, ladder, drawing), _raw(page, url, student)
    yield "student, here, through Python", through_python
    yield "student, here, raw JavaScript", raw
    yield "Python bridge and measuring, over raw JavaScript", through_python - raw
    for name, measure in natively.items():
        yield name, measure()
    yield "there, round trip", _there(page, ladder, drawing)


def _native(variant: Variant, given: dict[str, Any], role: str, threads: int) -> Callable[[], float]:
    """A function that measures the median run of a variant natively, back to back after warm-up."""
    content = (MODELS / variant.file).read_bytes()
    session = NativeSession(content, variant.model_id, threads)

    def measure() -> float:
        timed = Timed(session, RUNS[role], warm_up=5)

        async def run() -> None:
            await timed.run(None, await fed(session, variant.exhibit, given))

        APART.submit(lambda: asyncio.run(run())).result()
        return float(summary(timed.answers_ms)["median"])

    return measure


def _here(page: Page, ladder: Ladder, drawing: dict[str, Any]) -> float:
    """Median model time of the student as the page reports it: engine, bridge and measuring."""
    call = "([id, input, repeats]) => window.hundredfold.run(id, input, {where: 'here', repeats})"
    result = page.evaluate(call, [ladder.exhibit, drawing, RUNS["student"]])
    return float(result["timing"]["model_ms"]["median"])


def _raw(page: Page, url: str, model: str) -> float:
    """Median of the same model by JavaScript alone, with the engine and the threads that the page uses."""
    engine = next((ROOT / "web/dist/runtime").glob("ort-*/ort.wasm.min.js"))
    threads = page.evaluate("async () => (await window.hundredfold.device()).threads")
    settings = [f"{url}/runtime/{engine.parent.name}/{engine.name}", model, threads, RUNS["student"]]
    return float(statistics.median(page.evaluate((ROOT / "web/bench/raw_engine.js").read_text(), settings)))


def _there(page: Page, ladder: Ladder, drawing: dict[str, Any]) -> float:
    """What the visitor waits for the baseline's answer from the server on this machine."""
    call = """async ([id, input]) => {
      const start = performance.now();
      await window.hundredfold.run(id, input, {where: 'there'});
      return performance.now() - start;
    }"""
    return statistics.median(float(page.evaluate(call, [ladder.exhibit, drawing])) for _ in range(5))
