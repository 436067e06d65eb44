"""An export is the whole site, the same bytes each time, and replaces nothing but an earlier export."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from hundredfold import cli
from hundredfold.digest import record_key
from hundredfold.energy import live
from hundredfold.environment import UsageError
from hundredfold.exhibits.tower.agent import Observation
from hundredfold.exhibits.tower.ask import observation
from hundredfold.exhibits.tower.scene import parse_scene
from hundredfold.manifest import Manifest
from hundredfold.publish import export as module
from hundredfold.publish import record as recording
from hundredfold.publish.export import ExportError, export, recorded_page
from hundredfold.publish.record import RecordError, recorded
from hundredfold.service.power.learner import Learner
from hundredfold.service.settings import Settings, SettingsError

MOST_RECORDED_BYTES = 2_000_000
UNLISTED = {"404.html", "build.json", "sw.js"}
"""Written, and not for a page to ask for once it is kept."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listed(folder):
    """The service worker's list: address -> what it says of it."""
    told = re.match(r"self\.site = (.*);\n", (folder / "sw.js").read_text())
    return {each["url"]: each for each in json.loads(told[1])["files"]}


def place(address):
    name = address.partition("?")[0]
    return f"{name}index.html" if not name or name.endswith("/") else name


@pytest.fixture(scope="module")
def record(exported):
    return json.loads((exported / "recorded.json").read_text())


def test_two_exports_are_equal_to_the_byte(exported, tmp_path, root, capsys):
    told = export(tmp_path / "other", "/some/path/", False, root / ".cache")
    assert contents(tmp_path / "other") == contents(exported)
    assert told["recorded"]["reused"]
    assert "--fresh" in capsys.readouterr().err, "it is said that they were recorded before"


def test_the_service_worker_lists_what_was_written(exported):
    files, told = contents(exported), listed(exported)
    for address, each in told.items():
        content = files[place(address)]
        assert each["sha256"] == hashlib.sha256(content).hexdigest()
        assert each["bytes"] == len(content)
        if "?" in address:
            assert address.endswith(f"?sha256={each['sha256']}")
    rest = set(files) - {place(address) for address in told} - UNLISTED
    assert all(name.startswith("models/") for name in rest), "other models are kept when they are chosen"
    build = json.loads(files["build.json"])
    assert build["files"] == len(told)
    assert build["bytes"] == sum(each["bytes"] for each in told.values())


def test_the_command_tells_sizes_by_part_and_ends_with_json(tmp_path, prepared, capsys):
    assert cli.main(["export", str(tmp_path / "site"), "--base", "/a/b/"]) == 0
    out, err = capsys.readouterr()
    told = json.loads(out.splitlines()[-1])
    files = contents(tmp_path / "site")
    assert told["files"] == len(files)
    assert told["bytes"] == sum(map(len, files.values())) == sum(told["parts"].values())
    assert told["parts"]["recorded"] == len(files["recorded.json"]) <= MOST_RECORDED_BYTES
    for part, size in told["parts"].items():
        assert re.search(rf"{part} +{size / 1e6:.2f} MB", err)
    assert 'href="/a/b/"' in files["404.html"].decode()
    assert list(tmp_path.iterdir()) == [tmp_path / "site"], "nothing is left beside it"


def test_every_model_that_runs_here_is_in_it_and_no_other(exported, root):
    files, manifest = contents(exported), Manifest.load(root / "models/manifest.json")
    here = [each for ladder in manifest.ladders.values() for each in ladder.variants if "here" in each.runs]
    for variant in here:
        variant.check(files[f"models/{variant.file}"])
        assert variant.id in json.loads(files[f"models/{variant.golden}"])["variants"]
    assert {name for name in files if name.endswith(".onnx")} == {f"models/{each.file}" for each in here}


def test_nothing_of_this_machine_is_in_it(exported, root):
    for name, content in contents(exported).items():
        assert str(root).encode() not in content, name
        if name.endswith((".html", ".json")):
            assert not re.search(rb"https?://(localhost|127\.)", content), name
            asks = re.search(rb"""["'(]\S*api/v1""", content)
            assert not asks, f"{name} leads to a server that is not there: {asks}"


def test_every_host_knows_the_type_of_what_a_browser_is_picky_about(exported):
    known = {"css", "html", "js", "json", "png", "svg", "wasm", "zip"}
    data = {"onnx"}  # read as bytes, whatever they are said to be
    assert {name.rpartition(".")[2] for name in contents(exported)} <= known | data


def test_pages_are_marked_and_say_what_is_so_without_a_server(exported):
    for name in ("index.html", "method.html", "embed/digits/index.html", "embed/tower/index.html"):
        text = (exported / name).read_text()
        assert '<meta name="hundredfold-there" content="recorded" />' in text
        assert "<!-- served" not in text
        assert "<!-- recorded" not in text
    index = " ".join((exported / "index.html").read_text().split())
    assert "the drawing is sent to the server" not in index
    assert "This copy of the site has no server" in index
    missing = (exported / "404.html").read_text()
    links = re.findall(r'href="([^"]+)"', missing)
    assert all(link.startswith("/some/path/") for link in links)
    assert all((exported / place(link.removeprefix("/some/path/"))).is_file() for link in links)


def test_what_a_page_says_by_turns():
    page = '<meta charset="utf-8">a <!-- served -->\nb<!-- /served --><!-- recorded: c\nd --> e<!-- recorded: f -->'
    assert recorded_page(page).split(module.MARK) == ['<meta charset="utf-8">\n    ', "a c\nd ef"]
    with pytest.raises(ExportError, match="hundredfold prepare"):
        recorded_page("<p>no head</p>")


