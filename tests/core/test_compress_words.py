"""Whatever is said of a visitor's own model can be said in each language of the page."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hundredfold.compress.notes import NOTES
from hundredfold.compress.refusals import REFUSALS

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = {
    # The page reads .npz and .npy by itself, and names methods from a list.
    *(f"samples-{what}" for what in ("arrays", "objects", "size-lies", "too-big", "unreadable")),
    "method-unknown",
    "left-in-float",  # the page names the layers in a place of its own
}
RAISED = {"InputError": 2, "ModelFileError": 0}
"""Where a code stands among the arguments of each."""


def codes() -> set[str]:
    """Those of the two tables, and all that are written where they are raised or noted."""
    found = {*REFUSALS, *NOTES}
    for path in (ROOT / "py_src/hundredfold/compress").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                given = node.args[RAISED[node.func.id] :][:1]
                found |= {each.value for each in given if isinstance(each, ast.Constant)}
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                named = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
                if "text" in named and isinstance(named.get("code"), ast.Constant):
                    found.add(named["code"].value)
    return {code for code in found if code}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_code_has_its_message(language):
    text = "\n".join((ROOT / f"web/locales/{language}/{name}.ftl").read_text() for name in ("own", "own-runtime"))
    messages = set(re.findall(r"^([a-z0-9-]+) =", text, re.MULTILINE))
    told = codes()
    assert len(told) > 60
    assert told >= ELSEWHERE, "what is left out is still said"
    assert not told - ELSEWHERE - messages
