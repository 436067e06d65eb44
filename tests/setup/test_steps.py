"""The other steps of the set-up: which Node will do, when packages are installed, when the page is built."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from hundredfold.setup import prepare
from hundredfold.setup.node import Node, ensure_node, new_enough
from hundredfold.setup.page import build_page, ensure_packages
from hundredfold.setup.steps import SetupError


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v18.20.0", False),
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.0.1", True),
        ("", False),
    ],
)
def test_which_node_is_new_enough(version: str, enough: bool) -> None:
    assert new_enough(version) is enough


def program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_machines_node_is_used_when_it_is_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "node", "echo v24.1.0")
    program(tmp_path, "npm", "true")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert ensure_node() == Node(tmp_path, "24.1.0")


def test_without_node_and_network_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # An environment with no node in it, whose pip finds nothing.
    program(tmp_path, "python", 'echo "no network" >&2; exit 1')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(SetupError, match="or install Node") as raised:
        ensure_node()
    assert "no network" in str(raised.value), "what pip said is repeated"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A checkout of a page so small that its npm can be a script."""
    (tmp_path / "web/src").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / "web" / name).write_text("{}")
    (tmp_path / "web/src/main.js").write_text("1")
    (tmp_path / "py_src/hundredfold/service").mkdir(parents=True)
    (tmp_path / "py_src/hundredfold/app.py").write_text("1")
    (tmp_path / "models").mkdir()
    (tmp_path / "models/manifest.json").write_text('{"exhibits": {"digits": {}}}')
    return tmp_path


@pytest.fixture
def node(tmp_path: Path) -> Node:
    """A Node whose npm notes what it is asked and does the least of it."""
    script = """
      echo "$1" >> npm.log
      mkdir -p node_modules dist
      if [ -e broken ]; then echo "the reason"; exit 1; fi
      if [ "$1" = run ]; then touch dist/index.html dist/runtime.json; fi
    """
    program(tmp_path / "node", "npm", f"PATH={os.defpath}\n{script}")
    return Node(tmp_path / "node", "24.0.0")


def asked(site: Path) -> list[str]:
    log = site / "web/npm.log"
    return log.read_text().split() if log.exists() else []


def test_packages_are_installed_only_when_the_lock_changes(site: Path, node: Node) -> None:
    assert [ensure_packages(site / "web", node) for _ in range(2)] == ["installed", "unchanged"]
    (site / "web/package-lock.json").write_text('{"changed": true}')
    assert ensure_packages(site / "web", node) == "installed"
    shutil.rmtree(site / "web/node_modules")
    assert ensure_packages(site / "web", node) == "installed"
    assert asked(site) == ["ci"] * 3


def test_what_npm_said_is_in_the_error_and_the_next_run_tries_again(site: Path, node: Node) -> None:
    (site / "web/broken").touch()
    for _ in range(2):
        with pytest.raises(SetupError, match="the reason"):
            ensure_packages(site / "web", node)
    (site / "web/broken").unlink()
    assert ensure_packages(site / "web", node) == "installed"


def test_the_page_is_built_only_when_what_it_is_made_of_changes(site: Path, node: Node) -> None:
    def build() -> str:
        done = build_page(site, node, site / "numpy.whl")
        (site / "web/npm.log").unlink(missing_ok=True)
        return done

    assert [build(), build()] == ["built", "unchanged"]
    (site / "py_src/hundredfold/service/routes.py").write_text("not in the page")
    assert build() == "unchanged"
    (site / "py_src/hundredfold/app.py").write_text("2")
    assert [build(), build()] == ["built", "unchanged"]
    (site / "web/src/other.js").write_text("new")
    assert build() == "built"
    (site / "models/manifest.json").write_text('{"exhibits": {"digits": {}, "another": {}}}')
    assert [build(), build()] == ["built", "unchanged"], "each exhibit has a page of its own"
    (site / "web/dist/index.html").unlink()
    assert build() == "built"
    (site / "web/dist/runtime.json").write_text("cut short")
    assert build() == "built", "what was built is altered"
    (site / "web/dist/of-an-older-build.js").write_text("left over")
    assert build() == "built"


def test_a_second_preparation_of_this_checkout_does_nothing(root: Path, prepared: dict[str, str]) -> None:
    again = prepare(root)
    assert (again["packages"], again["page"]) == ("unchanged", "unchanged")
    assert prepared["numpy"] == again["numpy"]
