"""`hundredfold bench serve`, in small: what wrk says is read, bars can be missed, the real server is met."""

import json
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from tiny import RUN, drawing

from hundredfold.bench import serve, servers
from hundredfold.bench.load import DRAIN_S, SETTLE_S, Load, LoadError, load, middle
from hundredfold.bench.soak.target import started
from hundredfold.environment import UsageError
from hundredfold.forge.card import serve_table, serve_words
from hundredfold.service.settings import Settings

WRK = pytest.mark.skipif(shutil.which("wrk") is None, reason="this machine has no wrk: `apt-get install wrk`")
STUB = Path(__file__).with_name("stub_server.py")
SAID = """Running 2s test @ http://127.0.0.1:1/
load sent 60
load answered 57
load sent_within 50
load status 200 30
load status 503 16
load status 500 2
load status 429 2
load error read 3
load error status 20
load good_us 1000 2000
load good_us 3000
load refused_us 500
load refused_us
load model_us 700 900
"""
GOOD = {"answers_per_s": 100.0, "sent_per_s": 100.0, "lost": 0.0, "p50_ms": 8.0, "model_p50_ms": 7.5}
ROUND = {
    "raw_per_s": 120.0,
    "raw_batch_per_s": 150.0,
    "load": {
        "1": GOOD,
        "8": {**GOOD, "answers_per_s": 110.0},
        serve.OVERLOAD: {**GOOD, "answers_per_s": 105.0, "sent_per_s": 1100.0, "refusal_p99_ms": 20.0},
    },
}


def test_what_wrk_says_becomes_figures():
    told = Load(clients=8, seconds=2, cpu_s=0.5, server_cpu_s=3.0)
    told.read(SAID)
    assert told.statuses == Counter({"200": 30, "503": 16, "500": 2, "429": 2})
    assert told.figures() == {
        "answers_per_s": 15,
        "sent_per_s": 25,
        "refusals_per_s": 9,
        "errors": 5,  # two of 500, and three connections that broke
        "lost": 3,
        "load_cores": 0.5 / (SETTLE_S + 2),
        "server_cores": 1.5,
        "p50_ms": 2,
        "p99_ms": pytest.approx(2.98),
        "refusal_p99_ms": 0.5,
        "model_p50_ms": 0.8,
    }


def test_two_of_wrk_are_added_up():
    told = Load(clients=8, seconds=2)
    for _ in range(2):
        told.read(SAID)
    assert (told.sent, told.answered, told.statuses["200"], len(told.good_us)) == (120, 114, 60, 6)


@pytest.mark.parametrize("missing", ["load sent 60", "load good_us", "load model_us"])
def test_what_wrk_leaves_out_is_no_nought(missing):
    said = "\n".join(line for line in SAID.splitlines() if not line.startswith(missing))
    with pytest.raises(LoadError, match=missing.split()[1]):
        Load(clients=8, seconds=2).read(said)


def test_without_wrk_it_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LoadError, match="apt-get install wrk"):
        load("http://127.0.0.1:1/", b"{}", 1, 1, None, time.process_time)


def test_figures_of_a_round():
    assert serve.figures(ROUND) == {
        "raw_per_s": 120,
        "raw_batch_per_s": 150,
        "served_over_raw": pytest.approx(110 / 120),
        "overload_over_best": pytest.approx(105 / 110),
        "offered_times": 10,
        "refusal_p99_ms": 20,
        "lost": 0,
        "beyond_model_ms": 0.5,
    }


def changed(clients, **figures):
    return {**ROUND, "load": {**ROUND["load"], clients: {**ROUND["load"][clients], **figures}}}


def test_each_bar_can_be_missed():
    assert serve.missed(serve.summary([ROUND, ROUND])) == []
    without = {name: met for name, met in ROUND["load"].items() if name != "1"}
    for words, worse in {
        "8 clients, over onnxruntime alone: 0.791": {**ROUND, "raw_per_s": 139.0},
        "over its own best: 0.891": changed(serve.OVERLOAD, answers_per_s=98.0),
        "p99 of a refusal where 10 times too much is asked: 51 ms": changed(serve.OVERLOAD, refusal_p99_ms=51.0),
        "got no answer: 1": changed("8", lost=1.0),
        "beyond its model's time, p50: 1.1 ms": changed("1", p50_ms=8.6),
        "beyond its model's time, p50: nothing was seen of it": {**ROUND, "load": without},
    }.items():
        (found,) = serve.missed(serve.summary([worse]))
        assert words in found


def test_one_lost_answer_in_one_round_of_many_is_told():
    (found,) = serve.missed(serve.summary([ROUND, ROUND, changed("8", lost=1.0)]))
    assert "got no answer: 1" in found


