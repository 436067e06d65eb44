"""How a language model gets its best chance: examples, balanced draws, a bias, and answers that are kept."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hundredfold.adapters.llm import LlmError, Prompt, Reply
from hundredfold.forge.language_model import Asker, balanced, calibrated, scored, with_examples

PROMPT = Prompt("p", "", "{text}?", ("no", "yes"), 100)


class Llama:
    """Says how often "a" is in a text, and counts how often it was asked."""

    def __init__(self):
        self.asked, self.chat = 0, self

    def cpu_s(self):
        return 2.0 * self.asked

    def ask(self, prompt, text):
        self.asked += 1
        if text == "die":
            raise LlmError("gone", "lost")
        return Reply(text.count("a") + prompt.bias, True, 10, 1, 5)


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), min_size=1, max_size=40))
def test_no_threshold_is_right_more_often_than_the_bias(pairs):
    odds, labels = np.array([odds for odds, _ in pairs], float), np.array([label for _, label in pairs], int)
    best = ((odds + calibrated(odds, labels) > 0) == labels).mean()
    every = [((odds > cut - 0.5) == labels).mean() for cut in range(-10, 12)]
    assert best >= max(every) - 1e-9


def test_a_bias_moves_what_is_always_answered_the_same():
    odds, labels = np.array([3.0, 4.0, 5.0, 6.0]), np.array([0, 0, 1, 1])
    assert scored(odds, labels)["accuracy"]["value"] == 0.5
    told = scored(odds + calibrated(odds, labels), labels)
    assert told["accuracy"]["value"] == 1
    assert (told["first_wrong"]["value"], told["second_wrong"]["value"]) == (0, 0)


def test_each_label_is_scored_for_itself():
    told = scored(np.array([1.0, -1, 1, 1, -1]), np.array([0, 0, 1, 1, 1]))
    assert told["first_wrong"]["value"] == 0.5
    assert told["second_wrong"]["value"] == pytest.approx(1 / 3)


@given(st.lists(st.integers(0, 1), min_size=2, max_size=60), st.integers(1, 20))
def test_a_draw_is_balanced_and_begins_as_a_larger_one(labels, half):
    labels = np.array(labels)
    chosen = balanced(labels, 2 * half)
    assert len(set(chosen)) == len(chosen) == 2 * min(half, *(int((labels == at).sum()) for at in (0, 1)))
    assert list(balanced(labels, 2 * half + 2)[: len(chosen)]) == list(chosen)


def test_examples_are_of_both_labels_in_turn_and_short():
    texts = [f"{'x' * 50} {index}" for index in range(20)] + ["y" * 500]
    prompt = with_examples(PROMPT, 4, texts, np.array([index % 2 for index in range(21)]), 100)
    assert [at for _, at in prompt.shots] == [0, 1, 0, 1]
    assert all(len(text) <= 100 for text, _ in prompt.shots)
    assert with_examples(PROMPT, 0, texts, np.zeros(21, int), 100).shots == ()


def test_what_was_answered_is_kept_and_not_asked_again(tmp_path):
    llama, kept = Llama(), tmp_path / "kept.jsonl"
    with pytest.raises(LlmError):
        Asker(llama, "sha", kept).odds(PROMPT, ["a", "aa", "die"])
    assert llama.asked == 3
    again = Asker(llama, "sha", kept)
    biased = Prompt(**{**PROMPT.as_dict(), "bias": 5.0})
    assert list(again.odds(biased, ["a", "aa", "b"])) == [1, 2, 0], "kept without a bias"
    assert llama.asked == 4
    assert json.loads(kept.read_text().splitlines()[0])["cpu_s"] == 2
    Asker(llama, "another file", kept).odds(PROMPT, ["a"])
    assert llama.asked == 5, "another model is asked anew"


def test_prompts_are_those_of_exhibits_of_two_labels():
    from hundredfold.forge import command
    from hundredfold.forge.mail import prompts as mail
    from hundredfold.forge.reviews import prompts as reviews

    assert command.asks("mail")
    assert not command.asks("digits")
    for own in (mail, reviews):
        assert len({prompt.id for prompt, _ in own.PROMPTS}) == len(own.PROMPTS)
        for prompt, count in own.PROMPTS:
            assert prompt.messages("a text")[-1]["content"].count("a text") == 1
            assert count % 2 == 0
        assert own.SCREEN <= own.CHOOSE <= own.TEST
