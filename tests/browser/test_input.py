"""What a visitor's hands do: presses that never end, keys that are meant for something else, numbers in many forms."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect
from visit import Server, answer, open_power, sample, until, visit

pytestmark = pytest.mark.warm
CANVAS = "document.querySelector('drawing-pad canvas')"
STROKES = "() => document.querySelector('drawing-pad').strokes.map((stroke) => stroke.length)"


def mouse(session: CDPSession, kind: str, at: tuple[float, float], buttons: int) -> None:
    """A mouse as some drive it: a release is not told, only that no button is down any more."""
    session.send(
        "Input.dispatchMouseEvent",
        {
            "type": kind,
            "x": at[0],
            "y": at[1],
            "button": "left" if buttons else "none",
            "buttons": buttons,
            "clickCount": 1 if kind == "mousePressed" else 0,
        },
    )


def fingers(session: CDPSession, kind: str, *at: tuple[float, float]) -> None:
    points = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(at)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def place(page: Page, selector: str) -> Any:
    """place(0.5, 0.5) is the middle of this element."""
    element = page.locator(selector).first
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    return lambda x, y: (box["x"] + x * box["width"], box["y"] + y * box["height"])


def test_a_press_on_the_paper_ends_also_when_nobody_says_so(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    at = place(page, "drawing-pad canvas")
    session = page.context.new_cdp_session(page)

    def press() -> None:
        page.evaluate("() => document.querySelector('drawing-pad').clear()")
        mouse(session, "mousePressed", at(0.3, 0.3), 1)
        mouse(session, "mouseMoved", at(0.4, 0.4), 1)
        drawn = page.evaluate(STROKES)
        assert len(drawn) == 1

    def goes_on() -> bool:
        before = page.evaluate(STROKES)
        mouse(session, "mouseMoved", at(0.6, 0.6), 1)
        return bool(page.evaluate(STROKES) != before)

    press()
    before = page.evaluate(STROKES)
    mouse(session, "mouseMoved", at(0.5, 0.5), 0)
    assert page.evaluate(STROKES) == before, "no button was down any more"
    assert not goes_on()
    ends = [
        "window.dispatchEvent(new Event('blur'))",
        "document.dispatchEvent(new Event('visibilitychange'))",
        f"{CANVAS}.dispatchEvent(new PointerEvent('lostpointercapture', {{pointerId: 1}}))",
    ]
    for end in ends:
        press()
        assert goes_on()
        page.evaluate(end)
        assert not goes_on(), end


def test_a_finger_that_was_forgotten_does_not_block_the_paper(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    at = place(page, "drawing-pad canvas")
    session = page.context.new_cdp_session(page)
    first, second = at(0.3, 0.3), at(0.7, 0.3)
    fingers(session, "touchStart", first)
    fingers(session, "touchMove", at(0.3, 0.4))
    fingers(session, "touchStart", at(0.3, 0.4), second)
    assert len(page.evaluate(STROKES)) == 2
    lengths = page.evaluate(STROKES)
    fingers(session, "touchMove", at(0.3, 0.6), at(0.7, 0.6))
    until(page, f"async () => ({STROKES})()[1] > {lengths[1]}")
    one, other = page.evaluate(STROKES)
    assert one == lengths[0], "the finger before draws no more"
    page.mouse.move(*at(0.5, 0.2))
    page.mouse.down()
    page.mouse.move(*at(0.5, 0.4))
    page.mouse.up()
    assert len(page.evaluate(STROKES)) == 3, "though no finger was lifted"
    page.get_by_role("button", name="Undo").click()
    assert page.evaluate(STROKES) == [one, other], "each press is one step back"


def test_a_block_is_not_carried_on_by_a_mouse_without_a_button(page: Page, live_server: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    visit(page, f"{live_server.url}/#tower")
    expect(page.locator(".tower-status").first).to_have_text("Reaching for a block.", timeout=30_000)
    canvas = page.locator("tower-table canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    [_, x, z] = min(page.evaluate("() => hundredfold.tower.here.now.blocks"))
    unit = box["width"] / 0.6

    def at(x: float, z: float) -> tuple[float, float]:
        return box["x"] + x * unit, box["y"] + box["height"] - (z + 0.03) * unit

    dragged = "() => document.querySelector('tower-table').dragged"
    session = page.context.new_cdp_session(page)
    ends = ["", "window.dispatchEvent(new Event('blur'))", "document.dispatchEvent(new Event('visibilitychange'))"]
    for end in ends:
        mouse(session, "mousePressed", at(x, z + 0.015), 1)
        mouse(session, "mouseMoved", at(x + 0.05, 0.2), 1)
        assert page.evaluate(dragged)
        if end:
            page.evaluate(end)
        else:
            mouse(session, "mouseMoved", at(x + 0.06, 0.2), 0)
        assert page.evaluate(dragged) is None, end
    expect(page.locator(".tower-pushed")).to_have_text("")


PRESS = """
  (keys) => {
    const event = new KeyboardEvent("keydown", { ctrlKey: true, bubbles: true, cancelable: true, ...keys });
    document.activeElement.dispatchEvent(event);
    return event.defaultPrevented;
  }
