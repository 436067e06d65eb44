"""One exhibit in somebody else's page: it works there without isolation, and says so."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from visit import Console, Server, visit


@pytest.fixture
def blog(tmp_path: Path, live_server: Server) -> Iterator[Any]:
    """blog(html): the address of somebody else's page with this text."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def write(html: str) -> str:
            (tmp_path / "index.html").write_text(
                f"<!doctype html><html lang=en><title>A blog</title><link rel=icon href=data:,><body>{html}"
            )
            return f"http://localhost:{server.server_port}/"

        yield write
        server.shutdown()


@pytest.mark.warm
def test_the_snippet_of_the_page_shows_the_exhibit_in_another_one(page: Page, live_server: Server, blog: Any) -> None:
    visit(page, live_server.url)
    page.get_by_text("Show this on your own page").first.click()
    snippet = page.get_by_label("Lines for your own page").first.input_value()
    assert f"{live_server.url}/embed/digits/" in snippet
    page.goto(blog(snippet))
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Draw a 3").click()
    expect(frame.locator(".side-here .answer-label")).to_have_text("3", timeout=30_000)
    expect(frame.locator(".side-there .answer-label")).to_have_text("3", timeout=30_000)
    expect(frame.locator(".embed-footer")).to_contain_text("one thread")
    expect(frame.locator("status-bar")).to_have_count(0)
    expect(frame.locator(".masthead")).to_have_count(0)
    expect(frame.locator("tower-view")).to_have_count(0)


def test_the_tower_alone(page: Page, live_server: Server, blog: Any) -> None:
    page.goto(blog(f'<iframe src="{live_server.url}/embed/tower" width=900 height=700 title=t></iframe>'))
    frame = page.frame_locator("iframe")
    expect(frame.locator("tower-side").first.locator(".tower-status")).to_contain_text(
        "Reaching", timeout=30_000, use_inner_text=True
    )
    expect(frame.locator("exhibit-view")).to_have_count(0)


def test_a_sandboxed_frame_is_told_what_it_needs(page: Page, live_server: Server, console: Console, blog: Any) -> None:
    console.allow("^error: ")
    page.goto(blog(f'<iframe src="{live_server.url}/embed/digits/" sandbox="allow-scripts" title=t></iframe>'))
    inside = page.frame_locator("iframe").locator("#exhibits")
    expect(inside).to_contain_text("allow-same-origin")
    expect(inside).not_to_contain_text("in a moment")


@pytest.mark.warm
def test_only_embeds_may_be_framed(page: Page, live_server: Server) -> None:
    for address, framed in (("/", False), ("/embed/digits/", True), ("/method.html", False)):
        headers = page.request.get(live_server.url + address).headers
        assert ("frame-ancestors *" in headers["content-security-policy"]) is framed
        assert headers["cross-origin-resource-policy"] == ("cross-origin" if framed else "same-origin")


@pytest.mark.warm
def test_the_tower_alone_can_be_put_to_work_for_a_meter(page: Page, live_server: Server) -> None:
    """Its load is a model that computes in the worker, not a page that stands still."""
    visit(page, f"{live_server.url}/embed/tower/")
    turns = page.evaluate(
        """async () => {
          let turns = 0;
          const timer = setInterval(() => turns++, 20);
          await document.querySelector("tower-view").loadPhase("load", { seconds: 1 });
          clearInterval(timer);
          return turns;
        }"""
    )
    assert turns > 5
