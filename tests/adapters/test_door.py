"""The door: it trusts a variant only once its golden vectors come out, and says what stands in for one that fails."""

import json
from pathlib import Path
from typing import Any

import pytest
from engine import Engine, Files

from hundredfold import Manifest
from hundredfold.adapters.door import Door

MODELS = Path(__file__).resolve().parents[2] / "models"
LADDER = Manifest.load(MODELS / "manifest.json").ladders["digits"]
GOLDEN = json.loads((MODELS / LADDER.variants[0].golden).read_text())["variants"]
DEFAULT = LADDER.default("here")
PARENT = LADDER.by_id(DEFAULT.parent or "")
assert PARENT is not None
INPUT = GOLDEN[DEFAULT.id][-1]["input"]


def ask(door: Door, **request: Any) -> dict[str, Any]:
    return drive(door, request)


def drive(door: Door, request: Any) -> dict[str, Any]:
    """Drive one request as door.js does."""
    flow = door.ask(json.dumps(request))
    step = flow.send()
    while not isinstance(step, str):
        step = flow.send(step.values)
    return dict(json.loads(step))


def open_door(engine: Engine | None = None, files: Files | None = None) -> Door:
    return Door(files or Files(MODELS), engine or Engine(), (MODELS / "manifest.json").read_text())


def run(door: Door, variant: str | None = None) -> dict[str, Any]:
    return ask(door, do="run", exhibit="digits", input=INPUT, variant=variant, where="here")


def test_a_variant_that_answers_as_recorded_runs_without_a_notice() -> None:
    engine = Engine()
    door = open_door(engine)
    result = run(door)
    assert result["variant"] == DEFAULT.id
    assert result["output"]["label"] == GOLDEN[DEFAULT.id][-1]["output"]["label"]
    assert "notice" not in result
    assert run(door)["output"] == result["output"]
    assert engine.created == 1, "sessions are kept"


@pytest.mark.parametrize("fault", ["broken", "refused"])
def test_the_parent_stands_in_for_a_variant_that_fails_and_the_result_says_so(fault: str) -> None:
    engine = Engine(**{fault: {DEFAULT.bytes}})
    door = open_door(engine)
    for _ in range(2):
        result = run(door)
        assert result["variant"] == PARENT.id
        assert DEFAULT.id in result["notice"]
        assert PARENT.id in result["notice"]
    assert "notice" not in run(door, PARENT.id), "it was asked for"


def test_when_the_whole_chain_fails_it_is_a_problem_that_says_what_to_do() -> None:
    door = open_door(Engine(broken={variant.bytes for variant in LADDER.variants}))
    problem = run(door)
    assert problem["status"] == 500
    assert "server" in problem["detail"]


def test_an_altered_model_is_refused_and_nothing_stands_in() -> None:
    files = Files(MODELS, altered={DEFAULT.file})
    door = open_door(files=files)
    problem = run(door)
    assert (problem["status"], problem["kind"]) == (500, "model")
    assert DEFAULT.file in problem["detail"]
    files.altered.clear()
    assert run(door)["variant"] == DEFAULT.id, "a good copy is taken as soon as there is one"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"variants": {}}', json.dumps({"variants": {DEFAULT.id: []}}).encode()]
)
def test_without_a_golden_vector_a_model_is_not_used(content: bytes) -> None:
    files = Files(MODELS, replaced={DEFAULT.golden: content})
    problem = run(open_door(files=files))
    assert (problem["status"], problem["kind"]) == (500, "model")
    assert DEFAULT.golden in problem["detail"]


@pytest.mark.parametrize("missing", [DEFAULT.file, DEFAULT.golden])
def test_a_file_that_can_not_be_fetched_is_named(missing: str) -> None:
    problem = run(open_door(files=Files(MODELS, missing={missing})))
    assert missing in problem["detail"]
    assert "404" in problem["detail"]


@pytest.mark.parametrize(
    "request_",
    [
        {"do": "run", "exhibit": "nothing", "input": {}},
        {"do": "run", "exhibit": ["digits"], "input": {}},
        {"do": "run", "exhibit": "digits", "variant": "nothing", "input": INPUT},
        {"do": "run", "exhibit": "digits", "variant": 3, "input": INPUT},
        {"do": "run", "exhibit": "digits", "input": {}},
        {"do": "run", "exhibit": "digits", "variant": ["student-int8"], "input": INPUT},
        {"do": "run", "exhibit": "digits", "input": INPUT, "where": "there"},
        {"do": "run", "exhibit": "digits", "input": INPUT, "where": []},
        {"do": "check", "exhibit": "digits", "vectors": [{}]},
        {"do": "check", "exhibit": "digits", "vectors": 5},
        {"do": "energy", "exhibit": ["digits"], "device": {"tdp_w": 15}},
        {"do": "play", "exhibit": "tower", "verb": {}, "episode": []},
        {"do": "nothing"},
        {"do": []},
        {},
        [{}],
        5,
        None,
    ],
)
def test_what_the_core_refuses_is_refused_here_too(request_: Any) -> None:
    assert 400 <= drive(open_door(), request_)["status"] < 500


def test_exhibits_and_facts() -> None:
    door = open_door()
    assert list(ask(door, do="exhibits")["exhibits"]) == ["digits", "tower"]
    assert json.loads(door.facts)["python"]


def test_warming_up_opens_what_is_used_first() -> None:
    files, engine = Files(MODELS), Engine()
    door = open_door(engine, files)
    assert ask(door, do="warm") == {"warm": [DEFAULT.id]}
    files.missing |= {DEFAULT.file, DEFAULT.golden}
    assert run(door)["variant"] == DEFAULT.id, "nothing is left to fetch for the first answer"
    assert engine.created == 1


def test_what_goes_wrong_when_warming_up_is_told_to_the_run() -> None:
    door = open_door(files=Files(MODELS, altered={DEFAULT.file}))
    assert ask(door, do="warm") == {"warm": []}
    assert run(door)["kind"] == "model"
