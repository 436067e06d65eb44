"""A folder that was added is an exhibit like every other: on the page, offline, in an export, in another page."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from visit import Console, Server, answer, violations, visit

STROKES, WORDS, WALL = "strokes", "food-or-weather", "wall"
KINDS = {STROKES: "image", WORDS: "text", WALL: "numbers"}
HOSTILE = '<img src=x onerror=alert(1)> & "quoted"'
QUESTION = "<script>alert(2)</script> Which way?"
PROGRAM = re.compile(r"/assets/panel-[\w-]+\.js")

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def folders(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of each kind; the first one's words are what a page must never take for its own."""
    room = tmp_path_factory.mktemp("folders")
    made = {name: room / name for name in KINDS}
    for name, folder in made.items():
        run(root, "new", str(folder), "--kind", KINDS[name])
        if name == STROKES:
            path = folder / "exhibit.toml"
            text = path.read_text().replace('"Which way?"', json.dumps(HOSTILE))
            path.write_text(re.sub(r"question = .*", f"question = {json.dumps(QUESTION)}", text))
            (folder / "samples/flat/flat-01.png").rename(folder / "samples/flat/<b>flat.png")
        run(root, "add", str(folder), "--yes")
    return made


def run(root: Path, *arguments: str, **env: str) -> dict[str, Any]:
    """The JSON line that a command ends with; in a process of its own, as Playwright keeps an event loop running."""
    line = [sys.executable, "-m", "hundredfold.cli", *arguments]
    done = subprocess.run(line, cwd=root, env={**os.environ, **env}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def listed(folders: dict[str, Path]) -> str:
    return os.pathsep.join(map(str, folders.values()))


@pytest.fixture(scope="module")
def grown(serve: Callable[..., Server], listed: str) -> Server:
    return serve(HUNDREDFOLD_EXHIBITS=listed)


def shown(page: Page, url: str, name: str) -> Any:
    """Its view, once a visitor can work with it."""
    visit(page, f"{url}/#{name}")
    view = page.locator("exhibit-view:visible")
    expect(view.locator("picture-entry, text-entry, number-entry")).to_be_visible()
    return view


def test_a_picture_is_asked_here_and_there(page: Page, grown: Server, console: Console, axe: str) -> None:
    console.allow(r"Failed to load resource|net::ERR_")
    visit(page, grown.url)
    link = page.get_by_role("link", name=HOSTILE)
    expect(link).to_be_visible()
    link.click()
    expect(page.locator(f"p.lead[data-exhibit={STROKES}]")).to_be_visible()
    expect(page.locator("p.lead[data-exhibit=digits]")).to_be_hidden()
    view = page.locator("exhibit-view:visible")
    expect(view.get_by_text(QUESTION)).to_be_visible()
    for name, label in (("<b>flat", "flat"), ("upright-02", "upright")):
        view.get_by_role("button", name=name, exact=True).click()
        for side in ("here", "there"):
            expect(view.locator(f".side-{side} .answer-label")).to_have_text(label)
    expect(view.locator(".verdict [role=status]")).to_have_text("Same answer: upright.")
    expect(view.locator(".figures")).to_contain_text("of 40 test samples")
    assert page.locator("img").count() == 0
    assert violations(page, axe) == []
    told = page.evaluate("(id) => hundredfold.exhibits().then((all) => all[id])", STROKES)
    given = page.evaluate("document.querySelector('exhibit-view:not([hidden])').sides.there.answered")
    here, there = (
        page.evaluate("([id, input, where]) => hundredfold.run(id, input, { where })", [STROKES, given, where])
        for where in ("here", "there")
    )
    assert (here["variant"], there["variant"]) == (told["default"]["here"], told["default"]["there"])
    assert here["energy"]["joules"]["mid"] > 0
    view.get_by_text("Show this on your own page").click()
    snippet = view.locator(".snippet textarea")
    expect(snippet).to_have_value(
        re.compile(re.escape('title="&lt;img src=x onerror=alert(1)> &amp; &quot;quoted&quot;"'))
    )
    page.evaluate("() => hundredfold.offline.ready")
    grown.stop()
    page.reload()
    page.evaluate("() => hundredfold.ready")
    view.get_by_role("button", name="<b>flat", exact=True).click()
    expect(view.locator(".side-here .answer-label")).to_have_text("flat")
    grown.start()


def test_a_picture_of_ones_own_is_read(page: Page, grown: Server, folders: dict[str, Path], tmp_path: Path) -> None:
    view = shown(page, grown.url, STROKES)
    picker = view.locator("input[type=file]")
    picker.set_input_files(folders[STROKES] / "samples/upright/upright-07.png")
    expect(view.locator(".side-here .answer-label")).to_have_text("upright")
    asked = page.evaluate("document.querySelector('exhibit-view:not([hidden])').sides.here.answered")
    samples = json.loads((folders[STROKES] / "golden.json").read_text())["variants"]["small"]
    assert asked["image"]["width"] == samples[0]["input"]["image"]["width"]
    (tmp_path / "broken.png").write_bytes(b"no picture")
    picker.set_input_files(tmp_path / "broken.png")
    expect(view.locator(".picture-told")).to_contain_text("could not be read as a picture")
    expect(view.locator(".side-here .answer-label")).to_have_text("upright")


def test_a_text_is_prepared_by_the_folders_own_python(page: Page, grown: Server) -> None:
    view = shown(page, grown.url, WORDS)
    view.locator("textarea").first.fill("Snow and wind all day")
    for side in ("here", "there"):
        expect(view.locator(f".side-{side} .answer-label")).to_have_text("weather")
    vectors = """async (id) => {
      const golden = await (await fetch(`models/${id}/golden.json`)).json();
      const said = [];
      for (const [variant, vectors] of Object.entries(golden.variants))
        said.push(await hundredfold.ask({ do: "check", exhibit: id, variant, where: "here", vectors }));
      return said;
    }"""
    for name in KINDS:
        checked = page.evaluate(vectors, name)
        assert [(each["agrees"], each["n"]) for each in checked] == [(True, 8), (True, 8)], name


def test_numbers_are_read_as_people_type_them(page: Page, grown: Server, axe: str) -> None:
    view = shown(page, grown.url, WALL)
    view.get_by_label("length").fill("7,5")
    view.get_by_label("height").fill("2.5")
    view.get_by_label("coats").fill("2")
    expect(view.locator(".side-there .answer-label")).to_have_text(re.compile(r"^4\.68[78]\sl$"))
    expect(view.locator(".side-here .answer-label")).to_have_text(re.compile(r"^\d[\d.]*\sl$"))
    view.get_by_label("coats").fill("99")
    expect(view.locator(".number-wrong")).to_be_visible()
    expect(view.locator(".side-there .answer-label")).to_have_text("nothing asked yet")
    assert violations(page, axe) == []


def test_a_site_without_folders_fetches_nothing_of_it(page: Page, live_server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, live_server.url)
    page.get_by_role("button", name="Draw a 3").click()
    expect(answer(page, "there").first).to_have_text("3")
    assert any("/assets/main-" in url for url in asked)
    assert not [url for url in asked if PROGRAM.search(url) or "/added-" in url]


def test_it_is_shown_alone_in_another_page(page: Page, grown: Server) -> None:
    visit(page, f"{grown.url}/embed/{STROKES}/")
    page.get_by_role("button", name="upright-01").click()
    expect(answer(page, "here")).to_have_text("upright")
    expect(answer(page, "there")).to_have_text("upright")
    expect(page.locator("#before")).to_have_count(0)


@pytest.fixture(scope="module")
def exported_url(root: Path, listed: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = tmp_path_factory.mktemp("site") / "site"
    run(root, "export", str(site), "--base", "/", HUNDREDFOLD_EXHIBITS=listed)
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=site))
    Thread(target=host.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{host.server_port}"
    host.shutdown()


def test_an_export_has_it_with_the_answers_to_its_samples(page: Page, exported_url: str) -> None:
    view = shown(page, exported_url, STROKES)
    view.get_by_role("button", name="upright-01").click()
    for side in ("here", "there"):
        expect(view.locator(f".side-{side} .answer-label")).to_have_text("upright")
    expect(view.locator(".side-there")).to_contain_text(re.compile("recorded", re.IGNORECASE))
    expect(page.locator(f"p.lead[data-exhibit={STROKES}]")).to_contain_text("whose answers were recorded")
    with urllib.request.urlopen(f"{exported_url}/embed/{STROKES}/index.html") as response:
        assert b'content="recorded"' in response.read()