def test_every_sample_is_recorded_for_every_variant_there(record, root):
    samples = json.loads((root / "web/dist/samples.json").read_text())["digits"]
    assert len(samples) == 10
    ladder = record["ladders"]["digits"]
    for digit, given in enumerate(samples):
        for variant in ladder["variants"]:
            result = record["exhibits"]["digits"][record_key(given, variant["id"])]
            assert (result["variant"], result["where"], result["output"]["label"]) == (variant["id"], "there", digit)
            assert result["timing"]["model_ms"]["n"] == recording.REPEATS
            assert "bytes_sent" not in result


def test_every_scene_is_recorded_from_its_first_picture_on(record):
    answers, ladder = record["exhibits"]["tower"], record["ladders"]["tower"]
    assert record["scenes"]["tower"][0] == {"seed": 1, "blocks": 3, "task": "hanoi", "start": "left", "goal": "right"}
    for told in record["scenes"]["tower"]:
        scene = parse_scene(told)
        world, camera = scene.world(), scene.camera()
        seen = Observation(lambda world=world, camera=camera: camera.image(world), (world.x, world.z, world.opening))
        given = observation(seen, world.instruction)
        assert base64.b64decode(given["image"]["pixels"])
        assert record_key(given, ladder["default"]["there"]) in answers


def test_every_figure_of_what_was_recorded_is_whole(record, whole):
    assert len(whole(record["power"])) > 5
    for exhibit, answers in record["exhibits"].items():
        for answer in answers.values():
            assert live.power_of(record["power"], exhibit, answer["variant"])
            assert live.cpu_time([answer["energy"]]).range.low > 0
            assert 0 < answer["energy"]["joules"]["low"] <= answer["energy"]["joules"]["mid"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", record["made"])
    assert record["machine"]["machine"]
    for answers in record["exhibits"].values():
        assert all(answer["timing"]["total_ms"] > 0 for answer in answers.values())


@pytest.mark.parametrize("target", [".", "thesis.txt"])
def test_what_is_somebodys_is_refused_and_left_alone(tmp_path, root, prepared, target):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="not an earlier export"):
        export(tmp_path / target, "/", False, root / ".cache")
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}


def test_an_empty_folder_and_an_earlier_export_are_replaced(tmp_path, root, prepared):
    site = tmp_path / "site"
    site.mkdir()
    export(site, "/", False, root / ".cache")
    first = contents(site)
    (site / "assets/main-of-an-older-build.js").write_text("old")
    export(site, "/", False, root / ".cache")
    assert contents(site) == first


def test_an_export_that_fails_leaves_the_one_before(tmp_path, root, prepared, monkeypatch):
    site = tmp_path / "site"
    export(site, "/", False, root / ".cache")
    before, written = contents(site), []

    def full(content):
        written.append(content)
        if len(written) == 20:
            raise OSError(28, "No space left on device")
        return content if isinstance(content, bytes) else content.read_bytes()

    monkeypatch.setattr(module, "_bytes", full)
    with pytest.raises(ExportError, match="No space"):
        export(site, "/other/", False, root / ".cache")
    assert contents(site) == before
    assert list(tmp_path.iterdir()) == [site]


@pytest.mark.parametrize("base", ["demo/", "/demo", "demo", ""])
def test_a_base_without_its_slashes_is_refused(tmp_path, base):
    with pytest.raises(UsageError, match="begins and ends with a slash"):
        export(tmp_path / "site", base, False, tmp_path)


def test_without_a_built_page_it_says_the_command(tmp_path):
    with pytest.raises(SettingsError, match="hundredfold prepare"):
        export(tmp_path / "site", "/", False, tmp_path, static=tmp_path)


class Replay:
    """In the pool's place: answers as told, with a meter's report."""

    def __init__(self, answer):
        self.answer = answer
        self.closed = False
        self.power = {"meter": "cpu", "says": "", "cpu": "a processor", "machine": "a machine"}
        self.learner = Learner()

    def learn_all(self, within_s):
        self.learnt = True

    def run(self, request):
        return dict(self.answer)

    def close(self):
        self.closed = True


def test_an_answer_that_fails_is_not_recorded(tmp_path, root, monkeypatch):
    pool = Replay({"status": 500, "title": "Model refused", "detail": "its sha256 is another"})
    monkeypatch.setattr(recording, "Pool", lambda settings: pool)
    with pytest.raises(RecordError, match=r"digits/baseline-fp32.*its sha256 is another"):
        recorded({"digits": [{}]}, Settings.read(models=root / "models"), tmp_path, False)
    assert pool.closed
    assert not list(tmp_path.iterdir())


def test_records_are_kept_by_what_they_depend_on(tmp_path, root, monkeypatch):
    made = []

    def record(samples, settings):
        made.append(samples)
        return {"n": len(made)}

    monkeypatch.setattr(recording, "record", record)
    settings = Settings.read(models=root / "models")
    assert recorded({"digits": [1]}, settings, tmp_path, False) == ({"n": 1}, False)
    assert recorded({"digits": [1]}, settings, tmp_path, False) == ({"n": 1}, True)
    assert recorded({"digits": [2]}, settings, tmp_path, False) == ({"n": 2}, False)
    assert recorded({"digits": [1]}, settings, tmp_path, True) == ({"n": 3}, False)
    monkeypatch.setattr(recording, "_scenes", dict)
    assert recorded({"digits": [1]}, settings, tmp_path, False) == ({"n": 4}, False)
