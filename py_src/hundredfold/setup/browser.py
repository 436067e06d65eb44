"""Find or install the Chromium that the browser tests and the bench drive: Playwright's own, else the system's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")


def launch_options() -> dict[str, Any]:
    """Arguments for Playwright's ``chromium.launch``; raises RuntimeError with the fixing command if there is none."""
    path = _own() or _system()
    if path is None:
        raise RuntimeError(
            "no Chromium was found: run `.venv/bin/python -m playwright install --with-deps chromium`, "
            "or where that can not download, `sudo apt-get install chromium`"
        )
    # Chromium's sandbox refuses to run as root, as in most containers.
    sandbox = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    return {"executable_path": path, "args": [*sandbox, *QUIET]}


def ensure_browser() -> str:
    """Make sure that there is a Chromium: Playwright's own first, then the system's, then Debian's package."""
    if (path := _own()) is not None:
        return path
    print("Browser: asking Playwright for its Chromium ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, capture_output=True, timeout=900, check=False).returncode == 0 and (path := _own()):
        return path
    if (path := _system()) is None and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Browser: Playwright could not download one; installing Debian's chromium ...", flush=True)
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *arguments], capture_output=True, timeout=900, check=False)
        path = _system()
    if path is None:
        launch_options()
    print(f"Browser: Playwright's own can not be had here; {path} is used", flush=True)
    return str(path)


def _own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _system() -> str | None:
    return next((path for name in SYSTEM if (path := shutil.which(name))), None)
