"""The short way of runs: what is well-formed never reaches Flask, what is not comes there whole; both answer alike."""

from __future__ import annotations

import json

import pytest
from flask import request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny import RUN, drawing

from hundredfold.errors import Problem
from hundredfold.service.problems import RefusalError

GOOD = {"input": drawing()}
BY_FLASK = "application/vnd.of-flask+json"
"""JSON by a name that the short way does not know."""


@pytest.fixture(scope="module")
def passed_on(app):
    """What came to Flask: of each request its body; it is answered all the same."""
    came, inner = [], app.full_dispatch_request

    def noted():
        came.append(request.environ["wsgi.input"].getvalue())
        return inner()

    app.full_dispatch_request = noted
    yield came
    app.full_dispatch_request = inner


def untimed(answer):
    """Without what differs from run to run."""
    kept = {name: value for name, value in answer.items() if name not in ("timing", "energy", "runtime")}
    return {**kept, "timing": sorted(answer["timing"]), "energy": sorted(answer["energy"])}


def test_a_run_that_is_well_formed_does_not_come_to_flask_and_is_answered_alike(client, passed_on):
    passed_on.clear()
    short = client.post(RUN, json=GOOD)
    assert passed_on == []
    longer = client.post(RUN, data=json.dumps(GOOD), content_type=BY_FLASK)
    assert len(passed_on) == 1
    assert untimed(short.json) == untimed(longer.json)
    names = {name for name, _ in short.headers} ^ {name for name, _ in longer.headers}
    assert names == set()
    assert (short.content_type, longer.content_type) == ("application/json", "application/json")
    assert short.json["bytes_sent"] == len(json.dumps(GOOD))


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_what_is_not_well_formed_comes_to_flask_whole(client, passed_on, body):
    passed_on.clear()
    assert client.post(RUN, data=body, content_type="application/json").status_code == 422
    assert passed_on == [body]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"input": 3}, 422),
        ({**GOOD, "more": 1}, 422),
        ({**GOOD, "repeats": "1"}, 422),
        ({**GOOD, "more": "x" * 3_000_000}, 413),
    ],
)
def test_a_body_of_another_shape_is_refused_by_flask(client, passed_on, body, status):
    passed_on.clear()
    assert client.post(RUN, json=body).status_code == status
    assert len(passed_on) == 1


def test_a_body_that_ends_before_its_length_comes_to_flask(client, passed_on):
    passed_on.clear()
    client.post(RUN, json=GOOD, environ_overrides={"CONTENT_LENGTH": "10000"})
    assert len(passed_on) == 1


@pytest.mark.parametrize(
    ("end", "status", "retry"),
    [
        (RefusalError(503, "The queue is full", "Try again.", retry_after_s=7), 503, "7"),
        (RefusalError(422, "Input can not be used", "Draw.", field="input"), 422, None),
        (ZeroDivisionError("x"), 500, None),
        (Problem(422, "Input can not be used", "Draw.", {"field": "input"}).as_dict(), 422, None),
    ],
)
@pytest.mark.parametrize("kind", ["application/json", BY_FLASK])
def test_a_run_that_fails_is_the_same_problem_on_both_ways_and_counted(make_app, monkeypatch, kind, end, status, retry):
    app = make_app()

    def run(_):
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(app.extensions["hundredfold.pool"], "run", run)
    answer = app.test_client().post(RUN, data=json.dumps(GOOD), content_type=kind)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.headers.get("Retry-After") == retry
    assert answer.headers["Cache-Control"] == "no-store"
    told = json.loads(answer.data)
    assert (told["status"], bool(told["detail"])) == (status, True)
    counted = app.extensions["hundredfold.metrics"].text().decode()
    assert f'hundredfold_refusals_total{{status="{status}"}} 1.0' in counted


def test_an_answer_tells_the_path_that_the_server_is_mounted_at(make_app):
    client = make_app(proxies=1).test_client()
    answer = client.post(RUN, json=GOOD, headers={"X-Forwarded-Prefix": "/some/path"})
    assert answer.json["energy"]["inputs"]["power"] == "/some/path/api/v1/power"
