"""Browsers that round their clock, as settings against fingerprinting do: what is told is true, if less."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from visit import Server, sample, settled, visit

ROUND = """{
  const [step, slower] = [%r, %r];
  const plain = performance.now.bind(performance);
  performance.now = () => Math.floor(plain() / slower / step) * step;
}
"""
ENOUGH = 5
"""Steps of a clock in a time that is told; web/src/shared/clock.js."""
SLOWER = 4
"""The page's own clock also goes slower, so that a machine with much to do still answers within few of its steps."""
STEPS = """() => {
  const { here, there } = document.querySelector("exhibit-view").sides;
  return [here, there].map((side) => side.times.of("total").median / side.stepMs);
}"""
TIME = "() => hundredfold.balance('digits').boundaries.marginal.here.total.inputs.compute.inputs.time"
NEVER = re.compile(r"∞|NaN|Infinity|\b0\.00\b|\d\s[pf]J|once both sides")


@pytest.mark.parametrize("step_ms", [1000 / 60, 100.0], ids=["17 ms", "100 ms"])
def test_a_rounded_clock_tells_no_ratio_and_no_nothing(page: Page, live_server: Server, step_ms: float) -> None:
    rounded = ROUND % (step_ms, 1)

    def round_there_too(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=rounded + answer.text())

    page.context.route(re.compile(r"/assets/worker-[^/]*\.js"), round_there_too)
    page.add_init_script(ROUND % (step_ms, SLOWER))
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    view, here = page.locator("exhibit-view").first, page.locator(".energy-side.here .energy-number")
    expect(page.locator(".energy-words")).to_contain_text(re.compile("Nobody can tell|takes about"), timeout=60_000)
    steps = page.evaluate(STEPS)
    verdict = page.locator(".verdict p").nth(1)
    expect(verdict).to_contain_text("clock" if min(steps) < ENOUGH else "counting the way")
    if min(steps) < ENOUGH:
        expect(verdict).not_to_contain_text("times")
    for side, count in zip(("here", "there"), steps, strict=True):
        figure = page.locator(f".figure.{side} .figure-number").first
        expect(figure).to_have_text(re.compile(r"^< \d" if count < ENOUGH else r"^\d"))
    if page.evaluate(TIME)["low"] == 0:
        expect(here).to_contain_text("less than")
    expect(page.locator(".energy-side.there .energy-number strong")).to_have_text(re.compile(r"^[\d.,]+\sm?J$"))
    assert not NEVER.search(view.inner_text())
    ask = "async () => (await hundredfold.run('digits', hundredfold_input())).energy"
    page.evaluate("() => { window.hundredfold_input = () => document.querySelector('exhibit-view').panel.example(); }")
    joules = page.evaluate(ask)["joules"]
    assert 0 <= joules["low"] <= joules["mid"] <= joules["high"]
    assert joules["mid"] > 1e-4
    page.get_by_role("button", name="Measure energy").click()
    expect(page.locator(".energy-measure [role=status]")).to_contain_text("Measured back to back", timeout=180_000)
    assert page.evaluate(TIME)["low"] > 0
    expect(here).not_to_contain_text("less than")
    assert not NEVER.search(view.inner_text())
