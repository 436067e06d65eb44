"""Writes the site as plain files: for any static host, or a memory stick that any file server serves."""

from __future__ import annotations

import html
import json
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..environment import UsageError
from ..errors import HundredfoldError, brief
from ..folders.files import ModelFiles
from ..service import offline
from ..service.power import stated
from ..service.settings import Settings
from .record import Json, recorded

Files = dict[str, Path | bytes]
"""Path inside the exported folder -> what is in it."""

RECORD = "recorded.json"
EARLIER = (RECORD, "sw.js", "build.json")
"""What tells an earlier export, which may be replaced, from a folder of somebody's."""
MARK = '<meta name="hundredfold-there" content="recorded" />'
"""Tells the page that it has no server."""
CHARSET = re.compile(r'<meta charset="utf-8" ?/?>')
SERVED = re.compile(r"<!-- served -->.*?<!-- /served -->", re.DOTALL)
"""In the page: what is true of a site with a server only ..."""
RECORDED = re.compile(r"<!-- recorded: (.*?) -->", re.DOTALL)
"""... and in a comment what is said in its place."""
PARTS = {
    "python": re.compile(r"runtime/pyodide-|assets/.*\.zip$"),
    "engine": re.compile(r"runtime/ort-"),
    "models": re.compile(r"models/"),
    "recorded": re.compile(rf"{re.escape(RECORD)}$"),
    "page": re.compile(""),
}
"""What an address belongs to: the first that fits."""
NOT_FOUND = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Hundredfold: this page is not here</title>
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="{base}favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="{base}{styles}" />
  </head>
  <body>
    <header class="masthead">
      <p class="wordmark">Hundredfold</p>
      <h1>This page is not here</h1>
      <p class="lead"><a href="{base}">Back to Hundredfold</a></p>
    </header>
  </body>
</html>
"""


class ExportError(HundredfoldError):
    """The site can not be exported; the message says what to do."""


def export(folder: Path, base: str, fresh: bool, cache: Path, **given: Any) -> Json:
    """Write the site into ``folder``, all of it or nothing; returns ``{folder, build, files, bytes, parts, recorded}``.

    ``base`` is the path under which it will be served, which only the page for wrong addresses needs to know. ``given``
    are settings of the server, whose page and models are taken. Raises ExportError, RecordError, ManifestError.
    """
    if not re.fullmatch(r"/((?!\.)[\w.~%@+-]+/)*", base, re.ASCII):
        raise UsageError(f"--base must be a path that begins and ends with a slash, as /demo/ does, not {brief(base)}")
    folder = folder.resolve()
    _check_target(folder)
    settings = Settings.read(**given)
    if missing := [name for name in (offline.SAMPLES, offline.SCRIPT) if not (settings.static / name).is_file()]:
        raise ExportError(f"the page is not built ({missing[0]} is missing): run `hundredfold prepare`, then try again")
    samples = json.loads((settings.static / offline.SAMPLES).read_text())
    models = ModelFiles.load(settings.models, settings.exhibits)
    samples |= {id: models.samples(id) for id in models.folders}
    record, kept = recorded(samples, settings, cache / "export", fresh)
    answers = sum(map(len, record["exhibits"].values()))
    before = f"from {record['made']}; --fresh records them anew" if kept else "new"
    _say(f"Recorded answers of the there-side: {answers}, {before}")
    files = _files(settings, models, record, base)
    try:
        _write(files, folder)
    except OSError as error:
        again = "make room or choose another folder; what was there before still is"
        raise ExportError(f"{folder} could not be written ({error.strerror}): {again}") from error
    parts = _parts(files)
    for name, size in parts.items():
        _say(f"  {name:<9}{size / 1e6:7.2f} MB")
    build = json.loads(_bytes(files["build.json"]))["build"]
    told = {"folder": str(folder), "build": build, "files": len(files), "bytes": sum(parts.values()), "parts": parts}
    return {**told, "recorded": {"made": record["made"], "answers": answers, "reused": kept}}


def _check_target(folder: Path) -> None:
    """Raise UsageError unless it can be written, and nothing of anybody's would be lost."""
    try:
        empty = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        folder.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder.parent).close()
    except OSError as error:
        raise UsageError(f"DIR must be a folder that can be written, not {folder} ({error.strerror})") from None
    if not empty and not all((folder / name).is_file() for name in EARLIER):
        raise UsageError(
            f"DIR must be a folder that does not exist yet, or an empty one: {folder} is not an earlier export, and "
            "what is in it would be lost"
        )


def _files(settings: Settings, models: ModelFiles, record: Json, base: str) -> Files:
    """Everything that is written."""
    page = settings.static
    power = stated.document(settings, record["meter"], record["learnt"])
    told = {name: value for name, value in record.items() if name not in ("meter", "learnt")} | {"power": power}
    listed: Files = {**offline.site_files(page, models, settings.url), RECORD: json.dumps(told).encode()}
    for address, content in listed.items():
        if _path(address).endswith(".html"):
            text = content.decode() if isinstance(content, bytes) else content.read_text()
            listed[address] = recorded_page(text).encode()
    scripts = offline.scripts(page, listed)
    del listed[offline.INDEX]
    files: Files = {_path(address): content for address, content in listed.items()}
    for variant in (variant for ladder in models.manifest.ladders.values() for variant in ladder.variants):
        if "here" in variant.runs:  # those that are fetched when a visitor chooses them, too
            files |= {f"models/{name}": models / name for name in (variant.file, variant.golden)}
    if settings.url:
        files |= {name: path for name, path in offline.page_files(page) if name.startswith(offline.PREVIEWS)}
    missing = NOT_FOUND.format(base=html.escape(base), styles=_styles(files)).encode()
    return dict(sorted({**files, **scripts, "404.html": missing}.items()))


def _path(address: str) -> str:
    """Where the file of an address lies: without its query, and index.html of a folder."""
    name = address.partition("?")[0]
    return f"{name}index.html" if name.endswith("/") or not name else name


def recorded_page(text: str) -> str:
    """A page's HTML, marked as having no server, and with what it then says. Raises ExportError."""
    marked, count = CHARSET.subn(lambda found: f"{found[0]}\n    {MARK}", text, count=1)
    if not count:
        raise ExportError("a page without <meta charset>: run `hundredfold prepare`, then try again")
    return RECORDED.sub(lambda found: found[1], SERVED.sub("", marked))


def _styles(files: Mapping[str, Any]) -> str:
    return next((name for name in files if re.fullmatch(r"assets/.*\.css", name)), "")


def _parts(files: Files) -> dict[str, int]:
    """Bytes by what they are for."""
    sizes = dict.fromkeys(PARTS, 0)
    for name, content in files.items():
        part = next(part for part, fits in PARTS.items() if fits.match(name))
        sizes[part] += len(content) if isinstance(content, bytes) else content.stat().st_size
    return sizes


def _write(files: Files, folder: Path) -> None:
    """Beside its place first, so that whoever serves the folder meanwhile has the old site or the new one, whole."""
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as room:
        made, old = Path(room, "new"), Path(room, "old")
        for name, content in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(_bytes(content))
        if folder.exists():
            folder.rename(old)
        try:
            made.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise


def _bytes(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # stdout ends with one line of JSON
