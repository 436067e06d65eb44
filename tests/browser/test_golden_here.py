"""Every variant answers its golden vectors in a real Chromium as it did natively, through the page itself."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from visit import Server, visit

from hundredfold import EXHIBITS, Manifest

ROOT = Path(__file__).resolve().parents[2]
HERE = [
    pytest.param(name, variant.id, id=variant.model_id)
    for name, ladder in Manifest.load(ROOT / "models/manifest.json").ladders.items()
    for variant in ladder.variants
    if "here" in variant.runs
]


@pytest.fixture(scope="module")
def ready_page(warm: Any, live_server: Server) -> Iterator[Page]:
    """The page, started once for all variants."""
    page = warm.open().new_page()
    visit(page, live_server.url)
    yield page
    page.close()


def golden(name: str, variant: str) -> list[dict[str, Any]]:
    ladder = Manifest.load(ROOT / "models/manifest.json").ladders[name]
    chosen = ladder.by_id(variant)
    assert chosen
    vectors = json.loads((ROOT / "models" / chosen.golden).read_text())["variants"]
    return list(vectors[variant])


def run(page: Page, name: str, variant: str, value: Any) -> dict[str, Any]:
    call = "([name, input, variant]) => window.hundredfold.run(name, input, {where: 'here', variant})"
    return dict(page.evaluate(call, [name, value, variant]))


@pytest.mark.parametrize(("name", "variant"), HERE)
def test_golden_vectors_come_out_here_as_recorded(ready_page: Page, name: str, variant: str) -> None:
    vectors = golden(name, variant)
    assert vectors
    for vector in vectors:
        result = run(ready_page, name, variant, vector["input"])
        assert (result["where"], result["variant"]) == ("here", variant), result.get("notice")
        assert EXHIBITS[name].deviation(result["output"], vector["output"]) <= EXHIBITS[name].tolerance


@pytest.mark.parametrize(("name", "variant"), HERE)
def test_a_result_has_the_figures_that_the_page_shows(ready_page: Page, name: str, variant: str) -> None:
    result = run(ready_page, name, variant, golden(name, variant)[0]["input"])
    assert result["timing"]["model_ms"]["n"] == 1
    assert result["timing"]["model_ms"]["median"] > 0
    assert result["timing"]["load_ms"] > 0
    assert result["runtime"]["isolated"] is True
    assert result["runtime"]["threads"] >= 1
    assert result["runtime"]["provider"].startswith("onnxruntime-web ")
    assert "notice" not in result
