"""Anyone can use the page: checked by axe in every state, by keyboard alone, and with motion reduced."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from visit import DESKTOP, PHONE, Console, Server, answer, open_all, sample, settled, violations, visit

pytestmark = pytest.mark.warm
SCHEMES: list[Any] = ["light", "dark"]


def test_axe_finds_nothing(page: Page, live_server: Server, axe: str) -> None:
    visit(page, live_server.url)

    def all_is_well() -> None:
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert violations(page, axe) == [], f"{scheme}, {size}"

    all_is_well()
    sample(page, 3).click()
    settled(page)
    expect(page.locator(".energy-words")).not_to_have_text("")
    open_all(page)
    expect(page.locator("[data-figure]").first).to_be_visible()
    all_is_well()


@pytest.mark.parametrize("name", ["how-it-works", "energy", "console"])
def test_axe_finds_nothing_in_the_documentation(page: Page, live_server: Server, axe: str, name: str) -> None:
    page.goto(f"{live_server.url}/docs/{name}.html")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert violations(page, axe) == [], f"{scheme}, {size}"
        assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.warm(False)
def test_axe_finds_nothing_while_loading_or_failed(page: Page, live_server: Server, console: Console, axe: str) -> None:
    console.allow("^error: ")

    def all_is_well() -> None:
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert violations(page, axe) == [], scheme

    page.route("**/pyodide.asm.wasm", lambda route: None)
    page.goto(live_server.url)
    expect(page.locator(".side-here")).to_contain_text("MB")
    all_is_well()
    page.route("**/pyodide.js*", lambda route: route.fulfill(status=404))
    page.reload()
    expect(page.locator(".note-here")).to_contain_text("could not be loaded")
    page.route("**/run", lambda route: route.abort())
    sample(page, 3).click()
    expect(page.locator(".note-there")).to_contain_text("can not be reached")
    all_is_well()


def test_everything_can_be_done_by_keyboard(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    walked: list[str] = []

    def walk_to(name: str) -> None:
        """Press Tab until what has the focus bears this name; each stop must show that it has it."""
        for _ in range(40):
            page.keyboard.press("Tab")
            name_here, outline = page.evaluate(
                """() => {
                  const on = document.activeElement;
                  const name = on.getAttribute("aria-label") ?? on.labels?.[0]?.textContent
                    ?? on.textContent.trim();
                  const { outlineStyle, outlineWidth } = getComputedStyle(on);
                  return [name, outlineStyle === "none" ? 0 : parseFloat(outlineWidth)];
                }"""
            )
            walked.append(name_here)
            assert outline >= 2, f"no visible focus on {name_here}"
            if name_here == name:
                return
        raise AssertionError(f"{name} was not reached; on the way: {walked}")

    walk_to("Draw a 7")
    page.keyboard.press("Enter")
    settled(page)
    walk_to("All figures")
    page.keyboard.press("Enter")
    walk_to("Measure 50 times")
    page.keyboard.press("Space")
    expect(page.locator(".measure")).to_contain_text("Measured 50 times.", timeout=60_000)
    page.keyboard.press("Escape")
    walk_to("Choose other models")
    page.keyboard.press("Enter")
    walk_to("Here")
    page.keyboard.press("ArrowUp")
    settled(page)
    assert page.get_by_label("Here", exact=True).input_value() == "student-fp32"
    walk_to("Your device and the server")
    walk_to("Duggan, Lorang, Lu and Scheutz (2026)")
    assert [f"Draw a {digit}" for digit in range(8)] == [
        name for name in walked if name.startswith("Draw a ") and name[-1].isdigit()
    ][:8]
    page.keyboard.press("Control+z")
    expect(answer(page, "here")).to_have_text("nothing drawn yet")


def test_a_sample_appears_at_once_when_motion_is_reduced(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    motions: list[Any] = ["reduce", "no-preference"]
    for motion in motions:
        page.emulate_media(reduced_motion=motion)
        page.evaluate(
            """() => {
              window.changes = 0;
              document.querySelector("drawing-pad").addEventListener("drawing", () => window.changes++);
            }"""
        )
        sample(page, 8).click()
        settled(page)
        changes = page.evaluate("window.changes")
        assert changes == 1 if motion == "reduce" else changes > 1
        assert page.evaluate("document.getAnimations().length") == 0


def test_the_outcome_is_announced(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    outcome = page.locator(".verdict [role=status]")
    here, there = (answer(page, side).inner_text() for side in ("here", "there"))
    expect(outcome).to_contain_text(f"Same answer: {here}." if here == there else f"{here} here, {there} there")
