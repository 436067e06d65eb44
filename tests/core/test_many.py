"""Many inputs in one request, and a whole file of them in pieces: each is answered as a run of its own would be."""

from __future__ import annotations

import asyncio
import copy
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import MODELS, RUN
from test_any_request import ANY, places, put

from hundredfold import Manifest, TensorInfo, handle
from hundredfold.manifest import Ladder
from hundredfold.text.mailbox import NOTES
from hundredfold.verbs.mailbox import HEAD_LETTERS, MOST_BOXES
from hundredfold.verbs.many import MOST_BYTES, MOST_INPUTS

DIGITS = Manifest.load(MODELS / "manifest.json").ladders["digits"]
MANIFEST = Manifest(
    {
        "digits": DIGITS,
        "mail": Ladder("mail", DIGITS.test_set, tuple(replace(each, exhibit="mail") for each in DIGITS.variants)),
    }
)
TEXTS = [
    "win money now",
    "",
    "lunch at noon?",
    "MONEY MONEY " * 20_000,
    "\0\ud800 é",
    "From: a@b\nSubject: hi\nTo: c\n\nbody",
]
MBOX = "".join(
    f"From a@b Thu Nov 26 18:15:07 2026\nFrom: a@b\nSubject: number {number}\n\nHello, é {number}\n\n"
    for number in range(40)
).encode()
FEED = {"do": "mailbox", "exhibit": "mail", "variant": None, "act": "feed", "box": "b"}
OPEN = {**FEED, "act": "open", "name": "a.mbox"}


class Student:
    """What a student is, without an engine: each n-gram adds what its id says."""

    runtime = {"provider": "none", "threads": 1, "isolated": None}  # noqa: RUF012
    inputs = (TensorInfo("ids", ("n",), "int32"),)
    outputs = (TensorInfo("logits", (2,), "float32"), TensorInfo("parts", ("n",), "float32"))
    model_id, load_ms = "mail/student", 0.0

    def __init__(self, tick):
        self.tick = tick

    async def run(self, names, feeds):
        self.tick()
        parts = ((feeds["ids"] * 7919) % 1000 / 1000 - 0.5).astype(np.float32)
        return [np.array([0, parts.sum()], np.float32), parts]


class Digits(Student):
    inputs = (TensorInfo("image", ("batch", 1, 28, 28), "float32"),)

    async def run(self, names, feeds):
        self.tick()
        return [feeds["image"].reshape(1, -1)[:, 300:310] * 9]


class Machine:
    """What requests are asked of; its clock goes on by a step at each answer of a model."""

    def __init__(self, step_s=0.001):
        self.now, self.step_s, self.episodes = 0.0, step_s, {}

    def tick(self):
        self.now += self.step_s

    def ask(self, request):
        async def open_session(variant):
            return (Student if variant.exhibit == "mail" else Digits)(self.tick)

        told = asyncio.run(handle(request, open_session, MANIFEST, lambda: self.now, episodes=self.episodes))
        return json.loads(json.dumps(told, allow_nan=False))

    def file(self, data, name="a.mbox", size=1000, **options):
        """All rows of a file, fed as the page does: [(label, score, head, note)]."""
        rows, names, at, request = [], [], 0, {**OPEN, "name": name, **options}
        while True:
            piece = data[at : at + size].decode("latin-1")
            at += size
            told = self.ask({**request, "piece": piece, "last": at >= len(data)})
            while True:
                assert "status" not in told, told
                assert told["first"] == len(rows) + 1
                names = names or told["names"]
                each = enumerate(zip(told["labels"], told["scores"], told["heads"], strict=True))
                rows += [
                    (names[label] if label >= 0 else None, score, head, told["notes"].get(str(place), ""))
                    for place, (label, score, head) in each
                ]
                if not told["more"]:
                    break
                told = self.ask({**FEED, **options})
            request = FEED
            if told["done"]:
                return rows


@pytest.fixture
def machine():
    return Machine()


@pytest.mark.parametrize(
    ("exhibit", "inputs"), [("mail", [{"text": text} for text in TEXTS]), ("digits", [RUN["input"], RUN["input"]])]
)
def test_many_answers_are_those_that_runs_give(machine, exhibit, inputs):
    told = machine.ask({"do": "many", "exhibit": exhibit, "inputs": inputs, "whole": True})
    ones = [machine.ask({"do": "run", "exhibit": exhibit, "input": given})["output"] for given in inputs]
    assert told["labels"] == [one["label"] for one in ones]
    scores = [one["scores"] for one in ones]
    second = [each["spam"] if exhibit == "mail" else each[one["label"]] for each, one in zip(scores, ones, strict=True)]
    assert told["scores"] == second
    assert told["outputs"] == [{k: v for k, v in one.items() if k not in ("words", "read")} for one in ones]
    assert told["notes"] == {}
    assert told["model_ms"] == pytest.approx(sum(label is not None for label in told["labels"]))
    assert told["elapsed_ms"] == pytest.approx(told["model_ms"])


