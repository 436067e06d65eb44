"""`hundredfold bench start`: where the time goes until the first answer, on a first visit and on a second one.

Each round is a new visitor: a browser with an empty profile on disk, as only such a one keeps what it compiled.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from ..setup.browser import launch_options
from . import lighthouse, slow
from .bare import bare_answer, with_bare_page
from .site import example, first

KB, MB = 1e3, 1e6
SLOWER = 4.0
"""A cheap laptop beside this machine."""
NARROW_BITS_PER_S, ROUND_TRIP_S = 1.6e6, 0.15
"""Lighthouse's slow 4G."""
LONGEST_MS = 240_000
STAY_MS = 4000
"""A visitor stays so long, and comes again."""
ANSWER = """async ([exhibit, input]) => {
  while (!window.hundredfold) await new Promise((resolve) => setTimeout(resolve, 5));
  await window.hundredfold.ready;
  await window.hundredfold.ask({do: "run", exhibit, input}); // as the page asks first: energy comes later
  const first_s = performance.now() / 1e3;
  const phases = hundredfold.phases.map(({what, ms}) => [what, (ms - performance.timeOrigin) / 1e3]);
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {first_s, phases, paint_s: paint ? paint.startTime / 1e3 : null};
}"""
ONLINE = """async ([exhibit, input]) => {
  await hundredfold.offline.ready;
  await hundredfold.run(exhibit, input, {where: "there"});
  return hundredfold.offline.counters();
}"""
OFFLINE = """async ([exhibit, input]) => {
  for (let turn = 0; turn < 5; turn++) await hundredfold.run(exhibit, input, {where: "here"});
  await hundredfold.run(exhibit, input, {where: "there"}).catch(() => {});
  return hundredfold.offline.counters();
}"""
BARE_COLD = "first answer of a bare page with the same engine and model, cold"
BARE_AGAIN = "first answer of that bare page, second visit"
VISITS = ("cold", "second visit", "bare page, cold", "bare page, second visit")
TO_SHOW = {
    "bytes moved for the first answer, cold, brotli": "<= 7 MB",
    "first answer, cold cache, local server": "<= 3 s",
    "first answer, second visit": "<= 1.5 s",
    BARE_COLD: "",
    BARE_AGAIN: "",
    "first answer, cold, over the bare page": "<= 2 times",
    "first answer, second visit, over the bare page": "<= 1.3 times",
    "first answer, second visit, processor 4 times slower": "<= 6 s",
    "first answer, cold, 1.6 Mbit/s, processor 4 times slower": "<= 50 s",
    "something useful on the screen, cold, 1.6 Mbit/s, processor 4 times slower": "<= 2 s",
    "memory, the first exhibit in use, page and workers": "<= 250 MB",
    "requests that the page counted before the network-off switch": "> 0",
    "bytes that the page counted before the network-off switch": "> 0 kB",
    "requests after the network-off switch": "0",
    "bytes after the network-off switch": "0",
}


def bench_start(rounds: int) -> dict[str, Any]:
    """Measure so many visitors; prints the tables and returns ``{figures, phases, lighthouse}``.

    Figures and phases are {median, low, high} in the unit that their name or "unit" says.
    """
    ladder = first()
    asked = [ladder.exhibit, example(ladder)]
    samples: dict[str, list[float]] = {name: [] for name in TO_SHOW}
    phases: dict[str, dict[str, list[float]]] = {visit: {} for visit in VISITS}
    with with_bare_page(ladder) as url, sync_playwright() as playwright:
        _say("Lighthouse ...")  # first: what may fail must not lose what took long
        scores = lighthouse.scores(url)
        for number in range(rounds):
            _say(f"visitor {number + 1} of {rounds} ...")
            for name, value in _visitor(playwright, url, asked, phases):
                samples[name].append(value)
    told = {
        "figures": {name: _summary(values) for name, values in samples.items()},
        "phases": {visit: {what: _summary(values) for what, values in each.items()} for visit, each in phases.items()},
        "lighthouse": scores,
    }
    print(start_tables(told))
    return told


