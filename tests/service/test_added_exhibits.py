"""Exhibits from folders: served, asked, listed and kept as the others are; what is wrong with one harms no other."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import RUN, assert_problem, drawing, write_page

from hundredfold import cli
from hundredfold.adapters.native import opener
from hundredfold.app import handle
from hundredfold.folders.files import ModelFiles
from hundredfold.publish import record
from hundredfold.service import offline
from hundredfold.service.settings import Settings

ADDED = ("my-image", "my-text", "my-numbers")
TEMPLATE = '<!doctype html><meta charset="utf-8"><html data-embed="EXHIBIT"><a href="../../#EXHIBIT">'


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """One of each kind."""
    room = tmp_path_factory.mktemp("folders")
    for name in ADDED:
        assert cli.main(["new", str(room / name), "--kind", name.removeprefix("my-")]) == 0
        assert cli.main(["add", str(room / name), "--yes"]) == 0
    return [room / name for name in ADDED]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A built page that has what is needed for exhibits of a page of their own."""
    page = write_page(tmp_path_factory.mktemp("web") / "dist")
    (page / "embed/EXHIBIT").mkdir()
    for language in ("", ".es", ".en-XA"):
        (page / f"embed/EXHIBIT/index{language}.html").write_text(f"{TEMPLATE}{language}")
    return page


@pytest.fixture(scope="module")
def grown(make_app, folders, built):
    return make_app(exhibits=folders, static=built)


@pytest.fixture
def asked(grown):
    """asked(exhibit, input) -> the response."""
    client = grown.test_client()

    def ask(exhibit, given, **more):
        return client.post(f"/api/v1/exhibits/{exhibit}/run", json={"input": given, **more})

    return ask


def samples(folder):
    return [each["input"] for each in json.loads((folder / "samples.json").read_text())]


@pytest.mark.parametrize("place", range(len(ADDED)), ids=ADDED)
@pytest.mark.parametrize("variant", ["big", "small"])
def test_it_answers_as_it_was_recorded(asked, folders, place, variant):
    golden = json.loads((folders[place] / "golden.json").read_text())["variants"][variant]
    for vector in golden[:3]:
        told = asked(ADDED[place], vector["input"], variant=variant, repeats=2)
        assert told.status_code == 200, told.text
        output, recorded = told.json["output"], vector["output"]
        assert output.get("label") == recorded.get("label")
        assert output.get("value") == pytest.approx(recorded.get("value"))
        assert output.get("scores") == pytest.approx(recorded.get("scores"))
        assert (told.json["variant"], told.json["where"]) == (variant, "there")
        assert told.json["energy"]["joules"]["mid"] > 0
    assert asked(ADDED[place], samples(folders[place])[0]).json["variant"] == "big"


def test_it_is_listed_with_what_its_page_shows(grown, folders):
    told = grown.test_client().get("/api/v1/exhibits").json
    assert set(ADDED) < set(told["exhibits"])
    assert told["refused"] == {}
    for name in ADDED:
        facts = told["exhibits"][name]
        assert facts["added"]["kind"] == name.removeprefix("my-")
        assert facts["default"] == {"here": "small", "there": "big"}
        assert "def pre" not in json.dumps(facts)
    assert told["exhibits"]["digits"]["added"] is None


def test_the_document_has_its_shapes(grown):
    document = grown.test_client().get("/api/v1/openapi.json").json
    for name in ADDED:
        operation = document["paths"][f"/api/v1/exhibits/{name}/run"]["post"]
        (given,) = [
            each["$ref"].rpartition("/")[2]
            for each in [operation["requestBody"]["content"]["application/json"]["schema"]]
        ]
        assert document["components"]["schemas"][given]["properties"]["input"]["type"] == "object"


