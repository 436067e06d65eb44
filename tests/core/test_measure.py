"""Timing by wrapping: what is recorded, and the summary of it."""

from __future__ import annotations

import asyncio
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replay import Clock, Replay

from hundredfold.measure import Timed, summary

TIMES = st.lists(st.floats(0.01, 1e4), min_size=1, max_size=60)


@given(TIMES)
def test_summary_obeys_its_laws(samples):
    result = summary(samples)
    assert result["n"] == len(samples)
    assert result["median"] == pytest.approx(statistics.median(samples))
    assert min(samples) == result["min"] <= result["median"] <= result["p95"] <= max(samples)
    assert result["p95"] in samples
    assert result["spread"] >= 0


@given(TIMES, st.floats(0.1, 10))
def test_summary_scales_with_its_unit(samples, factor):
    one, other = summary(samples), summary([factor * sample for sample in samples])
    for figure in ("median", "p95", "min"):
        assert other[figure] == pytest.approx(factor * one[figure])
    assert other["spread"] == pytest.approx(one["spread"], abs=1e-9)


@given(st.lists(st.floats(0.01, 1e4), min_size=2, max_size=60))
def test_spread_is_the_inclusive_interquartile_range(samples):
    first, _, third = statistics.quantiles(samples, n=4, method="inclusive")
    assert summary(samples)["spread"] == pytest.approx((third - first) / statistics.median(samples), abs=1e-9)


@pytest.mark.parametrize(("samples", "spread"), [([1, 2, 3, 4], 1.5 / 2.5), ([1, 2, 3], 0.5), ([1, 3], 0.5), ([5], 0)])
def test_spread_of_few_by_hand(samples, spread):
    assert summary(samples)["spread"] == pytest.approx(spread)


def test_absent_is_none_never_zero():
    assert summary([]) == {"n": 0, "median": None, "p95": None, "min": None, "spread": None, "drift": None}


def test_drift_compares_the_last_third_with_the_first():
    assert summary([1.0] * 10 + [1.5] * 10 + [2.0] * 10)["drift"] == pytest.approx(1.0)
    assert summary([1.0] * 8)["drift"] is None


def test_timed_records_each_run_but_no_warm_up():
    clock = Clock()
    session = Replay("a/b", [0] * 10, clock, run_ms=(50.0, 40.0, 1.0, 3.0, 2.0))
    timed = Timed(session, repeats=3, warm_up=2, clock=clock)
    asyncio.run(timed.run(None, {}))
    assert timed.calls_ms == [pytest.approx([1.0, 3.0, 2.0])]
    assert timed.answers_ms == pytest.approx([1.0, 3.0, 2.0])
    assert timed.spent_ms == pytest.approx(96.0)
    assert timed.model_id == "a/b"
