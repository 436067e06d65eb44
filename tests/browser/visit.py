"""What the page's tests share: how a visitor opens the page, draws on it and reads it."""

import json
import time
import urllib.request
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Protocol

from playwright.sync_api import Locator, Page, expect

Point = tuple[float, float]
"""In units of the paper's side."""


class Server(Protocol):
    """The real server, as the fixtures `live_server` and `serve` give it."""

    url: str

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Console(Protocol):
    """What the browser reported, as the fixture `console` gives it."""

    def allow(self, pattern: str) -> None: ...


SEVEN: list[Point] = [(0.27, 0.2), (0.72, 0.2), (0.6, 0.45), (0.48, 0.85)]
ONE: list[Point] = [(0.52, 0.15), (0.5, 0.85)]
PHONE, DESKTOP = {"width": 360, "height": 640}, {"width": 1280, "height": 800}


def visit(page: Page, url: str) -> None:
    """Open the page and wait until this device can answer."""
    page.goto(url)
    page.wait_for_function("() => window.hundredfold")  # after a crash, it first learns from that
    page.evaluate("() => window.hundredfold.ready")


def answer(page: Page, side: str) -> Locator:
    """What stands, large, on one side: a label, or words for none."""
    return page.locator(f".side-{side} .answer-label")


def sample(page: Page, digit: int) -> Locator:
    return page.get_by_role("button", name=f"Draw a {digit}")


def draw(page: Page, points: Sequence[Point]) -> None:
    """One stroke with the mouse."""
    at = _scale(page)
    page.mouse.move(*at(points[0]))
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*at(point), steps=8)
    page.mouse.up()


def touch(page: Page, points: Sequence[Point]) -> None:
    """One stroke with a finger."""
    at = _scale(page)
    session = page.context.new_cdp_session(page)

    def send(kind: str, *where: Point) -> None:
        touches = [{"x": x, "y": y} for x, y in map(at, where)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", points[0])
    for (x0, y0), (x1, y1) in pairwise(points):
        for step in range(1, 9):
            send("touchMove", (x0 + (x1 - x0) * step / 8, y0 + (y1 - y0) * step / 8))
    send("touchEnd")


def _scale(page: Page) -> Any:
    canvas = page.locator("drawing-pad canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    return lambda point: (box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"])


def answered(page: Page, *where: str) -> None:
    """Wait until both sides, or those that are named, have answered what is on the paper."""
    page.wait_for_function(
        """(where) => {
          const { sides } = document.querySelector("exhibit-view");
          const asked = where.map((side) => sides[side]);
          return document.querySelector("drawing-pad").still && asked[0].input !== null &&
            asked.every(({ input, answered, follower }) =>
              input === asked[0].input && answered === input && !follower.busy);
        }""",
        arg=where or ("here", "there"),
    )


def settled(page: Page) -> None:
    """Wait until both sides have answered what is on the paper, and that is said."""
    answered(page)
    expect(page.locator(".verdict [role=status]")).to_contain_text("answer")


def open_all(page: Page) -> None:
    """Open every drawer, those within others too, and wait until what is in them is there."""
    page.wait_for_function(
        """() => {
          const drawers = [...document.querySelectorAll("details")];
          const done = drawers.every((drawer) => drawer.open && drawer.children.length > 1);
          for (const drawer of drawers) drawer.open = true;
          return done;
        }"""
    )


def until(page: Page, condition: str | Callable[[], object], timeout_s: float = 60) -> None:
    """Wait until an asynchronous function of the page, or one in here, is true: wait_for_function() takes its promise
    for a yes."""
    ends = time.monotonic() + timeout_s
    while not (page.evaluate(condition) if isinstance(condition, str) else condition()):
        assert time.monotonic() < ends, f"it never came true: {condition}"
        page.wait_for_timeout(50)


def frames(page: Page, count: int) -> None:
    """Wait until so many pictures were painted: in them, what would move has moved."""
    page.evaluate(
        """async (count) => {
          for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
        }""",
        count,
    )


def snapshot_kept(page: Page) -> None:
    """Wait until Python's memory after its imports is on this device."""
    until(page, "async () => (await (await caches.open('hundredfold-snapshot@/')).keys()).length === 1")


def cell(page: Page, name: str, side: str) -> Locator:
    """One cell of the table of all figures; opens it."""
    page.locator("details", has_text="All figures").first.evaluate("(drawer) => { drawer.open = true; }")
    row = page.locator(".facts tbody tr").filter(has=page.get_by_text(name, exact=True))
    return row.locator("td").nth(0 if side == "here" else 1)


def fact(page: Page, name: str, side: str) -> str:
    """What stands in a cell now."""
    return cell(page, name, side).text_content() or ""


def open_power(page: Page) -> Locator:
    """Open what energy is counted with here."""
    page.get_by_text("What your device draws").click()
    power = page.locator("device-choice")
    expect(power).to_be_visible()
    return power


def asked(page: Page) -> dict[str, Any]:
    """The input that the page sent to the server last."""
    given: dict[str, Any] = page.evaluate("document.querySelector('exhibit-view').sides.there.answered")
    return given


def api_label(url: str, given: dict[str, Any], variant: str | None = None) -> int | None:
    """What the server's interface answers, without a browser."""
    body = json.dumps({"input": given, "variant": variant}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/api/v1/exhibits/digits/run", body, headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)["output"]["label"]


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds on the page as it is."""
    page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found for node in each["nodes"]]
