"""Cheap devices: no vectors, little memory, tabs that went down, one thread, a narrow line."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, Route, expect
from playwright.sync_api import Error as PlaywrightError
from visit import Console, Server, answer, sample, settled, snapshot_kept, until, visit

from hundredfold.bench import slow

NETWORK = r"Failed to load resource|net::ERR_|503"
MB = 1e6


def test_a_browser_without_vectors_is_told_what_it_lacks(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], live_server: Server
) -> None:
    args = [*browser_type_launch_args.get("args", ()), "--js-flags=--no-enable-sse4-1"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    page = browser.new_page()
    page.goto(live_server.url)
    note = page.locator(".note-here")
    expect(note).to_contain_text("compute with vectors")
    expect(note).to_contain_text("Safari from 16.4")
    sample(page, 3).click()
    expect(answer(page, "there")).to_have_text("3")
    expect(answer(page, "here")).to_have_text("no answer")
    browser.close()


def test_a_class_over_plain_http_gets_everything_but_offline_use_and_threads(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], live_server: Server
) -> None:
    args = [*browser_type_launch_args.get("args", ()), "--host-resolver-rules=MAP school.test 127.0.0.1"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})
    page = browser.new_page()
    visit(page, live_server.url.replace("127.0.0.1", "school.test"))
    assert page.evaluate("() => isSecureContext") is False
    sample(page, 3).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("3")
    expect(page.locator("status-bar")).to_contain_text("needs an address with https")
    browser.close()


@pytest.mark.warm
def test_an_address_with_more_behind_it_is_kept_too(page: Page, live_server: Server, console: Console) -> None:
    console.allow(NETWORK)
    visit(page, live_server.url)
    page.evaluate("() => hundredfold.offline.ready")
    page.evaluate("() => hundredfold.offline.off()")
    for address in ("/?from=a+link", "/index.html"):
        visit(page, live_server.url + address)
        sample(page, 3).click()
        expect(answer(page, "here")).to_have_text("3")
    page.evaluate("() => hundredfold.offline.on()")


@pytest.fixture
def crashed(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[[str], BrowserContext]]:
    """crashed(url): a browser in which a tab went down while the page at url was starting in it."""
    contexts: list[BrowserContext] = []

    def crash(url: str) -> BrowserContext:
        if not contexts:
            contexts.append(browser_type.launch_persistent_context(tmp_path / "p", **browser_type_launch_args))
        page = contexts[0].new_page()
        page.goto(url, wait_until="commit")
        page.wait_for_function("() => Object.keys(localStorage).some((key) => key.includes('attempt'))", polling=10)
        held = len(page.evaluate("async () => (await navigator.locks.query()).held"))
        assert held >= 1
        with page.expect_event("crash"), suppress(PlaywrightError):
            page.goto("chrome://crash", timeout=5000)
        page.close()
        watcher = contexts[0].new_page()
        with suppress(PlaywrightError):  # once in a while the service worker went down with the tab, and never answers
            watcher.goto(f"{url}/method.html", timeout=10_000)
        if not watcher.url.startswith(url):
            session = contexts[0].new_cdp_session(watcher)
            session.send("ServiceWorker.enable")
            session.send("ServiceWorker.stopAllWorkers")
            session.send("Network.enable")
            session.send("Network.setBypassServiceWorker", {"bypass": True})
            watcher.goto(f"{url}/method.html")
        until(watcher, "async () => (await navigator.locks.query()).held.length === 0")
        watcher.close()
        return contexts[0]

    yield crash
    for context in contexts:
        context.close()


def test_a_tab_that_went_down_starts_one_step_lower_and_says_so(
    crashed: Callable[[str], BrowserContext], live_server: Server
) -> None:
    page = crashed(live_server.url).new_page()
    visit(page, live_server.url)
    note = page.locator(".note-here")
    expect(note).to_contain_text("Started with one thread, because a tab stopped")
    assert page.evaluate("async () => (await hundredfold.device()).threads") == 1
    sample(page, 3).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("3")
    snapshot_kept(page)
    page.close()
    page = crashed(live_server.url).new_page()
    page.goto(live_server.url)
    note = page.locator(".note-here")
    expect(note).to_contain_text("took this tab down more than once")
    sample(page, 3).click()
    expect(answer(page, "there")).to_have_text("3")
    note.get_by_role("button", name="Try again").click()
    expect(answer(page, "here")).to_have_text("3")
    begun = page.evaluate("() => hundredfold.phases.map(({what}) => what)")
    assert "Python starts" in begun, "not from a snapshot that may have been what took the tab down"
    page.get_by_text("Your device and the server").click()
    page.get_by_role("button", name="Use all again").click()
    page.evaluate("() => hundredfold.ready")
    expect(note).not_to_contain_text("one thread")


def test_closing_a_tab_in_the_middle_is_no_crash(context: BrowserContext, live_server: Server) -> None:
    page = context.new_page()
    page.route("**/pyodide.asm.wasm", lambda route: None)
    page.goto(live_server.url)
    page.wait_for_function("() => Object.keys(localStorage).some((key) => key.includes('attempt'))")
    page.close(run_before_unload=True)
    other = context.new_page()
    visit(other, live_server.url)
    expect(other.locator(".note-here")).to_have_text("")
    assert other.evaluate("() => Object.keys(localStorage).filter((key) => /attempt|limits/.test(key))") == []


@pytest.mark.warm
def test_a_model_that_took_a_tab_down_is_stood_in_for_once(page: Page, live_server: Server) -> None:
    page.goto(live_server.url)
    note = '{"what": "model", "variant": "digits/student-fp32"}'
    page.evaluate("(note) => localStorage.setItem('hundredfold.attempt.gone@/', note)", note)
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    page.get_by_text("Choose other models").click()
    choice = page.get_by_label("Here", exact=True)
    choice.select_option("student-fp32")
    expect(page.locator(".note-here")).to_contain_text("student-int8 stands in for student-fp32: this tab stopped")
    page.evaluate("() => document.querySelector('exhibit-view').sides.here.choose('student-fp32')")
    expect(page.locator(".note-here")).to_have_text("")
    settled(page)
    expect(answer(page, "here")).to_have_text("3")


@pytest.mark.warm
def test_memory_is_shown_and_bounded(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    page.get_by_text("Your device and the server").click()
    expect(page.locator("device-facts")).to_contain_text("for Python and the engine")
    assert 20 * MB < page.evaluate("() => document.querySelector('exhibit-view').memory.wasm_bytes") < 250 * MB
    page.evaluate("() => hundredfold.boundMemory(1e6)")
    expect(page.locator(".note-here")).to_contain_text("Its memory had grown to")
    page.evaluate("() => hundredfold.boundMemory(1e9)")
    page.evaluate("() => hundredfold.ready")
    expect(answer(page, "here")).to_have_text("3")


def test_a_narrow_line_shows_something_true_at_once(page: Page, live_server: Server) -> None:
    with slow.line(live_server.url, 400e3, 0.15) as line:
        page.goto(line.url, wait_until="commit")
        expect(page.get_by_role("heading", name="How small can it be")).to_be_visible()
        sample(page, 3).click()
        expect(answer(page, "there")).to_have_text("3")
        expect(page.locator(".side-here")).to_contain_text(re.compile(r"of \d\.\d\sMB"))
        page.goto("about:blank")


def test_a_slow_processor_is_slow_and_right(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], live_server: Server, tmp_path: Path
) -> None:
    mark = str(tmp_path / "slow")
    context = browser_type.launch_persistent_context(mark, **browser_type_launch_args)
    page = context.new_page()
    with slow.processor(mark, 6):
        page.set_default_timeout(120_000)
        visit(page, live_server.url)
        sample(page, 3).click()
        expect(answer(page, "here")).to_have_text("3", timeout=60_000)
        expect(page.locator(".note-here")).to_have_text("")
    context.close()


@pytest.mark.parametrize(("offered", "used"), [(4, 2), (2, 1)])
def test_a_device_uses_half_of_the_threads_it_offers(page: Page, live_server: Server, offered: int, used: int) -> None:
    def pretend(route: Route) -> None:
        answer = route.fetch()
        said = f"Object.defineProperty(navigator, 'hardwareConcurrency', {{ value: {offered} }});"
        route.fulfill(response=answer, body=said + answer.text())

    page.context.route(re.compile(r"/assets/worker-[^/]*\.js"), pretend)
    visit(page, live_server.url)
    assert page.evaluate("async () => (await hundredfold.device()).threads") == used
    sample(page, 3).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("3")
