"""What a browser keeps to go on without the server: the list of the site's files, in front of the service worker."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..folders.files import ModelFiles
from ..manifest import Ladder
from ..manifest_added import SAMPLES as ADDED_SAMPLES
from ..manifest_added import of

SCRIPT = "service-worker.js"
"""In the built page: the service worker, without the list."""
INDEX = "runtime.json"
"""In the built page: Python and the engine, for us and for the tests; the page has it built in."""
PREVIEWS = "preview/"
"""In the built page: pictures that a shared link shows, which only who reads such links asks for."""
PREVIEW = re.compile(r"<!-- preview: (.*?) -->", re.DOTALL)
"""In its pages: what is said there where the site's whole address is known, with {url} in its place."""
SAMPLES = "samples.json"
"""In the built page: what the exhibits' sample drawings ask, for an export without a server."""
RESULTS = ("results.json", "language-model.json")
"""What was measured of an exhibit's models, in its folder of models, where there is such a thing."""
PLACE = "EXHIBIT"
"""In the built page: a folder of pages that each added exhibit has a copy of, with its id in the place of this."""
LEFT_OUT = (".br", ".gz", SCRIPT, SAMPLES, ".en-XA.html", ".ar-XB.html")
"""Endings of files that a visitor's browser never asks for, such as pages in languages that only tests speak."""
BUILD_DIGITS = 16


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_built(page: Path) -> bool:
    """Whether a folder holds the built page, by the list that only its build writes."""
    try:
        index = json.loads((page / INDEX).read_text())
        return (page / "index.html").is_file() and {"python", "engine", "files"} <= index.keys()
    except (OSError, ValueError, AttributeError):
        return False


def page_files(page: Path) -> Iterator[tuple[str, Path]]:
    """(address, file) of all that may be served of the built page: nothing hidden, nothing from out of the folder."""
    root = page.resolve()
    if not is_built(root):
        return
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name != PLACE)
        for path in (Path(folder, name) for name in sorted(names) if not name.startswith(".")):
            if path.is_file() and path.resolve().is_relative_to(root):
                yield path.relative_to(root).as_posix(), path


def made_pages(page: Path, models: ModelFiles | None, url: str = "") -> dict[str, bytes]:
    """(address of the file, content) of the pages that are not as they were built.

    Each added exhibit has one for itself, in every language; where the site's address is known, all of them tell it.
    """
    made = _added_pages(page, models)
    if url:
        made = {**{name: path.read_bytes() for name, path in page_files(page) if name.endswith(".html")}, **made}
    return {name: with_url(content.decode(), url).encode() for name, content in made.items()}


def with_url(text: str, url: str) -> str:
    """A page's HTML with what can be said of it where the site's address is known, as a shared link needs it."""
    return PREVIEW.sub(lambda found: found[1].replace("{url}", html.escape(url)), text) if url else text


def _added_pages(page: Path, models: ModelFiles | None) -> dict[str, bytes]:
    made = {}
    for id in models.folders if models and is_built(page) else ():
        for path in sorted(page.glob(f"*/{PLACE}/*.html")):
            text = path.read_text(encoding="utf-8").replace(PLACE, id)
            made[path.relative_to(page).as_posix().replace(PLACE, id)] = text.encode()
    return made


def site_files(page: Path, models: ModelFiles | None, url: str = "") -> dict[str, Path | bytes]:
    """Address from the site's folder -> file: the built page, the manifest, and what runs here from the start.

    Addresses are as the page asks for them: a folder for its index.html, a model with its sha256.
    """
    files: dict[str, Path | bytes] = {}
    pages: list[tuple[str, Path | bytes]] = [*page_files(page), *made_pages(page, models, url).items()]
    for name, content in pages:
        if not name.endswith(LEFT_OUT) and not name.startswith(PREVIEWS):
            files[name.removesuffix("index.html") if name.endswith("index.html") else name] = content
    if models:
        for ladder in models.manifest.ladders.values():
            files |= _models(ladder, models)
        files["models/manifest.json"] = models.content
    return files


def _models(ladder: Ladder, models: ModelFiles) -> dict[str, Path]:
    """An exhibit's students, of which one is used first, or all act together; what they are checked with; results."""
    acting = [variant for variant in ladder.variants if variant.role == "student" and "here" in variant.runs]
    first = {variant.file: f"?sha256={variant.sha256}" for variant in acting}
    golden = {variant.golden: "" for variant in acting}
    named = {**first, **golden, **beside(ladder)}
    return {f"models/{name}{query}": models / name for name, query in named.items() if models.is_file(name)}


def beside(ladder: Ladder) -> dict[str, str]:
    """What an exhibit's folder may hold beside its models, with the query that the page asks for it with."""
    if ladder.added is None:
        return {f"{ladder.exhibit}/{name}": "" for name in RESULTS}
    code = {f"{ladder.exhibit}/{name}": f"?sha256={sha256}" for name, sha256 in of(ladder).code.items()}
    return {f"{ladder.exhibit}/{ADDED_SAMPLES}": "", **code}


def site(files: Mapping[str, Path | bytes]) -> dict[str, Any]:
    """``{build, bytes, files: [{url, sha256, bytes, streamed?}]}``; the build's name changes when anything of it does.

    A streamed file is checked by the page itself.
    """
    runtime = files.get(INDEX, b"{}")
    streamed = {each["url"] for each in json.loads(_raw(runtime)).get("files", ())}
    listed = [
        _listed(address, content) | ({"streamed": True} if address in streamed else {})
        for address, content in sorted(files.items())
        if address != INDEX
    ]
    build = hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:BUILD_DIGITS]
    return {"build": build, "bytes": sum(each["bytes"] for each in listed), "files": listed}


def _listed(address: str, content: Path | bytes) -> dict[str, Any]:
    raw = _raw(content)
    return {"url": address, "sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw)}


def _raw(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def scripts(page: Path, files: Mapping[str, Path | bytes]) -> dict[str, bytes]:
    """The two files that go with the list: ``sw.js``, and ``build.json``, by which a page learns of a new version."""
    told = site(files)
    code = (page / SCRIPT).read_text()
    told_of = {name: told[name] for name in ("build", "bytes")} | {"files": len(told["files"])}
    return {
        "sw.js": f"self.site = {json.dumps(told)};\n{code}".encode(),
        "build.json": json.dumps(told_of).encode(),
    }
