"""Installs the page's packages and builds the page, each only when what it is made from has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from .node import Node
from .steps import digest, run, say

NOT_SOURCE = {"node_modules", "dist", "__pycache__", "service", "forge", "setup", "bench", "folders", "publish"}
"""Folders in web/ and in the Python package that the page is not made from."""


def ensure_packages(web: Path, node: Node) -> str:
    """Install what package-lock.json pins, with its integrity hashes; returns what was done."""
    stamp = web / "node_modules/.installed"
    wanted = digest(web, [web / name for name in ("package.json", "package-lock.json", ".npmrc")], node.version)
    if stamp.is_file() and stamp.read_text() == wanted:
        say("Packages of the page: as package-lock.json says")
        return "unchanged"
    say("Packages of the page: installing them with npm (some 250 MB on disk)")
    failure = "npm could not install the page's packages. Check the network and run this again."
    run([node.command("npm"), "ci", "--no-audit", "--no-fund"], web, node.env, failure)
    stamp.write_text(wanted)
    return "installed"


def build_page(root: Path, node: Node, wheel: Path, own: Sequence[Path] = ()) -> str:
    """Build web/dist from web/, the core, the models' manifest and numpy; returns what was done.

    ``own`` is what "your own model" needs beside: wheels, and last the folder of onnxruntime's quantiser.
    """
    web = root / "web"
    stamp = root / ".cache/page-built"
    quantiser = digest(own[-1], sorted(own[-1].rglob("*.py"))) if own else ""
    wanted = digest(root, _sources(root), node.version, wheel.name, *(path.name for path in own[:-1]), quantiser)
    if stamp.is_file() and stamp.read_text() == f"{wanted} {_listing(web / 'dist')}":
        say("Page: built already")
        return "unchanged"
    say("Page: building it (the first time takes a minute: Python is packed and everything compressed)")
    stamp.unlink(missing_ok=True)
    given = {"wheels": [str(path.resolve()) for path in own[:-1]], "quantiser": str(own[-1].resolve())} if own else {}
    env = {**node.env, "HUNDREDFOLD_NUMPY_WHEEL": str(wheel.resolve()), "HUNDREDFOLD_OWN": json.dumps(given)}
    failure = "The page could not be built; what the build said:"
    run([node.command("npm"), "run", "build", "--silent"], web, env, failure)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(f"{wanted} {_listing(web / 'dist')}")
    return "built"


def _listing(built: Path) -> str:
    """Names and sizes of what was built: a page of which something was lost or altered since is built anew."""
    files = sorted(path for path in built.rglob("*") if path.is_file())
    return digest(built, [], *(f"{path.relative_to(built).as_posix()} {path.stat().st_size}" for path in files))


def _sources(root: Path) -> Iterator[Path]:
    """Every file that the page is made from."""
    for top in (root / "web", root / "py_src/hundredfold"):
        for folder, subfolders, names in os.walk(top):
            subfolders[:] = sorted(set(subfolders) - NOT_SOURCE)
            yield from (Path(folder, name) for name in sorted(names))
    yield from sorted((root / "docs").glob("*.md"))
    yield root / "models/manifest.json"  # which exhibits have a page of their own
