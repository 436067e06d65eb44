"""What a monitoring system reads, and what the server writes down: figures and events, never an address or an input."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families
from real import SERVER
from tiny import RUN, drawing, until, warm

from hundredfold.service import log

SECRET = "aSecretThatNobodyMayRead"


def figures(client):
    """{(name, labels): value} of /metrics."""
    text = client.get("/metrics").text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


def test_answers_refusals_times_and_joules_are_counted(make_app):
    app = make_app()
    client = app.test_client()
    assert figures(client)["hundredfold_ready",] == 0
    warm(app)
    before = figures(client)
    assert before["hundredfold_ready",] == 1
    for _ in range(3):
        answer = client.post(RUN, json={"input": drawing()}).json
    client.post(RUN, json={"input": {}})
    client.post(RUN, data=b"x")
    told = figures(client)
    mine = ("baseline-fp32", "digits")
    assert told["hundredfold_answers_total", *mine] == 3
    assert told["hundredfold_joules_total", *mine] == pytest.approx(3 * answer["energy"]["joules"]["mid"], rel=5)
    assert told["hundredfold_joules_total", *mine] > 0
    assert told["hundredfold_model_seconds_count", *mine] == 3
    assert 0 < told["hundredfold_model_seconds_sum", *mine] <= told["hundredfold_answer_seconds_sum", *mine]
    assert told["hundredfold_batch_size_sum", *mine] == 3
    assert (told["hundredfold_refusals_total", "422"], told["hundredfold_refusals_total", "415"]) == (1, 1)
    assert told["hundredfold_queue_places",] == app.extensions["hundredfold.settings"].waiting
    app.extensions["hundredfold.pool"].close()


def test_refusals_of_the_gate_are_counted_too(make_app):
    client = make_app(rate="2/minute").test_client()
    for _ in range(5):
        client.get("/api/v1/health")
    assert figures(client)["hundredfold_refusals_total", "429"] == 3


def test_no_address_and_no_input_is_told(make_app):
    app = make_app(proxies=1)
    client = app.test_client()
    warm(app)
    seen = {"X-Forwarded-For": "203.0.113.77", "User-Agent": SECRET}
    client.post("/api/v1/exhibits/mail/run", json={"input": {"text": SECRET}}, headers=seen)
    client.post(f"/api/v1/exhibits/{SECRET}/run", json={"input": {}}, headers=seen)
    client.post(RUN, json={"input": drawing(), "variant": SECRET}, headers=seen)
    text = client.get("/metrics").text
    assert SECRET not in text
    assert "203.0.113" not in text
    assert "mail" in text
    app.extensions["hundredfold.pool"].close()


@pytest.fixture
def written():
    """What is logged, as it is written to a file; the log is as it was afterwards."""
    before, stream = logging.getLogger().handlers[:], io.StringIO()
    log.set_up(stream)
    yield stream
    logging.basicConfig(handlers=before, force=True)


def test_a_mistake_is_a_line_without_what_it_quotes(make_app, written, monkeypatch):
    app = make_app()

    def breaks(request):
        raise ValueError(f"no such thing: {request['input']}")

    monkeypatch.setattr(app.extensions["hundredfold.pool"], "run", breaks)
    given = {"input": {"text": SECRET}}
    assert app.test_client().post("/api/v1/exhibits/mail/run", json=given).status_code == 500
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    told = next(line for line in lines if line.get("error") == "ValueError")
    assert told["level"] == "error"
    assert any("breaks" in step for step in told["way"])
    assert SECRET not in written.getvalue()


def test_in_a_terminal_it_is_words():
    record = logging.LogRecord("hundredfold", logging.INFO, "", 0, "a worker is warm", (), None)
    record.facts = {"pid": 7, "refused": []}
    assert log.Words().format(record) == "hundredfold: a worker is warm (pid 7)"


def test_the_server_writes_json_lines_from_start_to_end(models, page):
    environment = {"PORT": "0", "HUNDREDFOLD_MODELS": str(models), "HUNDREDFOLD_STATIC": str(page)}
    process = subprocess.Popen(
        [sys.executable, str(SERVER)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    address = process.stdout.readline().split()[3]
    body = json.dumps({"input": {"text": SECRET}}).encode()
    asked = urllib.request.Request(
        f"{address}/api/v1/exhibits/mail/run", body, {"Content-Type": "application/json", "User-Agent": SECRET}
    )
    urllib.request.urlopen(asked, timeout=60).close()
    process.terminate()
    _, errors = process.communicate(timeout=60)
    lines = [json.loads(line) for line in errors.splitlines()]
    assert [line["event"] for line in lines] == ["a worker is warm", "ending", "ended"]
    assert all({"at", "level"} <= line.keys() for line in lines)
    assert SECRET not in errors
    assert "127.0.0.1" not in errors
    until(lambda: process.poll() == 0)
