"""A live answer costs what it costs: the model runs once for it, and its power is learnt apart, when it rests."""

from __future__ import annotations

import asyncio
import json
import os
import time

import pytest
from powercap import LAPTOP, Machine, write_tree
from tiny import RUN, drawing, until, warm

from hundredfold.energy import live
from hundredfold.energy.quantities import Range, measured
from hundredfold.service import schemas
from hundredfold.service.child import ChildEndedError
from hundredfold.service.pool import Pool
from hundredfold.service.power import learner as learning
from hundredfold.service.power import rapl
from hundredfold.service.power.counters import CounterMeter, drawn
from hundredfold.service.power.cpu import CpuMeter
from hundredfold.service.power.learner import REST, Learner
from hundredfold.service.power.lesson import Lesson
from hundredfold.service.power.processor import Processor
from hundredfold.service.settings import Settings

IDLE_W, CORE_W = 8.0, 120.0
"""A core that draws a lot is seen above idle also when others have it most of the time."""
SITE = """
# Python imports this first, in each child: it counts what the engine runs, and stands in for a meter.
import os, sys, time, types

if os.environ.get("RUNS"):
    import onnxruntime

    real = onnxruntime.InferenceSession.run

    def run(self, *given, **more):
        with open(os.environ["RUNS"], "a") as log:
            log.write("x")
        return real(self, *given, **more)

    onnxruntime.InferenceSession.run = run
    meter, fine = os.environ["METER"], time.process_time

    if meter == "rapl":  # replays a machine whose counter follows its work, whatever else this one does
        import pathlib

        text = pathlib.Path.read_text

        def read_text(self, *given, **more):
            if self.name == "energy_uj":
                return str(int(1e6 * ({idle} * time.perf_counter() + {core} * fine())))
            return text(self, *given, **more)

        pathlib.Path.read_text = read_text
    elif meter == "coarse":  # a clock that moves 200 times a second
        time.process_time = lambda: int(fine() * 200) / 200
    else:  # a graphics card that does nothing, as the engine does not use it
        class Gpus(list):
            supports_get_total_energy_consumption = lambda self, index: True

        class Monitor:
            def __init__(self, gpu_indices, cpu_indices):
                pass

            def begin_window(self, key, sync_execution, restart):
                self.start = time.perf_counter()

            def end_window(self, key, sync_execution):
                return types.SimpleNamespace(total_energy=30 * (time.perf_counter() - self.start))

        found = {{"": {{}}, ".device": {{"get_gpus": lambda: Gpus([0])}}, ".monitor": {{"ZeusMonitor": Monitor}}}}
        for name, content in found.items():
            module = sys.modules["zeus" + name] = types.ModuleType("zeus" + name)
            module.__spec__ = types.SimpleNamespace()
            module.__dict__.update(content)
        from hundredfold.service.power.gpus import GpuCounters

        GpuCounters.least_s, GpuCounters.idle_s = float(os.environ["LEAST_S"]), 0.2
"""


@pytest.fixture
def metered(make_app, tmp_path, monkeypatch):
    """metered(meter) -> an application whose child counts with this meter, and a function that tells the runs in it."""

    def make(meter, least_s=0.3, **settings):
        site, log = tmp_path / "site", tmp_path / "runs"
        site.mkdir()
        (site / "sitecustomize.py").write_text(SITE.format(idle=IDLE_W, core=CORE_W))
        for name, value in {"PYTHONPATH": site, "RUNS": log, "METER": meter, "LEAST_S": least_s}.items():
            monkeypatch.setenv(name, str(value))
        zones = LAPTOP if meter == "rapl" else {}
        app = make_app(powercap=write_tree(tmp_path / "powercap", zones), **settings)
        return app, lambda: log.stat().st_size

    return make


@pytest.mark.parametrize("meter", ["rapl", "coarse", "gpu"])
def test_the_model_runs_once_for_one_answer(metered, monkeypatch, whole, meter):
    monkeypatch.setattr(learning, "AGAIN_S", 1e9)
    app, runs = metered(meter)
    warm(app)
    client = app.test_client()
    told = client.get("/api/v1/power").json
    schemas.PowerFacts.model_validate(told, strict=True)
    assert told["meter"]["meter"] == {"rapl": "rapl", "coarse": "cpu", "gpu": "zeus"}[meter]
    assert not told["learning"]
    for repeats in (1, 1, 3):
        before = runs()
        result = client.post(RUN, json={"input": drawing(), "repeats": repeats}).json
        assert runs() == before + repeats, "as often as was asked for, and not once more"
        assert result["timing"]["model_ms"]["n"] == repeats
        energy = result["energy"]
        assert len(json.dumps(energy)) <= 400
        assert 0 < energy["joules"]["mid"] <= energy["joules"]["high"]
        assert energy["origin"] == ("measured" if meter == "rapl" else "estimated")
        assert energy["inputs"]["cpu_s"]["mid"] > 0
    if meter == "rapl":
        for exhibit, variants in told["learnt"].items():
            for variant in variants:
                active = live.power_of(told, exhibit, variant).active_w
                assert active.range.low > 0
                assert active.origin == "measured"
                assert set(active.inputs) == {"above", "busy"}
        assert len(told["learnt"]["digits"]) == 4
        assert whole(told["learnt"])
    else:
        assert told["learnt"] == {}, "no counter saw anything above idle: a CPU second is what the table says"
    assert runs() == before + 3, "what is known is not learnt again"


