"""Playing the tower through the one door: an episode step by step, and every bad request refused with its field."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold import Manifest, handle
from hundredfold.adapters.native import opener
from hundredfold.exhibits.tower import ask
from hundredfold.exhibits.tower.play import MOST_EPISODES
from hundredfold.exhibits.tower.world import MOST

MODELS = Path(__file__).resolve().parents[2] / "models"
MANIFEST = Manifest.load(MODELS / "manifest.json")
OPEN = opener(MODELS, threads=1)
SCENE = {"seed": 12, "blocks": 3, "task": "hanoi", "start": "left", "goal": "middle"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


class Table:
    """One visitor's episodes."""

    def __init__(self) -> None:
        self.episodes: dict[str, Any] = {}

    def __call__(self, verb: str, **request: Any) -> dict[str, Any]:
        asked = {"do": "play", "exhibit": "tower", "verb": verb, "episode": "one", **request}
        answer = asyncio.run(handle(asked, OPEN, MANIFEST, episodes=self.episodes))
        json.dumps(answer, allow_nan=False)
        return answer


def test_a_whole_episode() -> None:
    table = Table()
    started = table("start", agent="here", scene=SCENE)
    assert started["fewest_moves"] == 7
    assert started["instruction"] == {"task": "hanoi", "goal": "middle", "block": None, "onto": None}
    frames: list[dict[str, Any]] = []
    while not frames or not (frames[-1]["success"] or frames[-1]["failure"]):
        answer = table("advance", steps=50, device={"active_w": 5, "idle_w": 3})
        frames += answer["frames"]
    assert frames[-1]["success"]
    assert frames[-1]["moves"] >= 7
    assert [frame["step"] for frame in frames] == list(range(1, len(frames) + 1))
    assert answer["cost"]["model_calls"] > answer["cost"]["looks"] > 0
    assert 0 < answer["energy"]["joules"]["low"] <= answer["energy"]["joules"]["high"]
    thoughts = [frame["thought"] for frame in frames if "thought" in frame]
    assert thoughts[0]["picture"], "first it looks"
    assert {thought["phase"] for thought in thoughts} >= {"reach", "grasp", "carry", "release"}
    assert all(thought["says"]["code"].startswith("tower-says-") for thought in thoughts)
    assert table("advance", steps=5)["frames"] == [], "it is over"


def test_without_a_device_there_is_no_energy() -> None:
    table = Table()
    table("start", agent="here", scene=SCENE)
    assert table("advance", steps=3)["energy"] is None


def test_the_other_table_is_observed_and_moved() -> None:
    table = Table()
    table("start", agent="there", scene=SCENE)
    seen = table("observe")["input"]
    observation, told = ask.parse(seen)  # type: ignore[misc]
    assert ask.observation(observation, told) == seen
    frames = table("apply", actions=[[0.5, -1, -3]] * 4)["frames"]
    assert frames[-1]["step"] == 4
    assert frames[-1]["gripper"][1] < frames[0]["gripper"][1]
    assert table("advance", steps=1)["field"] == "episode", "nobody here decides in it"
    rank = min(block[0] for block in frames[-1]["blocks"])
    moved = table("push", block=rank, x=0.5)["frame"]
    assert next(x for each, x, _ in moved["blocks"] if each == rank) == pytest.approx(0.5, abs=0.02)
    assert table("end") == {}
    assert table("observe")["status"] == 422


def test_the_same_seed_is_the_same_episode() -> None:
    one, other = Table(), Table()
    for table in (one, other):
        table("start", agent="here", scene=SCENE)
    assert one("advance", steps=60)["frames"] == other("advance", steps=60)["frames"]


def test_operators_can_be_read() -> None:
    text = Table()("operators")["text"]
    assert "(:action pick" in text
    assert "learned from 50 observations" in text


def test_old_episodes_go() -> None:
    table = Table()
    for index in range(MOST_EPISODES + 3):
        table("start", agent="there", scene=SCENE, episode=f"e{index}")
    assert list(table.episodes) == [f"e{index}" for index in range(3, MOST_EPISODES + 3)]


def test_there_nothing_is_played() -> None:
    request = {"do": "play", "exhibit": "tower", "verb": "start", "episode": "x", "agent": "there"}
    assert asyncio.run(handle(request, OPEN, MANIFEST))["status"] == 422
    assert asyncio.run(handle({**request, "exhibit": "digits"}, OPEN, MANIFEST, episodes={}))["status"] == 422


@settings(max_examples=60)
@given(st.sampled_from(["start", "advance", "apply", "push", "juggle"]), st.data())
def test_whatever_is_sent_is_answered_or_refused(verb: str, data: st.DataObject) -> None:
    table = Table()
    table("start", agent="there", scene=SCENE)
    names = ["episode", "agent", "scene", "steps", "actions", "block", "x"]
    request = data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=4))
    answer = table(verb, **request)
    assert answer.get("status", 200) in (200, 422), answer


@settings(max_examples=60)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("seed", "blocks", "task", "start", "goal"), JSON)))
def test_scenes_are_drawn_or_refused(scene: dict[str, Any]) -> None:
    answer = Table()("start", agent="there", scene=scene)
    assert (
        answer.get("field") in ("seed", "blocks", "task", "start", "goal")
        or 1 <= len(answer["frame"]["blocks"]) <= MOST
    )
