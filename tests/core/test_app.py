"""The one door: right answers, and every wrong request refused in words that say what to do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from replay import MODELS, RUN, Clock, Replay, ask_once

from hundredfold import Manifest, handle
from hundredfold.exhibits import EXHIBITS
from hundredfold.exhibits.digits.drawing import encode
from hundredfold.verbs import asked


def test_exhibits_tells_the_ladder(ask):
    digits = ask({"do": "exhibits"})["exhibits"]["digits"]
    assert digits["default"] == {"here": "student-int8", "there": "baseline-fp32"}
    assert [variant["role"] for variant in digits["variants"]].count("baseline") == 1
    assert digits["title"]


def test_run_gives_a_result_in_the_fixed_shape(ask):
    result = ask(RUN, run_ms=(4.0,))
    assert set(result) == {
        "exhibit",
        "variant",
        "where",
        "output",
        "timing",
        "energy",
        "bytes_sent",
        "runtime",
    }
    assert result["output"]["label"] == 9
    assert sum(result["output"]["scores"]) == pytest.approx(1)
    assert result["variant"] == "student-int8"
    assert result["timing"]["model_ms"]["median"] == pytest.approx(4.0)
    assert result["timing"]["load_ms"] == 7.0
    assert result["energy"] is None
    assert ask({**RUN, "where": "there"})["variant"] == "baseline-fp32"


def test_times_add_up(ask):
    timing = ask({**RUN, "repeats": 10}, run_ms=(1.0, 2.0, 3.0))["timing"]
    assert timing["model_ms"]["n"] == 10
    assert timing["total_ms"] == pytest.approx(timing["python_ms"] + timing["model_ms"]["median"])


@pytest.mark.parametrize("repeats", [1, 5])
def test_an_answer_of_several_calls_takes_what_they_take_together(ask, monkeypatch, repeats):
    digits = EXHIBITS["digits"]

    async def thrice(session, value):
        for _ in range(2):
            await digits.run(session, value)
        return await digits.run(session, value)

    monkeypatch.setattr(asked, "EXHIBITS", {"digits": replace(digits, run=thrice)})
    took = [1.0] * repeats + [1.0] * repeats + [10.0] * repeats
    result = ask({**RUN, "repeats": repeats, "device": {"active_w": 7.0, "idle_w": 5.0}}, run_ms=took)
    timing = result["timing"]
    assert timing["total_ms"] == pytest.approx(12.0 + timing["python_ms"])
    assert timing["model_ms"]["n"] == repeats
    assert timing["model_ms"]["median"] == timing["model_ms"]["min"] == pytest.approx(12.0)
    assert len(ask.opened["student-int8"].fed) == 3 * repeats, "each call as often as was asked, and no more"
    assert result["energy"]["joules"]["mid"] == pytest.approx(0.012 * 7)


@pytest.mark.parametrize("repeats", [1, 4])
def test_the_cpu_time_is_that_of_one_answer(repeats):
    """The engine's is divided by its repeats, and all else counts once: each look at this clock takes a millisecond."""
    looks, clock, opened = count(), Clock(), {}
    manifest = Manifest.load(MODELS / "manifest.json")

    async def open_session(variant):
        return opened.setdefault(variant.id, Replay(variant.model_id, (0,) * 10, clock))

    request = {**RUN, "where": "there", "repeats": repeats}
    timing = asyncio.run(handle(request, open_session, manifest, clock, lambda: next(looks) / 1e3))["timing"]
    assert len(opened["baseline-fp32"].fed) == repeats, "no more runs than were asked for"
    looks_around = 1 + (repeats + 1)  # parsing; and between the runs, before and after them
    assert timing["cpu_ms"] == pytest.approx(looks_around + 1)
    assert "cpu_ms" not in ask_once(RUN)["timing"], "here, no clock tells it"


def test_blank_is_answered_as_blank_without_running_the_model(ask):
    result = ask({**RUN, "input": encode(np.zeros((50, 50), np.uint8))})
    assert result["output"] == {"label": None, "scores": [0.0] * 10}
    assert result["timing"]["model_ms"]["n"] == 0
    assert result["timing"]["model_ms"]["median"] is None
    assert ask.opened["student-int8"].fed == []


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"do": "dance"}, 400, None),
        ({"exhibit": "nothing"}, 404, None),
        ({"exhibit": None}, 404, None),
        ({"exhibit": ["digits"]}, 404, None),
        ({"variant": "huge"}, 422, "variant"),
        ({"variant": 3}, 422, "variant"),
        ({"where": "elsewhere"}, 422, "where"),
        ({"repeats": 0}, 422, "repeats"),
        ({"repeats": True}, 422, "repeats"),
        ({"repeats": 1e3}, 422, "repeats"),
        ({"input": None}, 422, "image"),
    ],
)
def test_wrong_requests_are_refused(ask, change, status, field):
    problem = ask({**RUN, **change})
    assert (problem["status"], problem.get("field")) == (status, field)
    assert len(problem["detail"]) > 10


def test_golden_check_agrees_and_disagrees(ask):
    output = ask(RUN)["output"]
    request = {"do": "check", "exhibit": "digits", "variant": "student-int8", "where": "here"}
    vector = {"input": RUN["input"], "output": output}
    assert ask({**request, "vectors": [vector]})["agrees"] is True
    bent = {**output, "scores": [score + 0.01 for score in output["scores"]]}
    answer = ask({**request, "vectors": [vector, {**vector, "output": bent}]})
    assert answer["agrees"] is False
    assert answer["worst"] == pytest.approx(0.01)
    assert ask({**request, "vectors": [{**vector, "output": {**output, "label": 1}}]})["agrees"] is False
