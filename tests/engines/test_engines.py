"""What a visitor is promised holds in Chromium, Firefox and WebKit alike: one visit of each, from the first answer on.

What else the page does is tested in tests/browser, in Chromium alone.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from drivers import PATIENCE_S, Driver

NETWORK = r"Failed to load resource|NetworkError|Load failed|Cross-Origin|can.t establish a connection"
ANSWERS = (
    "() => ['here', 'there'].map((side) => document.querySelector(`.side-${side} .answer-label`)?.textContent.trim())"
)


def until(driver: Driver, condition: str, *args: Any) -> Any:
    """Wait until a function tells something that is true, also over a load of the page; returns that."""
    ends = time.monotonic() + PATIENCE_S
    problem: Exception | None = None
    while time.monotonic() < ends:
        try:
            if value := driver.evaluate(condition, *args):
                return value
        except Exception as error:  # the page is loaded anew meanwhile, or has not begun
            problem = error
        time.sleep(0.1)
    raise AssertionError(f"it never came true: {condition}") from problem


def ready(driver: Driver) -> None:
    """Wait until this device can answer."""
    until(driver, "async () => window.hundredfold && (await hundredfold.ready, true)")


def home(driver: Driver, url: str) -> None:
    """Be on the page, wherever the test before has left it."""
    if not driver.evaluate("() => location.href").startswith(url):
        driver.goto(url)
    ready(driver)


def draw(driver: Driver, digit: int) -> None:
    """Have a sample drawn."""
    label = f"Draw a {digit}"
    until(
        driver,
        "(label) => (document.querySelector(`[aria-label='${label}'], [title='${label}']`)?.click(), true)",
        label,
    )


def answered(driver: Driver, here: str, there: str) -> None:
    until(driver, f"() => ({ANSWERS})().join() === '{here},{there}'")


def test_the_exported_site_answers_on_a_plain_host(driver: Driver, host: str) -> None:
    driver.goto(host)
    # Where the engine has a service worker, that isolates the page by one load more.
    until(driver, "() => crossOriginIsolated || !navigator.serviceWorker")
    ready(driver)
    draw(driver, 4)
    answered(driver, "4", "4")
    until(driver, "() => document.querySelector('.note-there')?.textContent.includes('Recorded on')")


def test_it_answers_here_and_there(driver: Driver, site: Any) -> None:
    home(driver, site.url)
    draw(driver, 3)
    answered(driver, "3", "3")
    assert driver.evaluate("() => crossOriginIsolated")
    assert driver.evaluate("async () => (await hundredfold.device()).isolated"), "threads need it"


def test_all_golden_vectors_come_out_as_recorded(driver: Driver, site: Any, root: Path) -> None:
    home(driver, site.url)
    exhibits = json.loads((root / "models/manifest.json").read_text())["exhibits"]
    variants = [
        (name, each) for name, facts in exhibits.items() for each in facts["variants"] if "here" in each["runs"]
    ]
    assert len(variants) >= 9
    for name, variant in variants:
        vectors = json.loads((root / "models" / variant["golden"]).read_text())["variants"][variant["id"]]
        request = {"do": "check", "exhibit": name, "variant": variant["id"], "where": "here", "vectors": vectors}
        told = driver.evaluate("(request) => hundredfold.ask(request)", request)
        assert told["agrees"], told
        assert told["n"] == len(vectors) > 0


def test_a_tower_is_built_to_its_end(driver: Driver, site: Any) -> None:
    home(driver, site.url)
    driver.evaluate("() => { location.hash = 'tower'; }")
    until(driver, "() => hundredfold.tower?.here.now && hundredfold.tower.there.now")
    driver.evaluate("async () => { hundredfold.tower.speed = 8; await hundredfold.tower.here.finished(); }")
    here = driver.evaluate("() => { const { now, counts } = hundredfold.tower.here; return { now, counts }; }")
    assert here["now"]["success"]
    assert here["counts"]["calls"] > 100
    assert driver.evaluate("() => hundredfold.tower.there.counts.calls") >= 1
    driver.evaluate("() => { location.hash = ''; }")


def test_a_calibration_is_typed_in_and_kept(driver: Driver, site: Any) -> None:
    home(driver, site.url)
    # The half minutes of rest and of work are passed over; what is typed goes the whole way.
    until(
        driver,
        """() => {
          const drawers = [...document.querySelectorAll("summary")];
          const drawer = drawers.find((each) => each.textContent.includes("What your device draws"))?.parentElement;
          if (drawer) drawer.open = true;
          const plug = document.querySelector("calibrate-plug");
          if (!plug?.loadPhase) return false;
          plug.querySelector("details").open = true;
          plug.loadPhase = async () => {};
          return true;
        }""",
    )
    for step, reading in (("Start idle phase", "6.5"), ("Start load phase", "9")):
        press(driver, step)
        field = "idle" if "idle" in step else "load"
        until(
            driver,
            "(id) => (document.getElementById(id)?.focus(), document.activeElement?.id === id)",
            f"digits-plug-{field}",
        )
        driver.type(reading)
    press(driver, "Use these readings")
    kept = "() => hundredfold.energy.calibration?.device.one_w.mid"
    assert until(driver, kept) == pytest.approx(2.5)
    driver.reload()
    ready(driver)
    assert until(driver, kept) == pytest.approx(2.5)


def press(driver: Driver, name: str) -> None:
    """Press a button of the calibration."""
    until(
        driver,
        """(name) => {
          const buttons = [...document.querySelectorAll("calibrate-plug button")];
          const button = buttons.find((each) => each.textContent.trim() === name && !each.disabled);
          button?.click();
          return Boolean(button);
        }""",
        name,
    )


@pytest.mark.parametrize(("width", "digit"), [(360, "5"), (1280, "8")])
def test_it_fits_a_phone_and_a_desk(
    driver: Driver, site: Any, picture: Callable[[str], Path], width: int, digit: str
) -> None:
    home(driver, site.url)
    driver.resize(width, 800)
    until(driver, "(width) => innerWidth === width", width)
    draw(driver, int(digit))
    answered(driver, digit, digit)
    assert driver.evaluate("() => document.documentElement.scrollWidth") <= width
    driver.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    driver.screenshot(picture(str(width)))


def test_what_reaches_the_network_is_counted_until_it_is_switched_off(
    driver: Driver, site: Any, allow: list[str]
) -> None:
    allow.append(NETWORK)
    home(driver, site.url)
    if not driver.evaluate("() => Boolean(navigator.serviceWorker)"):
        return
    driver.evaluate("async () => { await hundredfold.offline.ready; }")
    told = driver.evaluate(
        """async () => {
          const { counters, off, on } = hundredfold.offline;
          const there = async () => {
            const input = { image: { width: 8, height: 8, pixels: btoa("\\0".repeat(64)) } };
            return hundredfold.run("digits", input, { where: "there" }).catch(() => null);
          };
          const before = await counters();
          const { bytes_sent } = await there();
          const after = await counters();
          await off();
          while (!(await counters()).off) await new Promise((resolve) => setTimeout(resolve, 20));
          await there();
          const without = await counters();
          await on();
          return { before, after, without, bytes_sent };
        }"""
    )
    before, after, without = told["before"], told["after"], told["without"]
    assert after["requests"] >= before["requests"] + 1
    assert after["sent_bytes"] >= before["sent_bytes"] + told["bytes_sent"] > 0
    assert after["received_bytes"] > before["received_bytes"]
    assert (after["off"], after["refused"]) == (False, 0)
    assert {name: without[name] for name in ("off", "requests", "sent_bytes", "received_bytes")} == {
        "off": True,
        "requests": 0,
        "sent_bytes": 0,
        "received_bytes": 0,
    }
    assert without["refused"] >= 1


def test_it_goes_on_with_the_server_gone(driver: Driver, site: Any, allow: list[str]) -> None:
    """The last one: the server does not come back."""
    allow.append(NETWORK)
    home(driver, site.url)
    strip = "() => document.querySelector('status-bar').textContent"
    if not driver.evaluate("() => Boolean(navigator.serviceWorker)"):
        until(driver, f"() => ({strip})().includes('private windows')")
        return
    driver.evaluate("async () => { await hundredfold.offline.ready; }")
    site.stop()
    with suppress(Exception):  # the load is what is tested: a driver may take the server's silence for its failure
        driver.reload()
    ready(driver)
    until(driver, f"() => ({strip})().includes('Ready to work offline')")
    draw(driver, 7)
    answered(driver, "7", "no answer")
    until(driver, "() => document.querySelector('.note-there').textContent.includes('can not be reached')")
