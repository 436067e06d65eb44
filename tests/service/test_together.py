"""Several answers by one call of the engine: each comes out as it does alone, and tells its own part of the time."""

from __future__ import annotations

import asyncio
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as some
from onnx import TensorProto, helper, numpy_helper
from stand_in import starts
from test_pool import post
from tiny import until, warm

from hundredfold.adapters.native import NativeSession
from hundredfold.errors import SessionError
from hundredfold.manifest import Manifest, golden_vectors
from hundredfold.service.line import Line, Run, Turn
from hundredfold.service.problems import RefusalError
from hundredfold.service.together import Party, may_join, shares

MODELS = Path(__file__).parents[2] / "models"


class Ticking:
    """A clock that goes on only when it is told to."""

    def __init__(self):
        self.now_s = 0.0

    def __call__(self):
        return self.now_s


class Doubling:
    """A session that doubles what it gets, and takes a second for each call, however many rows it has."""

    model_id, inputs, outputs, load_ms = "test/doubling", (), (), 0.0
    runtime = {"provider": "none", "threads": 1, "isolated": None}  # noqa: RUF012

    def __init__(self, clock, cpu_clock):
        self.clock, self.cpu_clock, self.rows = clock, cpu_clock, []

    async def run(self, names, feeds):
        self.rows.append(len(feeds["x"]))
        self.clock.now_s += 1.0
        self.cpu_clock.now_s += 2.0
        return [2 * feeds["x"]]


def party():
    clock, cpu_clock = Ticking(), Ticking()
    session = Doubling(clock, cpu_clock)

    async def open_session(_):
        return session

    return Party(open_session, clock, cpu_clock), session


def asking(value, calls=1, width=1, own_s=0.25):
    """Someone who computes for a while, asks so often, and computes again; tells the answer and what it took."""

    async def answer(open_session, clock, cpu_clock):
        start, cpu_start = clock(), cpu_clock()
        session = await open_session(None)
        total = 0.0
        for _ in range(calls):
            session._session.clock.now_s += own_s
            (doubled,) = await session.run(None, {"x": np.full((1, width), value)})
            total += float(doubled[0, 0])
        session._session.clock.now_s += own_s
        return {"total": total, "took_s": clock() - start, "cpu_s": cpu_clock() - cpu_start, **session.runtime}

    return answer


def test_one_call_answers_all_and_each_tells_its_own_time():
    together, session = party()
    answers = asyncio.run(together.answer([asking(1.0), asking(2.0), asking(3.0), asking(4.0)]))
    assert session.rows == [4]
    assert [each["total"] for each in answers] == [2.0, 4.0, 6.0, 8.0]
    assert [each["took_s"] for each in answers] == [pytest.approx(1.5)] * 4, "its own half second, and the whole call"
    assert [each["cpu_s"] for each in answers] == [pytest.approx(0.5)] * 4, "its part of the call's two"
    assert [each["batch"] for each in answers] == [4] * 4


@given(some.lists(some.tuples(some.floats(-9, 9), some.integers(0, 3), some.integers(1, 2)), min_size=1, max_size=6))
def test_whoever_asks_how_often_gets_its_own_answer(asked):
    together, session = party()
    answers = asyncio.run(together.answer([asking(value, calls, width) for value, calls, width in asked]))
    for (value, calls, _), answer in zip(asked, answers, strict=True):
        assert answer["total"] == pytest.approx(2 * value * calls)
        assert answer["took_s"] == pytest.approx(0.25 * (calls + 1) + calls)
    assert sum(session.rows) == sum(calls for _, calls, _ in asked)
    widths = {width for _, _, width in asked}
    assert len(session.rows) <= len(widths) * max(calls for _, calls, _ in asked)


def test_who_has_more_rows_has_more_of_the_call():
    feeds = [{"x": np.zeros((rows, 2))} for rows in (1, 3)]
    assert shares(feeds) == [0.25, 0.75]
    assert shares(feeds[1:]) == [1.0]


def test_a_failure_of_the_engine_is_told_to_each_and_the_others_go_on():
    together, session = party()

    async def fails(names, feeds):
        raise SessionError("test/doubling", "it broke")

    async def lucky(open_session, clock, cpu_clock):
        return {"total": 0}

    async def caught(open_session, clock, cpu_clock):
        with pytest.raises(SessionError):
            await (await open_session(None)).run(None, {"x": np.ones((1, 1))})
        return {"total": -1}

    session.run = fails
    answers = asyncio.run(together.answer([caught, lucky, caught]))
    assert [each["total"] for each in answers] == [-1, 0, -1]


