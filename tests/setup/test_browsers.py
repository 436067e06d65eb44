"""Which browsers the tests find: Chromium is needed; others are left out and named, or are errors if needed."""

import functools
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hundredfold.setup import browser
from hundredfold.setup.steps import SetupError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with all programs of a machine on which Playwright can download nothing: none but what a test adds."""
    asked = tmp_path / "asked"

    def refuse(*arguments: str) -> bool:
        with asked.open("a") as log:
            log.write(" ".join(arguments) + "\n")
        return False

    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("HUNDREDFOLD_ENGINES", raising=False)
    monkeypatch.setattr(browser, "_playwright", refuse)
    monkeypatch.setattr(browser, "_playwright_has_its_own", functools.cache(lambda engine: False))
    monkeypatch.setattr(browser, "_is_root", lambda: False)
    forget()
    yield programs
    forget()


def forget() -> None:
    browser.find.cache_clear()
    browser.launch_options.cache_clear()


def program(machine: Path, name: str) -> str:
    (machine / name).write_text("#!/bin/sh\n")
    (machine / name).chmod(0o755)
    return str(machine / name)


def test_with_chromium_alone_it_says_what_is_left_out_and_how_to_get_it(
    machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = program(machine, "chromium")
    assert browser.ensure_browsers(tmp_path) == {"chromium": path}
    assert browser.launch_options()["executable_path"] == path
    said = capsys.readouterr().err
    assert "leave out firefox and webkit" in said
    assert "playwright install --with-deps firefox webkit" in said
    program(machine, "apt-get")
    assert browser.how_to_get(["firefox", "webkit"]) == "sudo apt-get install firefox-esr webkit2gtk-driver xvfb"


def test_each_engine_of_the_machine_is_found(machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"chromium": "google-chrome", "firefox": "firefox", "webkit": "WebKitWebDriver"}
    found = {engine: program(machine, name) for engine, name in wanted.items()}
    monkeypatch.setattr(browser, "mini_browser", lambda: tmp_path)
    assert browser.find("webkit") is None, "it also takes a screen"
    forget()
    program(machine, "Xvfb")
    monkeypatch.setenv("HUNDREDFOLD_ENGINES", "chromium,firefox,webkit")
    assert browser.ensure_browsers(tmp_path) == found


@pytest.mark.parametrize(
    ("named", "says"),
    [("chromium,webkit", "no webkit: run `sudo apt-get install webkit2gtk"), ("opera", "names opera: it takes some")],
)
def test_one_that_must_be_there_and_is_not_is_an_error(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, says: str
) -> None:
    for name in ("chromium", "apt-get"):
        program(machine, name)
    monkeypatch.setenv("HUNDREDFOLD_ENGINES", named)
    with pytest.raises(SetupError, match=says):
        browser.ensure_browsers(tmp_path)


def test_without_a_chromium_nothing_can_be_tested(machine: Path, tmp_path: Path) -> None:
    program(machine, "firefox")
    with pytest.raises(SetupError, match="no chromium: run `"):
        browser.ensure_browsers(tmp_path)
    with pytest.raises(SetupError, match="no Chromium"):
        browser.launch_options()


def test_playwright_that_could_download_nothing_is_asked_again_a_day_later(machine: Path, tmp_path: Path) -> None:
    program(machine, "chromium")
    asked = tmp_path / "asked"
    for _ in range(2):
        browser.ensure_browsers(tmp_path)
    assert asked.read_text() == "install chromium\n", "once, and no others after the first could not be had"
    yesterday = time.time() - browser.ASK_AGAIN_S - 1
    os.utime(tmp_path / "playwright-has-none", (yesterday, yesterday))
    browser.ensure_browsers(tmp_path)
    assert len(asked.read_text().splitlines()) == 2
