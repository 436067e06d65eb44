"""What a month of it costs: typed, chosen, shared, printed, and told to a script with the same figures."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from visit import DESKTOP, PHONE, Server, open_all, sample, settled, until, violations, visit

pytestmark = pytest.mark.warm
WRONG = "#digits?per_month=lots&price_per_kwh=-1&currency=GBP&country=XXX&tokens_per_request=7"
TITLE = "What would a month of it cost?"
SHOWN = """() => {
  const rows = [...document.querySelectorAll("month-bill .bill-way")].map((way) => {
    const figures = [...way.querySelectorAll("[data-figure]")].map(({ dataset: { figure, low, mid, high } }) => ({
      unit: figure, low: Number(low), mid: Number(mid), high: Number(high) }));
    return [way.dataset.where, figures];
  });
  return Object.fromEntries(rows);
}"""
TOLD = """async (options) => {
  const { ways } = await hundredfold.bill("digits", options);
  const ends = ({ unit, low, mid, high }) => ({ unit, low, mid, high });
  return Object.fromEntries(ways.map(({ where, energy, money, co2e }) => [where, [energy, money, co2e].map(ends)]));
}"""
"""Electricity, money and CO2 equivalent of each way, as the page shows them and as a script gets them."""


def bill(page: Page) -> Locator:
    return page.locator("month-bill:visible")


def total(page: Page, where: str) -> float:
    """kWh in the middle."""
    return float(shown(page)[where][0]["mid"])


def shown(page: Page) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = page.evaluate(SHOWN)
    return found


def often(page: Page) -> Locator:
    return bill(page).get_by_label("Or type how many times")


def answered(page: Page, url: str) -> None:
    """An answer of both sides, counted and told."""
    visit(page, url)
    sample(page, 3).click()
    settled(page)
    expect(page.locator(".energy-words")).to_contain_text(re.compile("takes about|Nobody can tell"))


def opened(page: Page, url: str) -> None:
    answered(page, url)
    page.get_by_text(TITLE).click()
    expect(bill(page).locator(".bill-way dl")).to_have_count(3)


def test_its_program_comes_when_it_is_opened_and_totals_follow_what_is_typed(page: Page, live_server: Server) -> None:
    answered(page, live_server.url)
    assert not page.evaluate("Boolean(customElements.get('month-bill'))")
    page.get_by_text(TITLE).click()
    expect(bill(page).locator(".bill-way dl")).to_have_count(3)
    expect(bill(page)).to_contain_text("1,000 times a month")
    expect(bill(page)).to_contain_text("A light estimate from the last answers")
    hosted = total(page, "hosted")
    assert hosted == pytest.approx(0.3)
    often(page).fill("2,000")
    expect(bill(page)).to_contain_text("2,000 times a month")
    assert total(page, "hosted") == pytest.approx(2 * hosted)
    bill(page).get_by_role("button", name="A school of 500").click()
    expect(bill(page)).to_contain_text("500,000 times a month")
    expect(often(page)).to_have_value("500000")
    assert total(page, "hosted") == pytest.approx(500 * hosted)
    often(page).fill("many")
    expect(bill(page).locator("[aria-invalid=true]")).to_have_count(1)
    expect(bill(page)).to_contain_text("500,000 times a month")
    for where in ("here", "there"):
        for figure in shown(page)[where]:
            assert 0 <= figure["low"] < figure["mid"] < figure["high"]
    expect(bill(page)).to_contain_text("as published, not measured here")


def test_a_link_brings_the_same_numbers_and_says_nothing_false(page: Page, live_server: Server) -> None:
    opened(page, live_server.url)
    often(page).fill("123456")
    page.get_by_text("Change the prices and the country").click()
    bill(page).get_by_label("Price of a kWh").fill("0.31")
    bill(page).get_by_label("Tokens of one request").fill("900")
    bill(page).get_by_label("Currency").select_option("EUR")
    bill(page).get_by_label("Your electricity is that of").select_option("FRA")
    expect(page.locator(".energy-co2e select")).to_have_value("FRA")
    expect(bill(page)).to_contain_text("€")
    page.wait_for_function("() => location.hash.includes('country=FRA')")
    before = shown(page)["hosted"]
    page.reload()
    page.wait_for_function("() => window.hundredfold")
    expect(bill(page)).to_contain_text("123,456 times a month")
    expect(bill(page)).to_contain_text("Not known yet: get an answer above first")
    until(page, lambda: shown(page)["hosted"] == before)
    sample(page, 3).click()
    settled(page)
    expect(bill(page).locator(".bill-way dl")).to_have_count(3)
    assert shown(page)["here"][1]["unit"] == "EUR"
    assert shown(page)["here"][1]["mid"] == pytest.approx(0.31 * total(page, "here"))
    page.goto(f"{live_server.url}/{WRONG}")
    expect(bill(page).locator(".bill-total")).to_have_text("1,000 times a month:")


def test_a_wrong_link_falls_back(page: Page, live_server: Server) -> None:
    visit(page, f"{live_server.url}/{WRONG}")
    expect(bill(page)).to_contain_text("1,000 times a month")
    expect(often(page)).to_have_value("1000")
    page.get_by_text("Change the prices and the country").click()
    expect(bill(page).get_by_label("Price of a kWh")).to_have_value("")
    expect(bill(page).get_by_label("Tokens of one request")).to_have_value("7")
    expect(bill(page).get_by_label("Currency")).to_have_value("USD")
    assert page.evaluate("hundredfold.energy.country") == ""


def test_a_script_gets_the_same_figures(page: Page, live_server: Server) -> None:
    opened(page, live_server.url)
    often(page).fill("70000")
    expect(bill(page)).to_contain_text("70,000 times a month")
    until(page, lambda: shown(page) == page.evaluate(TOLD, {"per_month": 70_000}))
    told = page.evaluate(
        "(options) => hundredfold.bill('digits', options)",
        {"per_month": 10, "country": "FRA", "price_per_million_tokens": 3, "tokens_per_request": 100},
    )
    assert told["country"] == "France"
    assert told["ways"][-1]["money"]["mid"] == pytest.approx(10 * 100 * 3 / 1e6)
    for wrong in ("{}", "{per_month: '7'}", "{per_month: 7, country: 'France'}", "{per_month: 7, price: 3}"):
        said = page.evaluate(f"hundredfold.bill('digits', {wrong}).then(() => '', (error) => error.message)")
        assert re.fullmatch(r"bill\(id, options\): .+\.", said), said
    assert page.evaluate("hundredfold.bill('digits', {per_month: 7}).then(({ways}) => ways[0].energy.unit)") == "kWh"


def test_what_was_measured_is_counted_firmly(page: Page, live_server: Server) -> None:
    opened(page, live_server.url)
    page.get_by_role("button", name="Measure energy").click()
    expect(page.locator(".energy-measure [role=status]")).to_contain_text("Measured back to back", timeout=60_000)
    expect(bill(page).locator(".bill-light")).to_be_hidden()
    joules = "() => hundredfold.balance('digits').boundaries.marginal.here.total.mid"
    until(page, lambda: total(page, "here") == pytest.approx(1000 * page.evaluate(joules) / 3.6e6))


def test_a_variant_that_answered_there_stays_on_the_bill(page: Page, live_server: Server) -> None:
    opened(page, live_server.url)
    ladder = page.evaluate("hundredfold.exhibits().then(({digits}) => digits)")
    other = next(
        each["id"]
        for each in ladder["variants"]
        if "there" in each["runs"] and each["id"] != ladder["default"]["there"]
    )
    page.get_by_text("Choose other models").click()
    page.locator("variant-choice select").last.select_option(other)
    settled(page)
    expect(bill(page).locator(".bill-way.there dl")).to_have_count(2)
    expect(bill(page)).to_contain_text(other)
    expect(bill(page)).to_contain_text(ladder["default"]["there"])


def test_on_paper_it_stands_alone_with_its_work_and_its_date(page: Page, live_server: Server) -> None:
    opened(page, live_server.url)
    page.emulate_media(media="print", color_scheme="dark")
    for text in (
        "What a month of it costs",
        "The work",
        "Google, for May 2025",
        "Worked out on",
        "#digits?per_month=1000",
    ):
        expect(bill(page).get_by_text(text).first).to_be_visible()
    expect(bill(page).locator(".bill-product").first).to_contain_text("× 1,000 =")
    for hidden in ("header.masthead", "energy-panel", ".stage", "footer", ".bill-buttons", ".bill-prices"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(bill(page).locator(".bill-total")).to_have_css("color", "rgb(22, 22, 22)")
    page.emulate_media(media="screen")
    expect(page.locator("energy-panel").first).to_be_visible()
    page.get_by_text(TITLE).click()
    page.emulate_media(media="print")
    expect(page.locator("energy-panel").first).to_be_visible()


def test_its_link_is_copied(page: Page, live_server: Server) -> None:
    opened(page, live_server.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bill(page).get_by_role("button", name="A firm of 10,000").click()
    bill(page).get_by_role("button", name="Copy link").click()
    expect(bill(page).locator(".bill-buttons")).to_contain_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live_server.url}/#digits?per_month=10000000&currency=USD" == page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_room_on_a_phone_and_axe_finds_nothing(page: Page, live_server: Server, axe: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    opened(page, live_server.url)
    open_all(page)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for times in ("1", "1000", "500000", "10000000", "3000000000", "1000000000000"):
            often(page).fill(times)
            until(page, lambda times=times: total(page, "hosted") == pytest.approx(0.3e-3 * float(times)))
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"], times
        assert violations(page, axe) == []


def test_what_is_played_has_a_bill_once_it_is_over(page: Page, live_server: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    visit(page, f"{live_server.url}/#tower")
    page.get_by_text(TITLE).and_(page.locator(":visible")).click()
    expect(bill(page)).to_contain_text("let this table be played to its end first")
    page.evaluate("() => hundredfold.tower.start({ blocks: 3 })")
    page.evaluate("() => { hundredfold.tower.speed = 8; void hundredfold.tower.play(); }")
    page.evaluate("() => hundredfold.tower.here.finished().then(() => null)")
    expect(bill(page).locator(".bill-way.here dl")).to_have_count(1)
    told = page.evaluate("hundredfold.bill('tower', {per_month: 1000})")
    joules = page.evaluate("hundredfold.tower.here.counts.joules")
    assert told["ways"][0]["energy"]["mid"] == pytest.approx(1000 * joules["mid"] / 3.6e6)
