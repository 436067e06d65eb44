"""One origin, more than this site: a second copy of it in another folder, and something else where it used to be."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from plain import Answer, Host, plain_host
from playwright.sync_api import Page, expect
from visit import Console, answer, sample, until

STRANGE = "<!doctype html><title>Another project</title><h1>Recipes for soup</h1>"
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def host(exported: Path, tmp_path: Path) -> Iterator[Host]:
    """The exported site twice, at /a/ and at /b/."""
    for name in ("a", "b"):
        shutil.copytree(exported, tmp_path / "www" / name)
        os.utime(
            tmp_path / "www" / name / "index.html", (0, 0)
        )  # so old that the browser's own cache keeps it for long
    with plain_host(tmp_path / "www") as host:
        yield host


def kept(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => crossOriginIsolated && window.hundredfold")
    page.evaluate("() => hundredfold.offline.ready")
    cache = f"hundredfold-snapshot@{urlsplit(url).path}"  # there, and empty, from when one is looked for
    until(page, f"async () => (await (await caches.open({cache!r})).keys()).length === 1")


def test_two_copies_on_one_origin_leave_each_other_alone(page: Page, host: Host) -> None:
    kept(page, f"{host.url}a/")
    page.evaluate("() => hundredfold.energy.ready.then(() => hundredfold.energy.choose({active_w: 7, idle_w: 2}))")
    first = set(page.evaluate("() => caches.keys()"))
    kept(page, f"{host.url}b/")
    both = set(page.evaluate("() => caches.keys()"))
    assert first < both
    assert page.evaluate("() => hundredfold.energy.ready.then(() => hundredfold.energy.choice.active_w)") != 7
    page.evaluate("() => hundredfold.offline.off()")
    before = len(host.asked)
    page.goto(f"{host.url}a/")
    page.evaluate("() => hundredfold.offline.ready")
    assert page.evaluate("async () => (await hundredfold.offline.counters()).off") is False, "a switch of its own"
    assert page.evaluate("() => hundredfold.energy.ready.then(() => hundredfold.energy.choice.active_w)") == 7
    asked = [path for path in host.asked[before:] if "build.json" not in path and "sw.js" not in path]
    assert asked == [], "all of it was still there"
    assert set(page.evaluate("() => caches.keys()")) == both


def taken(path: str) -> Answer | None:
    """Another project at the address of the first copy."""
    if path.partition("?")[0] == "/a/":
        return 200, HTML, STRANGE.encode()
    return (404, HTML, b"not here") if path.startswith("/a/") else None


def test_who_moved_in_is_seen_and_nothing_of_ours_stays(page: Page, host: Host, console: Console) -> None:
    console.allow("404")
    kept(page, f"{host.url}b/")
    others = set(page.evaluate("() => caches.keys()"))
    kept(page, f"{host.url}a/")
    host.answer = taken
    page.goto(f"{host.url}a/")
    expect(page.get_by_role("heading", name="Recipes for soup")).to_be_visible(timeout=60_000)
    until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 1")
    assert set(page.evaluate("() => caches.keys()")) == others, "the other copy's are its own"


def test_behind_a_wall_it_is_seen_and_what_is_kept_stays(page: Page, host: Host, console: Console) -> None:
    console.allow("503|Manifest")
    kept(page, f"{host.url}a/")
    before = set(page.evaluate("() => caches.keys()"))
    host.answer = lambda path: (200, HTML, STRANGE.encode())  # one page for every address: a captive portal, perhaps
    page.goto(f"{host.url}a/")
    # Looked at once more after some seconds: not asked for again meanwhile, since every start is work for who looks.
    state = "(await (await caches.open('hundredfold-state@/a/')).match('/a/state')).json()"
    until(page, f"async () => (await {state}).doubt", timeout_s=60)
    page.goto(f"{host.url}a/")
    expect(page.get_by_role("heading", name="Recipes for soup")).to_be_visible()
    host.answer = lambda path: (503, HTML, b"maintenance")
    page.goto(f"{host.url}a/")
    page.evaluate("() => hundredfold.ready")
    sample(page, 3).click()
    expect(answer(page, "here")).to_have_text("3")
    assert before <= set(page.evaluate("() => caches.keys()"))
