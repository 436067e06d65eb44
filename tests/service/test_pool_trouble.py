"""The pool with children that print, talk nonsense, die at their start or answer late: said, and tried again."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from stand_in import GOOD, starts
from tiny import RUN, assert_problem, drawing, until, warm

from hundredfold.service.pool import Child
from hundredfold.service.problems import RefusalError


def test_what_is_printed_at_import_does_not_matter(make_app, tmp_path, monkeypatch):
    noise = "import os, sys\nprint('loaded', flush=True)\nos.write(1, b'{\"half\": ')\nsys.stdout.write('and more')\n"
    (tmp_path / "sitecustomize.py").write_text(noise)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    app = make_app()
    warm(app)
    client = app.test_client()
    assert client.get("/api/v1/health").json["status"] == "ok"
    assert client.post(RUN, json={"input": drawing()}).status_code == 200
    app.extensions["hundredfold.pool"].close()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("say('Welcome!')\ntime.sleep(60)", "no JSON"),
        ("say('[1, 2]')\ntime.sleep(60)", "no JSON object"),
        ("say('{}')\ntime.sleep(60)", "something else"),
        ('say(\'{"refused": 5, "power": null}\')\ntime.sleep(60)', "something else"),
        ("os.write(0, b'\\xff\\xfe\\n')\ntime.sleep(60)", "no JSON"),
        ("sys.exit(3)", "exit code 3"),
        ("os.kill(os.getpid(), 9)", "signal 9"),
        ("os.close(0)\ntime.sleep(60)", "does not listen"),
    ],
)
def test_a_child_that_does_not_start_is_said_and_tried_again(pool_of, tmp_path, body, why):
    (tmp_path / "go").touch()
    pool = pool_of(f"if nth < 3:\n    {body.replace(chr(10), chr(10) + '    ')}\n{GOOD}")
    pool.start()
    until(lambda: pool.trouble)
    (said,) = pool.trouble
    assert why in said
    if starts(tmp_path) < 3:
        with pytest.raises(RefusalError) as refused:
            pool.run({})
        assert refused.value.problem.status == 503
        assert refused.value.retry_after_s
    until(lambda: pool.idle)
    assert pool.run({"n": 1})["asked"] == {"n": 1}
    assert pool.trouble == []


def test_health_says_what_keeps_it_from_starting(make_app, pool_of):
    pool_of("say('Welcome!')\ntime.sleep(60)")
    app = make_app()
    client = app.test_client()
    until(lambda: client.get("/api/v1/health").json["status"] == "degraded")
    assert "no JSON" in client.get("/api/v1/health").json["trouble"][0]
    answer = client.post(RUN, json={"input": drawing()})
    assert_problem(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0
    app.extensions["hundredfold.pool"].close()


def test_a_child_that_fails_does_not_make_a_busy_one_refuse(pool_of, tmp_path):
    pool = pool_of(f"if nth > 1: sys.exit(1)\n{GOOD}", workers=2, waiting=3, wait_s=60)
    pool.start()
    until(lambda: pool.idle and pool.trouble)
    with ThreadPoolExecutor(3) as visitors:
        line = [visitors.submit(pool.run, {"n": n}) for n in range(3)]
        until(lambda: not pool.idle)
        until(lambda: starts(tmp_path) > 3)
        (tmp_path / "go").touch()
        assert [each.result()["asked"]["n"] for each in line] == [0, 1, 2]


@pytest.mark.parametrize("nonsense", ["say('[]')", "say('oops')", "sys.exit(0)"])
def test_an_answer_that_is_none_costs_one_run(pool_of, tmp_path, nonsense):
    pool = pool_of(f"warm()\nif nth == 1:\n    sys.stdin.readline()\n    {nonsense}\n    time.sleep(60)\nanswer()")
    (tmp_path / "go").touch()
    pool.start()
    until(lambda: pool.idle)
    with pytest.raises(RefusalError) as refused:
        pool.run({})
    assert refused.value.problem.status == 503
    assert pool.run({})["by"] == 2


def test_a_child_whose_answer_came_is_not_ended_for_being_late(pool_of, tmp_path):
    pool = pool_of(
        "warm()\nwhile not (HERE / 'warm').exists(): time.sleep(0.01)\nsay('{\"early\": true}')\n"
        "(HERE / 'said').touch()\nanswer()"
    )
    child = Child(pool.settings)
    child.warm_up()
    (tmp_path / "warm").touch()
    until((tmp_path / "said").exists)
    assert child.ask("{}", 0.0) == {"early": True}
    (tmp_path / "go").touch()
    assert child._exchange("", 20)["by"] == 1, "it lives, and answers what it was asked"
    child.end()


def test_a_forked_copy_leaves_the_children_alone(models):
    """As servers do that load the application first and fork afterwards; in a process that has forked nothing yet."""
    script = """
import os, sys, time
from hundredfold.service.app import create_app
app = create_app()
pool = app.extensions["hundredfold.pool"]
pool.start()
while not pool.idle: time.sleep(0.02)
before = {child.process.pid for child in pool.children}
if not os.fork():
    assert app.test_client().get("/api/v1/health").status_code == 200
    while not pool.idle: time.sleep(0.02)
    assert not before & {child.process.pid for child in pool.children}
    sys.exit(0)
assert os.wait()[1] == 0
assert all(child.alive() for child in pool.children) and pool.children
print("whole")
"""
    env = {**os.environ, "HUNDREDFOLD_MODELS": str(models)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=120)
    assert done.stdout == "whole\n", done.stderr


def test_who_comes_while_the_models_are_loaded_waits_for_them(pool_of, tmp_path):
    """Longer than for a busy worker: nobody has come too many."""
    (tmp_path / "go").touch()
    pool = pool_of(f"time.sleep(2)\n{GOOD}", wait_s=0.2)
    assert pool.run({"n": 1})["asked"] == {"n": 1}


def test_models_that_are_never_loaded_are_not_waited_for_without_end(pool_of, monkeypatch):
    monkeypatch.setattr("hundredfold.service.pool.STARTING_S", 0.5)
    pool = pool_of("time.sleep(60)", wait_s=0.2)
    with pytest.raises(RefusalError, match=r"still being loaded after 0\.6 s"):
        pool.run({"n": 1})


def test_who_waits_when_the_pool_is_closed_or_comes_after_is_told_so(pool_of):
    pool = pool_of(GOOD, waiting=5, wait_s=60)
    pool.start()
    until(lambda: pool.idle)
    with ThreadPoolExecutor(2) as visitors:
        asked = visitors.submit(pool.run, {})
        until(lambda: not pool.idle)
        waits = visitors.submit(pool.run, {})
        until(lambda: pool.waiting)
        pool.close()
        for each, why in ((asked, "crashed"), (waits, "being stopped")):
            with pytest.raises(RefusalError, match=why):
                each.result(5)
    with pytest.raises(RefusalError, match="being stopped"):
        pool.run({})
