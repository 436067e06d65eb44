"""Runs over model servers elsewhere: who may be asked, who is asked next, and what killing one of two costs."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tiny import RUN, VARIANTS, assert_problem, crowd, drawing, until

from hundredfold.service.settings import Settings, SettingsError
from oip_peer import OipPeer, forwarding

INFER = "/v2/models/digits-baseline-fp32/infer"


@pytest.fixture(scope="module")
def behind(make_app):
    """An application that stands behind others, by a stand-in for HTTP."""
    app = make_app()
    pool = app.extensions["hundredfold.pool"]
    pool.start()
    until(lambda: pool.ready)
    return app


@pytest.fixture
def front(make_app):
    """front(url, ...) -> an application before model servers."""
    made = []

    def make(*urls, ready=True, **settings):
        app = make_app(**{"baseline": f"oip:{','.join(urls)}", "wait_s": 60, "waiting": 100, **settings})
        made.append(app.extensions["hundredfold.pool"])
        made[-1].start()
        if ready:
            until(lambda: all(known.state == "well" for known in made[-1].peers))
        return app

    yield make
    for peers in made:
        peers.close()


def post(app, variant=None, **body):
    return app.test_client().post(RUN, json={"input": drawing(), "variant": variant, **body})


def trouble(app):
    return app.test_client().get("/api/v1/health").json["trouble"]


def test_answers_are_those_of_the_models_behind(behind, front):
    with OipPeer(forwarding(behind)) as peer:
        app = front(peer.url)
        assert trouble(app) == []
        for variant in VARIANTS:
            there, here = post(app, variant).json, post(behind, variant).json
            assert there["output"] == here["output"]
            assert there["where"] == "there"
            assert there["energy"]["joules"]["mid"] > 0, "one of ours tells what it took"
            assert there["energy"]["inputs"]["power"] == "/api/v1/power"
            assert there["runtime"]["provider"].startswith("hundredfold ")
        client = app.test_client()
        told, own = client.get("/api/v1/power").json, behind.test_client().get("/api/v1/power").json
        assert (told["meter"], told["cpu_second"]) == (own["meter"], own["cpu_second"])
        assert client.get("/v2/health/ready").status_code == 200


def test_every_exhibit_answers_through_it(behind, front):
    text = {"text": "A fine film, free of charge."}
    with OipPeer(forwarding(behind)) as peer:
        app = front(peer.url)
        for exhibit in ("mail", "reviews"):
            path = RUN.replace("digits", exhibit)
            answers = [each.test_client().post(path, json={"input": text}).json for each in (app, behind)]
            assert answers[0]["output"] == answers[1]["output"]


def test_one_may_stand_before_another_that_stands_before_a_third(behind, front):
    with OipPeer(forwarding(behind)) as last:
        middle = front(last.url)
        with OipPeer(forwarding(middle)) as peer:
            found = post(front(peer.url)).json
            assert found["output"] == post(behind).json["output"]
            assert found["energy"]["joules"]["mid"] > 0


def test_energy_and_time_are_those_of_one_answer_out_of_some(behind, front):
    def bend(path, status, content):
        told = json.loads(content) if path == INFER else {}
        if "parameters" in told:
            ends = {f"{name}_{end}": 0.002 for name in ("energy_j", "cpu_s") for end in ("low", "mid", "high")}
            told["parameters"] = {**told["parameters"], **ends, "model_ms": 0.125}
            threading.Event().wait(0.2)  # the way there and back
        return status, json.dumps(told).encode() if told else content

    with OipPeer(forwarding(behind, in_json(bend))) as peer:
        result = post(front(peer.url), repeats=5).json
    assert result["timing"]["model_ms"]["n"] == 5
    assert 0.125 <= result["timing"]["model_ms"]["median"] < 100, "the way is not the model's time"
    assert result["timing"]["python_ms"] < 500, "and not Python's"
    assert result["energy"]["joules"] == {"low": 0.002, "mid": 0.002, "high": 0.002}
    assert result["energy"]["inputs"]["answers"] == 5


def in_json(bend):
    """Bent where no bytes are behind the JSON: a server that does not say that it takes them is sent none."""

    def bent(path, status, content):
        if path == "/v2":
            return status, json.dumps({**json.loads(content), "extensions": []}).encode()
        return bend(path, status, content)

    return bent


def test_a_foreign_server_tells_no_energy(behind, front):
    def bend(path, status, content):
        if path == "/v2":
            return status, b'{"name": "another"}'
        told = json.loads(content) if path == INFER else None
        return status, json.dumps({**told, "parameters": {}}).encode() if told else content

    with OipPeer(forwarding(behind, bend)) as peer:
        app = front(peer.url)
        result = post(app).json
        assert result["energy"] is None
        assert result["timing"]["model_ms"]["median"] > 0, "then it is the whole way"
        assert app.test_client().get("/api/v1/power").json["cpu_second"] is None
        assert ("GET", "/api/v1/power") not in peer.asked


def test_a_model_that_answers_otherwise_than_recorded_is_not_used_and_health_says_so(behind, front, models, tmp_path):
    folder = shutil.copytree(models, tmp_path / "models")
    golden = json.loads((folder / "digits/golden.json").read_text())
    golden["variants"]["student-int8"][0]["output"]["scores"][0] += 0.1
    (folder / "digits/golden.json").write_text(json.dumps(golden))
    with OipPeer(forwarding(behind)) as peer:
        app = front(peer.url, models=folder)
        problem = assert_problem(post(app, "student-int8"), 500)
        assert problem["title"] == "Model refused"
        assert "comes out differently" in problem["detail"]
        assert trouble(app) == [problem["detail"]]
        assert "at the model server" in problem["detail"]
        assert post(app).status_code == 200, "the others are used"


def test_models_that_are_not_there_are_named(behind, front):
    with OipPeer(forwarding(behind)) as peer:
        app = front(peer.url, oip_names="ours-{exhibit}-{variant}")
        (said,) = trouble(app)
        assert "ours-digits-baseline-fp32" in said
        assert said.startswith("The model server has no models")
        assert "ours-digits-baseline-fp32" in assert_problem(post(app), 500)["detail"]


def test_a_server_that_begins_to_lie_is_told_and_another_is_asked(behind, front):
    lies = []

    def bend(path, status, content):
        return (status, b"<html>") if lies and path == INFER else (status, content)

    with OipPeer(forwarding(behind, in_json(bend))) as liar, OipPeer(forwarding(behind)) as honest:
        app = front(liar.url, honest.url)
        lies.append(True)
        assert [post(app).status_code for _ in range(4)] == [200] * 4
        (said,) = trouble(app)
        assert "model server 1" in said.lower()
        assert "digits-baseline-fp32" in said
        assert post(app, "student-int8").status_code == 200

        alone = front(liar.url, ready=False)
        problem = assert_problem(post(alone), 500)
        assert "no JSON" in problem["detail"]


def test_nobody_there_is_a_refusal_that_passes_and_all_is_checked_again_when_one_comes(behind, front):
    peer = OipPeer(forwarding(behind))
    app = front(peer.url)
    peer.die()
    response = post(app)
    problem = assert_problem(response, 503)
    assert problem["detail"].startswith("The model server can not be reached")
    assert int(response.headers["Retry-After"]) > 0
    until(lambda: any(said.startswith("The model server") for said in trouble(app)))
    assert peer.url not in app.test_client().get("/api/v1/health").text, "where it stands is nobody's business"
    assert app.test_client().get("/v2/health/ready").status_code == 503
    with OipPeer(forwarding(behind), port=peer.server_port) as again:
        (known,) = app.extensions["hundredfold.pool"].peers
        until(lambda: known.state == "well")
        assert trouble(app) == []
        assert post(app).status_code == 200
        assert sum(path.endswith("/infer") for _, path in again.asked) > len(VARIANTS), "the golden vectors came first"


def test_a_slow_server_is_late(behind, front):
    over = threading.Event()
    slow = []

    def bend(path, status, content):
        if slow and path == INFER:
            over.wait(60)
        return status, content

    with OipPeer(forwarding(behind, bend)) as peer:
        app = front(peer.url, run_s=1)
        slow.append(True)
        response = post(app)
        detail = assert_problem(response, 504)["detail"]
        assert "the model server" in detail.lower()
        assert peer.url not in detail
        assert int(response.headers["Retry-After"]) > 0
        over.set()
        until(lambda: post(app).status_code == 200)

        slow.clear()
        with OipPeer(forwarding(behind)) as other:
            both = front(peer.url, other.url, run_s=2)
            over.clear()
            slow.append(True)
            assert [post(both).status_code for _ in range(3)] == [200] * 3, "another has time left"
            over.set()


def test_a_busy_server_is_a_refusal_that_says_when_to_come_back(behind, front):
    busy = []

    def bend(path, status, content):
        return (503, b'{"error": "the queue is full"}') if busy and path == INFER else (status, content)

    with OipPeer(forwarding(behind, bend)) as peer:
        app = front(peer.url)
        busy.append(True)
        response = post(app)
        assert "the queue is full" in assert_problem(response, 503)["detail"]
        assert int(response.headers["Retry-After"]) > 0
        assert trouble(app) == [], "it is well"
        busy.clear()
        assert post(app).status_code == 200


def test_more_than_may_wait_are_refused_at_once(behind, front):
    over, inside = threading.Event(), []

    def bend(path, status, content):
        if inside and path == INFER:
            inside.append(path)
            over.wait(60)
        return status, content

    with OipPeer(forwarding(behind, bend)) as peer, ThreadPoolExecutor(3) as visitors:
        app = front(peer.url, at_once=2, waiting=1)
        inside.append("")
        line = [visitors.submit(post, app) for _ in range(3)]
        until(lambda: len(inside) == 3 and app.extensions["hundredfold.pool"].waiting == 1)
        assert assert_problem(post(app), 503)["title"] == "The queue is full"
        assert app.test_client().get("/api/v1/health").json["queue"] == {"waiting": 1, "limit": 1}
        over.set()
        assert [answer.result().status_code for answer in line] == [200] * 3


def test_killing_one_of_two_under_load_loses_no_accepted_answer(serve, front):
    many = {"HUNDREDFOLD_THREADS": "1", "HUNDREDFOLD_RATE": "1000000/minute", "HUNDREDFOLD_WAITING": "100"}
    (first, one), (second, two) = serve(**many), serve(**many)
    app = front(one, two)
    with crowd(lambda: post(app).status_code) as answers:
        until(lambda: len(answers) > 100)
        first.send_signal(signal.SIGKILL)
        killed_at = len(answers)
        until(lambda: len(answers) > killed_at + 200)
        assert any("model server 1" in said.lower() for said in trouble(app))
        serve(**many, PORT=one.rpartition(":")[2])
        until(lambda: not trouble(app))
        second.send_signal(signal.SIGKILL)
        killed_at = len(answers)
        until(lambda: len(answers) > killed_at + 200)
    assert set(answers) == {200}


@pytest.mark.parametrize("baseline", ["", "remote", "oip:", "oip:here:8000", "oip:http://a,", "oip:ftp://a", "Ray"])
def test_what_names_no_baseline_is_refused(baseline):
    if baseline:
        with pytest.raises(SettingsError, match="HUNDREDFOLD_BASELINE must be local, ray, or oip:"):
            Settings.read({"HUNDREDFOLD_BASELINE": baseline})
    else:
        assert Settings.read({"HUNDREDFOLD_BASELINE": baseline}).baseline == "local"


def test_without_ray_its_command_is_said(make_app, monkeypatch):
    for name in [each for each in sys.modules if each.startswith("hundredfold.service.ray")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ray", None)  # as if it were not installed
    with pytest.raises(SettingsError, match=r"needs Ray.*pip install -e '\.\[ray\]'"):
        make_app(baseline="ray")


@pytest.mark.parametrize("names", ["{exhibit}", "{variant}", "model"])
def test_names_that_tell_no_model_from_another_are_refused(names):
    with pytest.raises(SettingsError, match="HUNDREDFOLD_OIP_NAMES must be"):
        Settings.read({"HUNDREDFOLD_OIP_NAMES": names})


def test_an_address_where_something_else_listens_is_told(front):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_hang_up, args=(listening,), daemon=True).start()
        app = front(f"http://127.0.0.1:{listening.getsockname()[1]}", ready=False)
        until(lambda: trouble(app))
        assert "can not be reached" in trouble(app)[0]
        assert_problem(post(app), 503)


def _hang_up(listening):
    while True:
        try:
            listening.accept()[0].close()
        except OSError:
            return
