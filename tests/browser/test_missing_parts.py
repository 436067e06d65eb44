"""What a browser lacks or holds back is said, instead of "in a moment" for ever; the side that can answer does."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from visit import Console, Server, answer, sample, visit

BLOCKED = r"^error: "
MAIN = re.compile(r"/assets/main-[^/]*\.js|/assets/embed-[^/]*\.js|/assets/index-[^/]*\.js")


def only_the_server_answers(page: Page) -> None:
    sample(page, 3).click()
    expect(answer(page, "there")).to_have_text("3")
    expect(answer(page, "here")).to_have_text("no answer")


@pytest.mark.parametrize(
    "lack",
    [
        "delete window.Worker",
        "window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }",
    ],
    ids=["missing", "throwing"],
)
def test_without_workers_the_server_answers(page: Page, live_server: Server, lack: str) -> None:
    page.add_init_script(lack)
    page.goto(live_server.url)
    note = page.locator(".note-here")
    expect(note).to_contain_text("can not compute in the background")
    only_the_server_answers(page)
    note.get_by_role("button", name="Try again").click()
    expect(note).to_contain_text("can not compute in the background")
    only_the_server_answers(page)


def test_without_webassembly_it_is_said_once(page: Page, live_server: Server) -> None:
    def take_away(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body="delete self.WebAssembly;" + answer.text())

    page.context.route(re.compile(r"/assets/worker-[^/]*\.js"), take_away)
    page.goto(live_server.url)
    note = page.locator(".note-here")
    expect(note).to_contain_text("WebAssembly is switched off")
    expect(note).not_to_contain_text("stopped")
    only_the_server_answers(page)


REFUSALS = """
  const refuse = () => { throw new DOMException("It is refused here.", "SecurityError"); };
  for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"])
    Object.defineProperty(window, name, { get: refuse });
  Object.defineProperty(navigator, "serviceWorker", { get: refuse });
  const locks = { request: async () => refuse(), query: async () => refuse() };
  Object.defineProperty(navigator, "locks", { value: locks });
"""


def test_where_nothing_may_be_kept_both_sides_answer(page: Page, live_server: Server) -> None:
    page.add_init_script(REFUSALS)
    page.goto(live_server.url)
    sample(page, 3).click()
    for side in ("here", "there"):
        expect(answer(page, side)).to_have_text("3", timeout=30_000)
    expect(page.locator("status-bar")).to_contain_text("keeps nothing for offline use")


def test_a_program_that_is_held_back_is_told(page: Page, live_server: Server, console: Console) -> None:
    console.allow(BLOCKED)
    console.allow("uncaught: ")
    page.route(MAIN, lambda route: route.abort())
    page.goto(live_server.url)
    before = page.locator("#exhibits")
    expect(before).to_contain_text("could not be loaded")
    expect(before).not_to_contain_text("in a moment")
    expect(page.get_by_role("heading", name="What is this?")).to_be_visible()
    page.unroute(MAIN)
    page.route(MAIN, lambda route: _spoil(route, "let it be = an older browser;"))
    page.reload()
    expect(before).to_contain_text("too old")
    page.unroute(MAIN)
    page.route(MAIN, lambda route: _spoil(route, "throw new Error('something is missing');"))
    page.reload()
    expect(before).to_contain_text("something is missing")


def _spoil(route: Route, text: str) -> None:
    route.fulfill(body=text, content_type="text/javascript")


def test_without_any_of_our_scripts_it_is_said_after_a_while(page: Page, live_server: Server, console: Console) -> None:
    console.allow(BLOCKED)
    page.route(re.compile(r"\.js($|\?)"), lambda route: route.abort())
    page.goto(live_server.url)
    late = page.get_by_text("did not start")
    expect(late).to_be_hidden()
    page.evaluate("() => document.getAnimations().forEach((each) => each.finish())")
    expect(late).to_be_visible()


def test_a_page_that_was_opened_as_a_file_says_how_to_open_it(
    page: Page, root: Path, prepared: dict[str, str], console: Console
) -> None:
    console.allow(BLOCKED)
    page.goto((root / "web/dist/index.html").as_uri())
    expect(page.locator("#exhibits")).to_contain_text("python3 -m http.server")


@pytest.mark.parametrize("script", ["ort.wasm.min.js", "pyodide.js", "pyodide.asm.js"])
def test_a_script_that_could_not_be_fetched_is_fetched_once_more(
    page: Page, live_server: Server, console: Console, script: str
) -> None:
    console.allow("ERR_FAILED")
    held: list[str] = []
    page.context.route(
        re.compile(f"/{re.escape(script)}$"), lambda route: (held.append(route.request.url), route.abort())
    )
    visit(page, live_server.url)
    assert held, "the first try was refused"
