"""Writes one wheel with the built page and the models in it: what a machine without Node and checkout installs.

It is built from a copy of the sources with `site/` put in, by `python -m build --wheel`: a source distribution would
leave out what is generated. What a server does not need stays behind: sources of the page, tests, documents (the page
has them), copies in gzip (made where it is installed), and rungs that only the server runs, and answers nobody by
unless a visitor chooses one.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import environment, installed
from ..errors import HundredfoldError
from ..folders.files import ModelFiles
from ..manifest import Manifest, Variant
from ..service import offline
from . import packed

ROOT = environment.ROOT
PROJECT = ("README.md", "LICENSE")
LEFT_OUT = (".gz", ".br", ".map", ".en-XA.html", ".ar-XB.html")
"""Endings of the built page's files that are made anew, or that only tests ask for."""
DEPENDENCIES = re.compile(r"^dependencies = .*$", re.MULTILINE)
PARTS = {
    "page: Python": re.compile(r"site/page/(runtime/pyodide-|assets/(hundredfold|later)-.*\.zip)"),
    "page: engine": re.compile(r"site/page/runtime/ort-"),
    "page: own models": re.compile(r"site/page/assets/optional/"),
    "page: the rest": re.compile(r"site/page/"),
    "models": re.compile(r"site/models/(?P<of>[^/]+)/"),
    "program": re.compile(""),
}
"""What a file of the wheel belongs to: the first that fits; models are told of each exhibit."""

Json = dict[str, Any]


class DistError(HundredfoldError):
    """The wheel can not be built; the message says what to do."""


def dist(target: Path, cache: Path, root: Path = ROOT) -> Json:
    """Build the wheel into ``target``; returns ``{wheel, bytes, parts, left_out}``. Raises DistError, ManifestError."""
    page, models = root / "web/dist", root / "models"
    if not offline.is_built(page) or not (page / offline.SCRIPT).is_file():
        raise DistError("the page is not built: run `hundredfold prepare`, then try again")
    files = ModelFiles.load(models)
    if lost := sorted(name for name in _names(files) if not files.is_file(name)):
        raise DistError(f"models/{lost[0]} is missing: run `git checkout models/`, then try again")
    with tempfile.TemporaryDirectory(prefix="hundredfold-dist-") as room:
        stage = Path(room)
        _stage_program(root, stage)
        left_out = _stage_site(page, files, stage / "py_src/hundredfold/site", cache)
        wheel = _build(stage, target)
    sizes = _parts(wheel)
    for name, size in sizes.items():
        _say(f"  {name:<18}{size / 1e6:7.2f} MB")
    total = wheel.stat().st_size
    _say(f"  {'all of it':<18}{total / 1e6:7.2f} MB")
    return {"wheel": str(wheel), "bytes": total, "parts": sizes, "left_out": left_out}


def shipped(manifest: Manifest) -> Manifest:
    """Without rungs that run on the server only: such a one answers when a visitor chooses it, and else nobody."""
    ladders = {
        name: replace(ladder, variants=tuple(each for each in ladder.variants if not _optional(each)))
        for name, ladder in manifest.ladders.items()
    }
    return replace(manifest, ladders=ladders)


def _optional(variant: Variant) -> bool:
    return variant.role == "rung" and tuple(variant.runs) == ("there",)


def _names(files: ModelFiles) -> set[str]:
    """All that is served of models/."""
    variants = [variant for ladder in shipped(files.manifest).ladders.values() for variant in ladder.variants]
    return {name for variant in variants for name in (variant.file, variant.golden)}


def _stage_program(root: Path, stage: Path) -> None:
    """The sources, and what the wheel is called, which as plain dependencies has those of a server."""
    shutil.copytree(
        root / "py_src/hundredfold",
        stage / "py_src/hundredfold",
        ignore=shutil.ignore_patterns("__pycache__", "*.pyc", installed.SITE.name),
    )
    for name in PROJECT:
        shutil.copy(root / name, stage)
    text = (root / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["server"]
    written = DEPENDENCIES.sub(lambda _: f"dependencies = {json.dumps(needed)}", text, count=1)
    if tomllib.loads(written)["project"]["dependencies"] != needed:
        raise DistError("pyproject.toml: write `dependencies = [...]` in one line, so that the server's can be added")
    (stage / "pyproject.toml").write_text(written)


def _stage_site(page: Path, files: ModelFiles, site: Path, cache: Path) -> list[str]:
    """The page, the models and their index; returns what of the models is left out."""
    listed: dict[str, str] = {}
    for name, path in _page_files(page):
        compressed = path.with_name(f"{path.name}.br")
        kept = compressed if compressed.is_file() else path
        _place((site / "page" / name).with_name(kept.name), kept.read_bytes())
        listed[f"page/{name}"] = _sha256(path)
    manifest = shipped(files.manifest)
    variants = [variant for ladder in manifest.ladders.values() for variant in ladder.variants]
    content = json.dumps(manifest.as_dict(), indent=1).encode()
    _place(site / "models/manifest.json", content)
    listed["models/manifest.json"] = hashlib.sha256(content).hexdigest()
    beside = {name for ladder in manifest.ladders.values() for name in offline.beside(ladder) if files.is_file(name)}
    for name in sorted(beside | {variant.golden for variant in variants}):
        _place(site / "models" / name, (files / name).read_bytes())
        listed[f"models/{name}"] = _sha256(files / name)
    models = {}
    for name, how, small in packed.pack(
        {f"models/{variant.file}": files / variant.file for variant in variants}, cache
    ):
        _say(f"Packed {name}: {len(small) / 1e6:.2f} MB")
        _place(site / f"{name}.packed", small)
        models[name] = {"packed": f"{name}.packed", **how}
        listed[name] = _sha256(files / name.removeprefix("models/"))
    made = hashlib.sha256(json.dumps([listed, models]).encode()).hexdigest()[:16]
    _place(site / installed.INDEX, json.dumps({"id": made, "files": listed, "models": models}).encode())
    everything = {variant.file for ladder in files.manifest.ladders.values() for variant in ladder.variants}
    return sorted(everything - {variant.file for variant in variants})


def _page_files(page: Path) -> Iterator[tuple[str, Path]]:
    """(address, file) of the built page, the pages that added exhibits are given a copy of among them."""
    for path in sorted(page.rglob("*")):
        if path.is_file() and not path.name.endswith(LEFT_OUT):
            yield path.relative_to(page).as_posix(), path


def _place(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _build(stage: Path, target: Path) -> Path:
    """Have the wheel built in an environment of its own; returns where it is."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as room:
        command = [sys.executable, "-m", "build", "--wheel", "--outdir", room, str(stage)]
        done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        made = list(Path(room).glob("*.whl"))
        if done.returncode or len(made) != 1:
            last = "\n".join(f"  | {line}" for line in done.stdout.splitlines()[-15:])
            raise DistError(f"`python -m build` failed; what it said last:\n{last}")
        return made[0].replace(target / made[0].name).resolve()


def _parts(wheel: Path) -> dict[str, int]:
    """Bytes of the wheel by what they are for."""
    sizes: dict[str, int] = {}
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name, found = next((name, found) for name, fits in PARTS.items() if (found := fits.search(entry.filename)))
            name = f"{name}: {found['of']}" if "of" in found.groupdict() else name
            sizes[name] = sizes.get(name, 0) + entry.compress_size
    return dict(sorted(sizes.items()))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # stdout ends with one line of JSON