def test_whoever_asks_does_not_wait_for_a_lesson(metered):
    """A lesson that would last for an hour stops after the run that it is at."""
    app, runs = metered("gpu", least_s=3600)
    pool = app.extensions["hundredfold.pool"]
    pool.start()
    until(lambda: pool.learner.learning and pool._window and pool._window[1] != REST)
    for _ in range(3):
        assert app.test_client().post(RUN, json={"input": drawing()}).status_code == 200
    before = runs()
    until(lambda: runs() > before)
    assert pool.learner.learning, "it goes on when nobody asks any more"


# The pool: when it has something learnt


class StandIn:
    """A child that answers lessons and runs from a list, and keeps what it was asked."""

    def __init__(self, *told):
        self.told, self.asked = list(told), []

    def ask(self, line, within_s):
        self.asked.append(json.loads(line))
        return self.told.pop(0)

    def alive(self):
        return True

    def end(self):
        pass


FACTS = {
    "needed": True,
    "covers": "counters",
    "processor": True,
    "idle_windows": 1,
    "step_s": 1e-6,
    "cpu_second": live.power_facts(CpuMeter(Processor(), 1e-6).second),
    "variants": [["digits", "a"]],
}
MORE, ENDED = {"more_s": 0.5}, {"drawn": None, "busy": None}


def quiet_pool(child):
    pool = Pool(
        Settings(),
    )
    pool.learner.meet(FACTS)
    pool._started_by = os.getpid()
    pool.line.free(child)
    return pool


def test_it_learns_rest_first_and_then_each_variant_and_then_nothing():
    child = StandIn(MORE, ENDED, {"more_s": 0.0}, ENDED)
    pool = quiet_pool(child)
    assert [pool.learn_one() for _ in range(5)] == [0.5, 0.0, 0.0, 0.0, None]
    lesson = {"do": "learn", "exhibit": "digits", "variant": "a"}
    assert child.asked == [
        {"do": "rest", "first": True},
        {"do": "rest", "first": False},
        {**lesson, "first": True},
        {**lesson, "first": False},
    ]
    assert not pool.learner.learning
    assert pool.idle == 1, "the child is there for whoever asks"


def test_it_learns_nothing_while_somebody_asks_or_a_child_is_away():
    child = StandIn(MORE, {"answer": 1}, MORE)
    pool = quiet_pool(child)
    pool._inside = 1
    assert pool.learn_one() is None
    pool._inside = 0
    assert pool.learn_one() == 0.5
    assert pool.run({"do": "run"}) == {"answer": 1}
    assert 0 < pool.learn_one() <= 0.5, "whoever draws asks again soon"
    pool._quiet_from_s = 0.0
    assert pool.learn_one() == 0.5
    assert child.asked[-1]["first"], "a window in which somebody asked does not count"
    pool.line.take_idle()
    assert pool.learn_one() is None
    assert len(child.asked) == 3


def test_a_lesson_that_ends_a_child_is_not_given_again(monkeypatch):
    class Ending(StandIn):
        def ask(self, line, within_s):
            raise ChildEndedError("it was ended by signal 9")

    pool = quiet_pool(Ending())
    monkeypatch.setattr(pool, "_boot", lambda: None)
    assert pool.learn_one() == 0.0
    assert pool.learner.due(0.0) == (("digits", "a"), 0.0), "the next one, not the same again"


def test_what_answered_is_learnt_again_a_minute_later_and_nothing_else():
    learner = Learner()
    learner.meet({**FACTS, "variants": [["digits", "a"], ["digits", "b"]]})
    for pair in (REST, ("digits", "a"), ("digits", "b")):
        assert learner.due(100.0) == (pair, 0.0)
        learner.learn(pair, ENDED, 100.0)
    assert learner.due(1e9) == (None, None), "a server that nobody asks rests"
    answer = {"exhibit": "digits", "variant": "b", "timing": {"total_ms": 3.0, "cpu_ms": 2.0}, "energy": None}
    learner.count(answer, 1)
    assert learner.due(110.0) in ((REST, 50.0), (("digits", "b"), 50.0))


