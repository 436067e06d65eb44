"""A language model is held to two labels, whatever its server tells; what can not be used is an error that says so."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_server import ChatServer, completion, hang
from hundredfold.adapters.llm import LEAST, Chat, LlmError, Prompt, read, weights

PROMPT = Prompt("p", "You sort mail.", "Mail: {text}\nspam or ham?", ("ham", "spam"), 10, (("win", 1), ("hi", 0)), 0.5)


def test_what_is_the_same_for_all_texts_is_sent_first():
    said = PROMPT.messages("  a text that is longer than ten letters")
    assert [each["role"] for each in said] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert said[1]["content"] == "Mail: win\nspam or ham?"
    assert [said[2]["content"], said[4]["content"]] == ["spam", "ham"]
    assert said[-1]["content"] == "Mail: a text t\nspam or ham?", "the first ten letters, without blanks around them"


def test_a_prompt_comes_back_from_its_json():
    assert Prompt.parse(json.loads(json.dumps(PROMPT.as_dict()))) == PROMPT


@pytest.mark.parametrize("change", [{"words": ["one"]}, {"question": "no place"}, {"shots": [["a", 2]]}, {"bias": "x"}])
def test_a_prompt_that_can_not_be_used_is_refused(change):
    with pytest.raises((ValueError, TypeError)):
        Prompt.parse({**PROMPT.as_dict(), **change})


def test_the_odds_are_those_of_both_words_with_the_bias():
    reply = read(completion("spam", 0.9), PROMPT)
    assert reply.odds == pytest.approx(math.log(9) + 0.5)
    assert (reply.sure, reply.tokens_in, reply.tokens_out, reply.cached) == (True, 40, 1, 30)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([("spam", 0.5), (" Spam", 0.25), ("ham", 0.25)], (0.25, 0.75)),
        ([("sp", 0.5), ("h", 0.5)], (0.5, 0.5)),
        ([("spammer", 0.5), ("", 0.3), ("  ", 0.2)], (0, 0)),
    ],
)
def test_tokens_count_for_the_word_that_they_begin(choices, expected):
    assert weights(choices, ("ham", "spam")) == pytest.approx(expected)


def test_a_token_that_begins_both_words_counts_for_none():
    assert weights([("p", 0.6), ("pos", 0.3)], ("plain", "positive")) == pytest.approx((0, 0.3))


def test_a_server_without_probabilities_is_taken_at_its_word_and_asked_for_more_than_one_token():
    words = iter(["", "Spam.", "ham"])
    with ChatServer(lambda body: (200, completion(next(words), 0.9, logprobs=None))) as server:
        chat = Chat(server.address)
        reply, again = chat.ask(PROMPT, "win"), chat.ask(PROMPT, "hi")
        asked = [body["max_tokens"] for body in server.asked]
    assert (reply.sure, again.sure) == (False, False)
    assert reply.odds == pytest.approx(0.5 - math.log(LEAST))
    assert again.odds == pytest.approx(0.5 + math.log(LEAST))
    assert asked[0] == 1
    assert asked[1] == asked[2] > 1


def test_the_key_and_the_model_are_sent():
    with ChatServer(lambda _: (200, completion())) as server:
        Chat(server.address, model="big", key="secret").ask(PROMPT, "text")
        assert server.asked[0]["model"] == "big"
        assert server.headers[0]["Authorization"] == "Bearer secret"


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        ((200, b"<html>"), "nonsense", "no JSON"),
        ((200, {"choices": []}), "nonsense", "something else"),
        ((200, [1]), "nonsense", "something else"),
        ((200, completion("maybe", 0.9, "perhaps")), "nonsense", "ham or spam"),
        ((200, b"[" * 2_000_000), "nonsense", "million bytes"),
        ((401, b"who are you?"), "refused", "401"),
        ((500, {"error": "out of memory"}), "refused", "out of memory"),
    ],
)
def test_what_can_not_be_used_is_said(answer, code, says):
    with ChatServer(lambda _: answer) as server, pytest.raises(LlmError, match=says) as error:
        Chat(server.address).ask(PROMPT, "text")
    assert error.value.code == code


def test_a_server_that_hangs_or_is_gone_is_said():
    with ChatServer(hang) as server:
        with pytest.raises(LlmError, match=r"within 0.2 s") as late:
            Chat(server.address, wait_s=0.2).ask(PROMPT, "text")
        address = server.address
    assert late.value.code == "late"
    with pytest.raises(LlmError, match="can not be reached") as lost:
        Chat(address, wait_s=1).ask(PROMPT, "text")
    assert lost.value.code == "lost"


ODD = st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers() | st.just({}) | st.just([1])
PLACES = ["choices", "choice", "message", "content", "logprobs", "place", "token", "logprob", "usage", "tokens"]


def spoilt(place, odd):
    """A chat completion with something odd in one place."""
    told = completion()
    choice = told["choices"][0]
    first = choice["logprobs"]["content"][0]
    holders = {
        "choices": (told, "choices"),
        "choice": (told["choices"], 0),
        "message": (choice, "message"),
        "content": (choice["message"], "content"),
        "logprobs": (choice, "logprobs"),
        "place": (choice["logprobs"]["content"], 0),
        "token": (first["top_logprobs"][0], "token"),
        "logprob": (first["top_logprobs"][0], "logprob"),
        "usage": (told, "usage"),
        "tokens": (told["usage"], "prompt_tokens"),
    }
    holder, name = holders[place]
    holder[name] = odd
    return told


@given(st.builds(spoilt, st.sampled_from(PLACES), ODD) | ODD)
def test_whatever_is_answered_is_odds_or_an_error(told):
    try:
        reply = read(told, PROMPT)
    except LlmError:
        return
    assert math.isfinite(reply.odds)
    assert min(reply.tokens_in, reply.tokens_out, reply.cached) >= 0
