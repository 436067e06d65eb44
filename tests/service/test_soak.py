"""The soak, in small: its counters rise on the real server, and each thing that a server can do wrong is told."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from hundredfold.bench.soak import Plan, missed, soak

STUB = Path(__file__).with_name("stub_server.py")
TELLS = (
    "answers lost",
    "answers 500 and more",
    "not well-formed",
    "memory of parent grew",
    "open files",
    "ended children",
)


def against(behaves):
    return soak(Plan(minutes=0.05, runs=0, command=(sys.executable, str(STUB), behaves)))


def test_all_that_a_server_does_wrong_is_told():
    report = against("badly")
    for words in TELLS:
        assert any(words in bar for bar in report["missed"]), (words, report)
    for kind in ("lost: ", "error: 500", "malformed: "):
        assert any(finding.startswith(kind) for finding in report["findings"]), (kind, report["findings"])


def test_a_server_that_does_nothing_wrong_misses_only_what_it_lacks():
    report = against("well")
    wrong = [bar for bar in report["missed"] if "memory" not in bar]  # so little memory that any of it is a share
    assert wrong == ["no 503 was seen, so nothing was learnt of it"]
    assert report["requests"]["200"] == report["accepted"] - sum(
        count for status, count in report["requests"].items() if status != "200"
    )


def test_the_real_server_keeps_its_promises_and_everything_is_counted():
    env = {"HUNDREDFOLD_RUN_S": "1", "HUNDREDFOLD_WAITING": "2"}
    report = soak(Plan(minutes=0.05, runs=0, env=env))
    assert (report["answers_lost"], report["server_errors"]) == (0, 0), report["findings"]
    assert (report["malformed_answers"], report["undocumented_answers"]) == (0, 0), report["findings"]
    assert report["rounds"] >= 1
    assert report["capacity_per_s"] > 0
    assert report["flood"]["sent_per_s"] > report["capacity_per_s"]
    assert report["clumsy_clients"] > 0
    for status in ("200", "422", "503"):
        assert report["requests"][status] > 0
    assert report["p99_503_ms"] > 0
    assert report["children"]["stopped_too_long"] >= 1
    assert report["memory"]["parent"]["start_mb"] > 10
    assert report["memory"]["children"]["end_mb"] > 10


def test_ctrl_c_ends_it_with_what_was_done_and_leaves_nothing_behind():
    command = [sys.executable, "-m", "hundredfold.cli", "soak", "--minutes", "5", "--no-page"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        watched = psutil.Process(process.pid)
        said = ""
        while "warming up" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        family = watched.children(recursive=True)
        assert family
        os.kill(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=120)
    report = json.loads(out)
    assert process.returncode == 1
    assert report["stopped"]
    assert any("stopped after" in bar for bar in report["missed"])
    assert not psutil.wait_procs(family, 20)[1]


def test_each_bar_can_be_missed():
    good = {"start_mb": 100.0, "end_mb": 104.0, "growth_percent": 4.0}
    vitals = {"descriptors": 9, "zombies": 0}
    report = {
        **dict.fromkeys(("answers_lost", "server_errors", "malformed_answers", "undocumented_answers"), 0),
        "requests": {"200": 1, "503": 1},
        "memory": {"parent": good, "page": good},
        "vitals": {"start": vitals, "end": vitals},
        "page": {"runs": 2000, "restarts": 50, "switches": 20, "stuck": 0, "errors": 0},
        "stopped": False,
    }
    assert missed(report, Plan()) == []
    bad = {**good, "growth_percent": 6.0}
    for change in (
        {"answers_lost": 1},
        {"server_errors": 1},
        {"malformed_answers": 1},
        {"undocumented_answers": 1},
        {"requests": {"200": 1}},
        {"memory": {"parent": good, "page": bad}},
        {"vitals": {"start": vitals, "end": {"descriptors": 90, "zombies": 0}}},
        {"vitals": {"start": vitals, "end": {"descriptors": 9, "zombies": 1}}},
        *({"page": {**report["page"], what: count}} for what, count in {"runs": 1999, "restarts": 49}.items()),
        *({"page": {**report["page"], what: count}} for what, count in {"stuck": 1, "errors": 1}.items()),
    ):
        assert len(missed({**report, **change}, Plan())) == 1, change
