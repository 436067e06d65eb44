"""Only the built page and what the manifest names is served, whatever lies beside it; health says what is gone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import fields

import pytest
from tiny import write_page

from hundredfold import environment
from hundredfold.service import serving
from hundredfold.service.app import create_app
from hundredfold.service.settings import Settings, SettingsError, variable

MADE = ("/sw.js", "/build.json", "/models/manifest.json", "/models/digits/golden.json")


@pytest.fixture
def own_page(tmp_path):
    return write_page(tmp_path / "web/dist")


def listed(client):
    told = json.loads(re.match(r"self\.site = (.*);\n", client.get("/sw.js").text)[1])
    return {each["url"] for each in told["files"]}


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_static_folder_publishes_nothing_of_the_working_directory(models, tmp_path, monkeypatch, empty):
    for name in (".env", ".git/config", "notes.txt", "index.html", "models/manifest.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("SECRET=1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUNDREDFOLD_STATIC", empty)
    client = create_app(models=models).test_client()
    for path in ("/", "/.env", "/.git/config", "/notes.txt", "/models/manifest.json"):
        assert b"SECRET" not in client.get(path).data, path


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
@pytest.mark.parametrize("empty", ["", " \t"])
def test_an_empty_setting_is_an_unset_one(name, empty):
    assert Settings.read({variable(name): empty}) == Settings.read({})


@pytest.mark.parametrize("empty", ["", "  "])
def test_other_empty_variables_are_unset_too(monkeypatch, empty):
    for name in ("HOST", "PORT", "HUNDREDFOLD_CACHE"):
        monkeypatch.setenv(name, empty)
    assert serving.address() == ("127.0.0.1", 8000)
    assert environment.cache() == environment.ROOT / ".cache"


@pytest.mark.parametrize("content", [None, "{", "[]", '{"python": 1}'])
def test_a_folder_that_is_no_built_page_is_refused_and_never_served(tmp_path, models, monkeypatch, content):
    (tmp_path / "index.html").write_text("a page of somebody's")
    if content:
        (tmp_path / "runtime.json").write_text(content)
    with pytest.raises(SettingsError, match=r"HUNDREDFOLD_STATIC must be .*hundredfold prepare"):
        Settings.read({"HUNDREDFOLD_STATIC": str(tmp_path)})
    monkeypatch.setattr(Settings, "read", lambda **_: Settings(models=models, static=tmp_path))
    client = create_app().test_client()
    for path in ("/", "/index.html", "/sw.js"):
        assert client.get(path).status_code == 404
    assert "not built" in client.get("/api/v1/health").json["trouble"][0]


def test_nothing_hidden_and_nothing_from_outside_is_served(make_app, own_page, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.txt").write_text("secret")
    for name in (".env", ".git/config", "assets/.hidden.js", "assets/.cache/part.js"):
        (own_page / name).parent.mkdir(exist_ok=True)
        (own_page / name).write_text("secret")
    (own_page / "link.txt").symlink_to(tmp_path / "outside/secret.txt")
    (own_page / "folder").symlink_to(tmp_path / "outside")
    (own_page / "assets/main-1a2b3c4d.js.br").unlink()
    (own_page / "assets/main-1a2b3c4d.js.br").symlink_to(tmp_path / "outside/secret.txt")
    client = make_app(static=own_page).test_client()
    hidden = ("/.env", "/.git/config", "/assets/.hidden.js", "/assets/.cache/part.js")
    for path in (*hidden, "/link.txt", "/folder/secret.txt"):
        assert client.get(path).status_code == 404, path
    script = client.get("/assets/main-1a2b3c4d.js", headers={"Accept-Encoding": "br"})
    assert script.status_code == 200
    assert script.data != b"secret"
    assert not [url for url in listed(client) if "." in url[:1] or "/." in url or url.startswith(("link", "folder"))]


def test_a_page_that_is_a_link_to_a_release_is_served(make_app, own_page, tmp_path):
    (tmp_path / "current").symlink_to(own_page)
    assert make_app(static=tmp_path / "current").test_client().get("/").status_code == 200


def test_results_from_outside_of_the_models_are_not_served(make_app, models, tmp_path):
    folder = shutil.copytree(models, tmp_path / "models")
    (tmp_path / "secret.json").write_text("{}")
    (folder / "digits/results.json").symlink_to(tmp_path / "secret.json")
    client = make_app(models=folder).test_client()
    assert client.get("/models/digits/results.json").status_code == 404
    assert "models/digits/results.json" not in listed(client), "or the page would wait for it for ever"


def test_what_is_made_at_the_start_needs_no_temporary_folder(make_app, own_page, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/dev/null/none")
    client = make_app(static=own_page).test_client()
    for path in MADE:
        for encoding in ("br", "gzip", "identity"):
            assert client.get(path, headers={"Accept-Encoding": encoding}).status_code == 200


def test_it_is_there_when_a_forked_copy_has_ended(own_page, models):
    script = f"""
import os, sys, tempfile, shutil, pathlib
tempfile.tempdir = tempfile.mkdtemp()
from hundredfold.service.app import create_app
app = create_app(static={str(own_page)!r}, models={str(models)!r})
if not os.fork():
    sys.exit(app.test_client().get("/sw.js").status_code != 200)
assert os.wait()[1] == 0
shutil.rmtree(tempfile.tempdir)  # as what cleans up there does
for path in {MADE!r}:
    assert app.test_client().get(path).status_code == 200, path
print("whole")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.stdout == "whole\n", done.stderr


@pytest.mark.parametrize("change", ["gone", "replaced", "compressed copy gone"])
def test_health_says_when_the_page_can_not_be_served_any_more(make_app, own_page, change):
    client = make_app(static=own_page).test_client()
    assert client.get("/api/v1/health").json["status"] == "ok"
    script = own_page / "assets/main-1a2b3c4d.js"
    if change == "gone":
        script.unlink()
    elif change == "replaced":
        script.write_text("of another build")
    else:
        script.with_name(f"{script.name}.br").unlink()
    told = client.get("/api/v1/health").json
    assert told["status"] == "degraded"
    assert "assets/main-1a2b3c4d.js" in told["trouble"][0]
    assert "hundredfold prepare" in told["trouble"][0]
    if change == "gone":
        answer = client.get("/assets/main-1a2b3c4d.js", headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "hundredfold prepare" in answer.text


def test_health_says_which_model_is_missing(make_app, models, tmp_path):
    folder = shutil.copytree(models, tmp_path / "models")
    (folder / "digits/student-int8.onnx").unlink()
    told = make_app(models=folder).test_client().get("/api/v1/health").json
    assert told["status"] == "degraded"
    assert any("digits/student-int8.onnx" in text for text in told["trouble"])
