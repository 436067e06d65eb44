"""Finds a Chromium for the browser tests and the bench: Playwright's own where it is installed, else the machine's."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from .steps import SetupError, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
"""A machine's browser would look for updates and the like in the middle of a measurement."""


@functools.cache
def launch_options() -> dict[str, Any]:
    """Arguments for Playwright's ``chromium.launch()``."""
    # A browser does not start its sandbox as root, which is who runs in a container.
    args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    if _playwright_has_its_own():
        return {"args": args}
    if path := _machines():
        return {"executable_path": path, "args": [*args, *QUIET]}
    raise SetupError(
        "There is no Chromium: install it with the machine's package manager (a program called one of "
        f"{', '.join(NAMES)}), or run `{sys.executable} -m playwright install chromium`."
    )


def ensure_browser() -> str:
    """Make sure that there is a Chromium: Playwright's own first, else the machine's, else Debian's package, as root.

    Returns which one is used; raises SetupError with the command that installs one.
    """
    if _playwright_has_its_own():
        return "Playwright's own"
    say("Browser: asking Playwright for its Chromium")
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(fetch, capture_output=True, check=False).returncode == 0:
        return "Playwright's own"
    if _machines() is None and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Browser: Playwright can not download one here; installing Debian's chromium")
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *arguments], capture_output=True, check=False)
    path = str(launch_options()["executable_path"])
    say(f"Browser: {path}, since Playwright can not download its own here")
    return path


def _machines() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _playwright_has_its_own() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "--dry-run", "chromium"]
    plan = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    places = re.findall(r"^\s*Install location:\s*(.+?)\s*$", plan, re.MULTILINE)
    return bool(places) and all(Path(place).is_dir() for place in places if "chromium" in place)