"""


def test_ctrl_z_takes_a_stroke_back_only_where_it_is_meant_so(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    sample(page, 3).click()
    expect(answer(page, "here")).to_have_text("3")
    drawn = page.evaluate(STROKES)

    def undone(**keys: Any) -> bool:
        prevented = page.evaluate(PRESS, keys)
        taken = page.evaluate(STROKES) != drawn
        assert prevented == taken
        if taken:
            sample(page, 3).click()
            expect(answer(page, "here")).to_have_text("3")
        return bool(taken)

    assert undone(key="z", code="KeyZ")
    assert undone(key="z", code="KeyZ", ctrlKey=False, metaKey=True)
    assert undone(key="Z", code="KeyZ"), "caps lock"
    assert undone(key="я", code="KeyZ"), "a Cyrillic layout"
    assert undone(key="ζ", code="KeyZ"), "a Greek one"
    assert undone(key="z", code="KeyW"), "where Z lies elsewhere"
    assert not undone(key="w", code="KeyZ"), "where something else lies at its place"
    assert not undone(key="Z", code="KeyZ", shiftKey=True), "that is to do it again"
    assert not undone(key="z", code="KeyZ", altKey=True)
    assert not undone(key="z", code="KeyZ", ctrlKey=False)

    power = open_power(page)
    power.locator("#digits-power-active").press_sequentially("75")
    page.keyboard.press("Control+z")
    assert page.evaluate(STROKES) == drawn, "the text's own undo"
    page.get_by_text("Show this on your own page").first.click()
    page.locator("embed-snippet textarea").first.focus()
    assert not undone(key="z", code="KeyZ")
    page.get_by_role("link", name="Build a tower").click()
    page.locator("tower-view").get_by_label("Blocks").focus()
    assert not undone(key="z", code="KeyZ")
    page.evaluate("() => document.activeElement.blur()")
    assert not undone(key="z", code="KeyZ"), "the paper is not shown"
    page.get_by_role("link", name="Draw a digit").click()
    page.evaluate("() => document.activeElement.blur()")
    assert undone(key="z", code="KeyZ")


def test_the_number_that_was_typed_or_none(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    power = open_power(page)
    field = power.locator("#digits-power-active")
    for typed, taken in (("7,5", "7.5 W"), ("12,50", "12.5 W"), ("1 250.5", "1250.5 W"), ("\uff18", "8 W")):
        field.clear()
        field.press_sequentially(typed)
        power.get_by_role("button", name="Use these").click()
        expect(power.locator(".power-title")).to_contain_text(f" {taken} above idle", use_inner_text=True)
        expect(field).to_have_value(typed)
    for typed, says in (("1,250", "can be read as"), ("1.2 kW", "in W"), ("seven", "such as 7.5")):
        field.fill(typed)
        power.get_by_role("button", name="Use these").click()
        expect(power.locator("#digits-power-active-note")).to_contain_text(says)
        expect(power.locator(".power-title")).to_contain_text("8 W above idle")
