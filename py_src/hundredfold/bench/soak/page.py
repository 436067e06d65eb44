"""The page in a real Chromium: thousands of runs, workers that end, networks that come and go."""

from __future__ import annotations

import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright

from ...setup.browser import launch_options

MB = 1e6
BATCH = 20
LONGEST_MS = 120_000
"""A promise of the page that has not settled by then is stuck."""
WARM_UP_RUNS = 100
MEASURE_NOW = "--enable-blink-features=ForceEagerMeasureMemory"
"""Without it, the browser lets half a minute pass before it tells a page's memory."""
KEEP_WORKERS = """
const Plain = Worker;
window.soakWorkers = [];
window.Worker = class extends Plain {
  constructor(...given) { super(...given); window.soakWorkers = [this]; }
};"""
"""So that a worker can be made to fail at once, as one does whose program throws."""
SETTLED = """async (promise, ms) => {
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(() => resolve("stuck"), ms); });
  const done = promise.then((value) => value ?? "done", (error) => `rejected: ${error.message}`);
  try { return await Promise.race([done, late]); } finally { clearTimeout(timer); }
}"""
RUN = f"""async ([asks, ms]) => {{
  const settled = {SETTLED};
  const bad = [];
  for (const [id, input, where] of asks) {{
    const told = await settled(hundredfold.run(id, input, {{where}}), ms);
    if (typeof told === "string" || !told.output) bad.push(`${{id}} ${{where}}: ${{JSON.stringify(told)}}`);
  }}
  return bad;
}}"""
END = f"""async ([id, input, crash, busy, ms]) => {{
  const settled = {SETTLED};
  const running = busy ? settled(hundredfold.run(id, input), ms) : null;
  const before = soakWorkers[0];
  if (crash) hundredfold.terminate();
  else before.dispatchEvent(new ErrorEvent("error", {{message: "ended by the soak"}}));
  const run = await running;
  const start = performance.now();
  while (soakWorkers[0] === before && performance.now() - start < ms) await new Promise((go) => setTimeout(go, 20));
  const ready = await settled(hundredfold.ready, ms);
  return {{run: typeof run === "string" ? run : "", ready: String(ready), again: soakWorkers[0] !== before}};
}}"""
SWITCH = f"""async ([id, input, ms]) => {{
  const settled = {SETTLED};
  const told = {{}};
  told.off = await settled(hundredfold.offline.off(), ms);
  told.here = typeof await settled(hundredfold.run(id, input), ms) === "object";
  told.there = typeof await settled(hundredfold.run(id, input, {{where: "there"}}), ms) === "object";
  told.counted = (await hundredfold.offline.counters()).off;
  told.on = await settled(hundredfold.offline.on(), ms);
  return told;
}}"""


