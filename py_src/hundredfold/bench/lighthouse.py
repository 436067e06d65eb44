"""Lighthouse's scores of the page, as on a phone; it is fetched from npm when it is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from ..setup.browser import launch_options
from ..setup.node import ensure_node

PACKAGE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices")


TRIES = 3
"""On a machine that is briefly busy it may not see the page paint, and then gives no score."""


def scores(url: str) -> dict[str, int]:
    """Each category's score from 0 to 100; raises RuntimeError with what Lighthouse said."""
    for _ in range(TRIES):
        told = _categories(url)
        if all(told[name]["score"] is not None for name in CATEGORIES):
            return {name: round(100 * told[name]["score"]) for name in CATEGORIES}
    raise RuntimeError(f"Lighthouse could not score the page in {TRIES} tries: run it again on a machine that is idle")


def _categories(url: str) -> dict[str, Any]:
    node, options = ensure_node(), launch_options()
    flags = " ".join(["--headless=new", *options.get("args", ())])
    env = {**os.environ, **node.env, **({"CHROME_PATH": path} if (path := options.get("executable_path")) else {})}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [node.command("npx"), "--yes", PACKAGE, url, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
        done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)
        if not report.is_file():
            raise RuntimeError(f"Lighthouse failed: {done.stderr.strip()[-800:]}")
        told: dict[str, Any] = json.loads(report.read_text())["categories"]
    return told
