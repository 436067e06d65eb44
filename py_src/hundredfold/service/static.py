"""The page and the models as static files: precompressed, revalidated by content, immutable where named by a hash."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
from werkzeug.http import parse_accept_header
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile
from whitenoise.string_utils import decode_path_info

from ..manifest import Manifest
from . import offline
from .offline import sha256

IMMUTABLE = "public, max-age=31536000, immutable, no-transform"
REVALIDATE = "no-cache, no-transform"
"""A file is used only as it was built: a proxy that changes it, as some do to save bytes, breaks the page."""
HASHED = re.compile(r"^/(assets|runtime)/")
"""Addresses that change with their content."""

TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".onnx": "application/octet-stream",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".zip": "application/zip",
}


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """WSGI middleware over WhiteNoise, whose list of files is made once: an address that is not in it is not served.

    ETags are hashes of the content, so that they hold across machines and rebuilds. A model asked for by its hash
    (``?sha256=``) may be kept for ever; without it, or with another, it is revalidated.
    """

    def __init__(self, application: WSGIApplication, page: Path, models: Path, manifest: Manifest | None) -> None:
        super().__init__(
            application,
            max_age=None,
            allow_all_origins=False,
            mimetypes=TYPES,
            index_file=True,
            add_headers_function=_add_headers,
        )
        self._copies = tempfile.TemporaryDirectory(prefix="hundredfold-")
        if page.is_dir():
            self.add_files(page)
        if manifest:
            self._add_models(models, manifest)
        if (page / offline.SCRIPT).is_file():
            self._add_offline(page, models, manifest)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = decode_path_info(environ.get("PATH_INFO", ""))
        found = self.files.get(f"{path}?{environ.get('QUERY_STRING', '')}") or self.files.get(path)
        if found is None:
            return self.application(environ, start_response)  # type: ignore[no-any-return]
        return self.serve(found, {**environ, "HTTP_ACCEPT_ENCODING": _accepted(environ)}, start_response)  # type: ignore[no-any-return]

    def _add_models(self, models: Path, manifest: Manifest) -> None:
        """The manifest, the files that it names and an exhibit's results, and nothing else of that folder."""
        variants = [variant for ladder in manifest.ladders.values() for variant in ladder.variants]
        results = {f"{exhibit}/results.json" for exhibit in manifest.ladders}
        for name in {"manifest.json"} | results | {variant.golden for variant in variants}:
            if (models / name).is_file():
                self.files[f"/models/{name}"] = _file(models / name, REVALIDATE, self._compress(models / name))
        for name in {variant.file for variant in variants}:
            path = models / name
            if path.is_file():
                self.files[f"/models/{name}"] = _file(path, REVALIDATE)
                self.files[f"/models/{name}?sha256={sha256(path)}"] = _file(path, IMMUTABLE)

    def _add_offline(self, page: Path, models: Path, manifest: Manifest | None) -> None:
        """The service worker with the list of what is served; asked for by its build, it may be kept."""
        made = offline.scripts(page, offline.site_files(page, models, manifest))
        for name, content in made.items():
            path = Path(self._copies.name, name)
            path.write_bytes(content)
            self.files[f"/{name}"] = _file(path, REVALIDATE, self._compress(path))
        build = json.loads(made["build.json"])["build"]
        script = Path(self._copies.name, "sw.js")
        self.files[f"/sw.js?build={build}"] = _file(script, IMMUTABLE, self._compress(script))

    def _compress(self, path: Path) -> dict[str, str]:
        """Compressed copies by encoding, in a folder of our own: the models' folder is only read."""
        content, copy = path.read_bytes(), Path(self._copies.name, sha256(path))
        packed = {"br": brotli.compress(content, quality=9), "gzip": gzip.compress(content)}
        for encoding, smaller in packed.items():
            copy.with_suffix(f".{encoding}").write_bytes(smaller)
        return {encoding: str(copy.with_suffix(f".{encoding}")) for encoding in packed}


def _file(path: Path, cache: str, encodings: dict[str, str] | None = None) -> StaticFile:
    kind = TYPES.get(path.suffix, "application/octet-stream")
    headers = [("Content-Type", kind), ("Cache-Control", cache), ("ETag", _etag(path))]
    return StaticFile(str(path), headers, encodings)


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["Cache-Control"] = IMMUTABLE if HASHED.match(url) else REVALIDATE
    headers["ETag"] = _etag(Path(path))


def _etag(path: Path) -> str:
    """Weak, because it is the same for every encoding of the file."""
    return f'W/"{sha256(path)[:32]}"'


def _accepted(environ: WSGIEnvironment) -> str:
    """The encodings a browser takes: WhiteNoise looks for names only, so that those with q=0 must go."""
    accept = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return ", ".join(name for name, quality in accept if quality > 0)
