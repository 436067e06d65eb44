"""The page and the models as static files: precompressed, revalidated by content, immutable where named by a hash."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
from werkzeug import Response
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile
from whitenoise.string_utils import decode_path_info

from ..folders.files import ModelFiles
from . import offline
from .offline import sha256

IMMUTABLE = "public, max-age=31536000, immutable, no-transform"
REVALIDATE = "no-cache, no-transform"
"""A file is used only as it was built: a proxy that changes it, as some do to save bytes, breaks the page."""
HASHED = re.compile(r"^/(assets|runtime)/")
"""Addresses that change with their content."""

DEFAULT_LANGUAGE = "en"
"""Of index.html; another language's is index.<language>.html beside it."""

GONE = "it was changed while the server ran. Run `hundredfold prepare`, or `git checkout models/`, and restart it."

TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".onnx": "application/octet-stream",
    ".py": "text/x-python",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".zip": "application/zip",
}


class Held:
    """A file in memory: what is made at the start, and what is compressed then, needs no folder that lasts."""

    def __init__(self, name: str, content: bytes, cache: str) -> None:
        self._headers = {"Content-Type": _kind(name), "Cache-Control": cache, "ETag": _etag(content)}
        self._packed = {"": content, "br": brotli.compress(content, quality=9), "gzip": gzip.compress(content)}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return Response(status=405, headers={"Allow": "GET, HEAD"})(environ, start_response)
        taken = ["", *_accepted(environ)]
        encoding = min((name for name in self._packed if name in taken), key=lambda name: len(self._packed[name]))
        answer = Response(self._packed[encoding], headers={**self._headers, "Vary": "Accept-Encoding"})
        if encoding:
            answer.headers["Content-Encoding"] = encoding
        return answer.make_conditional(environ)(environ, start_response)


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """WSGI middleware over WhiteNoise, whose list of files is made once: an address that is not in it is not served.

    ETags are hashes of the content, so that they hold across machines and rebuilds. A model asked for by its hash
    (``?sha256=``) may be kept for ever; without it, or with another, it is revalidated.
    """

    def __init__(self, application: WSGIApplication, page: Path, models: ModelFiles | None, url: str = "") -> None:
        super().__init__(
            application,
            max_age=None,
            allow_all_origins=False,
            mimetypes=TYPES,
            index_file=True,
            add_headers_function=_add_headers,
        )
        self._missing: list[str] = []
        files = dict(offline.page_files(page))
        known = {str(path): path.stat() for path in files.values()}
        for address, path in files.items():
            self.add_file_to_dictionary(f"/{address}", str(path), known)
        if models:
            self._add_models(models)
        for address, content in offline.made_pages(page, models, url).items():
            self._add_page(f"/{address}", content)
        if files:
            self._add_offline(page, models, url)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = decode_path_info(environ.get("PATH_INFO", ""))
        if not path:  # the folder that we are mounted at, asked for without its slash
            return _redirect(f"{environ.get('SCRIPT_NAME', '')}/", environ, start_response)
        found = self.files.get(f"{path}?{environ.get('QUERY_STRING', '')}") or self._page(path, environ)
        if found is None:
            return self.application(environ, start_response)  # type: ignore[no-any-return]
        if path.endswith("/"):
            start_response = _by_language(start_response)
        if isinstance(found, Held):
            return found(environ, start_response)
        accepted = {**environ, "HTTP_ACCEPT_ENCODING": ", ".join(_accepted(environ))}
        try:
            return self.serve(found, accepted, start_response)  # type: ignore[no-any-return]
        except OSError:
            gone = Response(GONE, 503, {"Retry-After": "60", "Cache-Control": "no-store"}, mimetype="text/plain")
            return gone(environ, start_response)

    def _page(self, path: str, environ: WSGIEnvironment) -> StaticFile | Held | None:
        """What lies there: of a page that a visitor opens, in the language that its address or the browser asks for.

        A program that asks for it, as the one that keeps the site on a device, has the one that its list means.
        """
        opened = path.endswith("/") and environ.get("HTTP_SEC_FETCH_MODE") == "navigate"
        asked = parse_qs(environ.get("QUERY_STRING", "")).get("lang", []) if opened else []
        preferred = parse_accept_header(environ.get("HTTP_ACCEPT_LANGUAGE", ""), LanguageAccept) if opened else []
        for language in [*asked, *(name for name, _ in preferred)]:
            for name in (language, language.partition("-")[0].lower()):
                if name == DEFAULT_LANGUAGE:
                    return self.files.get(path)
                if found := self.files.get(f"{path}index.{name}.html"):
                    return found
        return self.files.get(path)

    @property
    def trouble(self) -> list[str]:
        """What of the page can not be served any more as it was at the start, in words."""
        if "/" not in self.files:
            return ["The page is not built: run `hundredfold prepare`, then start the server again."]
        altered = [address for address, file in self.files.items() if isinstance(file, StaticFile) and not _whole(file)]
        told = self._missing + sorted({address.partition("?")[0].lstrip("/") or "index.html" for address in altered})
        if not told:
            return []
        return [f"{', '.join(told[:3])}{' and more' if told[3:] else ''} can not be served: {GONE}"]

    def _add_page(self, address: str, content: bytes) -> None:
        """One that is made here, as WhiteNoise does it for those of a folder: its address ends with that folder."""
        if address.endswith(f"/{self.index_file}"):
            folder = address.removesuffix(self.index_file)
            for other in (address, folder.rstrip("/")):
                self.files[other] = self.redirect(other, folder)
            address = folder
        self.files[address] = Held("index.html", content, REVALIDATE)

    def _add_models(self, models: ModelFiles) -> None:
        """The manifest, the files that it names and what exhibits have beside them; nothing else of those folders."""
        ladders = models.manifest.ladders.values()
        variants = [variant for ladder in ladders for variant in ladder.variants]
        extra = {name: query for ladder in ladders for name, query in offline.beside(ladder).items()}
        self.files["/models/manifest.json"] = Held("manifest.json", models.content, REVALIDATE)
        for name in sorted({*extra, *(variant.golden for variant in variants)}):
            if models.is_file(name):
                content = (models / name).read_bytes()
                self.files[f"/models/{name}"] = Held(name, content, REVALIDATE)
                if query := extra.get(name):
                    self.files[f"/models/{name}{query}"] = Held(name, content, IMMUTABLE)
            elif name not in extra:
                self._missing.append(f"models/{name}")
        for name in sorted({variant.file for variant in variants}):
            path = models / name
            if path.is_file():
                self.files[f"/models/{name}"] = _file(path, REVALIDATE)
                self.files[f"/models/{name}?sha256={sha256(path)}"] = _file(path, IMMUTABLE)
            else:
                self._missing.append(f"models/{name}")

    def _add_offline(self, page: Path, models: ModelFiles | None, url: str) -> None:
        """The service worker with the list of what is served; asked for by its build, it may be kept."""
        made = offline.scripts(page, offline.site_files(page, models, url))
        for name, content in made.items():
            self.files[f"/{name}"] = Held(name, content, REVALIDATE)
        build = json.loads(made["build.json"])["build"]
        self.files[f"/sw.js?build={build}"] = Held("sw.js", made["sw.js"], IMMUTABLE)


