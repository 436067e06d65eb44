"""A language model beside the ladders: one that runs, one elsewhere, one that was recorded, and each way to fail."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from tiny import assert_problem, until, warm

from chat_server import ChatServer, completion
from hundredfold.digest import record_key
from hundredfold.service import schemas
from hundredfold.service.settings import Settings, SettingsError

RUN = "/api/v1/exhibits/mail/run"
ASK = {"input": {"text": "win money now"}, "variant": "language-model"}
ENGINE = Path(__file__).with_name("engine_stand_in")
SHARE = {"value": 0.8, "low": 0.7, "high": 0.9, "n": 50}
WATTS = {"low": 3, "mid": 4, "high": 5, "origin": "estimated", "source": "typed", "inputs": {}}
POWER = {"active_w": {"label": "Above idle", "unit": "W", **WATTS}, "idle_w": None}
RECORDED = {"made": "2026-11-27", "cpu": "a processor", "machine": "a machine"}


def record(bytes_=6):
    """As `hundredfold prompt` writes it."""
    summary = {"n": 1, "median": 2000.0, "p95": 2000.0, "min": 2000.0, "spread": None, "drift": None}
    answer = {
        "output": {"label": "spam", "scores": {"ham": 0.1, "spam": 0.9}, "words": [], "truncated": False},
        "timing": {"model_ms": summary, "python_ms": 1.0, "total_ms": 2001.0, "load_ms": 0.0},
        "runtime": {"provider": "llama.cpp", "threads": 2, "isolated": None},
        "energy": {
            "joules": {"low": 9, "mid": 12, "high": 15},
            "origin": "estimated",
            "boundary": "marginal",
            "inputs": {"cpu_s": {"low": 3, "mid": 3, "high": 3}, "answers": 1},
        },
    }
    prompt = {"id": "p", "system": "", "question": "{text}: spam?", "words": ["ham", "spam"], "letters": 5, "shots": []}
    return {
        "model": {"name": "big", "quantisation": "Q4", "params": 1000, "bytes": bytes_, "sha256": "0" * 64},
        "prompt": {**prompt, "bias": 1.0},
        "test": {"accuracy": SHARE, "first_wrong": SHARE, "second_wrong": SHARE, "of": 100},
        "macs": 40_000,
        "energy": answer["energy"],
        "power": POWER,
        "recorded": RECORDED,
        "answers": {record_key({"text": "a ready-made mail"}, "language-model"): answer},
    }


@pytest.fixture(scope="module")
def with_record(models, tmp_path_factory):
    folder = tmp_path_factory.mktemp("recorded") / "models"
    shutil.copytree(models, folder)
    (folder / "mail/language-model.json").write_text(json.dumps(record()))
    return folder


@pytest.fixture
def served(make_app, with_record, monkeypatch):
    """served(**settings) -> a client of a server with a record of a language model, whose model is the stand-in."""
    monkeypatch.setenv("PYTHONPATH", str(ENGINE))
    made = []

    def serve(**settings):
        app = make_app(models=with_record, **settings)
        made.append(app.extensions["hundredfold.language_model"])
        return app.test_client()

    yield serve
    for language_model in made:
        language_model.close()


@pytest.fixture
def gguf(tmp_path):
    path = tmp_path / "big.gguf"
    path.write_text("good")
    return path


def listed(client):
    return client.get("/api/v1/exhibits").json["exhibits"]["mail"]["language_model"]


def answered(client):
    """The first answer once the model is loaded."""
    until(lambda: client.post(RUN, json=ASK).status_code == 200)
    return client.post(RUN, json=ASK).json


def test_without_a_record_there_is_none(client):
    assert client.get("/api/v1/exhibits").json["exhibits"]["mail"]["language_model"] is None
    assert_problem(client.post(RUN, json=ASK), 422, "variant")


def test_what_was_recorded_is_answered_and_marked(served):
    client = served()
    assert listed(client)["live"] is False
    assert listed(client)["accuracy"] == SHARE
    schemas.Exhibits.model_validate(client.get("/api/v1/exhibits").json)
    told = client.post(RUN, json={**ASK, "input": {"text": "a ready-made mail", "words": True}})
    assert told.json["output"]["label"] == "spam"
    assert told.json["record"] == RECORDED
    assert told.json["energy"]["inputs"]["power"] == "/api/v1/power"
    assert told.json["bytes_sent"] > 0, "the text was sent to the server"
    learnt = client.get("/api/v1/power").json["learnt"]["mail"]["language-model"]
    assert learnt == POWER, "counted by what a CPU second drew when it was recorded"
    assert "record" not in client.post(RUN, json={**ASK, "variant": None}).json


def test_another_text_is_not_recorded_and_bad_input_is_told_as_such(served):
    client = served()
    problem = assert_problem(client.post(RUN, json=ASK), 422)
    assert problem["code"] == "llm-not-recorded"
    assert "ready-made" in problem["detail"]
    for bad in ({"text": 5}, {}):
        assert_problem(client.post(RUN, json={**ASK, "input": bad}), 422, "text")


def test_the_same_text_again_is_no_second_answer(served):
    assert_problem(served().post(RUN, json={**ASK, "repeats": 2}), 422, "repeats")


def test_a_file_answers_in_a_process_of_its_own_whose_cpu_seconds_count(served, gguf):
    gguf.write_text("good..")  # as long as the one that was measured: then it is taken for that
    client = served(llm=str(gguf))
    warm(client.application)  # its worker tells what a CPU second draws
    told = answered(client)
    assert told["output"]["label"] == "spam"
    assert told["output"]["tokens"] == {"read": 40, "written": 1, "kept": 30}
    assert told["output"]["truncated"] is True, "the prompt takes five letters"
    assert told["output"]["scores"]["spam"] == pytest.approx(4 * 2.718 / (1 + 4 * 2.718), abs=0.01), "0.8 and the bias"
    assert told["energy"]["inputs"]["cpu_s"]["mid"] > 0
    assert told["energy"]["joules"]["mid"] > 0
    assert "record" not in told
    assert listed(client)["live"] is True
    assert listed(client)["accuracy"] == SHARE
    assert client.get("/api/v1/power").json["learnt"].get("mail", {}).get("language-model") is None


def test_another_models_bias_and_accuracy_are_not_used(served, gguf):
    client = served(llm=str(gguf))
    told = answered(client)
    assert listed(client)["accuracy"] is None
    assert told["output"]["scores"]["spam"] == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize("fault", ["die", "hang"])
def test_a_process_that_dies_or_hangs_is_started_anew(served, gguf, fault):
    client = served(llm=str(gguf), llm_s=0.5)
    answered(client)
    gguf.write_text(fault)
    answer = client.post(RUN, json={**ASK, "input": {"text": "another one"}})
    problem = assert_problem(answer, 503 if fault == "die" else 504)
    assert problem["code"] == ("llm-lost" if fault == "die" else "llm-late")
    assert answer.headers["Retry-After"]
    gguf.write_text("good")
    assert answered(client)["output"]["label"] == "spam"
    assert len(gguf.with_suffix(".starts").read_text()) == 2


def test_a_process_that_died_while_nobody_asked_is_started_anew(served, gguf):
    client = served(llm=str(gguf))
    answered(client)
    language_model = client.application.extensions["hundredfold.language_model"]
    language_model._llama.process.kill()
    language_model._llama.process.wait()
    assert assert_problem(client.post(RUN, json=ASK), 503)["code"] == "llm-lost"
    assert answered(client)["output"]["label"] == "spam"
    assert len(gguf.with_suffix(".starts").read_text()) == 2


def test_a_file_that_can_not_be_loaded_is_said_and_the_ladder_answers(served, gguf):
    gguf.write_text("broken")
    client = served(llm=str(gguf))
    warm(client.application)
    until(lambda: any("no GGUF" in line for line in client.get("/api/v1/health").json["trouble"]))
    problem = assert_problem(client.post(RUN, json=ASK), 503)
    assert "no GGUF" in problem["detail"]
    assert client.post(RUN, json={**ASK, "variant": None}).status_code == 200


def test_a_server_elsewhere_answers_without_energy(served):
    with ChatServer(lambda _: (200, completion("spam", 0.8))) as server:
        client = served(llm=server.address, llm_key="secret", llm_model="large")
        told = answered(client)
        assert server.asked[-1]["model"] == "large"
        assert server.headers[-1]["Authorization"] == "Bearer secret"
    assert told["energy"] is None, "nobody counts for us there"
    assert "large" in told["runtime"]["provider"]
    assert listed(client)["name"] == "large"
    assert "secret" not in client.get("/api/v1/exhibits").text


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [((200, b"nothing"), 500, "llm-nonsense"), ((401, b"who?"), 500, "llm-nonsense"), ((200, {}), 500, "llm-nonsense")],
)
def test_a_server_elsewhere_that_answers_nonsense(served, answer, status, code):
    with ChatServer(lambda _: answer) as server:
        client = served(llm=server.address)
        until(lambda: client.post(RUN, json=ASK).status_code != 503)
        assert assert_problem(client.post(RUN, json=ASK), status)["code"] == code


def test_too_many_at_once_are_refused_and_files_are_served_meanwhile(served):
    gate = threading.Event()

    def slow(_):
        gate.wait(10)
        return 200, completion()

    with ChatServer(slow) as server:
        client = served(llm=server.address, llm_waiting=0, llm_s=20)
        language_model = client.application.extensions["hundredfold.language_model"]
        client.get("/api/v1/exhibits")
        until(lambda: language_model._chat is not None)
        first = threading.Thread(target=lambda: client.application.test_client().post(RUN, json=ASK))
        first.start()
        until(lambda: server.asked)
        refused = client.application.test_client().post(RUN, json=ASK)
        assert assert_problem(refused, 503)["code"] == "llm-full"
        assert client.application.test_client().get("/").status_code == 200
        gate.set()
        first.join()


def test_a_setting_that_is_no_file_and_no_address_is_refused():
    with pytest.raises(SettingsError, match=r"HUNDREDFOLD_LLM must be a GGUF file, or an address"):
        Settings(llm="/nowhere/model.gguf")
