"""The yardstick of the start: a page with the same engine and model in plain JavaScript, from the same server."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from ..manifest import Ladder
from .site import ROOT, server

SOURCES = ROOT / "web/bench"
PLACE = "bare"
ANSWER = """async () => {
  while (!window.bare) await new Promise((resolve) => setTimeout(resolve, 5));
  return window.bare;
}"""


@contextmanager
def with_bare_page(ladder: Ladder) -> Iterator[str]:
    """The real server over a copy of the built page which has the bare one in it, too; yields its address."""
    with tempfile.TemporaryDirectory(prefix="hundredfold-bare-") as folder:
        page = Path(folder, "page")
        shutil.copytree(ROOT / "web/dist", page)
        write(page, ladder)
        with server({"HUNDREDFOLD_STATIC": str(page)}) as url:
            yield url


def write(page: Path, ladder: Ladder) -> None:
    """Put the bare page into a built one."""
    engine, student = json.loads((page / "runtime.json").read_text())["engine"], ladder.default("here")
    named = {
        "engine": f"../{engine['script']}",
        "module": f"../{engine['module']}",
        "model": f"../models/{student.file}?sha256={student.sha256}",
    }
    html = (SOURCES / "bare.html").read_text()
    for name, address in named.items():
        html = html.replace(f"{{{{{name}}}}}", address)
    (page / PLACE).mkdir()
    (page / PLACE / "index.html").write_text(html)
    shutil.copy(SOURCES / "bare.js", page / PLACE)


def bare_answer(context: BrowserContext, url: str) -> tuple[Page, dict[str, Any]]:
    """``{first_s, phases}`` of a visit to it, as `start.first_answer` has them of ours."""
    page = context.new_page()
    page.goto(f"{url}/{PLACE}/", wait_until="commit")
    return page, dict(page.evaluate(ANSWER))