def _visitor(
    playwright: Playwright, url: str, asked: list[Any], phases: dict[str, dict[str, list[float]]]
) -> Iterator[tuple[str, float]]:
    with slow.line(url) as line, browser(playwright) as (context, _):
        page, bare_cold = bare_answer(context, line.url)
        _add(phases["bare page, cold"], bare_cold)
        page.wait_for_timeout(STAY_MS)
        page.close()
        page, bare_again = bare_answer(context, line.url)
        _add(phases["bare page, second visit"], bare_again)
        yield BARE_COLD, bare_cold["first_s"]
        yield BARE_AGAIN, bare_again["first_s"]
    with slow.line(url) as line, browser(playwright) as (context, mark):
        page, cold = first_answer(context, line.url, asked)
        yield "bytes moved for the first answer, cold, brotli", line.received_bytes / MB
        yield "first answer, cold cache, local server", cold["first_s"]
        yield "first answer, cold, over the bare page", cold["first_s"] / bare_cold["first_s"]
        _add(phases["cold"], cold)
        _settle(page)
        page, again = first_answer(context, line.url, asked)
        yield "first answer, second visit", again["first_s"]
        yield "first answer, second visit, over the bare page", again["first_s"] / bare_again["first_s"]
        _add(phases["second visit"], again)
        memory = page.evaluate("() => hundredfold.memory()")
        yield "memory, the first exhibit in use, page and workers", (memory["total_bytes"] or memory["wasm_bytes"]) / MB
        _settle(page)
        with slow.processor(mark, SLOWER):
            page, slowed = first_answer(context, line.url, asked)
        yield "first answer, second visit, processor 4 times slower", slowed["first_s"]
        told = page.evaluate(ONLINE, asked)
        yield "requests that the page counted before the network-off switch", float(told["requests"])
        moved = told["sent_bytes"] + told["received_bytes"]
        yield "bytes that the page counted before the network-off switch", moved / KB
        page.wait_for_timeout(500)  # what was under way before the switch
        page.evaluate("() => hundredfold.offline.off()")
        before = line.sent_bytes + line.received_bytes
        told = page.evaluate(OFFLINE, asked)
        yield "requests after the network-off switch", float(told["requests"])
        moved = told["sent_bytes"] + told["received_bytes"]
        yield "bytes after the network-off switch", float(moved + line.sent_bytes + line.received_bytes - before)
    with slow.line(url, NARROW_BITS_PER_S, ROUND_TRIP_S) as line, browser(playwright) as (context, mark):
        with slow.processor(mark, SLOWER):
            page, cold = first_answer(context, line.url, asked)
        yield "first answer, cold, 1.6 Mbit/s, processor 4 times slower", cold["first_s"]
        yield "something useful on the screen, cold, 1.6 Mbit/s, processor 4 times slower", cold["paint_s"]
        page.goto("about:blank")


@contextmanager
def browser(playwright: Playwright) -> Iterator[tuple[BrowserContext, str]]:
    """A browser that was never used, and what its processes can be told by."""
    with tempfile.TemporaryDirectory(prefix="hundredfold-visitor-", ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(profile, **launch_options())
        context.set_default_timeout(LONGEST_MS)
        yield context, profile
        context.close()


def first_answer(context: BrowserContext, url: str, asked: list[Any]) -> tuple[Page, dict[str, Any]]:
    page = context.new_page()
    page.goto(url, wait_until="commit")
    return page, dict(page.evaluate(ANSWER, asked))


def _settle(page: Page) -> None:
    """As a visitor leaves who stayed for a while: all is kept, and what was compiled is written down."""
    page.evaluate("() => hundredfold.offline.ready")
    page.wait_for_timeout(STAY_MS)
    page.close()


def _add(phases: dict[str, list[float]], told: dict[str, Any]) -> None:
    for what, second in {**dict(told["phases"]), "the first answer is there": told["first_s"]}.items():
        phases.setdefault(what, []).append(second)


def _summary(values: list[float]) -> dict[str, float]:
    return {"median": statistics.median(values), "low": min(values), "high": max(values)}


def start_tables(told: dict[str, Any]) -> str:
    """Both tables as Markdown: what the start comes to, and when what of it is done."""
    rows = ["| what | median | lowest | highest | to show |", "| --- | --- | --- | --- | --- |"]
    for name, figure in told["figures"].items():
        wanted = TO_SHOW[name]
        unit = "" if wanted in ("0", "> 0") else wanted.split()[-1] if wanted else "s"
        ends = (f"{figure[end]:.3g} {unit}".strip() for end in ("median", "low", "high"))
        rows.append(f"| {name} | {' | '.join(ends)} | {wanted} |")
    for name, score in told["lighthouse"].items():
        rows.append(f"| Lighthouse, mobile: {name} | {score} | | | >= {90 if name == 'performance' else 100} |")
    visits = told["phases"]
    rows += ["", f"| so many seconds after the page was asked for | {' | '.join(visits)} |"]
    rows.append(f"| --- | {' | '.join('---' for _ in visits)} |")
    earliest: dict[str, float] = {}
    for visit in visits.values():
        for what, figure in visit.items():
            earliest.setdefault(what, float(figure["median"]))
    for what in sorted(earliest, key=lambda each: earliest[each]):
        times = (f"{visit[what]['median']:.2f}" if what in visit else "" for visit in visits.values())
        rows.append(f"| {what} | {' | '.join(times)} |")
    return "\n".join(rows)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