def test_figures_that_some_rounds_lack_are_of_the_others():
    assert middle([{"a": 1.0}, {"a": 3.0, "b": 5.0}]) == {
        "a": {"median": 2, "low": 1, "high": 3},
        "b": {"median": 5, "low": 5, "high": 5},
    }


def test_the_tables_have_every_figure_and_whole_rows():
    told = serve.summary([ROUND])
    crowd_figures = [{"name": "alone_s", "what": "alone", "unit": "s", "median": 6.5, "low": 6.1, "high": 1234.0}]
    crowd = {"people": 50, "bits_per_s": 10e6, "figures": crowd_figures}
    several = {servers.OURS: told, "granian": told}
    how = {"machine": "m", "date": "2026-01-31", "rounds": 1, "seconds": 2.0, "load_average": [0.04, 2.1]}
    tables = serve_table({**told, "servers": several, "crowd": crowd}).split("\n\n")
    assert len(tables) == 4
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1, table
    assert "| onnxruntime alone, one input after the other | 120 a second |" in tables[0]
    assert f"| {serve.OVERLOAD} | 105 | 8 |" in tables[1]
    assert "| granian | 100 | 110 | 105 | 0.917 | 0.955 | 20 | 0 | 0.5 |" in tables[2]
    assert "50 cold visitors at once, 10 Mbit/s each" in tables[3]
    assert "| alone | 6.5 s | 6.1 s | 1,230 s |" in tables[3]
    assert "1 rounds of 2 s each, load average 0.04 before, 2.1 after" in serve_words({**how, **told})


def test_other_servers_are_started_as_they_are_or_left_out(monkeypatch):
    said = []
    monkeypatch.setattr(servers, "find_spec", lambda name: None if name == "granian" else name)
    env = {"HUNDREDFOLD_WAITING": "3", "HUNDREDFOLD_WORKERS": "2"}
    found = servers.commands(["granian", "gunicorn", "waitress"], env, said.append)
    assert list(found) == [servers.OURS, "gunicorn", "waitress"]
    assert "granian is not installed" in said[0]
    threads = Settings.read({}, waiting=3, workers=2).answering
    assert str(threads) in found["gunicorn"]
    assert f"--threads={threads}" in found["waitress"]
    assert all(command[-1] == "server:app" for name, command in found.items() if name != servers.OURS)
    with pytest.raises(UsageError, match="not uvicorn"):
        serve.Plan(servers=("uvicorn",))


@WRK
def test_the_real_server_and_its_engine_are_measured_in_one_run(models, page):
    env = {"HUNDREDFOLD_STATIC": str(page), "HUNDREDFOLD_THREADS": "1", "HUNDREDFOLD_WAITING": "8"}
    told = serve.bench_serve(serve.Plan(rounds=1, seconds=1, clients=(1, 8), models=models, env=env))
    assert list(told["load"]) == ["1", "8", serve.OVERLOAD]
    seen = {each["name"]: each["median"] for each in told["figures"]}
    assert set(seen) == set(serve.BARS)  # so also that some were refused, and that answers told their model's time
    assert seen["lost"] == 0
    assert seen["raw_per_s"] > seen["served_over_raw"] * seen["raw_per_s"] > 0
    for clients, met in told["load"].items():
        assert met["answers_per_s"]["median"] > 0, clients
        assert met["errors"]["median"] == 0, clients
        assert met["server_cores"]["median"] > 0 < met["load_cores"]["median"]
    assert told["load"]["8"]["refusals_per_s"]["median"] == 0
    assert told["load"][serve.OVERLOAD]["refusals_per_s"]["median"] > 0
    assert told["load"]["1"]["p50_ms"]["median"] > told["load"]["1"]["model_p50_ms"]["median"] > 0


@WRK
@pytest.mark.parametrize("behaves", ["well", "badly"])
def test_what_a_server_does_wrong_is_told(behaves, tmp_path):
    with started([sys.executable, str(STUB), behaves], {}, tmp_path / "log") as target:
        told = load(f"{target.url}{RUN}", json.dumps({"input": drawing()}).encode(), 4, 1, None, time.process_time)
    if behaves == "well":
        assert set(told.statuses) == {"200"}
        assert (told.figures()["lost"], told.figures()["errors"]) == (0, 0)
    else:
        assert {"200", "422", "500"} <= set(told.statuses)
        assert told.figures()["lost"] > 0
        assert told.figures()["errors"] >= told.statuses["500"] + told.statuses["422"]


@WRK
def test_it_asks_as_often_as_it_is_told_to(tmp_path):
    with started([sys.executable, str(STUB), "well"], {}, tmp_path / "log") as target:
        told = load(f"{target.url}{RUN}", b"{}", 80, 2, 40, time.process_time)
    assert 20 <= told.sent_within <= 80  # of 80
    assert told.sent - told.sent_within <= 40 * (SETTLE_S + DRAIN_S)
    assert told.good_us