def _by_language(start_response: StartResponse) -> StartResponse:
    """Tell caches that another visitor may get another answer."""

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, ("Vary", "Accept-Language, Sec-Fetch-Mode")], *more)

    return start


def _redirect(address: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return Response(status=308, headers={"Location": address})(environ, start_response)


def _whole(file: StaticFile) -> bool:
    """Whether a file and its compressed copies are there, of the size that is told of them."""
    try:
        return all(
            os.access(path, os.R_OK) and os.stat(path).st_size == int(dict(headers)["Content-Length"])
            for _, path, headers in file.alternatives
        )
    except OSError:
        return False


def _file(path: Path, cache: str) -> StaticFile:
    headers = [("Content-Type", _kind(path.name)), ("Cache-Control", cache), ("ETag", _etag(path.read_bytes()))]
    return StaticFile(str(path), headers)


def _kind(name: str) -> str:
    if name.endswith(".html"):
        return "text/html; charset=utf-8"
    return TYPES.get(Path(name).suffix, "application/octet-stream")


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["Cache-Control"] = IMMUTABLE if HASHED.match(url) else REVALIDATE
    headers["ETag"] = _etag(Path(path).read_bytes())


def _etag(content: bytes) -> str:
    """Weak, because it is the same for every encoding of the file."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def _accepted(environ: WSGIEnvironment) -> list[str]:
    """The encodings a browser takes: WhiteNoise looks for names only, so that those with q=0 must go."""
    accept = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return [name for name, quality in accept if quality > 0]
