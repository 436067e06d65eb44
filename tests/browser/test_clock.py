"""Browsers that round their clock, as settings against fingerprinting do: what is told is true, if less."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from visit import Server, sample, settled, visit

ROUND = """{
  const step = %r;
  const plain = performance.now.bind(performance);
  performance.now = () => Math.floor(plain() / step) * step;
}
"""
NEVER = re.compile(r"∞|NaN|Infinity|\b0\.00\b|\d\s[pf]J|once both sides")


@pytest.mark.parametrize("step_ms", [1000 / 60, 100.0], ids=["17 ms", "100 ms"])
def test_a_rounded_clock_tells_no_ratio_and_no_nothing(page: Page, live_server: Server, step_ms: float) -> None:
    rounded = ROUND % step_ms

    def round_there_too(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=rounded + answer.text())

    page.context.route(re.compile(r"/assets/worker-[^/]*\.js"), round_there_too)
    page.add_init_script(rounded)
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    words = page.locator(".energy-words")
    expect(words).to_contain_text(re.compile("Nobody can tell|takes about"), timeout=60_000)
    verdict = page.locator(".verdict p").nth(1)
    expect(verdict).to_contain_text("clock has too large steps")
    expect(verdict).not_to_contain_text("times")
    expect(page.locator(".figure.here .figure-number").first).to_have_text(re.compile(r"^< \d"))
    expect(page.locator(".energy-side.here .energy-number")).to_contain_text("less than")
    expect(page.locator(".energy-side.there .energy-number strong")).to_have_text(re.compile(r"^[\d.,]+\sm?J$"))
    page.locator("details", has_text="All figures").first.evaluate("(drawer) => { drawer.open = true; }")
    expect(page.locator(".facts").first).to_contain_text("< ")
    assert not NEVER.search(page.locator("exhibit-view").inner_text())
    energy = page.evaluate(
        "async () => (await hundredfold.run('digits', document.querySelector('exhibit-view').sides.here.input)).energy"
    )
    assert 0 == energy["joules"]["low"] < energy["joules"]["mid"] <= energy["joules"]["high"]
    page.get_by_role("button", name="Measure energy").click()
    expect(page.locator(".energy-measure [role=status]")).to_contain_text("Measured back to back", timeout=120_000)
    expect(page.locator(".energy-side.here .energy-number")).not_to_contain_text("less than")
    assert not NEVER.search(page.locator("exhibit-view").inner_text())
