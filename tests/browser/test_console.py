"""The page from the console: the documented lines, energy from the first run on, and wrong arguments in words."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from visit import Console, Server, snapshot_kept, visit

pytestmark = pytest.mark.warm
NETWORK = r"Failed to load resource|net::ERR_|503"
SQUARE: dict[str, Any] = {
    "width": 8,
    "height": 8,
    "pixels": base64.b64encode(bytes(255 if row in (2, 3) else 0 for row in range(8) for _ in range(8))).decode(),
}


def test_the_first_run_here_has_its_energy(page: Page, live_server: Server) -> None:
    page.goto(live_server.url)
    result = page.evaluate(
        """async (image) => {
          await hundredfold.ready;
          return hundredfold.run("digits", { image }, { where: "here" });
        }""",
        SQUARE,
    )
    assert 0 < result["energy"]["joules"]["low"] <= result["energy"]["joules"]["high"]


def test_the_documented_lines_do_what_they_say(page: Page, live_server: Server, console: Console, root: Path) -> None:
    console.allow(NETWORK)
    section = (root / "docs/console.md").read_text()
    lines = re.findall(r"```js\n(.*?)```", section, re.DOTALL)[0]
    page.goto(live_server.url)
    page.wait_for_function("() => window.hundredfold")
    page.set_default_timeout(120_000)
    # As typed at the console: each statement in turn, and what an expression comes to is shown.
    shown = page.evaluate(
        """async ([lines, image]) => {
          const { width, height, pixels } = image;
          const shown = [];
          const code = lines
            .split("\\n")
            .filter(Boolean)
            .map((line) => line.split("; //")[0].replace(/;$/, ""))
            .map((line) => (/^const|speed =/.test(line) ? line : `shown.push(${line});`))
            .join(";\\n");
          const scope = { width, height, pixels, image, shown };
          const Async = Object.getPrototypeOf(async () => {}).constructor;
          await new Async(...Object.keys(scope), code)(...Object.values(scope));
          return shown.map((each) => (each === undefined ? "done" : each));
        }""",
        [lines, SQUARE],
    )
    page.evaluate("() => hundredfold.offline.on()")
    _, label, median, joules, chosen, many, measured, *_, finished, ready, off, counters, phases, memory = shown
    assert label in (None, *range(10))
    assert [output["label"] in ("ham", "spam") for output in many["outputs"]] == [True, True]
    assert median > 0
    assert 0 < joules["low"] <= joules["high"]
    assert (chosen, ready, off) == ("done", "done", "done")
    assert measured["boundaries"]["marginal"]["here"]["total"]["mid"] > 0
    assert finished["over"]
    assert finished["counts"]["counted"]
    assert counters["off"] is True
    assert phases
    assert memory["wasm_bytes"] > 1e6


WRONG = """async ([image]) => {
  const wrong = [
    ["run", []],
    ["run", ["nothing", { image }]],
    ["run", ["digits", null]],
    ["run", ["digits", { image: { ...image, width: 9 } }]],
    ["run", ["digits", { image: { ...image, pixels: new Uint8Array(64) } }]],
    ["run", ["digits", { image }, null]],
    ["run", ["digits", { image }, { where: "HERE" }]],
    ["run", ["digits", { image }, { repeats: "5" }]],
    ["run", ["digits", { image }, { repeats: NaN }]],
    ["run", ["digits", { image }, { repeat: 5 }]],
    ["run", ["digits", { image }, { variant: "huge" }]],
    ["run", ["digits", { image }, { variant: "huge", where: "there" }]],
    ["run", ["tower", { image }, { variant: "policy-large", where: "here" }]],
    ["run", ["tower", { image }, { variant: "reach", where: "there" }]],
    ["measure", ["tower", {}]],
    ["measure", ["digits", { image: 5 }]],
    ["balance", ["tower"]],
    ["ask", [null]],
    ["ask", [5]],
    ["ask", [{ do: "check", exhibit: "digits", vectors: [{}] }]],
    ["ask", [{ do: "check", exhibit: "digits", vectors: 5 }]],
    ["ask", [{ do: "energy", exhibit: ["digits"], device: { tdp_w: 15 } }]],
    ["ask", [{ do: "play", exhibit: "tower", verb: [], episode: {} }]],
    ["boundMemory", ["much"]],
    ["energy.choose", [{ profile: "abacus" }]],
    ["energy.choose", [{ tdp_w: 0.5 }]],
    ["energy.choose", [{ watts: 5 }]],
    ["energy.calibrate", [{ method: "plug", idle_w: 12, load_w: 5 }]],
    ["energy.importCalibration", ["nonsense"]],
    ["energy.restoreCalibration", []],
    ["energy.chooseCountry", ["Atlantis"]],
    ["tower.play", []],
    ["tower.here.finished", []],
    ["tower.start", [{ start: "left", goal: "left" }]],
    ["tower.start", [{ blocks: 99 }]],
    ["tower.push", ["b1", 0.3]],
    ["offline.use", []],
  ];
  const told = [];
  for (const [path, given] of wrong) {
    const whole = path.split(".").slice(0, -1).reduce((part, name) => part[name], hundredfold);
    const name = path.split(".").at(-1);
    try {
      await whole[name](...given);
      told.push([path, "taken", ""]);
    } catch ({ name, message }) {
      told.push([path, name, message]);
    }
  }
  return told;
}"""


def test_wrong_arguments_are_refused_in_words_and_python_goes_on(
    page: Page, live_server: Server, console: Console
) -> None:
    console.allow("422")
    visit(page, live_server.url)
    snapshot_kept(page)
    page.evaluate("() => { window.before = hundredfold.phases; }")
    for path, name, message in page.evaluate(WRONG, [SQUARE]):
        assert name in ("ArgumentError", "ProblemError", "Error"), f"{path}: {name}: {message}"
        assert re.search(r"[.…]$", message), f"{path}: {message}"
        assert len(message) > 20
        assert not re.search(r"undefined is|of undefined|\[object|is not a function|Python failed", message), (
            f"{path}: {message}"
        )
    assert page.evaluate("() => window.before === hundredfold.phases"), "Python was not started anew"
    assert page.evaluate("async () => (await (await caches.open('hundredfold-snapshot@/')).keys()).length") == 1
    assert page.evaluate("async ([image]) => (await hundredfold.run('digits', { image })).where", [SQUARE]) == "here"
    assert json.dumps(page.evaluate("() => hundredfold.balance('digits')"))
