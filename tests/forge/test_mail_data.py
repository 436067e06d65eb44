"""The mails: near-duplicates are found and kept on one side, time is read, and both errors are counted."""

from __future__ import annotations

import io
import json
import tarfile
from datetime import UTC, datetime
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hundredfold import cli, environment
from hundredfold.adapters.native import NativeSession
from hundredfold.forge import duplicates, fetch
from hundredfold.forge.mail import augment, data, errors

pytestmark = pytest.mark.forge

WORDS = (
    "quick",
    "brown",
    "fox",
    "jumps",
    "over",
    "lazy",
    "dog",
    "seven",
    "wizards",
    "mix",
    "poison",
    "red",
    "jug",
    "tea",
)


def sentence(seed: int, length: int = 60) -> str:
    dice = np.random.default_rng(seed)
    return " ".join(f"{WORDS[dice.integers(len(WORDS))]}{dice.integers(9)}x" for _ in range(length))


def jaccard(one: str, other: str) -> float:
    """Of runs of words, by Python's sets."""
    first, second = (
        {tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one.split(), other.split())
    )
    return len(first & second) / len(first | second)


@given(st.integers(0, 1000), st.integers(0, 59))
def test_pairs_are_those_that_share_most_runs_of_words(seed, changed):
    text = sentence(seed).translate({ord(digit): "z" for digit in "0123456789"})  # what digits are, is not looked at
    words = text.split()
    near = " ".join([*words[:changed], "another", *words[changed + 1 :]])
    far = " ".join([*words[:20], *(f"new{chr(97 + n)}" for n in range(40))])
    assert jaccard(text, near) > duplicates.ALIKE > jaccard(text, far)
    assert duplicates.pairs([text, far, near]) == [(0, 2)]
    assert duplicates.kept([text, far, near]).tolist() == [True, True, False]


def test_digits_and_capitals_do_not_make_a_text_another():
    one = "Dear customer 4711, your order of 3 books will be sent on May 12 by our fastest carrier, thank you"
    other = one.upper().replace("4711", "0815").replace("12", "30")
    assert duplicates.pairs([one, other]) == [(0, 1)]


def test_short_texts_are_alike_when_they_are_equal():
    assert duplicates.kept(["Hi there", "hi, there!", "hi you", "", "?"]).tolist() == [True, False, True, True, False]


def mail(subject: str, body: str, date: str, received: str = "") -> bytes:
    came = f"Received: from a by b; {received}\r\n" if received else ""
    return f"{came}From: a@example.org\r\nSubject: {subject}\r\nDate: {date}\r\n\r\n{body}".encode()


def test_a_list_s_tag_is_taken_out_of_subjects_alone():
    content = mail("Re: [ILUG] kernel news", "[ILUG] stays\nhere", "Mon, 2 Sep 2002 10:00:00 +0000")
    assert data.prepared(content) == "Re: kernel news\n[ILUG] stays\nhere"


def test_when_a_mail_came_is_what_its_server_says():
    sent, came = "Mon, 2 Sep 2030 10:00:00 +0000", "Tue, 3 Sep 2002 10:00:00 +0200"
    assert data.received(mail("a", "b", sent, came)) == datetime(2002, 9, 3, 8, tzinfo=UTC)
    assert data.received(mail("a", "b", came)) == datetime(2002, 9, 3, 8, tzinfo=UTC)
    assert data.received(mail("a", "b", sent)).year == 2001, "nothing that can be true"
    assert data.received(b"\xff\x00 no mail") == data.received(mail("a", "b", "soon"))


def test_parts_are_apart_in_time_and_near_duplicates_on_one_side(tmp_path, monkeypatch):
    archive = tmp_path / "mails.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        for box in data.TRAIN + data.TEST:
            for number in range(10):
                same = number == 9 and box in ("spam-1", "spam-2")  # the last of one is the last of the other
                body = sentence(7 if same else crc32(f"{box} {number}".encode()))
                content = mail("hello", body, f"Mon, {number + 1} Sep 2002 10:00:00 +0000")
                entry = tarfile.TarInfo(f"package/data/{box}/{number:05}.txt")
                entry.size = len(content)
                packed.addfile(entry, io.BytesIO(content))
    monkeypatch.setattr(data.fetch, "fetch", lambda source, folder: archive)
    splits = data.load(tmp_path)
    assert [len(part.texts) for part in splits] == [21, 8, 20], "one of spam-1 is in the test part"
    assert [int(part.labels.sum()) for part in splits] == [7, 2, 10]
    assert [int(part.hard.sum()) for part in splits] == [7, 3, 0]
    assert duplicates.kept([text for part in splits for text in part.texts]).all()


