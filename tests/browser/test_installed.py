"""The wheel in an empty environment, without Node and without the checkout: one pip, one command, one answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from nginx import free_port
from playwright.sync_api import Page, Request, expect
from visit import answer, sample, settled, visit

START_S = 120


@pytest.fixture(scope="module")
def url(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an installed copy's server, whose user has nothing but what pip installed."""
    home = tmp_path_factory.mktemp("home")
    subprocess.run([sys.executable, "-m", "venv", str(home / "env")], check=True)
    pip = [str(home / "env/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Not compiled ahead: what is not used here is most of it.
    subprocess.run([*pip, "--no-compile", str(wheel)], check=True, cwd=home, stdout=subprocess.DEVNULL)
    nothing = home / "nothing"
    nothing.mkdir()
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("HUNDREDFOLD_", "PYTHON"))}
    env |= {"PATH": str(nothing), "HOME": str(home), "XDG_CACHE_HOME": str(home / "caches"), "PORT": str(port)}
    server = subprocess.Popen([str(home / "env/bin/hundredfold"), "serve"], cwd=nothing, env=env)
    address = f"http://127.0.0.1:{port}"
    ends = time.monotonic() + START_S
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/api/v1/health", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, "it ended; what it said is above"
                assert time.monotonic() < ends
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        assert server.wait(30) == 0
    (kept,) = (home / "caches/hundredfold").iterdir()
    assert {path.name for path in kept.iterdir()} == {"page", "models"}
    assert not list(nothing.iterdir()), "it wrote to where it was started"
    (package,) = home.glob("env/lib/python*/site-packages/hundredfold")
    assert (package / "site/page/index.html.br").is_file()
    assert not (package / "site/page/index.html").exists(), "it was unpacked in place"


def test_the_page_answers_on_both_sides_and_asks_nobody_else(url: str, page: Page) -> None:
    foreign: list[str] = []

    def heard(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(url).netloc and not request.url.startswith(("blob:", "data:")):
            foreign.append(request.url)

    page.context.on("request", heard)
    visit(page, url)
    assert page.evaluate("crossOriginIsolated")
    sample(page, 7).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("7")
    expect(answer(page, "there")).to_have_text("7")
    assert foreign == []


def test_every_exhibit_of_it_can_be_used(url: str, page: Page) -> None:
    visit(page, url)
    told = page.evaluate("() => hundredfold.exhibits()")
    assert len(told) >= 4
    ready = page.request.get(f"{url}/api/v1/health").json()
    assert not any(ready.get(name) for name in ("refused", "trouble")), ready
