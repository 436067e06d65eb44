"""The one door never raises: whatever stands in any field of any request, an answer or a problem comes back."""

from __future__ import annotations

import asyncio
import copy
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from replay import MODELS, RUN
from test_balance import energies, powered

from hundredfold import Manifest, handle
from hundredfold.adapters.native import opener
from hundredfold.verbs.infer import packed

GOLDEN = json.loads((MODELS / "digits/golden.json").read_text())["variants"]["student-int8"][:1]
MANIFEST = Manifest.load(MODELS / "manifest.json")
OPEN = opener(MODELS, 1)
WATTS = {"active_w": 7.0, "idle_w": 5.0}


def answer(request, episodes=None):
    """What comes back, as JSON that a browser can read, which knows no NaN."""
    told = asyncio.run(handle(request, OPEN, MANIFEST, episodes=episodes))
    return json.loads(json.dumps(told, allow_nan=False))


def plays():
    """A episodes with an episode that is decided on here, and one that is decided on there."""
    episodes = {}
    for agent in ("here", "there"):
        assert "frame" in answer({**PLAY, "verb": "start", "episode": agent, "agent": agent, "scene": SCENE}, episodes)
    return episodes


SCENE = {"seed": 7, "blocks": 3, "task": "hanoi", "start": "left", "goal": "right"}
PLAY = {"do": "play", "exhibit": "tower", "device": WATTS}
PLUG = {"do": "calibrate", "method": "plug", "date": "2026-01-31", "threads": 2, "idle_w": 5.0, "load_w": 12.0}
CALIBRATION = answer(PLUG)["calibration"]
IMAGE = packed("image", np.zeros((1, 1, 28, 28), np.float32))
RIGHT = {
    "exhibits": {"do": "exhibits"},
    "run": {**RUN, "variant": "student-int8", "repeats": 2, "device": WATTS},
    "run by a profile": {**RUN, "device": {"profile": "unknown-laptop", "threads": 4}},
    "run by a TDP": {**RUN, "device": {"tdp_w": 15}},
    "run by a calibration": {**RUN, "device": {"calibration": CALIBRATION}},
    "run the tower": {"do": "run", "exhibit": "tower", "variant": "reach", "input": {"features": [0.5, -0.2, 0.1]}},
    "window": {**RUN, "do": "window", "variant": None, "least_ms": 1},
    "infer": {**RUN, "do": "infer", "variant": "student-int8", "inputs": [IMAGE], "outputs": ["logits"]},
    "signature": {"do": "signature", "exhibit": "mail", "variant": "student-int8", "where": "here"},
    "check": {"do": "check", "exhibit": "digits", "variant": "student-int8", "where": "here", "vectors": GOLDEN},
    "start": {**PLAY, "verb": "start", "episode": "new", "agent": "there", "scene": SCENE},
    "advance": {**PLAY, "verb": "advance", "episode": "here", "steps": 2},
    "observe": {**PLAY, "verb": "observe", "episode": "there"},
    "apply": {**PLAY, "verb": "apply", "episode": "there", "actions": [[0.1, -0.1, 0.5], [0, 0, 1]]},
    "push": {**PLAY, "verb": "push", "episode": "there", "block": 1, "x": 0.3},
    "operators": {**PLAY, "verb": "operators"},
    "end": {**PLAY, "verb": "end", "episode": "there"},
    "devices": {
        "do": "devices",
        "facts": {
            "hardwareConcurrency": 8,
            "deviceMemory": 8,
            "userAgent": "Mozilla/5.0",
            "platform": "Windows",
            "mobile": False,
            "architecture": "x86",
            "model": "",
            "renderer": "ANGLE (Intel, Intel(R) UHD Graphics 620)",
            "gpu": {"vendor": "intel", "architecture": "gen-9"},
            "maxTouchPoints": 0,
            "battery": True,
        },
    },
    "energy": {
        "do": "energy",
        "exhibit": "digits",
        "device": WATTS,
        "threads": 2,
        "country": "FRA",
        "here": {
            "variant": "student-int8",
            "seconds": [0.002, 0.003, 0.002, 0.002, 0.003, 0.002],
            "busy": 1,
            "resolution_s": 1e-5,
            "downloaded_bytes": 1e7,
            "started_s": 2.0,
        },
        "there": {
            "variant": "baseline-fp32",
            "energies": energies(runs=2),
            "round_trip_s": [0.02, 0.03],
            "moved_bytes": 2000,
        },
        "server": {"pue": None, "grid": None, "network_j_per_byte": None, **powered()},
    },
    "plug": PLUG,
    "battery": {
        "do": "calibrate",
        "method": "battery",
        "date": "2026-01-31",
        "threads": 2,
        "capacity_wh": 50,
        "idle": {"seconds": 600, "from": 0.9, "to": 0.88},
        "load": {"seconds": 600, "from": 0.88, "to": 0.8},
    },
    "import": {"do": "calibrate", "method": "import", "calibration": CALIBRATION},
}


def places(value, path=()):
    """The path of every value in a request, the request itself included."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from places(each, (*path, key))


def put(request, path, value):
    if not path:
        return value
    changed = copy.deepcopy(request)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 70),
    st.sampled_from([2**31, 2**63, 10**400, -(10**400)]),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["here", "there", "digits", "tower", "FRA", "perception", "policy-large", "AAAA", "start", "b1"]),
)
ANY = st.recursive(
    LEAVES,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3),
    max_leaves=6,
)
CHANGED = st.sampled_from(sorted(RIGHT)).flatmap(
    lambda name: st.tuples(st.just(RIGHT[name]), st.sampled_from(list(places(RIGHT[name]))), ANY)
)


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_each_request_is_right_as_it_stands(name):
    assert "status" not in answer(RIGHT[name], plays())


@settings(max_examples=400)
@given(CHANGED)
@example((RIGHT["check"], ("vectors",), [{}]))
@example((RIGHT["check"], ("vectors",), 5))
@example((RIGHT["check"], ("vectors",), []))
@example((RIGHT["check"], (), None))
@example((RIGHT["energy"], ("exhibit",), ["digits"]))
@example((RIGHT["energy"], ("exhibit",), "nothing"))
@example((RIGHT["energy"], ("here", "seconds"), [0.0] * 6))
@example((RIGHT["energy"], ("here", "seconds"), [0.0, 0.0, 0.1, 0.1, 0.1, 0.1]))
@example((RIGHT["energy"], ("there", "energies"), 5))
@example((RIGHT["battery"], ("idle", "from"), float("nan")))
def test_any_value_in_any_field_is_answered_or_refused(changed):
    request, path, value = changed
    told = answer(put(request, path, value), plays() if request["do"] == "play" else {})
    assert isinstance(told, dict)
    if "status" in told:
        assert 400 <= told["status"] < 500, f"a wrong request is no fault of ours: {told}"
        assert told["title"]
        assert len(told["detail"]) > 10


def test_a_model_that_answers_no_number_does_not_agree():
    bent = copy.deepcopy(GOLDEN)
    bent[0]["output"]["scores"][0] = float("nan")
    assert answer({**RIGHT["check"], "vectors": bent})["agrees"] is False


def test_a_ladder_that_this_version_does_not_know_is_left_out():
    ladder = replace(MANIFEST.ladders["digits"], exhibit="later")
    later = Manifest({"later": ladder, **MANIFEST.ladders})
    told = asyncio.run(handle({"do": "exhibits"}, OPEN, later))
    assert "later" not in told["exhibits"]
    assert "digits" in told["exhibits"]