def test_an_answer_that_breaks_ends_the_others_not_by_waiting_for_ever():
    together, _ = party()

    async def breaks(open_session, clock, cpu_clock):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(together.answer([asking(1.0), breaks]))


# Which models may


def may(models, variant_id, change=None):
    manifest = Manifest.load(models / "manifest.json")
    variant = manifest.ladders["digits"].by_id(variant_id)
    vectors = golden_vectors(variant, (models / variant.golden).read_bytes())
    if change:
        vectors = change(vectors)

    async def open_session(asked):
        return NativeSession((models / asked.file).read_bytes(), asked.model_id, 1)

    return asyncio.run(may_join(variant, models, vectors, open_session, manifest))


def test_a_model_whose_rows_are_its_own_may(models):
    assert may(models, "baseline-fp32")


def test_of_texts_of_many_lengths_nothing_is_computed():
    """A visitor waits until all models were looked at, and texts explain themselves by dozens of calls."""
    manifest = Manifest.load(MODELS / "manifest.json")
    variant = manifest.ladders["mail"].by_id("student-fp32")
    vectors = golden_vectors(variant, (MODELS / variant.golden).read_bytes())
    asked = []

    class Counting(NativeSession):
        async def run(self, names, feeds):
            asked.append({name: array.shape for name, array in feeds.items()})
            return await super().run(names, feeds)

    async def open_session(each):
        return Counting((MODELS / each.file).read_bytes(), each.model_id, 1)

    assert not asyncio.run(may_join(variant, MODELS, vectors, open_session, manifest))
    assert len(asked) <= 1, asked


def test_one_golden_vector_does_not_tell_it(models):
    assert not may(models, "baseline-fp32", lambda vectors: vectors[:1])


@pytest.mark.parametrize("mixed", ["mean", "fixed"])
def test_a_model_that_looks_at_its_neighbours_may_not(models, tmp_path, mixed, monkeypatch):
    """Its logits are moved by the mean over the batch; or it takes one input only."""
    weights = numpy_helper.from_array(np.random.default_rng(1).normal(size=(784, 10)).astype(np.float32), "w")
    nodes = [helper.make_node("Flatten", ["image"], ["flat"]), helper.make_node("MatMul", ["flat", "w"], ["rows"])]
    axes = numpy_helper.from_array(np.array([0]), "axes")
    if mixed == "mean":
        nodes += [
            helper.make_node("ReduceMean", ["rows", "axes"], ["mean"]),
            helper.make_node("Add", ["rows", "mean"], ["logits"]),
        ]
    else:
        nodes += [helper.make_node("Identity", ["rows"], ["logits"])]
    size = "n" if mixed == "mean" else 1
    graph = helper.make_graph(
        nodes,
        "mixed",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, [size, 1, 28, 28])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, None)],
        [weights, axes],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.save(model, tmp_path / "model.onnx")
    content = (tmp_path / "model.onnx").read_bytes()
    monkeypatch.setattr("hundredfold.service.together.content_of", lambda variant, files: content)
    manifest = Manifest.load(models / "manifest.json")
    variant = manifest.ladders["digits"].by_id("baseline-fp32")
    vectors = golden_vectors(variant, (models / variant.golden).read_bytes())

    async def open_session(asked):
        return NativeSession(content, asked.model_id, 1)

    assert not asyncio.run(may_join(variant, models, vectors, open_session, manifest))


def test_a_scale_over_the_batch_is_known_by_its_operator(models, monkeypatch):
    monkeypatch.setattr("hundredfold.service.together.content_of", lambda variant, files: b"..DynamicQuantizeLinear..")
    assert not may(models, "baseline-fp32")


# The pool


def test_what_waited_is_answered_together_and_says_so(make_app):
    app = make_app(waiting=20, batch=4)
    pid, pool = warm(app), app.extensions["hundredfold.pool"]
    alone = post(app).json
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(9) as visitors:
        line = [visitors.submit(post, app) for _ in range(9)]
        until(lambda: pool.waiting == 8)
        os.kill(pid, signal.SIGCONT)
        answers = [each.result().json for each in line]
    pool.close()
    assert "batch" not in alone["runtime"]
    assert sorted(answer["runtime"].get("batch", 1) for answer in answers) == [1] + [4] * 8
    for answer in answers:
        assert answer["output"]["label"] == alone["output"]["label"]
        np.testing.assert_allclose(answer["output"]["scores"], alone["output"]["scores"], atol=1e-5)
        assert answer["energy"]["inputs"]["answers"] == 1


