"""What all tests share: where the checkout is, a page that is built once per run, and what makes a figure whole."""

import fcntl
import json
import math
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from hundredfold.setup import prepare
from hundredfold.setup.browser import ENGINES, told_left_out

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what runs in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)  # or what the tests start would not hear it either

settings.register_profile("untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
"""By itself, Hypothesis fails a test of which one example takes 200 ms: a busy machine is no fault of ours."""

DRIVING = {"browser", "engines"}
"""Folders of tests that drive a browser."""
LONGEST = (
    "engines",
    "offline",
    "export",
    "installed",
    "third_exhibit",
    "page",
    "tower",
    "energy",
    "faults",
    "low_end",
    "languages",
)
"""Files of them that take long, the longest first: begun last, one would keep a single process busy in the end."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parents[1]


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One process at a time: what two that run side by side need is made by the first, and there for the second."""
    (root / ".cache").mkdir(exist_ok=True)
    with (root / ".cache/tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def prepared(root: Path) -> dict[str, str]:
    """The built page in web/dist, made as `hundredfold prepare` makes it."""
    with _alone(root):
        return prepare(root)


@pytest.fixture(scope="session")
def exported(root: Path, prepared: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `hundredfold export` writes it, to be served as /some/path/ of its grandparent."""
    folder = tmp_path_factory.mktemp("host") / "some/path"
    # In a process of its own: Playwright keeps an event loop running, which asyncio refuses.
    command = [sys.executable, "-m", "hundredfold.cli", "export", str(folder), "--base", "/some/path/"]
    with _alone(root):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def wheel(root: Path, prepared: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `hundredfold dist` writes; what it tells of it is beside it, as JSON."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hundredfold.cli", "dist", "--out", str(folder)]
    with _alone(root):
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    made = Path(json.loads(told)["wheel"])
    made.with_suffix(".json").write_text(told)
    return made


@pytest.fixture(scope="session")
def whole() -> Callable[[Any], list[dict[str, Any]]]:
    """whole(answer): every figure in it, each with a unit, an ordered range, an origin, and its inputs or a source."""

    def check(answer: Any) -> list[dict[str, Any]]:
        found = list(_figures(answer))
        for figure in found:
            ends = figure.get("joules", figure)
            assert figure["unit"]
            assert 0 <= ends["low"] <= ends["mid"] <= ends["high"] < math.inf
            assert figure["origin"] in ("measured", "estimated")
            assert figure["inputs"] or figure.get("source"), f"{figure} says neither its inputs nor its source"
            if figure["origin"] == "measured":
                assert all(each["origin"] == "measured" for each in figure["inputs"].values())
        return found

    return check


def _figures(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "unit" in value:
            yield value
        for each in value.values():
            yield from _figures(each)
    elif isinstance(value, list):
        for each in value:
            yield from _figures(each)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: from the first of them on, Playwright keeps an event loop running, which asyncio refuses."""

    def turn(item: pytest.Item) -> int:
        if not DRIVING & set(item.path.parts):
            return 0
        name = item.path.stem.removeprefix("test_")
        return 1 + (LONGEST.index(name) if name in LONGEST else len(LONGEST))

    items.sort(key=turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Side by side (`pytest -n 2`): all that needs no browser goes to one process, which then takes browser tests too.

    A file with browser tests stays in one process, so that its browser, server and visitor are started once.
    """
    from xdist.scheduler import LoadScopeScheduling

    class SideBySide(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if DRIVING & set(Path(file).parts) else "needs no browser"

    config.option.loadscopereorder = False  # by the number of tests; ours are in order
    return SideBySide(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which engines were left out; here, since the process that runs no test itself sees no other conftest.py."""
    said = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())]
    if any("this machine has no nginx" in each for each in said):
        terminalreporter.section("left out")
        terminalreporter.line(
            "The files for nginx were not tried: there is none. Install it: sudo apt-get install nginx"
        )
    if left_out := [name for name in ENGINES if any(f"this machine has no {name}" in each for each in said)]:
        terminalreporter.section("engines left out")
        terminalreporter.line(told_left_out(left_out))
