"""Ray Serve on this machine, with two replicas of each exhibit: what it answers, and what a death among them costs."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from tiny import RUN, VARIANTS, crowd, drawing, until

pytest.importorskip("ray", reason="Ray is not installed: run `.venv/bin/pip install -e '.[ray]'`")

import psutil
from ray import serve
from ray.exceptions import RayActorError
from starlette.requests import Request

from hundredfold.service.app import create_app
from hundredfold.service.ray import Front, Room
from hundredfold.service.settings import Settings

MINUTES_S = 240


@pytest.fixture(scope="module")
def app(models, page):
    """One for all tests: Ray takes most of a minute to start."""
    app = create_app(
        models=models,
        static=page,
        rate="1000000/minute",
        baseline="ray",
        ray_least=2,
        ray_most=2,
        waiting=50,
        wait_s=60,
    )
    ray = app.extensions["hundredfold.pool"]
    ray.start()
    until(lambda: ray.ready, within_s=MINUTES_S)
    yield app
    ray.close()
    until(lambda: not replicas("digits"))  # nothing stays behind


def replicas(exhibit):
    """Process ids of an exhibit's replicas, as their title names them."""
    found = []
    for process in psutil.process_iter():
        try:
            if f"ServeReplica:hundredfold:{exhibit}" in " ".join(process.cmdline()):
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            pass
    return found


def post(app, variant=None, **body):
    return app.test_client().post(RUN, json={"input": drawing(), "variant": variant, **body})


@pytest.mark.parametrize("variant", VARIANTS)
def test_answers_are_those_of_the_golden_vectors(app, models, variant):
    golden = json.loads((models / "digits/golden.json").read_text())["variants"][variant]
    for vector in golden:
        result = app.test_client().post(RUN, json={"input": vector["input"], "variant": variant}).json
        assert result["output"]["label"] == vector["output"]["label"]
        assert result["output"]["scores"] == pytest.approx(vector["output"]["scores"], abs=1e-5)
        assert result["energy"]["joules"]["mid"] > 0
        assert result["timing"]["model_ms"]["median"] > 0


def test_all_exhibits_are_there_and_health_is_good(app):
    client = app.test_client()
    health = client.get("/api/v1/health").json
    assert (health["status"], health["trouble"]) == ("ok", [])
    power = client.get("/api/v1/power").json
    assert power["meter"]["says"]
    assert power["cpu_second"]["active_w"]["mid"] > 0
    assert client.get("/v2/health/ready").status_code == 200
    answer = client.post(RUN.replace("digits", "mail"), json={"input": {"text": "The meeting is at ten."}})
    assert answer.json["exhibit"] == "mail"


def test_what_an_exhibit_refuses_is_refused_there_too(app):
    problem = app.test_client().post(RUN, json={"input": {"image": 5}})
    assert (problem.status_code, problem.json["field"]) == (422, "image")


def test_runs_of_one_model_share_calls_of_the_engine(app):
    def calls():
        room = serve.get_deployment_handle("digits", "hundredfold")
        told = [room.facts.remote().result() for _ in range(20)]  # either replica
        return sum({json.dumps(each["calls"]): each["calls"]["digits/baseline-fp32"] for each in told}.values())

    before = calls()
    with ThreadPoolExecutor(16) as visitors:
        answers = list(visitors.map(lambda _: post(app), range(200)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json["output"]["label"] for answer in answers}) == 1
    assert calls() - before < 200


def test_a_killed_replica_loses_no_accepted_answer_and_comes_again(app):
    before = replicas("digits")
    assert len(before) == 2
    with crowd(lambda: post(app).status_code) as answers:
        until(lambda: len(answers) > 100)
        os.kill(before[0], signal.SIGSTOP)  # so that it has runs when it dies
        stopped_at = len(answers)
        until(lambda: len(answers) > stopped_at + 50)
        os.kill(before[0], signal.SIGKILL)
        killed_at = len(answers)
        until(lambda: len(answers) > killed_at + 300)
    refused = [status for status in answers if status != 200]
    assert not [status for status in refused if status not in (429, 503)], "each has one answer"
    assert refused.count(503) == 0, "none that was accepted is lost"
    until(lambda: len(set(replicas("digits")) - {before[0]}) == 2, within_s=MINUTES_S)
    until(lambda: not app.test_client().get("/api/v1/health").json["trouble"], within_s=MINUTES_S)


def test_a_replica_joins_calls_of_those_models_alone_that_answer_alike(models):
    settings = Settings.read({}, models=models)
    rooms = {exhibit: Room(exhibit, settings) for exhibit in ("digits", "mail")}
    together = {name: each.together for room in rooms.values() for name, each in room._sessions.items()}
    assert together["digits/baseline-fp32"]
    assert not together["mail/large"], "one text is all its rows"


