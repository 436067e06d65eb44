"""The dispatcher: it trusts a variant once its golden vectors come out, and says what stands in for one that fails."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from engine import Engine, Files

from hundredfold import Manifest
from hundredfold.adapters.dispatcher import Dispatcher

MODELS = Path(__file__).resolve().parents[2] / "models"
LADDER = Manifest.load(MODELS / "manifest.json").ladders["digits"]
GOLDEN = json.loads((MODELS / LADDER.variants[0].golden).read_text())["variants"]
DEFAULT = LADDER.default("here")
PARENT = LADDER.by_id(DEFAULT.parent or "")
assert PARENT is not None
INPUT = GOLDEN[DEFAULT.id][-1]["input"]


def ask(dispatcher: Dispatcher, **request: Any) -> dict[str, Any]:
    return drive(dispatcher, request)


def drive(dispatcher: Dispatcher, request: Any) -> dict[str, Any]:
    """Drive one request as rpc.js does."""
    driven = dispatcher.ask(json.dumps(request))
    step = driven.send()
    while not isinstance(step, str):
        step = driven.send(step.values)
    return dict(json.loads(step))


def open_dispatcher(engine: Engine | None = None, files: Files | None = None) -> Dispatcher:
    return Dispatcher(files or Files(MODELS), engine or Engine(), (MODELS / "manifest.json").read_text())


def run(dispatcher: Dispatcher, variant: str | None = None) -> dict[str, Any]:
    return ask(dispatcher, do="run", exhibit="digits", input=INPUT, variant=variant, where="here")


def messages() -> set[str]:
    """Those that the page has of what runs on the visitor's device."""
    text = (MODELS.parent / "web/locales/en/runtime.ftl").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w-]+) =", text, re.MULTILINE))


def test_a_variant_that_answers_as_recorded_runs_without_a_notice() -> None:
    engine = Engine()
    dispatcher = open_dispatcher(engine)
    result = run(dispatcher)
    assert result["variant"] == DEFAULT.id
    assert result["output"]["label"] == GOLDEN[DEFAULT.id][-1]["output"]["label"]
    assert "notice" not in result
    assert run(dispatcher)["output"] == result["output"]
    assert engine.created == 1, "sessions are kept"


@pytest.mark.parametrize("fault", ["broken", "refused"])
def test_the_parent_stands_in_for_a_variant_that_fails_and_the_result_says_so(fault: str) -> None:
    engine = Engine(**{fault: {DEFAULT.bytes}})
    dispatcher = open_dispatcher(engine)
    for _ in range(2):
        result = run(dispatcher)
        assert result["variant"] == PARENT.id
        values = result["notice"]["values"]
        assert (values["wanted"], values["used"]) == (DEFAULT.id, PARENT.id)
        assert result["notice"]["code"] in messages()
    assert "notice" not in run(dispatcher, PARENT.id), "it was asked for"


def test_many_inputs_are_answered_by_the_stand_in_too() -> None:
    dispatcher = open_dispatcher(Engine(broken={DEFAULT.bytes}))
    told = ask(dispatcher, do="many", exhibit="digits", inputs=[INPUT], variant=None, where="here")
    assert told["variant"] == PARENT.id
    assert told["notice"]["values"]["wanted"] == DEFAULT.id


def test_when_the_whole_chain_fails_it_is_a_problem_that_says_what_to_do() -> None:
    dispatcher = open_dispatcher(Engine(broken={variant.bytes for variant in LADDER.variants}))
    problem = run(dispatcher)
    assert problem["status"] == 500
    assert "server" in problem["detail"]
    assert problem["code"] in messages()
    assert problem["values"] == {"model": DEFAULT.model_id}


def test_an_altered_model_is_refused_and_nothing_stands_in() -> None:
    files = Files(MODELS, altered={DEFAULT.file})
    dispatcher = open_dispatcher(files=files)
    problem = run(dispatcher)
    assert (problem["status"], problem["kind"]) == (500, "model")
    assert DEFAULT.file in problem["detail"]
    files.altered.clear()
    assert run(dispatcher)["variant"] == DEFAULT.id, "a good copy is taken as soon as there is one"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"variants": {}}', json.dumps({"variants": {DEFAULT.id: []}}).encode()]
)
def test_without_a_golden_vector_a_model_is_not_used(content: bytes) -> None:
    files = Files(MODELS, replaced={DEFAULT.golden: content})
    problem = run(open_dispatcher(files=files))
    assert (problem["status"], problem["kind"]) == (500, "model")
    assert DEFAULT.golden in problem["detail"]


@pytest.mark.parametrize("missing", [DEFAULT.file, DEFAULT.golden])
def test_a_file_that_can_not_be_fetched_is_named(missing: str) -> None:
    problem = run(open_dispatcher(files=Files(MODELS, missing={missing})))
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
    assert 400 <= drive(open_dispatcher(), request_)["status"] < 500


def test_exhibits_and_facts() -> None:
    dispatcher = open_dispatcher()
    assert list(ask(dispatcher, do="exhibits")["exhibits"]) == list(Manifest.load(MODELS / "manifest.json").ladders)
    assert json.loads(dispatcher.facts)["python"]


def test_warming_up_opens_what_is_used_first() -> None:
    files, engine = Files(MODELS), Engine()
    dispatcher = open_dispatcher(engine, files)
    assert ask(dispatcher, do="warm") == {"warm": [DEFAULT.id]}
    files.missing |= {DEFAULT.file, DEFAULT.golden}
    assert run(dispatcher)["variant"] == DEFAULT.id, "nothing is left to fetch for the first answer"
    assert engine.created == 1


def test_what_goes_wrong_when_warming_up_is_told_to_the_run() -> None:
    dispatcher = open_dispatcher(files=Files(MODELS, altered={DEFAULT.file}))
    assert ask(dispatcher, do="warm") == {"warm": []}
    assert run(dispatcher)["kind"] == "model"
