"""Finds the browsers of the tests and the bench: Playwright's own where they are installed, else the machine's.

Chromium is needed; Firefox and WebKit are tried too where they can be had. HUNDREDFOLD_ENGINES names those that must
be there: `.ci/run` names all three.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .steps import SetupError, say

ENGINES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox": ("firefox-esr", "firefox"),
    "webkit": ("WebKitWebDriver",),
}
"""Each engine, and what its program is called on a machine."""
DEBIANS = {
    "chromium": ["chromium", "chromium-headless-shell"],
    "firefox": ["firefox-esr"],
    "webkit": ["webkit2gtk-driver", "xvfb"],
}
OWN = "Playwright's own"
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
"""A machine's browser would look for updates and the like in the middle of a measurement."""
MINI_BROWSERS = [f"{folder}/webkit2gtk-4.*/MiniBrowser" for folder in ("lib/*", "lib", "libexec")]
ASK_AGAIN_S = 86_400.0
"""Where Playwright could not download its browsers, it is asked again a day later."""


@functools.cache
def launch_options() -> dict[str, Any]:
    """Arguments for Playwright's ``chromium.launch()``."""
    # A browser does not start its sandbox as root, which is who runs in a container.
    args = ["--no-sandbox"] if _is_root() else []
    found = find("chromium")
    if found is None:
        raise SetupError(f"There is no Chromium, which the tests and the bench need: run `{how_to_get(['chromium'])}`.")
    return {"args": args} if found == OWN else {"executable_path": found, "args": [*args, *QUIET]}


@functools.cache
def find(engine: str) -> str | None:
    """``OWN``, or the path of the machine's program: for WebKit that of its WebDriver. None: there is none."""
    if _playwright_has_its_own(engine):
        return OWN
    if engine == "webkit" and not (mini_browser() and shutil.which("Xvfb")):
        return None
    return next((path for name in ENGINES[engine] if (path := shutil.which(name))), None)


def mini_browser() -> Path | None:
    """WebKitGTK's browser, which its WebDriver drives: distributions put it beside the library."""
    return next((path for place in MINI_BROWSERS for path in Path("/usr").glob(place)), None)


def required() -> list[str]:
    """Engines without which the tests fail."""
    names = [name.strip() for name in os.environ.get("HUNDREDFOLD_ENGINES", "").split(",") if name.strip()]
    if unknown := set(names) - set(ENGINES):
        known = ",".join(ENGINES)
        raise SetupError(f"HUNDREDFOLD_ENGINES names {', '.join(sorted(unknown))}: it takes some of {known}.")
    return names


def ensure_browsers(cache: Path) -> dict[str, str]:
    """Make sure that there is a Chromium, and the other engines where they can be had.

    Playwright's own first, then the machine's, then, as root on Debian, the distribution's packages. Returns which is
    used of each engine; raises SetupError, with the command that installs it, for one that must be there.
    """
    needed = {"chromium", *required()}
    if missing := _without(_playwright_has_its_own):
        _ask_playwright(missing, cache / "playwright-has-none")
    if (missing := _without(find)) and _is_root() and shutil.which("apt-get"):
        packages = [package for engine in missing for package in DEBIANS[engine]]
        say(f"Browsers: Playwright can not download its own here; installing Debian's {', '.join(packages)}")
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "-qq", *arguments], capture_output=True, check=False)
        find.cache_clear()
    left_out = _without(find)
    if wanting := needed & set(left_out):
        raise SetupError(f"There is no {' and no '.join(sorted(wanting))}: run `{how_to_get(sorted(wanting))}`.")
    found = {engine: path for engine in ENGINES if (path := find(engine))}
    say("Browsers: " + ", ".join(f"{engine} ({path})" for engine, path in found.items()))
    if left_out:
        say(told_left_out(left_out))
    return found


def told_left_out(engines: Iterable[str]) -> str:
    return f"Browsers: the tests leave out {' and '.join(engines)}. To have them tried too: {how_to_get(engines)}"


def how_to_get(engines: Iterable[str]) -> str:
    """The command that installs engines."""
    if shutil.which("apt-get"):
        return "sudo apt-get install " + " ".join(package for engine in engines for package in DEBIANS[engine])
    return f"{sys.executable} -m playwright install --with-deps {' '.join(engines)}"


def _without(has: Any) -> list[str]:
    return [engine for engine in ENGINES if not has(engine)]


def _ask_playwright(engines: Iterable[str], refused: Path) -> None:
    """Have it download its browsers; where it can not, that is remembered for a day in the file ``refused``."""
    if refused.is_file() and 0 <= time.time() - refused.stat().st_mtime < ASK_AGAIN_S:
        return
    say(f"Browsers: asking Playwright for its {', '.join(engines)}")
    for engine in engines:
        if not _playwright("install", engine):
            refused.parent.mkdir(parents=True, exist_ok=True)
            refused.touch()
            break
        if _is_root():
            _playwright("install-deps", engine)
    _playwright_has_its_own.cache_clear()
    find.cache_clear()


def _playwright(*arguments: str) -> bool:
    """Whether a command of Playwright's succeeds."""
    return (
        subprocess.run([sys.executable, "-m", "playwright", *arguments], capture_output=True, check=False).returncode
        == 0
    )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@functools.cache
def _playwright_has_its_own(engine: str) -> bool:
    command = [sys.executable, "-m", "playwright", "install", "--dry-run", engine]
    plan = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    places = re.findall(r"^\s*Install location:\s*(.+?)\s*$", plan, re.MULTILINE)
    if not places or not all(Path(place).is_dir() for place in places if engine in place):
        return False
    # Its Firefox and WebKit need libraries that not every system has.
    return engine == "chromium" or _playwright("screenshot", "--browser", engine, "about:blank", os.devnull)