def test_a_crash_of_many_costs_none_of_them(make_app):
    app = make_app(waiting=20, batch=4, wait_s=60)
    pid, pool = warm(app), app.extensions["hundredfold.pool"]
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(5) as visitors:
        first = visitors.submit(post, app)
        until(lambda: not pool.idle)
        line = [visitors.submit(post, app) for _ in range(4)]
        until(lambda: pool.waiting == 4)
        os.kill(pid, signal.SIGKILL)
        assert first.result().status_code == 503, "it ran alone, and may be what brought the process down"
        assert [each.result().status_code for each in line] == [200] * 4
    pool.close()


TOGETHER = """
def warm():
    say(json.dumps({"refused": {}, "power": {"meter": "cpu"}, "together": [["digits", None]]}))
warm()
for line in sys.stdin:
    asked = json.loads(line)
    while not (HERE / "go").exists():
        time.sleep(0.01)
    many = asked["requests"] if asked["do"] == "together" else [asked]
    if any(each["input"] == "poison" for each in many):
        sys.exit(1)
    answers = [{"answered": each["input"], "with": len(many)} for each in many]
    say(json.dumps({"answers": answers} if asked["do"] == "together" else answers[0]))
"""


def test_who_brings_a_process_down_costs_its_neighbours_nothing(pool_of, tmp_path):
    pool = pool_of(TOGETHER, waiting=9, batch=8, wait_s=60)
    pool.start()
    until(lambda: pool.idle)
    ask = {"do": "run", "exhibit": "digits", "variant": None, "repeats": 1}
    with ThreadPoolExecutor(6) as visitors:
        first = visitors.submit(pool.run, {**ask, "input": "first"})
        until(lambda: not pool.idle)
        inputs = ["a", "poison", "b", "c"]
        line = [visitors.submit(pool.run, {**ask, "input": given}) for given in inputs]
        until(lambda: pool.waiting == len(inputs))
        (tmp_path / "go").touch()
        assert first.result() == {"answered": "first", "with": 1}
        for given, each in zip(inputs, line, strict=True):
            if given == "poison":
                with pytest.raises(RefusalError):
                    each.result()
            else:
                assert each.result() == {"answered": given, "with": 1}
    assert starts(tmp_path) == 3, "one went down by all of them, one by that one alone"


def test_repeats_have_the_engine_to_themselves(make_app):
    """Whoever measures is not measured among others."""
    app = make_app(waiting=20, batch=8)
    pid, pool = warm(app), app.extensions["hundredfold.pool"]
    os.kill(pid, signal.SIGSTOP)
    asked = {"do": "run", "exhibit": "digits", "where": "there", "variant": None}
    with ThreadPoolExecutor(6) as visitors:
        from tiny import drawing

        line = [visitors.submit(pool.run, {**asked, "input": drawing(), "repeats": 3}) for _ in range(6)]
        until(lambda: pool.waiting == 5)
        os.kill(pid, signal.SIGCONT)
        answers = [each.result() for each in line]
    pool.close()
    assert all("batch" not in answer["runtime"] for answer in answers)


# The line


class Idle:
    together = {("a",), ("b",)}  # noqa: RUF012


@given(
    some.lists(some.sampled_from(["a", "b", "alone", "free", "leave"]), max_size=40),
    some.integers(0, 5),
    some.integers(1, 4),
)
def test_every_run_has_one_turn_in_its_order_or_no_place(events, places, most):
    line, runs, busy, told, left = Line(places, most), [], [Idle(), Idle()], [], []
    for child in busy:
        line.free(child)
    busy.clear()

    def look():
        for run in runs:
            while not run.told.empty():
                turn = run.told.get()
                assert isinstance(turn, Turn)
                assert turn.runs[0] is run
                assert len(turn.runs) <= most
                assert len({each.kind for each in turn.runs}) == 1
                assert len(turn.runs) == 1 or run.kind is not None
                told.extend(turn.runs)
                busy.append(turn.child)

    for event in events:
        if event == "free":
            if busy:
                line.free(busy.pop())
        elif event == "leave":
            waits = [run for run in runs if run not in told and run not in left]
            if waits:
                assert line.leave(waits[-1])
                left.append(waits[-1])
        else:
            run = Run("{}", None if event == "alone" else (event,))
            full = line.full
            assert line.join(run) != full
            if not full:
                runs.append(run)
        look()
        assert not (line.idle and line.waiting), "nobody waits beside a free child"
        assert line.waiting <= places
    while line.waiting:
        line.free(busy.pop())
        look()
    assert len(told) == len(set(map(id, told))), "one turn each"
    assert {*map(id, told), *map(id, left)} == set(map(id, runs)), "nobody is forgotten"
    for kind in (("a",), ("b",), None):
        mine = [run for run in told if run.kind == kind]
        assert mine == [run for run in runs if run.kind == kind and run in told], "in their order"