# What a window tells, and what an answer took by it


def windows(*watts):
    """What a lesson tells of windows of 1 s at so many watts, with two cores busy."""
    for power in watts:
        figure = measured(Range(0.99 * power, power, 1.01 * power), "W", "Drawn", "replayed counters")
        yield {"drawn": figure.as_dict(), "busy": measured(2.0, "cores", "Busy cores", "replayed").as_dict()}


def energy_of(learner, cpu_ms=10.0):
    answer = {"exhibit": "digits", "variant": "a", "timing": {"total_ms": 6.0, "cpu_ms": cpu_ms}, "energy": None}
    learner.count(answer, 1)
    return answer["energy"]


def test_what_ran_while_nothing_seemed_to_makes_no_answer_free():
    """28 W of something else at rest, 20 W while the model ran: not 0 J, and not measured, until real rest was seen."""
    learner = Learner()
    learner.meet(FACTS)
    for pair, told in zip((REST, ("digits", "a")), windows(28, 20), strict=True):
        learner.learn(pair, told, 0.0)
    spared = energy_of(learner)
    assert spared["origin"] == "estimated"
    assert spared["joules"]["mid"] == pytest.approx(0.01 * CpuMeter(Processor(), 1e-6).core_w.range.mid, rel=1e-3)
    assert learner.document()["learnt"] == {}
    assert learner.document()["idle"]["mid"] == 20, "the lowest window, also of work"
    learner.learn(REST, next(windows(8)), 60.0)
    counted = energy_of(learner)
    assert counted["origin"] == "measured"
    assert counted["joules"]["mid"] == pytest.approx(0.01 * (20 - 8) / 2)
    told = learner.document()["learnt"]["digits"]["a"]
    assert told["active_w"]["mid"] == pytest.approx(6)
    assert told["idle_w"]["mid"] == pytest.approx(4), "idle power, shared by the cores that were busy"


def test_a_coarse_clock_leaves_the_answers_own_time_to_tell():
    learner = Learner()
    learner.meet({**FACTS, "covers": None, "idle_windows": 0, "step_s": 0.02})
    blind = energy_of(learner, cpu_ms=0.0)["inputs"]["cpu_s"]
    assert blind == {"low": 0.0, "mid": 0.006, "high": 0.02}, (
        "at least one core was busy; one step passed unseen at most"
    )
    learner.learn(("digits", "a"), next(windows(20)), 0.0)
    for cpu_ms in (0.0, 20.0):
        assert energy_of(learner, cpu_ms)["inputs"]["cpu_s"]["mid"] == pytest.approx(0.012), "6 ms on two cores"


def test_a_lesson_is_one_run_at_a_time(tmp_path):
    """20 W that are seen once in a thousandth of a second; each look at the clock takes 10 ms."""
    machine = Machine(tick_s=0.01, power_w=20.0)
    cpu = CpuMeter(Processor(), 1e-6, cpu_clock=lambda: machine.now_s / 2)
    counters = rapl.find(write_tree(tmp_path, LAPTOP), machine.read)
    lesson, ran = Lesson(CounterMeter(counters, cpu, machine.clock), machine.clock), []

    async def answer():
        ran.append(machine.now_s)

    def step(first):
        return asyncio.run(lesson.run(first, answer))

    told = step(True)
    while "more_s" in told:
        assert told["more_s"] == 0.0
        told = step(False)
    assert len(ran) > 5
    figure = told["drawn"]
    assert figure["low"] <= 20 <= figure["high"]
    assert told["busy"]["mid"] == pytest.approx(0.5, rel=0.1)
    step(True)
    lesson.drop()
    assert step(False) == {"more_s": 0.0}, "after an answer the window begins anew"
    left = lesson.rest(True)["more_s"]
    assert 0 < left <= counters.idle_s
    machine.sleep(left)
    assert lesson.rest(False)["drawn"]["mid"] == pytest.approx(20, rel=0.02)


def test_counters_that_fail_in_a_lesson_leave_the_busy_cores(tmp_path):
    tree, machine = write_tree(tmp_path, LAPTOP), Machine(0.3, 0.0)
    cpu = CpuMeter(Processor(), 1e-6, cpu_clock=time.process_time)
    lesson = Lesson(CounterMeter(rapl.find(tree), cpu, machine.clock), machine.clock)
    told = asyncio.run(lesson.run(True, lambda: asyncio.sleep(0)))
    assert told["drawn"] is None, "they stood still"
    assert told["busy"]["mid"] > 0
    assert drawn(rapl.find(tree), 1.0, 0.5).range.mid == 2.0