def test_the_command_serves_by_ray_and_ends_well(models, page):
    folders = {"HUNDREDFOLD_MODELS": str(models), "HUNDREDFOLD_STATIC": str(page), "HUNDREDFOLD_WAIT_S": f"{MINUTES_S}"}
    command = [sys.executable, "-m", "hundredfold.cli", "serve", "--ray", "--port", "0"]
    with subprocess.Popen(command, env={**os.environ, **folders}, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = ""
            while not address:
                line = server.stdout.readline()
                assert line, "it ended"
                address = "".join(re.findall(r"http://127\S+", line))
            body = json.dumps({"input": drawing()}).encode()
            request = urllib.request.Request(address + RUN, body, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=MINUTES_S) as response:
                assert json.load(response)["where"] == "there"
            begun = [each.pid for each in psutil.Process(server.pid).children(recursive=True)]
            assert begun
            server.terminate()
            assert server.wait(20) == 0, "Ray itself would wait for half a minute"
            until(lambda: not any(map(psutil.pid_exists, begun)))
        finally:
            server.kill()


class Remote:
    """A method of a deployment, called as Ray's handles are; it dies before it answers so many times."""

    def __init__(self, method, deaths=0):
        self._method, self._deaths = method, deaths

    async def remote(self, *arguments):
        if self._deaths:
            self._deaths -= 1
            raise RayActorError
        return await self._method(*arguments)


class Rooms(dict):
    """Rooms of this process instead of replicas."""

    def __init__(self, settings, deaths=0):
        rooms = {name: Room(name, settings) for name in ("digits", "mail")}
        super().__init__({name: self._handle(room, deaths) for name, room in rooms.items()})

    @staticmethod
    def _handle(room, deaths):
        return type("Handle", (), {"answer": Remote(room.answer, deaths), "facts": Remote(room.facts)})


def front(models, *asked, deaths=0, **settings):
    """(status, JSON) of each (method, path, JSON) that is asked of the deployment before the rooms, one by one."""

    async def ask():
        chosen = Settings.read(models=models, **settings)
        before, told = Front(chosen, Rooms(chosen, deaths)), []
        for method, path, body in asked:
            content = b"" if body is None else json.dumps(body).encode()
            headers = [(b"content-type", b"application/json")]
            scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""}

            async def receive(content=content):
                return {"type": "http.request", "body": content, "more_body": False}

            response = await before(Request({**scope, "server": ("here", 80), "scheme": "http"}, receive))
            told.append((response.status_code, json.loads(response.body)))
        return told

    return asyncio.run(ask())


INFER = "/v2/models/mail-small/infer"
"""A model whose calls are not joined: Ray joins some only in a replica of its own."""
IDS = {"name": "ids", "shape": [3], "datatype": "INT32", "data": [1, 2, 3]}


def test_the_front_of_a_cluster_is_a_model_server_as_ours_are(models):
    answers = front(
        models,
        ("GET", "/v2", None),
        ("GET", "/v2/health/ready", None),
        ("GET", "/v2/models/mail-small", None),
        ("POST", INFER, {"inputs": [IDS]}),
        ("POST", INFER, {"inputs": []}),
        ("GET", "/v2/models/nothing", None),
        ("GET", "/", None),
        ("GET", "/api/v1/power", None),
    )
    assert [status for status, _ in answers] == [200, 200, 200, 200, 422, 404, 404, 200]
    assert answers[0][1]["name"] == "hundredfold"
    assert answers[2][1]["inputs"][0]["shape"] == [-1]
    assert {each["name"]: each["shape"] for each in answers[3][1]["outputs"]} == {"logits": [2], "parts": [3]}
    assert answers[3][1]["parameters"]["energy_j_mid"] > 0
    assert answers[4][1]["error"] == answers[4][1]["detail"]
    assert answers[7][1]["meter"]["says"]


def test_the_front_asks_another_replica_where_one_dies(models):
    assert front(models, ("POST", INFER, {"inputs": [IDS]}), deaths=3)[0][0] == 200
    status, problem = front(models, ("POST", INFER, {"inputs": [IDS]}), deaths=10**9, run_s=0.5)[0]
    assert (status, problem["title"]) == (503, "No replica answers")


def test_the_front_reads_no_more_than_it_must(models):
    long = {**IDS, "shape": [1000], "data": [1] * 1000}
    assert front(models, ("POST", INFER, {"inputs": [long]}), max_body_bytes=1000)[0][0] == 413
