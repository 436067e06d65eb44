"""Small windows, large zoom and forced colours: nothing that has the focus is covered, and no shape vanishes."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from visit import Server, frames, open_all, sample, settled, violations, visit

pytestmark = pytest.mark.warm

FOCUSED = """
  () => {
    const on = document.activeElement;
    if (!on || on === document.body) return null;
    const name = `${on.localName} ${on.getAttribute("aria-label") ?? on.textContent.trim().slice(0, 30)}`;
    const { left, right, top, bottom, height } = on.getBoundingClientRect();
    const seen = { top: Math.max(0, top), bottom: Math.min(innerHeight, bottom) };
    const over = [...document.querySelectorAll("body *")].filter((each) =>
      ["fixed", "sticky"].includes(getComputedStyle(each).position) && !each.contains(on));
    const covers = over.map((each) => each.getBoundingClientRect()).some((box) =>
      box.width && box.left < right && box.right > left && box.top < seen.bottom && box.bottom > seen.top);
    const whole = `of ${document.documentElement.scrollHeight}, scrolled by ${scrollY}`;
    const wrong = (covers && height < innerHeight / 2) || seen.bottom <= seen.top;
    return { wrong, told: `${name}: ${top} to ${bottom} ${whole}` };
  }
"""
"""What has the focus, and whether anything that stays in its place lies over it."""


@pytest.mark.parametrize(
    "size", [(320, 256), (360, 640), (640, 360), (320, 480)], ids=lambda size: "x".join(map(str, size))
)
def test_what_has_the_focus_is_not_covered(page: Page, live_server: Server, size: tuple[int, int]) -> None:
    visit(page, live_server.url)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    expect(page.locator("status-bar")).to_contain_text("offline")
    sample(page, 3).click()
    settled(page)
    open_all(page)
    expect(page.locator("device-facts")).to_contain_text("MB")  # the last thing that makes anything longer
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    wrong: list[str] = []
    stops = 0
    for keys in ("Tab", "Shift+Tab"):
        for _ in range(90):
            page.keyboard.press(keys)
            stop = page.evaluate(FOCUSED)
            if not stop:
                break
            stops += 1
            if stop["wrong"]:
                frames(page, 2)  # what the key moves is moved in the next picture
                later = page.evaluate(FOCUSED)
                if later["wrong"]:
                    wrong.append(f"{stop['told']}, then {later['told']}, with {keys}")
    assert stops > 40
    assert wrong == []


COLOURS = """
  async ([png, share]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count > share * image.width * image.height).length;
  }
"""


def colours(page: Page, selector: str, share: float = 0.01) -> int:
    """How many colours take more than this share of what an element shows, lying bare."""
    return _count(page, page.locator(selector).first.screenshot(), share)


def _count(page: Page, png: bytes, share: float = 0.01) -> int:
    found: int = page.evaluate(COLOURS, [base64.b64encode(png).decode(), share])
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_are_seen_in_forced_colours(page: Page, live_server: Server, axe: str, scheme: Any) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    expect(page.get_by_role("switch")).to_be_enabled()
    knob = """(side) => {
      const track = document.querySelector(".network-track");
      const { left, top, width, height } = track.getBoundingClientRect();
      return { x: left + (side ? width / 2 : 4) , y: top + 4, width: width / 2 - 4, height: height - 8 };
    }"""
    halves = [page.screenshot(clip=page.evaluate(knob, side)) for side in (0, 1)]
    assert _count(page, halves[0]) == 1, "nothing on the side where the knob is not"
    assert _count(page, halves[1]) >= 2, "the knob"
    for shape in (".paper canvas", ".scores .best svg", ".to-scale .here", ".to-scale .there", ".energy-side.here svg"):
        assert colours(page, shape, 0.001) >= 2 or shape.startswith(".to-scale"), shape
    assert colours(page, ".to-scale") >= 2
    page.evaluate(
        "() => Object.assign(document.querySelector('exhibit-view'),"
        " { progress: { done: 25, runs: 50, running: true, text: '' } })"
    )
    page.locator("summary", has_text="All figures").click()
    assert colours(page, ".measure progress", 0.2) == 2, "what is done, and what is not"
    assert violations(page, axe) == []


def test_what_is_drawn_takes_on_new_colours(page: Page, live_server: Server) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    page.get_by_role("link", name="Build a tower").click()
    expect(page.locator(".tower-status").first).to_have_text("Reaching for a block.", timeout=30_000)
    shown: dict[str, str] = {}
    for forced, scheme in (("none", "light"), ("none", "dark"), ("active", "dark"), ("none", "light")):
        page.emulate_media(forced_colors=forced, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        name = f"{forced} {scheme}"
        drawn = page.evaluate("() => document.querySelector('tower-table canvas').toDataURL()")
        assert shown.setdefault(name, drawn) == drawn
        assert colours(page, "tower-table canvas", 0.0005) >= 5, "the table, its areas, the hand and the blocks"
    assert len(set(shown.values())) == len(shown)
