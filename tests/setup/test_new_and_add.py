"""A folder becomes an exhibit by two commands, or is refused in a sentence that says which line to mend."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from hundredfold import cli
from hundredfold.folders.describe import FolderError, describe
from hundredfold.folders.files import ModelFiles, read
from hundredfold.manifest_added import of

KINDS = ("image", "text", "numbers")
MODELS = Path(__file__).resolve().parents[2] / "models"


def run(capsys, *arguments):
    """The exit status, the JSON line and what was said."""
    status = cli.main(list(map(str, arguments)))
    out, err = capsys.readouterr()
    return status, json.loads(out.splitlines()[-1]) if out else None, err


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder of each kind, written and added."""
    folders = {kind: tmp_path_factory.mktemp("made") / f"my-{kind}" for kind in KINDS}
    for kind, folder in folders.items():
        assert cli.main(["new", str(folder), "--kind", kind]) == 0
        assert cli.main(["add", str(folder), "--yes"]) == 0
    return folders


@pytest.fixture
def folder(made, tmp_path):
    """folder(kind) -> a copy to be spoiled."""

    def copy(kind):
        return Path(shutil.copytree(made[kind], tmp_path / f"my-{kind}"))

    return copy


def change(folder, old, new):
    """Change exhibit.toml; returns the number of the line."""
    path = folder / "exhibit.toml"
    text = path.read_text()
    assert old in text, f"the template has no {old!r}"
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_folder_is_an_exhibit_at_once(capsys, tmp_path, kind):
    status, told, _ = run(capsys, "new", tmp_path / "mine", "--kind", kind)
    assert status == 0
    assert told["next"].endswith("mine --serve")
    status, told, _ = run(capsys, "add", tmp_path / "mine", "--yes")
    assert status == 0
    assert told["exhibit"] == "mine"
    assert told["accuracy"]["big"] >= told["accuracy"]["small"] > 0.5
    assert 10 * told["bytes"]["small"] < told["bytes"]["big"] or kind == "numbers"
    ladder = read(tmp_path / "mine")
    assert [variant.id for variant in ladder.variants] == ["big", "small"]
    assert all(variant.macs > 0 and variant.params > 0 for variant in ladder.variants)
    golden = json.loads((tmp_path / "mine/golden.json").read_text())["variants"]
    assert {name: len(vectors) for name, vectors in golden.items()} == {"big": 8, "small": 8}
    card = (tmp_path / "mine/CARD.md").read_text()
    assert f"{told['accuracy']['small']:.1%}" in card
    assert "CC0" in card


def test_the_samples_on_the_page_are_of_every_label(made):
    offered = json.loads((made["image"] / "samples.json").read_text())
    assert len(offered) == 12
    assert [each["name"].partition("-")[0] for each in offered] == ["flat", "upright"] * 6


def test_nothing_is_written_over(capsys, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    status, _, err = run(capsys, "new", tmp_path, "--kind", "text")
    assert status == 2
    assert f"DIR must be a folder that does not exist yet, or an empty one: {tmp_path} holds something" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_evaluated_as_every_other(capsys, monkeypatch, made, kind):
    monkeypatch.setenv("HUNDREDFOLD_EXHIBITS", os.pathsep.join(map(str, made.values())))
    known = {
        each["id"]: each
        for each in json.loads((made[kind] / "manifest.json").read_text())["exhibits"][f"my-{kind}"]["variants"]
    }
    for variant in ("small", "big"):
        status, told, _ = run(capsys, "evaluate", f"my-{kind}", "--variant", variant)
        assert status == 0
        accuracy = known[variant]["accuracy"]
        assert told["accuracy"] == {name: accuracy[name] for name in ("value", "low", "high")}
        assert told["n"] == accuracy["n"] > 10


def test_without_labels_nothing_is_claimed(capsys, monkeypatch, folder):
    mine = folder("image")
    for label in ("flat", "upright"):
        for path in (mine / "samples" / label).iterdir():
            path.rename(mine / "samples" / path.name)
        (mine / "samples" / label).rmdir()
    status, told, _ = run(capsys, "add", mine)
    assert status == 0
    assert told["accuracy"] == {"big": None, "small": None}
    assert all(variant.accuracy is None for variant in read(mine).variants)
    assert "not known" in (mine / "CARD.md").read_text()
    monkeypatch.setenv("HUNDREDFOLD_EXHIBITS", str(mine))
    status, _, err = run(capsys, "evaluate", "my-image")
    assert status == 2
    assert "does not say what is right of its 40 samples: put each into a folder called as its label" in err


def test_its_python_runs_only_if_its_operator_says_so(capsys, monkeypatch, folder):
    mine = folder("text")
    (mine / "manifest.json").unlink()
    ran = mine / "ran"
    (mine / "pre.py").write_text(f"open({str(ran)!r}, 'w')\n{(mine / 'pre.py').read_text()}")
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    status, _, err = run(capsys, "add", mine)  # no terminal: nobody was there to say so
    assert status == 2
    assert "pre.py will run on this machine with your rights" in err
    assert "read it, then add --yes" in err
    assert not ran.exists()
    for answer, status in (("n\n", 2), ("\n", 2), ("y\n", 0)):
        terminal = io.StringIO(answer)
        terminal.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", terminal)
        assert run(capsys, "add", mine)[0] == status
        assert ran.exists() == (status == 0)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("import os", "'os' does not reach the browser"),
        ("import numpy, urllib.request", "'urllib.request' does not reach the browser"),
        ("from . import other", "'.' does not reach the browser"),
        ("from numpy import fft", "'numpy.fft' does not reach the browser"),
        ("import torch.nn as nn", "'torch.nn' does not reach the browser"),
        ("def broken(:", "it is no Python"),
    ],
)
def test_what_its_python_may_not_import_is_found_without_running_it(capsys, folder, line, says):
    mine = folder("text")
    ran = mine / "ran"
    source = (mine / "pre.py").read_text()
    (mine / "pre.py").write_text(f"open({str(ran)!r}, 'w')\n\n{line}\n{source}")
    status, _, err = run(capsys, "add", mine, "--yes")
    assert status == 1
    assert f"{mine}/pre.py, line 3: {says}" in err
    assert "Traceback" not in err
    assert not ran.exists()


