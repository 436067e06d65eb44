"""The page and the models as files: headers, compression, caching, types, and nothing outside the two folders."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil

import brotli
import pytest
from tiny import RUN, drawing

from hundredfold.service.settings import Settings

SCRIPT = "/assets/main-1a2b3c4d.js"
ONNX = "/models/digits/baseline-fp32.onnx"
EVERYWHERE = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("POST", "/", 405),
        ("GET", "/index.html", 302),
        ("GET", SCRIPT, 200),
        ("GET", ONNX, 200),
        ("GET", "/nothing", 404),
        ("GET", "/api/v1/health", 200),
        ("GET", "/api/v1/nothing", 404),
        ("GET", RUN, 405),
        ("POST", RUN, 415),
    ],
)
def test_headers_on_every_answer(client, method, path, status):
    response = client.open(path, method=method)
    assert response.status_code == status
    for name, value in EVERYWHERE.items():
        assert response.headers.getlist(name) == [value]
    (policy,) = response.headers.getlist("Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=0.5, gzip;q=1", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("identity", None),
        ("", None),
        ("br;q=0, gzip;q=0", None),
    ],
)
@pytest.mark.parametrize("path", ["/", SCRIPT, "/models/manifest.json", "/models/digits/golden.json"])
def test_precompressed(client, page, models, path, accepted, encoding):
    response = client.get(path, headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in ", ".join(response.headers.getlist("Vary"))
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    file = models / path.removeprefix("/models/") if path.startswith("/models/") else page / (path[1:] or "index.html")
    assert unpack(response.data) == file.read_bytes()
    assert int(response.headers["Content-Length"]) == len(response.data)


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/", "es-MX, es;q=0.9, en;q=0.8", "es"),
        ("/", "de, es;q=0.5, en;q=0.1", "es"),
        ("/", "en, es;q=0.9", "en"),
        ("/", "de", "en"),
        ("/", "", "en"),
        ("/?lang=es", "en", "es"),
        ("/?lang=en", "es", "en"),
        ("/?lang=../../etc/passwd", "../x, *;q=0.1", "en"),
        ("/embed/digits/", "es", "en"),
    ],
)
def test_a_page_comes_in_the_visitor_s_language(client, path, accepted, language):
    headers = {"Accept-Language": accepted, "Sec-Fetch-Mode": "navigate"}
    opened = client.get(path, headers=headers)
    assert (b"lang=es" in opened.data) == (language == "es")
    assert "Accept-Language" in ", ".join(opened.headers.getlist("Vary"))
    # What the page's own programs ask for is the file that their list names.
    assert b"lang=es" not in client.get(path, headers={**headers, "Sec-Fetch-Mode": "cors"}).data


@pytest.mark.parametrize(
    ("path", "immutable"),
    [
        ("/", False),
        ("/favicon.svg", False),
        (SCRIPT, True),
        ("/runtime/pyodide-0.28.3/pyodide.asm.wasm", True),
        ("/models/manifest.json", False),
        ("/models/digits/golden.json", False),
        (ONNX, False),
        (f"{ONNX}?sha256={'0' * 64}", False),
        (f"{ONNX}?sha256={{sha256}}", True),
    ],
)
def test_caching(client, models, path, immutable):
    sha256 = hashlib.sha256((models / ONNX.removeprefix("/models/")).read_bytes()).hexdigest()
    response = client.get(path.format(sha256=sha256))
    assert response.status_code == 200
    assert ("immutable" in response.headers["Cache-Control"]) == immutable
    assert ("no-cache" in response.headers["Cache-Control"]) != immutable
    assert "no-transform" in response.headers["Cache-Control"], "a proxy that changes the file breaks the page"


@pytest.mark.parametrize("path", ["/", SCRIPT, ONNX, "/models/manifest.json"])
@pytest.mark.parametrize("encoding", ["br", "identity"])
def test_revalidation(client, path, encoding):
    first = client.get(path, headers={"Accept-Encoding": encoding})
    tag = first.headers["ETag"]
    again = client.get(path, headers={"Accept-Encoding": encoding, "If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get(path, headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        (SCRIPT, "text/javascript"),
        ("/assets/main-1a2b3c4d.css", "text/css"),
        ("/favicon.svg", "image/svg+xml"),
        ("/runtime/pyodide-0.28.3/pyodide.js", "text/javascript"),
        ("/runtime/pyodide-0.28.3/pyodide.asm.wasm", "application/wasm"),
        ("/runtime/pyodide-0.28.3/python_stdlib.zip", "application/zip"),
        ("/runtime/pyodide-0.28.3/numpy.whl", "application/zip"),
        ("/runtime/pyodide-0.28.3/pyodide-lock.json", "application/json"),
        ("/models/manifest.json", "application/json"),
        (ONNX, "application/octet-stream"),
    ],
)
def test_types(client, path, kind):
    assert client.get(path).mimetype == kind


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/..\\..\\secret.txt",
        "//etc/passwd",
        "/models/../../../etc/passwd",
        "/models/..%2fdigits",
        "/models/LOG.md",
        "/models/",
        "/assets/",
        "/index.html.br",
    ],
)
def test_nothing_else_is_served(client, path):
    response = client.get(path, follow_redirects=True)
    assert response.status_code == 404
    assert b"outside" not in response.data
    assert b"root:" not in response.data


def test_unknown_page_links_home_without_scripts_or_styles(client):
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert 'href="./"' in response.text
    assert not re.search(r"<script|<style|style=", response.text)


def test_without_a_built_page_the_api_works_and_the_way_is_said(make_app, models, tmp_path, monkeypatch):
    monkeypatch.setattr(Settings, "read", lambda **_: Settings(models=models, static=tmp_path / "missing"))
    client = make_app().test_client()
    response = client.get("/")
    assert response.status_code == 404
    assert "make demo" in response.text
    assert client.post(RUN, json={"input": drawing()}).status_code == 200


def test_an_altered_model_is_never_immutable(make_app, models, tmp_path):
    folder = shutil.copytree(models, tmp_path / "models")
    promised = hashlib.sha256((folder / "digits/baseline-fp32.onnx").read_bytes()).hexdigest()
    (folder / "digits/baseline-fp32.onnx").write_bytes(b"something else")
    response = make_app(models=folder).test_client().get(f"{ONNX}?sha256={promised}")
    assert response.data == b"something else"
    assert response.headers["Cache-Control"] == "no-cache, no-transform"
