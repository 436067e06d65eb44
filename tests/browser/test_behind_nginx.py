"""The files of docs/deploy/ in a real nginx: our server behind it under a path, and an export that it hosts alone."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from live import Server
from nginx import Nginx, program
from playwright.sync_api import Page, expect
from visit import SEVEN, Console, answer, draw, sample, settled, until, visit

NGINX_LEFT_OUT = "this machine has no nginx"
"""tests/conftest.py tells of it in the end."""
INPUT = {"image": {"width": 8, "height": 8, "pixels": base64.b64encode(bytes(64)).decode()}}


@pytest.fixture(scope="module", autouse=True)
def _has_nginx() -> None:
    if program() is None:
        pytest.skip(NGINX_LEFT_OUT)


Started = Callable[..., Nginx]


@pytest.fixture(scope="module")
def nginx(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """nginx(file, changes): one that runs; all are stopped at the end."""
    started: list[Nginx] = []

    def start(file: str, changes: dict[str, str]) -> Nginx:
        started.append(Nginx(root / "docs/deploy" / file, tmp_path_factory.mktemp("nginx"), changes))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture(scope="module")
def proxied(nginx: Started, serve: Callable[..., Server]) -> Callable[..., str]:
    """proxied(**env): the address of a server behind nginx, under /demo/."""

    def start(**env: str) -> str:
        server = serve(HUNDREDFOLD_PROXIES="1", **env)
        return f"{nginx('nginx-proxy.conf', {'127.0.0.1:8000': f'127.0.0.1:{server.port}'}).url}/demo/"

    return start


def ask(url: str, body: Any = None, **headers: str) -> tuple[int, Message, bytes]:
    """(status, headers, content) of what is answered, whatever it is."""
    given = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, given, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_under_a_path_the_page_answers_on_both_sides_and_stays_without_the_network(
    proxied: Callable[..., str], page: Page, console: Console
) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED")
    url = proxied()
    visit(page, url.removesuffix("/"))  # which leads to the folder
    assert page.url == url
    assert page.evaluate("crossOriginIsolated")
    sample(page, 7).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("7")
    expect(answer(page, "there")).to_have_text("7")
    run = "async (input) => (await hundredfold.run('digits', input, {where: 'there'})).where"
    assert page.evaluate(run, INPUT) == "there"
    page.evaluate("() => hundredfold.offline.ready")
    until(page, "() => navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    try:
        visit(page, url)
        draw(page, SEVEN)
        expect(answer(page, "here")).to_have_text("7")
    finally:
        page.context.set_offline(False)


def test_refusals_come_through_with_when_to_try_again(proxied: Callable[..., str]) -> None:
    url = proxied(HUNDREDFOLD_RATE="6/minute")
    answers = [
        ask(f"{url}api/v1/exhibits/digits/run", {"input": INPUT}, **{"X-Forwarded-For": f"192.0.2.{number}"})
        for number in range(8)
    ]
    statuses = [status for status, _, _ in answers]
    assert statuses[0] == 200
    assert statuses == sorted(statuses)
    assert statuses[-1] == 429, "a visitor chose the address that is counted"
    _, headers, content = answers[-1]
    assert headers["Content-Type"] == "application/problem+json"
    assert 0 < int(headers["Retry-After"]) <= 60
    assert json.loads(content)["detail"]


def test_a_server_that_is_full_says_so_through_the_proxy(proxied: Callable[..., str]) -> None:
    url = proxied(HUNDREDFOLD_WAITING="0")
    long = {"input": INPUT, "repeats": 50}

    def run(_: int) -> tuple[int, Message, bytes]:
        return ask(f"{url}api/v1/exhibits/digits/run", long)

    short = {"input": INPUT}
    assert any(ask(f"{url}api/v1/exhibits/digits/run", short)[0] == 200 for _ in range(30)), "its worker gets warm"
    with ThreadPoolExecutor(12) as crowd:
        answers = list(crowd.map(run, range(12)))
    refused = [(headers, content) for status, headers, content in answers if status == 503]
    assert refused
    assert {status for status, _, _ in answers} == {200, 503}
    for headers, content in refused:
        assert int(headers["Retry-After"]) > 0
        assert json.loads(content)["status"] == 503


def test_an_export_is_hosted_without_a_server(nginx: Started, exported: Path, page: Page) -> None:
    host = nginx("nginx-export.conf", {"/srv/hundredfold;": f"{exported.parents[1]};", "/demo/": "/some/path/"})
    url = f"{host.url}/some/path/"
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    visit(page, url)
    assert page.evaluate("crossOriginIsolated")
    assert loads == [url], "isolation came by a reload, not by nginx"
    sample(page, 7).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("7")
    expect(answer(page, "there")).to_have_text("7")

    engine = next(exported.glob("runtime/ort-*/*.wasm")).relative_to(exported).as_posix()
    _, sent, packed = ask(url + engine, **{"Accept-Encoding": "gzip"})
    assert (sent["Content-Type"], sent["Content-Encoding"]) == ("application/wasm", "gzip")
    assert len(packed) < (exported / engine).stat().st_size / 3
    assert "immutable" in sent["Cache-Control"]
    listed = json.loads((exported / "models/manifest.json").read_text())["exhibits"]["digits"]["variants"][-1]
    _, model, _ = ask(f"{url}models/{listed['file']}?sha256={listed['sha256']}")
    assert "immutable" in model["Cache-Control"]
    _, start, _ = ask(url)
    assert start["Cache-Control"] == "no-cache"
    _, embedded, _ = ask(f"{url}embed/digits/")
    assert embedded["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert embedded["Cross-Origin-Embedder-Policy"] == "require-corp"
    status, _, missing = ask(f"{url}nothing")
    assert status == 404
    assert b"This page is not here" in missing
    assert host.errors.count("[error]") == 1, host.errors