def test_python_without_its_function_is_refused(capsys, folder):
    mine = folder("text")
    (mine / "post.py").write_text("def other(outputs):\n    return outputs\n")
    status, _, err = run(capsys, "add", mine, "--yes")
    assert (status, err.count("\n")) == (1, 1)
    assert "post.py: it defines no function post: write `def post(outputs):`" in err


@pytest.mark.parametrize(
    ("kind", "old", "new", "says"),
    [
        ("image", 'title = "Which way?"', "title = 5", "title must be a text on one line"),
        ("image", 'title = "Which way?"', 'title = "a\\u202eb"', "title must be a text on one line"),
        ("image", 'title = "Which way?"', "title = Which way?", "it is no TOML"),
        ("image", 'kind = "image"', 'kind = "sound"', 'kind must be "image" or "text" or "numbers", not \'sound\''),
        ("image", 'labels = ["flat", "upright"]', 'labels = ["flat"]', "labels must be a list of 2 to 2000"),
        ("image", 'labels = ["flat", "upright"]', 'labels = ["flat", "flat"]', "labels must be a list of 2 to 2000"),
        ("image", 'small = "small.onnx"', 'small = "tiny.onnx"', "small says 'tiny.onnx', and"),
        ("image", 'small = "small.onnx"', 'small = "../small.onnx"', "small must be the name of a file"),
        (
            "image",
            'small = "small.onnx"',
            'smal = "small.onnx"',
            "smal is no field of an exhibit of kind image: did you",
        ),
        ("image", "std = 1.0", "std = 0", "image.std must be a number, or a list of three"),
        ("image", "mean = 0.0", "mena = 0.0", "image.mena is no field of an exhibit of kind image: did you mean mean?"),
        ("image", "mean = 0.0", "mean = [1, 2]", "image.mean must be a number, or a list of three"),
        ("image", "mean = 0.0", "largest = 100000", "image.largest must be a whole number from 8 to 512"),
        ("image", 'licence = "CC0-1.0"', 'licence = ""', "licence must be a text on one line"),
        ("image", 'licence = "CC0-1.0"', 'id = "digits"', "id 'digits' is taken by the site itself"),
        ("image", 'licence = "CC0-1.0"', 'id = "own"', "id 'own' is taken by the site itself"),
        ("image", 'licence = "CC0-1.0"', 'id = "<b>"', "id must be of 2 to 40 small letters, digits and dashes"),
        ("numbers", "within = 0.5", "within = -1", "within must be a number from 0, not -1"),
        ("numbers", 'unit = "l"', 'labels = ["a", "b"]', "within is for answers that are a number"),
        ("text", 'licence = "CC0-1.0"', 'unit = "x"', "unit is for answers that are a number"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_write(capsys, folder, kind, old, new, says):
    mine = folder(kind)
    change(mine, old, new)
    status, _, err = run(capsys, "add", mine, "--yes")
    assert status == 1
    assert err.count("\n") == 1
    found = re.search(r"exhibit\.toml, line (\d+): ", err)
    assert found, err
    named = (mine / "exhibit.toml").read_text().splitlines()[int(found[1]) - 1]
    assert says in err
    assert named.split("=")[0].strip() in says or "no TOML" in says or "within" in named


def test_what_is_missing_is_named_with_what_to_write(capsys, folder, tmp_path):
    mine = folder("image")
    change(mine, 'question = "', '# question = "')
    assert "question is missing: write question = a text on one line, such as" in run(capsys, "add", mine)[2]
    assert f"{tmp_path / 'none'} is no folder" in run(capsys, "add", tmp_path / "none")[2]
    (tmp_path / "empty").mkdir()
    assert (
        "exhibit.toml is missing: write it, or start with `hundredfold new`"
        in run(capsys, "add", tmp_path / "empty")[2]
    )
    other = folder("numbers").rename(tmp_path / "Strange Name")
    err = run(capsys, "add", other)[2]
    assert "id is needed, as the folder is called 'Strange Name': write id = \"my-exhibit\"" in err


@pytest.mark.parametrize(
    ("kind", "name", "content", "says"),
    [
        ("image", "small.onnx", b"", "small.onnx"),
        ("image", "small.onnx", b"PK\x03\x04 a zip", "This is an archive"),
        ("image", "samples/flat/flat-01.png", b"no picture", "flat-01.png is no picture that can be read"),
        ("image", "samples/odd/odd-01.png", b"", "is called as none of the labels: they are flat, upright"),
        ("numbers", "samples.csv", b"length,height\n1,2\n", "samples.csv, line 1: the column 'coats' is missing"),
        ("numbers", "samples.csv", b"length,height,coats\n1,2,x\n", "samples.csv, line 2, coats: it must be a number"),
        ("numbers", "samples.csv", b"length,height,coats\n99,2,1\n", "line 2, length: 99 is not from 1 to 10"),
        ("numbers", "samples.csv", b"length,height,coats\n", "has no sample"),
        ("numbers", "samples.csv", b"\xff\xfe\x00", "is no table"),
        ("text", "samples.csv", b"text,label\nhello,greeting\n", "line 2: 'greeting' is none of the labels"),
        ("text", "samples.csv", b"text,label\nhello,food\nhi,\n", "'hi' has no label, and others have"),
    ],
)
def test_a_wrong_file_is_named(capsys, folder, kind, name, content, says):
    mine = folder(kind)
    (mine / name).parent.mkdir(exist_ok=True)
    (mine / name).write_bytes(content)
    status, _, err = run(capsys, "add", mine, "--yes")
    assert status == 1
    assert says in err
    assert "Traceback" not in err


def save(path, nodes, given, outputs, **weights):
    graph = helper.make_graph(
        nodes,
        "other",
        [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in given],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)


def test_models_that_do_not_fit_are_named(capsys, folder):
    mine = folder("image")
    nodes = [helper.make_node("ReduceMean", ["x"], ["y"], keepdims=0)]
    save(mine / "small.onnx", nodes, [("x", TensorProto.FLOAT, (1, 10))], ["y"])
    err = run(capsys, "add", mine)[2]
    assert "small.onnx: its input x is float32 [1, 10], and a picture is float32 or uint8" in err
    assert "export it so, or write pre.py" in err
    save(mine / "small.onnx", nodes, [("x", TensorProto.FLOAT, (1, 3, 8, 8))], ["y"])
    change(mine, 'labels = ["flat", "upright"]', 'labels = ["flat", "upright", "other"]')
    assert "big.onnx gives no answer to its samples: input 'image' of my-image/big" in run(capsys, "add", mine)[2]
    shutil.copy(mine / "small.onnx", mine / "big.onnx")
    assert "big.onnx gives no answer to the sample 'flat-01'" in (err := run(capsys, "add", mine)[2])
    assert "for 3 labels: mend the labels, or write post.py" in err


def test_a_model_may_take_the_text_itself_and_a_picture_in_colours(capsys, folder):
    mine = folder("text")
    (mine / "pre.py").unlink()
    pool = {"pool_strings": ["rain", "soup"], "ngram_counts": [0], "ngram_indexes": [0, 1], "mode": "TF"}
    split = helper.make_node("StringSplit", ["text"], ["words", "count"], delimiter=" ")
    count = {"max_gram_length": 1, "min_gram_length": 1, "max_skip_count": 0}
    nodes = [split, helper.make_node("TfIdfVectorizer", ["words"], ["counts"], **pool, **count)]
    for name in ("small", "big"):
        save(mine / f"{name}.onnx", nodes, [("text", TensorProto.STRING, (1,))], ["counts"])
    (mine / "samples.csv").write_text("text,label\nthe soup is hot,weather\nsoup soup and rain,weather\nrain,food\n")
    status, told, _ = run(capsys, "add", mine)
    assert (status, told["accuracy"]) == (0, {"big": 1.0, "small": 1.0})
    mine = folder("image")
    nodes = [
        helper.make_node("Cast", ["x"], ["f"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["f", "axes"], ["y"], keepdims=0),
    ]
    for name in ("small", "big"):
        shape = ("n", 9, 7, 3)
        save(mine / f"{name}.onnx", nodes, [("x", TensorProto.UINT8, shape)], ["y"], axes=np.array([1, 2]))
    change(mine, 'labels = ["flat", "upright"]', 'labels = ["flat", "upright", "blue"]')
    assert run(capsys, "add", mine)[0] == 0
    form = of(read(mine)).form
    assert (form["layout"], form["height"], form["width"], form["channels"]) == ("nhwc", 9, 7, 3)
    assert form["dtype"] == "uint8"


@pytest.mark.parametrize("name", ["exhibit.toml", "pre.py", "small.onnx", "big.onnx", "golden.json", "samples.json"])
def test_a_folder_that_was_changed_is_to_be_added_again(folder, name):
    mine = folder("text")
    (mine / name).write_bytes((mine / name).read_bytes() + b"\n")
    files = ModelFiles.load(MODELS, [mine])
    assert "my-text" not in files.manifest.ladders
    assert (
        files.manifest.refused["my-text"]
        == f"my-text/{name} was changed since it was added: run `hundredfold add my-text`"
    )
    assert set(files.manifest.ladders) == set(ModelFiles.load(MODELS).manifest.ladders)


def test_a_link_leads_nowhere_else(folder, tmp_path):
    mine = folder("text")
    secret = tmp_path / "secret.onnx"
    shutil.copy(mine / "small.onnx", secret)
    (mine / "small.onnx").unlink()
    (mine / "small.onnx").symlink_to(secret)
    with pytest.raises(FolderError, match=r"small\.onnx is a link that leads out of its folder: copy the file there"):
        read(mine)


def test_two_folders_of_one_name_are_told_apart(folder, tmp_path):
    one = folder("text")
    other = Path(shutil.copytree(one, tmp_path / "more/my-text"))
    files = ModelFiles.load(MODELS, [one, other])
    assert files.folders == {"my-text": one}
    assert 'has the id "my-text", too: give it another id' in "".join(files.manifest.refused.values())


def test_one_command_is_enough_and_needs_no_node(tmp_path, prepared):
    command = [sys.executable, "-m", "hundredfold.cli", "new", str(tmp_path / "mine"), "--kind", "image", "--serve"]
    env = {name: value for name, value in os.environ.items() if name != "PATH"}
    with subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True, env=env) as served:
        try:
            url = re.search(r"http://\S+", served.stdout.readline())[0]
            with urllib.request.urlopen(f"{url}/api/v1/exhibits") as response:
                assert json.load(response)["exhibits"]["mine"]["title"] == "Which way?"
            with urllib.request.urlopen(f"{url}/embed/mine/") as response:
                assert b'data-embed="mine"' in response.read()
        finally:
            served.terminate()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("new {0} --kind sound", "--kind"),
        ("new {0}", "--kind"),
        ("new {0} --kind text --port 80", "--port is for --serve"),
        ("add {0} --host localhost", "--host is for --serve"),
        ("new /proc/mine --kind text", "DIR must be a folder that can be written"),
    ],
)
def test_wrong_arguments_are_named(capsys, tmp_path, line, says):
    try:
        status = cli.main(line.format(tmp_path / "mine").split())
    except SystemExit as ended:
        status = ended.code
    err = capsys.readouterr().err
    assert status == 2
    assert says in err
    assert "Traceback" not in err


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "low", "x"]), inner)),
    max_leaves=4,
)


def _written(value):
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_written(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value).replace("\x7f", "\\u007f")
    return str(value)


@given(kind=st.sampled_from(KINDS), data=st.data())
def test_any_value_in_any_field_is_taken_or_refused(made, tmp_path_factory, kind, data):
    source = tomllib.loads((made[kind] / "exhibit.toml").read_text())
    name = data.draw(st.sampled_from([*source, "id", "scores", "within", "unit", "image", "inputs", "other"]))
    source[name] = data.draw(VALUES)
    mine = tmp_path_factory.mktemp("any") / f"my-{kind}"
    shutil.copytree(made[kind], mine, copy_function=os.link)
    (mine / "exhibit.toml").unlink()
    (mine / "exhibit.toml").write_text("\n".join(f"{each} = {_written(value)}" for each, value in source.items()))
    with contextlib.suppress(FolderError):  # and nothing else
        assert describe(mine).kind in KINDS
    shutil.rmtree(mine.parent)