def test_shortened_mails_are_parts_of_them_and_always_the_same():
    text = f"Subject\n{sentence(3, 400)}"
    body, first, middle = (way[0] for way in augment.variants([text], seed=4))
    assert text == f"Subject\n{body}"
    assert text.startswith(first)
    assert middle in text.replace("\n", " ")
    assert augment.FEWEST <= len(middle.split()) <= augment.MOST
    assert augment.variants([text], 4) == [[body], [first], [middle]]
    assert [way[0] for way in augment.variants(["short"], 4)] == ["short"] * 3


ODDS = st.lists(st.floats(-9, 9, width=32), min_size=1, max_size=300, unique=True)


@given(ODDS, ODDS)
def test_the_threshold_keeps_both_limits(good, spam):
    odds = np.array(good + spam)
    labels = np.array([0] * len(good) + [1] * len(spam))
    hard = np.arange(len(odds)) % 11 == 0
    hard[len(good) :] = False
    hard[0] = False
    told = errors.both(odds - errors.threshold(odds, labels, hard), labels, hard)
    assert told["good_taken_for_spam"]["value"] <= errors.LOST
    easy = odds[(labels == 0) & ~hard]
    assert (easy > errors.threshold(odds, labels, hard)).mean() <= errors.LOST_EASY


def test_errors_are_shares_of_good_mails_and_of_spam():
    odds = np.array([-1, 2, -3, np.nan, 1, -1, 4, np.nan])
    labels = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    told = errors.both(odds, labels, np.array([0, 1, 0, 0, 0, 0, 0, 0], np.bool_))
    assert {name: value["value"] for name, value in told.items()} == {
        "accuracy": 0.5,
        "good_taken_for_spam": 0.25,
        "hard_good_taken_for_spam": 1,
        "spam_missed": 0.5,
    }


@given(ODDS, ODDS)
def test_the_curve_trades_one_error_for_the_other(good, spam):
    odds, labels = np.array(good + spam), np.array([0] * len(good) + [1] * len(spam))
    points = errors.curve(odds, labels)
    assert points[0]["good_lost"] == 0
    assert points[-1]["good_lost"] <= 0.05
    lost, missed = ([point[name] for point in points] for name in ("good_lost", "spam_missed"))
    assert lost == sorted(lost)
    assert missed == sorted(missed, reverse=True)


def test_quick_recipe_writes_a_whole_ladder_with_both_errors(tmp_path, capsys, monkeypatch):
    (tmp_path / "forge").mkdir()
    kept = environment.cache() / "forge/mail"
    fetch.fetch(data.SOURCE, kept)
    (tmp_path / "forge/mail").symlink_to(kept)
    monkeypatch.setenv("HUNDREDFOLD_CACHE", str(tmp_path))
    assert cli.main(["forge", "mail", "--quick"]) == 0
    models = tmp_path / "quick-models"
    ladder = json.loads((models / "manifest.json").read_text())["exhibits"]["mail"]
    variants = ladder["variants"]
    assert [item["id"] for item in variants] == ["minilm-int8", "student-fp32", "student-int8"]
    assert [item["role"] for item in variants] == ["baseline", "rung", "student"]
    assert all(item["bytes"] <= 200_000 and item["params"] and item["macs"] for item in variants[1:])
    golden = json.loads((models / "mail/golden.json").read_text())["variants"]
    assert len(golden["student-int8"]) == len(golden["minilm-int8"])
    told = json.loads((models / "mail/results.json").read_text())
    assert told["minilm-int8"].keys() == {"validation", "test"}
    assert told["student-fp32"].keys() == {"cross_validation", "test"}
    for item in variants:
        assert told[item["id"]]["test"]["accuracy"] == item["accuracy"]
    assert NativeSession((models / "mail/student-int8.onnx").read_bytes(), "mail/student-int8").inputs[0].name == "ids"
    capsys.readouterr()