@dataclass
class Visit:
    """What one page is put through: so many runs, worker restarts and network switches, in an order by the seed.

    ``asks``: (exhibit, input) of runs. It ends at the deadline (seconds of the monotonic clock) or when ``over()``.
    """

    url: str
    asks: Sequence[tuple[str, dict[str, Any]]]
    runs: int
    restarts: int
    switches: int
    seed: int
    deadline: float
    over: Callable[[], bool]
    say: Callable[[str], None]
    longest_ms: int = LONGEST_MS
    done: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("runs", "restarts", "switches"), 0))
    stuck: int = 0
    findings: list[str] = field(default_factory=list)
    memory: dict[str, list[float]] = field(default_factory=lambda: {"page": [], "processes": []})
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._guarded, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        if self._thread:
            self._thread.join()

    def report(self) -> dict[str, Any]:
        return {**self.done, "stuck": self.stuck, "errors": len(self.findings), "findings": self.findings[:20]}

    def _guarded(self) -> None:
        """All of it; an end from outside (Ctrl-C takes the browser too) is none of the page's mistakes."""
        try:
            self._visit()
        except Exception as error:
            if not self.over():
                self._find(f"the page was lost: {error}")

    def _visit(self) -> None:
        profile = tempfile.mkdtemp(prefix="hundredfold-soak-")
        try:
            with sync_playwright() as playwright:
                options = launch_options()
                args = [*options.pop("args"), MEASURE_NOW]
                options |= {"handle_sigint": False, "handle_sigterm": False}
                context = playwright.chromium.launch_persistent_context(profile, args=args, **options)
                try:
                    context.set_default_timeout(LONGEST_MS)
                    context.add_init_script(KEEP_WORKERS)
                    page = context.new_page()
                    page.on("pageerror", lambda error: self._find(f"uncaught: {error}"))
                    page.goto(self.url)
                    page.evaluate("() => window.hundredfold.ready.then(() => window.hundredfold.offline.ready)")
                    self._use(page, profile)
                finally:
                    context.close()
        finally:
            _end_all(profile)
            shutil.rmtree(profile, ignore_errors=True)

    def _use(self, page: Page, profile: str) -> None:
        chance = random.Random(self.seed)
        self._warm_up(page, chance)
        self._weigh(page, profile)
        self.done = dict.fromkeys(self.done, 0)
        batches = -(-self.runs // BATCH)
        steps = ["runs"] * batches + ["restarts"] * self.restarts + ["switches"] * self.switches
        chance.shuffle(steps)
        for number, step in enumerate(steps):
            if self._ended():
                break
            if step == "runs":
                self._run(page, chance, min(BATCH, self.runs - self.done["runs"]))
            elif step == "restarts":
                self._restart(page, chance, crash=chance.random() < 0.2)
            else:
                self._switch(page, chance)
            if number % 20 == 19:
                self.say("page: " + ", ".join(f"{count} {what}" for what, count in self.done.items()))
        if not self.over():
            self._run(page, chance, BATCH)
            self.done["runs"] = min(self.runs, self.done["runs"])
            self._weigh(page, profile)

    def _warm_up(self, page: Page, chance: random.Random) -> None:
        for count in (WARM_UP_RUNS, BATCH) if self.runs > WARM_UP_RUNS else (1,):
            self._run(page, chance, count)
            self._restart(page, chance, crash=False)
            self._switch(page, chance)
        self._run(page, chance, BATCH)

    def _ended(self) -> bool:
        return self.over() or time.monotonic() > self.deadline

    def _run(self, page: Page, chance: random.Random, count: int) -> None:
        for bad in page.evaluate(RUN, [[(*chance.choice(self.asks), "here") for _ in range(count)], self.longest_ms]):
            self._judge(bad)
        self.done["runs"] += count

    def _restart(self, page: Page, chance: random.Random, crash: bool) -> None:
        busy = chance.random() < 0.5
        told = page.evaluate(END, [*chance.choice(self.asks), crash, busy, self.longest_ms])
        if told["run"] == "stuck":
            self._judge("a run whose worker ended: stuck")
        if told["ready"] != "done" or not told["again"]:
            self._judge(f"after the worker ended: {told}")
        self._run(page, chance, 1)
        self.done["restarts"] += 1

    def _switch(self, page: Page, chance: random.Random) -> None:
        told = page.evaluate(SWITCH, [*chance.choice(self.asks), self.longest_ms])
        wanted = {"off": "done", "here": True, "there": False, "counted": True, "on": "done"}
        if told != wanted:
            self._judge(f"network off and on: {told}")
        self.done["switches"] += 1

    def _judge(self, bad: str) -> None:
        self.stuck += "stuck" in bad
        self._find(bad)

    def _find(self, what: str) -> None:
        self.findings.append(what[:400])
        self.say(f"page: {what[:400]}")

    def _weigh(self, page: Page, profile: str) -> None:
        """Megabytes of the page and its workers as the browser tells them, and of the processes that draw pages."""
        page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
        told = page.evaluate("() => hundredfold.memory()")
        self.memory["page"].append((told["total_bytes"] or told["wasm_bytes"]) / MB)
        held = 0.0
        for process in _family(profile):
            with suppress(psutil.Error):
                if "--type=renderer" in process.cmdline():
                    held += process.memory_full_info().uss / MB
        self.memory["processes"].append(held)


def _family(profile: str) -> list[psutil.Process]:
    """The processes of the browser that uses this profile."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(profile in part for part in process.cmdline()):
                found.append(process)
    return found


def _end_all(profile: str) -> None:
    for process in _family(profile):
        with suppress(psutil.Error):
            process.kill()
