"""The finished product, as measurements and validation drive it: the real server and a real browser."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from ..exhibits import EXHIBITS
from ..manifest import Ladder, Manifest
from ..result import Where
from ..session import Session
from ..setup.browser import launch_options

ROOT = Path(__file__).resolve().parents[3]
MODELS = ROOT / "models"
APART = ThreadPoolExecutor(1)
"""For what needs an event loop of its own: Playwright's runs in the main thread."""


def ladders() -> dict[str, Ladder]:
    return dict(Manifest.load(MODELS / "manifest.json").ladders)


def first() -> Ladder:
    """That of the exhibit which a visitor sees first, and which is measured."""
    return next(iter(ladders().values()))


def example(ladder: Ladder, where: Where = "here", models: Path = MODELS) -> dict[str, Any]:
    """An input of this exhibit: that of the first golden vector of the model that runs here, or there."""
    variant = ladder.default(where)
    given: dict[str, Any] = json.loads((models / variant.golden).read_text())["variants"][variant.id][0]["input"]
    return given


async def fed(session: Session, exhibit: str, given: Any) -> Mapping[str, np.ndarray]:
    """What this input comes to as a model's inputs, at the first call that an answer makes."""
    calls: list[Mapping[str, np.ndarray]] = []
    heard = copy(session)

    async def run(names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        calls.append(feeds)
        return await session.run(names, feeds)

    heard.run = run  # type: ignore[method-assign]
    await EXHIBITS[exhibit].run(heard, EXHIBITS[exhibit].parse(given))
    return calls[0]


@contextmanager
def server(env: Mapping[str, str] | None = None) -> Iterator[str]:
    """The real server in a process of its own, with these variables; yields its address once it is healthy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, str(ROOT / "server.py")]
    process = subprocess.Popen(
        command, env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), **(env or {})}, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/api/v1/health", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        else:
            raise RuntimeError("the server did not start: run `python server.py` to see why")
        yield url
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def visit() -> Iterator[tuple[Page, str]]:
    """A page that is ready to answer, in a real browser, and the server's address."""
    options = launch_options()
    with server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        page = browser.new_page()
        page.goto(url)
        page.evaluate("() => window.hundredfold.ready.then(() => window.hundredfold.energy.ready)")
        yield page, url
        browser.close()
