"""The pool under load and under fire: a stopped process stands for a run that hangs, a killed one for a crash."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from tiny import RUN, assert_problem, drawing, until, warm


def post(app):
    return app.test_client().post(RUN, json={"input": drawing()})


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def app(make_app):
    app = make_app(waiting=2, wait_s=60)
    yield app
    app.extensions["hundredfold.pool"].close()


def test_nothing_starts_before_the_first_request(app):
    pool = app.extensions["hundredfold.pool"]
    assert not pool.children
    app.test_client().get("/")
    assert not pool.children
    app.test_client().get("/api/v1/health")
    until(lambda: pool.children)


def test_full_queue_is_refused_at_once_and_the_line_is_served(app):
    pid, pool = warm(app), app.extensions["hundredfold.pool"]
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(3) as visitors:
        line = [visitors.submit(post, app) for _ in range(3)]  # one runs, two wait
        until(lambda: pool.waiting == 2)
        response = post(app)
        assert assert_problem(response, 503)["title"] == "The queue is full", "and not: nobody was free in time"
        assert pool.waiting == 2, "those in the line still wait"
        assert int(response.headers["Retry-After"]) > 0
        assert app.test_client().get("/api/v1/health").json["queue"] == {"waiting": 2, "limit": 2}
        os.kill(pid, signal.SIGCONT)
        assert [answer.result().status_code for answer in line] == [200, 200, 200]
    assert pool.waiting == 0
    assert post(app).status_code == 200


def test_a_run_that_waits_too_long_is_refused(make_app):
    app = make_app(wait_s=0.3)
    pid, pool = warm(app), app.extensions["hundredfold.pool"]
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(2) as visitors:
        line = [visitors.submit(post, app) for _ in range(2)]
        until(lambda: any(answer.done() for answer in line))
        refused = next(answer for answer in line if answer.done())
        assert_problem(refused.result(), 503)
        os.kill(pid, signal.SIGCONT)
        assert sorted(answer.result().status_code for answer in line) == [200, 503]
    pool.close()


def test_a_run_that_takes_too_long_is_ended(make_app):
    app = make_app(run_s=0.5)
    pid = warm(app)
    os.kill(pid, signal.SIGSTOP)
    response = post(app)
    assert_problem(response, 504)
    assert not alive(pid)
    assert post(app).status_code == 200
    app.extensions["hundredfold.pool"].close()


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT], ids=lambda death: death.name)
def test_a_crash_costs_one_run(app, death):
    pid = warm(app)
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as visitor:
        answer = visitor.submit(post, app)
        until(lambda: not app.extensions["hundredfold.pool"].idle)
        os.kill(pid, death)
        os.kill(pid, signal.SIGCONT)
        response = answer.result()
    assert "restarted" in assert_problem(response, 503)["detail"]
    assert int(response.headers["Retry-After"]) > 0
    assert post(app).status_code == 200, "the next run works"
    assert warm(app) != pid


def test_a_child_killed_while_idle_costs_nothing(app):
    pid = warm(app)
    os.kill(pid, signal.SIGKILL)
    until(lambda: not next(iter(app.extensions["hundredfold.pool"].children)).alive())
    assert post(app).status_code == 200


def test_a_child_that_does_not_start_is_said(make_app, models, tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text((models / "manifest.json").read_text())
    app = make_app(models=tmp_path)
    manifest.unlink()
    app.extensions["hundredfold.pool"].start()
    client = app.test_client()
    until(lambda: "does not start" in " ".join(client.get("/api/v1/health").json["trouble"]))
    assert_problem(post(app), 503)
    app.extensions["hundredfold.pool"].close()


def test_two_workers_run_side_by_side(make_app):
    app = make_app(workers=2)
    pool = app.extensions["hundredfold.pool"]
    pool.start()
    until(lambda: pool.idle == 2)
    stopped = [child.process.pid for child in pool.children]
    os.kill(stopped[0], signal.SIGSTOP)
    with ThreadPoolExecutor(2) as visitors:
        line = [visitors.submit(post, app) for _ in range(2)]
        until(lambda: any(answer.done() for answer in line))
        os.kill(stopped[0], signal.SIGCONT)
        assert [answer.result().status_code for answer in line] == [200, 200]
    pool.close()


def test_close_ends_the_children(app):
    pid = warm(app)
    app.extensions["hundredfold.pool"].close()
    assert not alive(pid)
