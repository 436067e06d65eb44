"""Starts each engine that this machine has once, for all of these tests.

HUNDREDFOLD_ENGINES names engines that must be there, as .ci/run does.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from drivers import Driver, start

from hundredfold.bench.site import server
from hundredfold.setup.browser import ENGINES, find, required, told_left_out


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine that is here."""
    name = str(request.param)
    if find(name) is None:
        if name in required():
            pytest.fail(told_left_out([name]))
        pytest.skip(f"this machine has no {name}")  # tests/conftest.py tells of it in the end
    return name


@pytest.fixture(scope="module")
def window(engine: str, request: pytest.FixtureRequest) -> Iterator[Driver]:
    """The engine's window, in which all tests go on where the one before ended."""
    driver = start(engine, lambda: request.getfixturevalue("playwright"))
    yield driver
    driver.close()


@pytest.fixture
def allow() -> list[str]:
    """Patterns of errors that a test expects its browser to report."""
    return []


@pytest.fixture
def driver(window: Driver, engine: str, request: pytest.FixtureRequest, allow: list[str]) -> Iterator[Driver]:
    """The window; a test fails on what the browser reports as an error, where it tells them."""
    window.errors.clear()
    yield window
    window.evaluate("() => 0")  # so that all is heard
    unexpected = [error for error in window.errors if not any(re.search(each, error) for each in allow)]
    if unexpected:
        window.screenshot(results() / f"{engine}-{request.node.originalname}.png")
    assert not unexpected, "the browser reported errors:\n" + "\n".join(unexpected)


class Site:
    """The real server, which can be stopped for good."""

    def __init__(self) -> None:
        self._running = server()
        self.url = self._running.__enter__()
        self.stopped = False

    def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            self._running.__exit__(None, None, None)


@pytest.fixture(scope="module")
def site(engine: str, prepared: dict[str, str]) -> Iterator[Site]:
    """A server for one engine."""
    site = Site()
    yield site
    site.stop()


@pytest.fixture
def host(exported: Path) -> Iterator[str]:
    """The address of the exported site on a plain file server."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    serving = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(exported.parents[1])))
    Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_port}/some/path/"
    serving.shutdown()
    serving.server_close()


def results() -> Path:
    """Where pictures are kept."""
    folder = Path("test-results/engines")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def picture(engine: str) -> Callable[[str], Path]:
    return lambda name: results() / f"{engine}-{name}.png"
