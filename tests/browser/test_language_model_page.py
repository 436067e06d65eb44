"""A language model beside the ladder: what was measured of it, asked in the large model's place, and in the bill."""

import json

import pytest
from playwright.sync_api import Page, expect
from visit import PHONE, Console, Server, violations, visit

from hundredfold.environment import ROOT

pytestmark = pytest.mark.warm
RECORD = json.loads((ROOT / "models/reviews/language-model.json").read_text())


def opened(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/#reviews")
    view = page.locator("exhibit-view:visible")
    view.get_by_text("A language model, only asked").click()
    expect(view.locator("asked-facts table").first).to_be_visible()


def test_it_is_told_asked_and_billed_by_what_was_recorded(page: Page, live_server: Server, console: Console) -> None:
    console.allow("422")  # of a text that nobody recorded
    opened(page, live_server)
    view = page.locator("exhibit-view:visible")
    facts = view.locator("asked-facts")
    expect(facts).to_contain_text("No language model runs on this server")
    expect(facts).to_contain_text(RECORD["model"]["sha256"])
    expect(facts.locator(".asked-tried tbody tr")).to_have_count(len(RECORD["tried"]))
    expect(facts.locator(".asked-published li")).to_have_count(3)
    view.locator(".stage button", has_text="…").first.click()
    facts.get_by_role("button").click()
    there = view.locator(".side-there")
    expect(there).to_contain_text("as recorded")
    expect(there.locator(".answer-label")).to_have_text("Positive")
    expect(there).to_contain_text("does not tell which words moved it")
    expect(view.locator(".loss")).to_contain_text("Of 100 test")
    view.get_by_text("What would a month of it cost?").click()
    row = view.locator('.bill-way[data-variant="language-model"]')
    expect(row.locator("strong").first).to_be_visible()
    view.locator("textarea").first.fill("A sentence that nobody recorded.")
    expect(view.locator("side-note:visible").first).to_contain_text("ready-made")


def test_it_is_in_a_bill_before_it_was_asked(page: Page, live_server: Server) -> None:
    visit(page, f"{live_server.url}/#reviews?per_month=1000")
    view = page.locator("exhibit-view:visible")
    view.locator(".stage button", has_text="…").first.click()
    expect(view.locator('.bill-way[data-variant="language-model"] strong').first).to_be_visible(timeout=20_000)


def test_what_is_told_of_it_is_accessible_and_fits_a_phone(page: Page, live_server: Server, axe: str) -> None:
    page.set_viewport_size(PHONE)
    opened(page, live_server)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page, axe) == []
