"""The wheel brings the page and the models, packed without loss, and nothing that a server does without."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from hundredfold import installed
from hundredfold.manifest import Manifest
from hundredfold.publish.dist import DistError, dist, shipped
from hundredfold.publish.packed import pack

MOST_BYTES = 60_000_000
RANDOM = np.random.default_rng(1)


def model(path: Path, weights: np.ndarray, extra: int) -> Path:
    """A file with one large tensor of whole numbers, at a place that depends on what is before it."""
    tensors = [
        numpy_helper.from_array(RANDOM.normal(size=extra).astype(np.float32), "first"),
        numpy_helper.from_array(weights, "words"),
    ]
    made = helper.make_model(helper.make_graph([], "g", [], [helper.make_tensor_value_info("x", 1, [1])], tensors))
    assert tensors[1].data_type == TensorProto.INT8
    onnx.save(made, path)
    return path


@pytest.mark.parametrize("length", [0, 1, 3, 4, 4097, 40_002])
def test_bytes_that_were_put_apart_come_together_again(length):
    whole = RANDOM.integers(0, 256, length, dtype=np.uint8)
    assert np.array_equal(installed.together(installed.apart(whole)), whole)


def test_a_model_that_began_as_a_copy_is_stored_as_the_difference(tmp_path):
    weights = RANDOM.integers(-128, 128, (300, 64), dtype=np.int8)
    tuned = weights + (RANDOM.random(weights.shape) < 0.2)
    other = RANDOM.integers(-128, 128, (300, 64), dtype=np.int8)
    files = {
        "a": model(tmp_path / "a.onnx", weights, 5),
        "b": model(tmp_path / "b.onnx", tuned[:200].astype(np.int8), 700),
        "c": model(tmp_path / "c.onnx", other, 9),
    }
    told = {name: (how, small) for name, how, small in pack(files, tmp_path / "cache")}
    assert [how["like"] for how, _ in told.values()] == ["", "a", ""]
    assert len(told["b"][1]) < 0.5 * files["b"].stat().st_size
    for name, (how, small) in told.items():
        assert installed.unpack_model(small, how, files.__getitem__) == files[name].read_bytes()
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    assert [small for _, _, small in pack(files, tmp_path / "cache")] == [small for _, small in told.values()]
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()} == kept, "packed once more"


def test_what_is_missing_is_said_with_the_command_that_makes_it(root, prepared, tmp_path):
    (tmp_path / "web/dist").mkdir(parents=True)
    with pytest.raises(DistError, match="run `hundredfold prepare`"):
        dist(tmp_path / "out", tmp_path / "cache", tmp_path)
    (tmp_path / "web/dist").rmdir()
    (tmp_path / "web/dist").symlink_to(root / "web/dist")
    shutil.copytree(root / "models", tmp_path / "models", copy_function=shutil.copyfile)
    first = next(iter(Manifest.load(root / "models/manifest.json").ladders.values())).variants[0].file
    (tmp_path / "models" / first).unlink()
    with pytest.raises(DistError, match=f"models/{first} is missing: run `git checkout models/`"):
        dist(tmp_path / "out", tmp_path / "cache", tmp_path)
    assert not (tmp_path / "out").exists()


def test_only_rungs_that_answer_nobody_by_themselves_stay_behind(root):
    manifest = Manifest.load(root / "models/manifest.json")
    kept = shipped(manifest)
    assert kept.ladders.keys() == manifest.ladders.keys()
    for name, ladder in manifest.ladders.items():
        gone = set(ladder.variants) - set(kept.ladders[name].variants)
        assert all(variant.role == "rung" and "here" not in variant.runs for variant in gone)
        for where in ("here", "there"):
            assert kept.ladders[name].default(where) == ladder.default(where)
    assert Manifest.parse(kept.as_dict()).ladders.keys() == kept.ladders.keys(), "an exhibit's ladder lost its parents"


def test_the_wheel_is_small_and_has_what_a_server_needs_and_no_more(wheel, root):
    told = json.loads(wheel.with_suffix(".json").read_text())
    assert told["bytes"] == wheel.stat().st_size <= MOST_BYTES
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if name.endswith("/METADATA"))
        required = HeaderParser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist")
        index = json.loads(archive.read("hundredfold/site/site.json"))
        license_texts = [name for name in names if name.endswith("LICENSE")]
        assert sum(entry.compress_size for entry in archive.infolist()) == sum(told["parts"].values())
    plain = {re.split(r"[<>=;\s]", each)[0].lower() for each in required if "extra ==" not in each}
    assert {"numpy", "onnxruntime", "flask", "whitenoise"} <= plain
    assert not any(re.search(r"\.(gz|map|pyc)$|(^|/)(tests|node_modules|src)/|-XA|-XB", name) for name in names)
    assert all(name.startswith(("hundredfold/", "hundredfold-")) for name in names)
    assert license_texts
    page = {name.removeprefix("page/") for name in index["files"] if name.startswith("page/")}
    assert {"index.html", "index.es.html", "runtime.json", "service-worker.js", "samples.json"} <= page
    models = {variant.file for ladder in Manifest.load(root / "models/manifest.json").ladders.values()
              for variant in ladder.variants}  # fmt: skip
    assert {f"models/{name}" for name in models - set(told["left_out"])} == index["models"].keys()
