"""The linear student: what it learns, that its file answers as it does, and that its parts sum to the answer."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hundredfold.adapters.native import NativeSession
from hundredfold.forge import student, text_score
from hundredfold.text.ngrams import BITS, BUCKETS, grams

pytestmark = pytest.mark.forge

GOOD = ["see you at lunch tomorrow", "the meeting is moved to noon", "thank you for the book", "lunch at noon then"]
BAD = ["buy cheap pills now", "free money, click now", "you have won a free prize", "cheap money for you, click"]
LABELS = np.array([0] * 4 + [1] * 4)


@pytest.fixture(scope="module", params=[BITS, 15])
def linear(request):
    return student.fit(student.bag(GOOD + BAD), LABELS, student.Plan(bits=request.param))


def ask(model, ids):
    session = NativeSession(model.SerializeToString(), "mail/test", 1)
    return asyncio.run(session.run(["logits", "parts"], {"ids": ids}))


def test_it_learns_and_tells_new_texts_apart(linear):
    odds = student.scores(linear, student.bag([*GOOD, *BAD, "lunch tomorrow at noon", "click for cheap pills"]))
    assert ((odds[:8] > 0) == LABELS).all()
    assert odds[8] < 0 < odds[9]


@given(text=st.text(max_size=200))
def test_the_file_answers_as_numpy_and_its_parts_sum_to_it(linear, text):
    ids = grams(text).ids
    (expected,) = student.scores(linear, student.bag([text]))
    logits, parts = ask(student.to_onnx(linear), ids)
    assert logits.dtype == parts.dtype == np.float32
    assert logits.shape == (2,)
    assert parts.shape == ids.shape
    assert logits[1] - logits[0] == pytest.approx(expected, abs=1e-4)
    assert logits[0] == -logits[1]
    assert parts.sum() + linear.bias == pytest.approx(expected, abs=1e-4)


@given(text=st.text(max_size=200))
def test_int8_is_off_by_no_more_than_its_rounding(linear, text):
    ids = grams(text).ids
    table, scale = student.rounded(linear)
    exact = student.scores(student.Linear(table.astype(np.float32) * scale, linear.bias), student.bag([text]))
    logits, parts = ask(student.to_int8(linear), ids)
    assert logits[1] - logits[0] == pytest.approx(exact[0], abs=1e-4)
    assert parts.sum() + linear.bias == pytest.approx(exact[0], abs=1e-4)


def test_files_are_small(linear):
    whole, small = (len(model.SerializeToString()) for model in (student.to_onnx(linear), student.to_int8(linear)))
    assert small < len(linear.table) + 2_000
    assert whole < 4 * len(linear.table) + 2_000


def test_a_shift_is_added_to_every_answer(linear):
    bag = student.bag([*GOOD, ""])
    moved = student.scores(linear.shifted(2.5), bag)
    assert np.allclose(moved, student.scores(linear, bag) + 2.5)


def test_weights_are_how_often_a_text_counts():
    texts, labels = [*GOOD, *BAD, BAD[0]], np.append(LABELS, 1)
    plan = student.Plan(cost=1, steps=100, bits=15)
    twice = student.fit(student.bag(texts), labels, plan)
    weighed = student.fit(student.bag(texts[:-1]), LABELS, plan, np.array([1, 1, 1, 1, 2, 1, 1, 1]))
    assert np.allclose(twice.table, weighed.table, atol=2e-3)


def test_the_slope_of_the_loss_is_zero_where_training_ends():
    """Of logistic regression with half the squared weights: the table is the cost times what is left of each text."""
    plan = student.Plan(cost=3, steps=200, bits=15)
    bag, shares = student.bag(GOOD + BAD), np.array([0.1] * 4 + [0.8] * 4)
    linear = student.fit(bag, shares, plan)
    left = plan.cost * (shares - 1 / (1 + np.exp(-student.scores(linear, bag))))
    expected = np.zeros(1 << plan.bits)
    scale = np.repeat(left / np.sqrt(bag.lengths), bag.lengths)
    np.add.at(expected, bag.ids >> (BITS - plan.bits), scale)
    assert np.allclose(linear.table, expected, atol=1e-3)
    assert left.sum() == pytest.approx(0, abs=1e-2)


def test_some_of_a_bag_are_those_texts():
    bag = student.bag([*GOOD, ""])
    some = bag.only(np.array([4, 2]))
    assert some.lengths.tolist() == [0, bag.lengths[2]]
    assert np.array_equal(some.ids, grams(GOOD[2]).ids)


def test_a_text_with_nothing_to_read_is_answered_wrong(linear):
    session = NativeSession(student.to_int8(linear).SerializeToString(), "mail/test", 1)
    odds = text_score.odds("mail", session, [*GOOD, *BAD, "?!"])
    assert np.isnan(odds[-1])
    told = text_score.accuracy("mail", session, [*GOOD, *BAD, "?!"], np.append(LABELS, 0))
    assert told["value"] == 8 / 9
    assert told["low"] < 8 / 9 < told["high"]
    assert BUCKETS == 1 << BITS
