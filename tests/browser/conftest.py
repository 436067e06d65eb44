"""Drives a real Chromium against the real server; a test fails on any error that the browser reports.

Where the start is not what is tested, the mark `warm` gives the pages of a visitor who has been here before: all files
are on the device, Python goes on from its snapshot, and nothing that a test before has chosen is left; samples appear
at once. A first visit takes twice the time and the work.

On failure a screenshot, the console and the page's source are in test-results/<test>/.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from live import Server
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError, expect
from visit import snapshot_kept, visit

from hundredfold.setup.browser import launch_options

COMPILED_ONCE = "--js-flags=--liftoff-only"
"""WebAssembly is not compiled a second time, for speed, while a page starts: a third of a first visit's processor time.
Browsers as they come, with both compilers, are what tests/engines drives."""
# What is expected is waited for until something must be wrong, however busy the machine is.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    options = {**browser_type_launch_args, **launch_options()}
    options["args"] = [*options.get("args", []), COMPILED_ONCE]
    shell = shutil.which("chromium-headless-shell")  # as Playwright's own: without windows, it starts a page sooner
    return {**options, "executable_path": shell} if shell and "executable_path" in options else options


@pytest.fixture(scope="session")
def serve(root: Path, prepared: dict[str, str]) -> Iterator[Callable[..., Server]]:
    """A function that starts a server; its keywords become environment variables. All are stopped at the end."""
    servers = []

    def start(**env: str) -> Server:
        server = Server(root, env)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def live_server(serve: Callable[..., Server]) -> Server:
    """One server for all tests that do not disturb it."""
    return serve()


@pytest.fixture
def stopped_server(live_server: Server) -> Iterator[Server]:
    """The same one, for a test that stops it: afterwards it runs again."""
    yield live_server
    if not live_server.running:
        live_server.start()


@pytest.fixture(scope="session")
def axe(root: Path, prepared: dict[str, str]) -> str:
    """The program that finds what keeps people from using a page."""
    return (root / "web/node_modules/axe-core/axe.min.js").read_text()


class Console:
    """What the browser of one test reported; errors that ``allow`` does not name fail the test."""

    def __init__(self, context: BrowserContext) -> None:
        self.lines: list[str] = []
        self.errors: list[str] = []
        self._allowed: list[str] = []
        self._context = context
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def end(self) -> None:
        self._context.remove_listener("console", self._on_console)
        self._context.remove_listener("weberror", self._on_error)

    def allow(self, pattern: str) -> None:
        """Errors that match this regular expression are expected in this test."""
        self._allowed.append(pattern)

    def unexpected(self) -> list[str]:
        return [error for error in self.errors if not any(re.search(pattern, error) for pattern in self._allowed)]

    def _on_console(self, message: ConsoleMessage) -> None:
        line = f"{message.type}: {message.text} ({message.location.get('url', '')})"
        self.lines.append(line)
        if message.type == "error":
            self.errors.append(line)

    def _on_error(self, error: WebError) -> None:
        self.lines.append(f"uncaught: {error.error}")
        self.errors.append(f"uncaught: {error.error}")


class Warm:
    """A visitor who was here before, for one test after the other."""

    def __init__(self, start: Callable[[], BrowserContext]) -> None:
        self._start = start
        self._context: BrowserContext | None = None

    def open(self) -> BrowserContext:
        self._context = self._context or self._start()
        return self._context

    def reset(self, context: BrowserContext) -> None:
        """Nothing is left but what every visit leaves: the site's files and the snapshot."""
        context.unroute_all(behavior="ignoreErrors")
        context.clear_cookies()
        context.clear_permissions()
        origins = {page.evaluate("origin") for page in context.pages if page.url.startswith("http")}
        for page in context.pages:
            page.close()
        page = context.new_page()
        session = context.new_cdp_session(page)
        for origin in origins:
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage,indexeddb"})
        page.close()

    def drop(self) -> None:
        if self._context:
            self._context.close()
        self._context = None


@pytest.fixture(scope="session")
def warm(browser: Browser, browser_context_args: dict[str, Any], live_server: Server) -> Iterator[Warm]:
    def start() -> BrowserContext:
        context = browser.new_context(**browser_context_args, reduced_motion="reduce")
        page = context.new_page()
        visit(page, live_server.url)
        page.evaluate("() => hundredfold.offline.ready")
        snapshot_kept(page)
        page.close()
        return context

    warm = Warm(start)
    yield warm
    warm.drop()


@pytest.fixture
def context(request: pytest.FixtureRequest, new_context: Callable[[], BrowserContext]) -> Iterator[BrowserContext]:
    """A visitor's first visit, or with the mark `warm` a later one; `warm(False)` on one test of a warm file."""
    marked = request.node.get_closest_marker("warm")
    if not marked or marked.args == (False,) or request.node.get_closest_marker("browser_context_args"):
        yield new_context()
        return
    warm: Warm = request.getfixturevalue("warm")
    context = warm.open()
    yield context
    if request.node.stash.get(FAILED, True):
        warm.drop()  # whatever it left behind, the next test does not find it
    else:
        warm.reset(context)


@pytest.fixture
def console(context: BrowserContext) -> Iterator[Console]:
    console = Console(context)
    yield console
    console.end()


@pytest.fixture(autouse=True)
def _watched(request: pytest.FixtureRequest) -> Iterator[None]:
    if "page" not in request.fixturenames:  # it has a browser, or a page, of its own
        yield
        return
    page: Page = request.getfixturevalue("page")
    console: Console = request.getfixturevalue("console")
    yield
    page.context.unroute_all(behavior="ignoreErrors")  # what a test holds back may be under way still
    for each in page.context.pages:
        each.unroute_all(behavior="ignoreErrors")
    unexpected = console.unexpected()
    if unexpected or request.node.stash.get(FAILED, True):
        _save(Path("test-results") / re.sub(r"[^\w.-]+", "-", request.node.name), page, console)
    assert not unexpected, "the browser reported errors:\n" + "\n".join(unexpected)


def _save(folder: Path, page: Page, console: Console) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "console.txt").write_text("\n".join(console.lines))
    for index, each in enumerate(page.context.pages):
        each.screenshot(path=folder / f"page-{index}.png", full_page=True)
        (folder / f"page-{index}.html").write_text(each.content())
