"""Both mistakes of every model that sorts mail: fetched when asked for, drawn with ranges, and told in numbers."""

import json

from playwright.sync_api import Page, expect
from visit import PHONE, Console, Server, open_all, violations, visit

from hundredfold import environment

SUMMARY = "How often each mistake is made"


def test_both_mistakes_are_drawn_and_told_even_without_a_network(
    page: Page, live_server: Server, console: Console, axe: str
) -> None:
    console.allow(r"Failed to load resource|net::ERR_")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"{live_server.url}/#mail")
    page.evaluate("() => hundredfold.offline.ready")
    assert not [url for url in asked if "mail/results.json" in url]
    made = page.evaluate("() => Boolean(customElements.get('mail-errors'))")
    assert not made, "its program comes when it is asked for"
    page.evaluate("() => hundredfold.offline.off()")
    page.locator("exhibit-view:visible summary", has_text=SUMMARY).click()
    figure = page.locator("mail-errors figure")
    expect(figure).to_be_visible()
    assert [url for url in asked if "mail/results.json" in url]

    results = json.loads((environment.models() / "mail/results.json").read_text())
    for drawn in ("polyline", ".spot path", ".mail-errors-key"):
        expect(figure.locator(drawn)).to_have_count(len(results))
    expect(figure.locator(".spot > line")).to_have_count(2 * len(results))
    for width, height in figure.locator(".spot > line").evaluate_all(
        "(lines) => lines.map((line) => line.getBoundingClientRect()).map(({ width, height }) => [width, height])"
    ):
        assert max(width, height) > 20, "a range is seen as one"
    lines = figure.locator("polyline")
    styles = lines.evaluate_all("(each) => each.map((one) => getComputedStyle(one).strokeDasharray)")
    assert len(set(styles)) == len(results), "lines differ without their colours"

    rows = page.locator("mail-errors table").first.locator("tbody tr")
    expect(rows.locator("th")).to_have_text(list(results))
    for row, told in zip(rows.all(), results.values(), strict=True):
        missed = told["test"]["spam_missed"]
        expect(row.locator("td").nth(1)).to_have_text(
            f"{missed['value']:.1%} ({missed['low']:.1%} to {missed['high']:.1%})".replace("%", "\u00a0%")
        )
    page.locator("mail-errors summary").click()
    points = page.locator("mail-errors details tbody tr")
    expect(points).to_have_count(len(results["student-int8"]["test"]["curve"]))
    expect(points.first.locator("th")).to_have_text("0 (0\u00a0%)")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    open_all(page)
    assert violations(page, axe) == []
    page.evaluate("() => hundredfold.offline.on()")