@pytest.mark.parametrize(
    ("exhibit", "given", "field"),
    [
        ("my-image", {}, "image"),
        ("my-image", {"image": {"width": 0, "height": 2, "pixels": ""}}, "image.width"),
        ("my-image", {"image": {"width": 600, "height": 2, "pixels": ""}}, "image.width"),
        ("my-image", {"image": {"width": 2, "height": 2, "pixels": "AAAA"}}, "image.pixels"),
        ("my-image", {"image": {"width": 2, "height": 2, "pixels": "no base64"}}, "image.pixels"),
        ("my-text", {"text": 5}, "text"),
        ("my-text", {"text": "a" * 20_001}, "text"),
        ("my-numbers", {"numbers": [1, 2]}, "numbers"),
        ("my-numbers", {"numbers": [99, 2, 1]}, "numbers.0"),
        ("my-numbers", {"numbers": [True, 2, 1]}, "numbers.0"),
    ],
)
def test_what_can_not_be_used_is_refused(asked, exhibit, given, field):
    assert_problem(asked(exhibit, given), 422, field)


def test_its_files_are_served_and_nothing_else_of_its_folder(grown, folders):
    client = grown.test_client()
    manifest = json.loads(client.get("/models/manifest.json").data)
    for name, folder in zip(ADDED, folders, strict=True):
        (small,) = [each for each in manifest["exhibits"][name]["variants"] if each["id"] == "small"]
        response = client.get(f"/models/{small['file']}?sha256={small['sha256']}")
        assert hashlib.sha256(response.data).hexdigest() == small["sha256"]
        assert "immutable" in response.headers["Cache-Control"]
        for other in ("exhibit.toml", "manifest.json", "CARD.md", "samples.csv", "samples/flat/flat-01.png", "none"):
            assert client.get(f"/models/{name}/{other}").status_code == 404
        assert client.get(f"/models/{name}/samples.json").json == json.loads((folder / "samples.json").read_text())
    code = manifest["exhibits"]["my-text"]["added"]["files"]["pre.py"]
    response = client.get(f"/models/my-text/pre.py?sha256={code}")
    assert hashlib.sha256(response.data).hexdigest() == code
    assert client.get("/models/my-image/pre.py").status_code == 404


