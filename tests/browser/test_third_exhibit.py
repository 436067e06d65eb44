"""One more exhibit is nothing but its folders: laid into a copy of the tree, it is in everything that there is."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError

import pytest
from live import Server as RealServer
from playwright.sync_api import Page, expect
from visit import Console, Server, answer, violations, visit

ID, SAMPLE = "vowels", Path(__file__).resolve().parents[1] / "sample_exhibit"
NOT_COPIED = {".git", ".venv", "node_modules", "dist", "test-results", "__pycache__", "tests"}
LINKED = ("web/node_modules", ".cache/runtime", ".cache/packs", ".cache/compressed")
"""What was fetched, packed and compressed once need not be again."""
WORD, LABEL = {"text": "banana"}, "consonants"

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def grown(root: Path, prepared: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this tree with the folders of one more exhibit, and not one other line."""
    tree = tmp_path_factory.mktemp("grown") / "tree"
    shutil.copytree(root, tree, ignore=lambda _, names: NOT_COPIED & {*names} | {n for n in names if n == ".cache"})
    for name in LINKED:
        shutil.copytree(root / name, tree / name, copy_function=os.link, symlinks=True)
    shutil.copytree(SAMPLE, tree, dirs_exist_ok=True)
    return tree


@pytest.fixture(scope="module")
def env(grown: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(grown / "py_src"), "HUNDREDFOLD_CACHE": str(grown / ".cache")}


@pytest.fixture(scope="module")
def command(grown: Path, env: dict[str, str]) -> Run:
    """command("forge", "vowels") -> the JSON line that the command ends with."""

    def run(*arguments: str) -> dict[str, Any]:
        line = [sys.executable, "-m", "hundredfold.cli", *arguments]
        done = subprocess.run(line, cwd=grown, env={**os.environ, **env}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    return run


@pytest.fixture(scope="module")
def made(command: Run) -> dict[str, Any]:
    """Its models are made, and the page is built."""
    told = command("forge", ID)
    assert command("prepare")["page"] == "built"
    return told


@pytest.fixture(scope="module")
def grown_server(grown: Path, env: dict[str, str], made: dict[str, Any]) -> Iterator[Server]:
    server = RealServer(grown, env)
    server.start()
    yield server
    server.stop()


def test_it_is_made_evaluated_and_carded(command: Run, grown: Path, env: dict[str, str], made: dict[str, Any]) -> None:
    assert made["accuracy"] == {"wide": pytest.approx(1, abs=0.01), "narrow": pytest.approx(1, abs=0.01)}
    told = command("evaluate", ID, "--variant", "narrow")
    assert (told["variant"], told["n"], told["accuracy"]["value"]) == ("narrow", 300, made["accuracy"]["narrow"])
    program = f"from hundredfold.forge.card import card; print(card({ID!r}))"
    card = subprocess.run([sys.executable, "-c", program], env={**os.environ, **env}, cwd=grown, capture_output=True)
    assert b"# Type a word: the models" in card.stdout
    assert b"`narrow`" in card.stdout


def test_it_is_listed_asked_measured_and_kept(page: Page, grown_server: Server, console: Console, axe: str) -> None:
    console.allow(r"Failed to load resource|net::ERR_")
    with urllib.request.urlopen(f"{grown_server.url}/api/v1/exhibits") as response:
        assert ID in json.load(response)["exhibits"]
    visit(page, grown_server.url)
    assert ID in page.evaluate("async () => Object.keys(await hundredfold.exhibits())")
    page.get_by_role("link", name="Type a word").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"p.lead[data-exhibit={ID}]")).to_be_visible()
    expect(page.locator("p.lead[data-exhibit=digits]")).to_be_hidden()
    view = page.locator("exhibit-view:visible")
    field = view.locator("input").first
    page.keyboard.press("Tab")
    while not field.evaluate("(field) => field === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type(WORD["text"])
    for side in ("here", "there"):
        expect(view.locator(f".side-{side} .answer-label")).to_have_text(LABEL)
    expect(view.locator(".verdict [role=status]")).to_contain_text("answer")
    golden = """async ([id]) => {
      const { exhibits } = await (await fetch("models/manifest.json")).json();
      const said = [];
      for (const { id: variant, golden } of exhibits[id].variants) {
        const vectors = (await (await fetch(`models/${golden}`)).json()).variants[variant];
        said.push(await hundredfold.ask({ do: "check", exhibit: id, variant, where: "here", vectors }));
      }
      return said;
    }"""
    checked = page.evaluate(golden, [ID])
    assert [(each["agrees"], each["n"]) for each in checked] == [(True, 8), (True, 8)]
    told = page.evaluate("([id, input]) => hundredfold.measure(id, input)", [ID, WORD])
    assert told["boundaries"]["marginal"]["here"]["total"]["mid"] > 0
    assert violations(page, axe) == []
    page.evaluate("() => hundredfold.offline.ready")
    grown_server.stop()
    page.reload()
    page.evaluate("() => hundredfold.ready")
    view.get_by_role("button", name="queue").click()
    expect(view.locator(".side-here .answer-label")).to_have_text("vowels")
    grown_server.start()


def test_what_it_declares_holds(page: Page, grown_server: Server) -> None:
    asked = urllib.request.Request(
        f"{grown_server.url}/api/v1/exhibits/{ID}/run",
        json.dumps({"input": {"text": "a" * 20_000}}).encode(),
        {"Content-Type": "application/json"},
    )
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code == 413
    assert "20000 bytes" in json.load(refused.value)["detail"]
    with urllib.request.urlopen(grown_server.url) as response:
        assert "microphone=(self)" in response.headers["Permissions-Policy"]
        assert "camera=()" in response.headers["Permissions-Policy"]
    visit(page, f"{grown_server.url}/#{ID}")
    view = page.locator("exhibit-view:visible")
    view.get_by_text("Show this on your own page").click()
    expect(view.locator(".snippet textarea")).to_have_value(re.compile('allow="cross-origin-isolated; microphone"'))


def test_it_is_shown_alone_in_another_page(page: Page, grown_server: Server) -> None:
    visit(page, f"{grown_server.url}/embed/{ID}/")
    page.get_by_role("button", name="banana").click()
    expect(answer(page, "here")).to_have_text(LABEL)
    expect(answer(page, "there")).to_have_text(LABEL)


def test_it_is_recorded_and_exported(page: Page, command: Run, made: dict[str, Any], tmp_path: Path) -> None:
    command("export", str(tmp_path / "site"), "--base", "/")
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path / "site"))
    Thread(target=host.serve_forever, daemon=True).start()
    visit(page, f"http://127.0.0.1:{host.server_port}/#{ID}")
    view = page.locator("exhibit-view:visible")
    view.get_by_role("button", name="banana").click()
    for side in ("here", "there"):
        expect(view.locator(f".side-{side} .answer-label")).to_have_text(LABEL)
    expect(view.locator(".side-there")).to_contain_text(re.compile("recorded", re.IGNORECASE))
    host.shutdown()