def test_an_input_that_is_no_good_costs_none_of_the_others(machine):
    wrong = [{"text": 5}, None, [], {"text": "a" * 2_000_001}]
    told = machine.ask(
        {"do": "many", "exhibit": "mail", "inputs": [{"text": "a b"}, *wrong, {"text": "c", "words": True}]}
    )
    assert [label is None for label in told["labels"]] == [False, True, True, True, True, False]
    assert [score is None for score in told["scores"]] == [False, True, True, True, True, False]
    assert set(told["notes"]) == {"1", "2", "3", "4"}
    assert told["notes"]["1"]["field"] == "text"
    assert "at most 2,000,000" in told["notes"]["4"]["detail"]


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ([{"text": "a"}] * (MOST_INPUTS + 1), "1 to 2000 inputs"),
        ([], "1 to 2000 inputs"),
        ("a", "1 to 2000 inputs"),
        ([{"text": "é" * 1_000_000}] * 5, f"{MOST_BYTES:,} bytes"),
    ],
)
def test_what_is_too_much_at_a_time_is_refused(machine, inputs, says):
    told = machine.ask({"do": "many", "exhibit": "mail", "inputs": inputs})
    assert told["status"] == 422
    assert says in told["detail"]


@pytest.mark.parametrize("budget_ms", [1, 10, 1000])
@pytest.mark.parametrize("size", [100, 3000, 100_000])
def test_a_file_in_pieces_has_the_answers_of_its_texts(machine, size, budget_ms):
    rows = machine.file(MBOX, size=size, budget_ms=budget_ms)
    mails = MBOX.decode().split("From a@b Thu Nov 26 18:15:07 2026\n")[1:]
    told = machine.ask({"do": "many", "exhibit": "mail", "inputs": [{"text": mail.strip("\n")} for mail in mails]})
    assert [row[0] for row in rows] == told["labels"]
    assert [row[1] for row in rows] == [round(score, 4) for score in told["scores"]]
    assert [row[2] for row in rows] == [f"number {number} Hello, é {number}" for number in range(40)]
    assert {row[3] for row in rows} == {""}
    assert machine.episodes["mailbox"] == {}


def test_an_answer_comes_in_time_and_the_rest_when_it_is_asked_for(machine):
    told = machine.ask({**OPEN, "piece": MBOX.decode("latin-1"), "last": True, "budget_ms": 10})
    assert (len(told["labels"]), told["more"], told["done"]) == (10, True, False)
    refused = machine.ask({**FEED, "piece": "a"})
    assert refused["field"] == "piece"
    told = machine.ask({**FEED, "budget_ms": 1000})
    assert (told["first"], len(told["labels"]), told["more"], told["done"]) == (11, 30, False, True)
    assert "no file 'b' is open" in machine.ask(FEED)["detail"]


def test_what_can_not_be_read_is_noted_and_no_row_is_lost(machine):
    rows = machine.file(b'id,text\n1,money\n2,...\n3\n4,"open\n5,x' + b" long" * 20_000 + b"\n", "a.csv")
    assert [row[3] for row in rows] == ["", "unread", "lacking", "quote", "beginning"]
    assert [row[0] is None for row in rows] == [False, True, True, False, False]
    assert {row[3] for row in rows} - {""} <= set(NOTES)
    assert len(rows[4][2]) <= HEAD_LETTERS


def test_a_table_shows_its_columns_before_it_is_read(machine):
    look = {"do": "mailbox", "act": "look", "name": "a.csv", "piece": "n;Review\n1;good\n"}
    told = machine.ask(look)
    assert told == {
        "form": "csv",
        "header": True,
        "columns": [{"name": "n", "example": "1"}, {"name": "Review", "example": "good"}],
        "column": 2,
    }
    assert machine.ask({**look, "name": "a.txt"})["columns"] == []
    assert machine.ask({**look, "piece": "\x89PNG\r\n\x1a\n\0"})["code"] == "mailbox-binary"
    refused = machine.ask({**OPEN, "name": "a.csv", "piece": "n;Review\n1;good\n", "column": "mail"})
    assert refused["code"] == "mailbox-no-column"
    assert machine.file(b"n;Review\n1;good\n", "a.csv", column="review")[0][2] == "good"


def test_files_that_nobody_ends_are_few(machine):
    for number in range(MOST_BOXES + 1):
        machine.ask({**OPEN, "box": f"{number}", "piece": "From a\n"})
    assert machine.ask({**FEED, "box": "0"})["status"] == 422
    assert machine.ask({**FEED, "box": "1"})["done"] is False
    assert machine.ask({**FEED, "box": "1", "act": "close"}) == {}
    assert machine.ask({**FEED, "box": "1"})["status"] == 422


def test_a_file_is_read_on_the_visitors_own_device_alone():
    machine = Machine()
    machine.episodes = None
    assert "on the visitor's own device" in machine.ask({**OPEN, "piece": "a"})["detail"]


RIGHT = {
    "many": {
        "do": "many",
        "exhibit": "mail",
        "variant": None,
        "where": "here",
        "inputs": [{"text": "a"}],
        "whole": True,
    },
    "look": {"do": "mailbox", "act": "look", "name": "a.csv", "piece": "a,b\n", "header": None},
    "open": {**OPEN, "piece": "a,b\nc", "name": "a.csv", "column": 2, "header": False, "last": False, "budget_ms": 5},
    "feed": {**FEED, "piece": "x\n", "last": True, "budget_ms": 5},
}
CHANGED = st.sampled_from(sorted(RIGHT)).flatmap(
    lambda name: st.tuples(st.just(RIGHT[name]), st.sampled_from(list(places(RIGHT[name]))), ANY)
)


@settings(max_examples=300)
@given(CHANGED)
def test_any_value_in_any_field_is_answered_or_refused(changed):
    request, path, value = changed
    machine = Machine()
    machine.ask(RIGHT["open"])
    told = machine.ask(put(copy.deepcopy(request), path, value))
    if "status" in told:
        missing = told.get("kind") == "model"  # an exhibit that has no models in here
        assert 400 <= told["status"] < 500 or missing, told
        assert len(told["detail"]) > 10