def test_it_has_a_page_of_its_own_in_each_language(grown):
    client = grown.test_client()
    response = client.get("/embed/my-text/")
    assert 'data-embed="my-text"><a href="../../#my-text">' in response.text
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert response.content_type == "text/html; charset=utf-8"
    spanish = {"Accept-Language": "es", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/embed/my-text/", headers=spanish).text.endswith(".es")
    assert client.get("/embed/my-text").headers["Location"] == "my-text/"
    assert client.get("/embed/EXHIBIT/").status_code == 404
    assert client.get("/embed/none/").status_code == 404


def test_it_is_kept_on_a_device(folders, built, models):
    files = ModelFiles.load(models, folders)
    listed = {each["url"]: each for each in offline.site(offline.site_files(built, files))["files"]}
    manifest = files.manifest.as_dict()["exhibits"]
    for name in ADDED:
        small = manifest[name]["variants"][1]
        assert listed[f"models/{small['file']}?sha256={small['sha256']}"]["sha256"] == small["sha256"]
        assert {f"models/{name}/golden.json", f"models/{name}/samples.json", f"embed/{name}/"} < listed.keys()
        assert f"embed/{name}/index.es.html" in listed
        assert not [url for url in listed if url.startswith(f"models/{name}/big")]
    (code,) = [url for url in listed if "pre.py" in url]
    assert listed[code]["sha256"] in code
    assert not [url for url in listed if "EXHIBIT" in url or "en-XA" in url]
    assert json.loads(files.content)["exhibits"].keys() == manifest.keys()


def test_a_site_without_folders_is_as_it_was(models, built, page):
    files = ModelFiles.load(models)
    assert files.content == (models / "manifest.json").read_bytes()
    assert offline.made_pages(built, files) == {}
    assert offline.made_pages(page, files) == {}


def test_what_is_wrong_with_one_harms_no_other(make_app, folders, tmp_path, monkeypatch):
    broken = Path(shutil.copytree(folders[1], tmp_path / "broken"))
    text = (broken / "exhibit.toml").read_text()
    (broken / "exhibit.toml").write_text(text.replace('kind = "text"', 'kind = "sound"'))
    monkeypatch.chdir(broken)
    app = make_app(exhibits=[Path("."), tmp_path / "none", Path("x" * 5000), folders[0]])
    client = app.test_client()
    health = client.get("/api/v1/health").json
    assert health["status"] == "degraded"
    line = text[: text.index("kind =")].count("\n") + 1
    assert any(each.startswith(f"broken/exhibit.toml, line {line}: kind must be") for each in health["trouble"])
    assert any(each.startswith("none is no folder") for each in health["trouble"])
    assert str(tmp_path) not in json.dumps(health)  # visitors may read it
    told = client.get("/api/v1/exhibits").json
    assert set(told["refused"]) == {"broken", "none", "x" * 5000}
    assert "my-image" in told["exhibits"]
    given = samples(folders[0])[0]
    assert client.post("/api/v1/exhibits/my-image/run", json={"input": given}).status_code == 200
    assert client.post(RUN, json={"input": drawing()}).status_code == 200
    assert_problem(client.post("/api/v1/exhibits/broken/run", json={"input": {}}), 404)


@pytest.fixture(scope="module")
def clumsy(make_app, folders, tmp_path_factory):
    """An app with a folder whose Python refuses, fails, and does not end."""
    folder = Path(shutil.copytree(folders[1], tmp_path_factory.mktemp("clumsy") / "my-text"))
    source = (folder / "pre.py").read_text()
    (folder / "pre.py").write_text(
        source.replace(
            "    counts =",
            '    if given == "refuse":\n        raise ValueError("write a sentence")\n'
            '    if given == "fail":\n        return 1 / 0\n    while given == "for ever":\n        pass\n    counts =',
        )
    )
    assert cli.main(["add", str(folder), "--yes"]) == 0
    return make_app(exhibits=[folder], run_s=2)


def test_what_its_python_does_wrong_is_told_and_costs_one_answer(clumsy):
    def ask(text):
        return clumsy.test_client().post("/api/v1/exhibits/my-text/run", json={"input": {"text": text}})

    assert ask("rain").json["output"]["label"] == "weather"
    assert "write a sentence" in assert_problem(ask("refuse"), 422, "input")["detail"]
    failed = assert_problem(ask("fail"), 500)["detail"]
    assert failed.startswith("pre.py: ZeroDivisionError, line ")
    assert_problem(ask("for ever"), 504)
    assert ask("soup").json["output"]["label"] == "food"


def test_its_samples_are_recorded(models, built, folders):
    chosen = Settings.read({}, models=models, static=built, exhibits=folders, threads=1)
    files = ModelFiles.load(models, folders)
    asked = {name: files.samples(name) for name in ADDED}
    told = record.record(asked, chosen)
    for name, folder in zip(ADDED, folders, strict=True):
        keys = {record.record_key(each, "big") for each in samples(folder)}
        assert keys <= told["exhibits"][name].keys()
        assert told["ladders"][name]["added"]["title"]
    name = record.record_name(asked, chosen)
    assert name != record.record_name(asked, Settings.read({}, models=models, static=built, threads=1))


def test_the_variable_lists_folders_as_path_does(folders):
    listed = Settings.read({"HUNDREDFOLD_EXHIBITS": os.pathsep.join(map(str, folders))}).exhibits
    assert listed == tuple(folders)
    assert Settings.read({"HUNDREDFOLD_EXHIBITS": " "}).exhibits == ()
    assert Settings.read({"HUNDREDFOLD_EXHIBITS": f"a{os.pathsep}{os.pathsep}b"}).exhibits == (Path("a"), Path("b"))


ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["image", "text", "numbers", "width", "height", "pixels"]), inner),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def natively(models, folders):
    """natively(exhibit, input) -> the answer, in this process."""
    files = ModelFiles.load(models, folders)
    open_session = opener(files, 1)

    def ask(exhibit, value):
        request = {"do": "run", "exhibit": exhibit, "input": value, "where": "there"}
        return asyncio.run(handle(request, open_session, files.manifest))

    return ask


@given(exhibit=st.sampled_from(ADDED), value=ANY)
def test_any_input_is_answered_or_refused(natively, exhibit, value):
    told = natively(exhibit, value)
    assert told.get("status", 422) == 422
    json.dumps(told, allow_nan=False)


@given(width=st.integers(1, 40), height=st.integers(1, 40), colour=st.binary(min_size=3, max_size=3))
def test_a_picture_of_any_size_is_answered(natively, width, height, colour):
    image = {"width": width, "height": height, "pixels": base64.b64encode(colour * (width * height)).decode()}
    told = natively("my-image", {"image": image})
    assert sum(told["output"]["scores"].values()) == pytest.approx(1)
