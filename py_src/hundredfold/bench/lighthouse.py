"""Lighthouse's scores of the page, as on a phone; it is fetched from npm when it is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from ..setup.browser import launch_options
from ..setup.node import ensure_node

PACKAGE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices")


def scores(url: str) -> dict[str, int]:
    """Each category's score from 0 to 100; raises RuntimeError with what Lighthouse said."""
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
        told = json.loads(report.read_text())["categories"]
    return {name: round(100 * told[name]["score"]) for name in CATEGORIES}
