"""An answer about a text: which kind of model is asked how, what its words add, and what is not taken."""

from __future__ import annotations

import asyncio
import gc
import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold import InputError, TensorInfo, Timed
from hundredfold.errors import SessionError
from hundredfold.exhibits.mail import EXHIBIT as MAIL
from hundredfold.exhibits.reviews import EXHIBIT as REVIEWS
from hundredfold.text import classify
from hundredfold.text.ngrams import LIMIT_BYTES, grams
from hundredfold.text.words import groups

MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
WORDS = ["good", "bad", "film", "a", "the", "money", "!", *(f"w{number}" for number in range(300)), "##der", "文", "字"]
VOCABULARY = [*MARKS, *WORDS]
RAW = "From: a@example.org\nSubject: =?utf-8?q?Fr=C3=A9e?=\nContent-Type: text/plain\n\nmoney"


class Model:
    """Stands for an engine: adds up a weight of each id; kept are the feeds of each run."""

    load_ms, runtime, outputs = 0.0, {"threads": 1}, ()

    def __init__(self, *inputs, vocabulary=VOCABULARY, bias=0.25):
        self.inputs = [TensorInfo(name, (None,), "int64") for name in inputs]
        self.model_id, self.bias, self.runs = "texts/model", bias, []
        self.vocabulary = "\n".join(vocabulary).encode()

    async def run(self, names, feeds):
        assert list(feeds) == [info.name for info in self.inputs]
        self.runs.append((names, feeds))
        ids = feeds[self.inputs[0].name]
        mask = feeds.get("attention_mask", np.ones_like(ids))
        parts = (weights(ids) * mask).astype(np.float32)
        odds = parts.sum(-1) + np.float32(self.bias)
        told = {
            "vocabulary": np.frombuffer(self.vocabulary, np.uint8),
            "logits": np.stack([np.full_like(odds, 0.5), odds + np.float32(0.5)], -1),
            "parts": parts.reshape(-1),
        }
        return [told[name] for name in names]

    def close(self):
        pass


def weights(ids):
    """From -1 to 1, without a rule that a reader would see; none of the marks of texts in pieces."""
    return np.where(ids < len(MARKS), 0.0, np.sin(ids.astype(np.float64) * 12.9898))


def student():
    return Model("ids")


def encoder(*more, **given):
    return Model("input_ids", "attention_mask", *more, **given)


def ask(model, text, exhibit=MAIL, **more):
    output = asyncio.run(exhibit.run(model, exhibit.parse({"text": text, **more})))
    return json.loads(json.dumps(output, allow_nan=False))


def odds(output, exhibit=MAIL):
    ham, spam = output["scores"].values()
    return math.log(spam / ham)


def test_a_student_tells_the_exact_sums_of_its_grams_by_word():
    model, text = student(), "A good film, and not a bad one: dix-huit €uros für Müller."
    output = ask(model, text)
    found = grams(text)
    (names, feeds) = model.runs[0]
    assert names == ["logits", "parts"]
    assert np.array_equal(feeds["ids"], found.ids)
    assert feeds["ids"].dtype == np.int32
    parts = weights(found.ids).astype(np.float32)
    for number, (start, end) in enumerate(found.spans.tolist()):
        wanted = parts[found.word == number].sum(dtype=np.float64)
        assert {"start": start, "end": end, "contribution": pytest.approx(wanted, abs=6e-5)} == output["words"][number]
    assert odds(output) == pytest.approx(0.25 + sum(each["contribution"] for each in output["words"]), abs=1e-2)
    assert output["label"] == ("spam" if odds(output) > 0 else "ham")
    assert sum(output["scores"].values()) == 1
    assert output["truncated"] is False
    assert "read" not in output


@settings(max_examples=100)
@given(st.text(max_size=300), st.booleans())
def test_any_text_is_answered_and_the_words_lie_within_it(text, words):
    for model in (student(), encoder("token_type_ids")):
        output = ask(model, text, words=words)
        told = output["words"]
        read = output.get("read", text)
        assert output["label"] in ("ham", "spam") if any(map(str.isalnum, read)) else output["label"] is None
        assert all(0 <= word["start"] < word["end"] <= len(read) for word in told)
        assert all(one["end"] <= next["start"] for one, next in pairwise(told))
        assert len(told) <= 100


def test_of_many_words_the_strongest_hundred_are_told_in_the_order_of_the_text():
    text = " ".join(f"word{number}" for number in range(400))
    found = grams(text)
    sums = np.bincount(found.word, weights(found.ids).astype(np.float32), len(found.spans))
    chosen = sorted(np.argsort(-np.abs(sums))[:100])
    assert [[each["start"], each["end"]] for each in ask(student(), text)["words"]] == found.spans[chosen].tolist()


@pytest.mark.parametrize("text", ["", " \n\t", "?!... --- €", "\u200b", "😀"])
@pytest.mark.parametrize("model", [student(), encoder()], ids=["student", "encoder"])
def test_without_a_letter_or_digit_nothing_is_said(text, model):
    assert ask(model, text) == {"label": None, "scores": {"ham": 0, "spam": 0}, "words": [], "truncated": False}
    assert all(names == ["vocabulary"] for names, _ in model.runs)


def test_a_student_reads_the_first_65536_bytes():
    assert ask(student(), "a" * LIMIT_BYTES)["truncated"] is False
    assert ask(student(), "a" * (LIMIT_BYTES + 1))["truncated"] is True
    for text in ("é" * (LIMIT_BYTES // 2), "x" + "é" * (LIMIT_BYTES // 2)):
        output = ask(student(), text)
        assert output["truncated"] is (len(text) > LIMIT_BYTES // 2)
        assert output["words"][-1]["end"] <= LIMIT_BYTES // 2
    assert ask(student(), " " * LIMIT_BYTES + "a")["label"] is None


def test_halves_of_characters_are_read_as_signs_and_pairs_of_them_as_one():
    assert MAIL.parse({"text": "a\ud800b\ud83d\ude00c"}).text == "a\ufffdb😀c"
    assert MAIL.parse({"text": "a\ud800b\ud83d\ude00c"}).truncated is False


def test_an_encoder_reads_256_pieces():
    model = encoder("token_type_ids")
    output = ask(model, "good " * 254, REVIEWS)
    assert output["truncated"] is False
    assert output["words"] == []
    names, feeds = model.runs[-1]
    assert names == ["logits"]
    assert {name: (each.shape, each.dtype.name) for name, each in feeds.items()} == dict.fromkeys(
        ["input_ids", "attention_mask", "token_type_ids"], ((1, 256), "int64")
    )
    assert feeds["attention_mask"].all()
    assert not feeds["token_type_ids"].any()
    assert feeds["input_ids"][0, :3].tolist() == [2, 4, 4]
    assert ask(model, "good " * 255, REVIEWS)["truncated"] is True
    assert ask(model, "! " * 255 + "good", REVIEWS)["label"] is None


def test_an_encoder_tells_words_by_leaving_them_out_in_one_batch():
    model, text = encoder(), "the bad, badder film! 文字"
    output = ask(model, text, REVIEWS, words=True)
    assert [text[each["start"] : each["end"]] for each in output["words"]] == [
        "the",
        "bad,",
        "badder",
        "film!",
        "文",
        "字",
    ]
    assert [len(feeds["input_ids"]) for _, feeds in model.runs] == [1, 1, 7]  # the vocabulary, the whole, the batch
    ids = dict(zip(VOCABULARY, range(1000), strict=False))
    wanted = {"the": ["the"], "badder": ["bad", "##der"], "film!": ["film", "!"], "文": ["文"]}
    told = {text[each["start"] : each["end"]]: each["contribution"] for each in output["words"]}
    for word, pieces in wanted.items():
        assert told[word] == pytest.approx(sum(weights(np.array([ids[piece]]))[0] for piece in pieces), abs=1e-4)
    batch = model.runs[-1][1]
    assert not batch["input_ids"][batch["attention_mask"] == 0].any()
    assert ask(encoder(), text, REVIEWS)["scores"] == output["scores"]


@given(st.integers(0, 300))
def test_groups_are_even_and_at_most_32(words):
    found = groups(words)
    assert [place for first, last in found for place in range(first, last)] == list(range(words))
    assert len(found) == min(words, 32)
    assert {last - first for first, last in found} <= {words // 32, words // 32 + 1}


def test_many_words_are_left_out_in_groups():
    model = encoder()
    output = ask(model, " ".join(f"w{number}" for number in range(100)), words=True)
    assert len(output["words"]) == 32
    assert output["words"][0] == {"start": 0, "end": 8, "contribution": output["words"][0]["contribution"]}
    assert len(model.runs[-1][1]["input_ids"]) == 33
    assert odds(output) == pytest.approx(0.25 + sum(each["contribution"] for each in output["words"]), abs=1e-2)


def test_a_vocabulary_is_asked_once_of_a_session_and_outside_of_its_time():
    model = encoder()
    for _ in range(2):
        timed = Timed(model, repeats=3)
        ask(timed, "good film")
        assert [len(each) for each in timed.calls_ms] == [3]
    assert [names for names, _ in model.runs].count(["vocabulary"]) == 1
    other = encoder(vocabulary=[*MARKS, "film", "good"])
    ask(other, "good")
    assert other.runs[-1][1]["input_ids"].tolist() == [[2, 5, 3]]


def test_a_vocabulary_goes_with_its_session():
    gc.collect()
    before = len(classify._VOCABULARIES)
    ask(encoder(), "good film")
    gc.collect()
    assert len(classify._VOCABULARIES) == before


@pytest.mark.parametrize("vocabulary", [["[UNK]", "a"], [*MARKS, "\udc80"]], ids=["no marks", "no UTF-8"])
def test_a_vocabulary_that_can_not_be_used_is_the_models_fault(vocabulary):
    model = encoder(vocabulary=MARKS)
    model.vocabulary = "\n".join(vocabulary).encode("utf-8", "surrogateescape")
    with pytest.raises(SessionError, match=r"texts/model.*vocabulary can not be used"):
        ask(model, "good")


def test_a_model_that_takes_something_else_is_refused():
    with pytest.raises(SessionError, match="it takes image; export it with"):
        ask(Model("image"), "good")


def test_a_raw_mail_is_taken_apart_and_places_are_in_what_was_read():
    output = ask(student(), RAW)
    assert output["read"] == "Frée\nmoney"
    assert [output["read"][each["start"] : each["end"]] for each in output["words"]] == ["Frée", "money"]
    assert "read" not in ask(student(), RAW, REVIEWS)


@pytest.mark.parametrize("value", [None, "text", {}, {"text": None}, {"text": 7}, {"text": ["a"]}, {"text": b"a"}])
def test_what_is_no_text_is_refused(value):
    with pytest.raises(InputError, match=r"send \{text: ...}") as refused:
        MAIL.parse(value)
    assert refused.value.field == "text"


def test_two_million_letters_are_taken_and_not_one_more():
    assert ask(student(), "ab " * 666_666 + "ab")["truncated"] is True
    with pytest.raises(InputError, match="2,000,001 letters: send at most 2,000,000") as refused:
        MAIL.parse({"text": "a" * 2_000_001})
    assert refused.value.field == "text"
    with pytest.raises(InputError, match="true or false") as refused:
        MAIL.parse({"text": "a", "words": 1})
    assert refused.value.field == "words"


def test_deviation_is_the_largest_difference_of_a_score():
    one = {"label": "ham", "scores": {"ham": 0.75, "spam": 0.25}}
    assert MAIL.deviation(one, one) == 0
    assert MAIL.deviation(one, {"label": "ham", "scores": {"ham": 0.5, "spam": 0.5}}) == 0.25
    assert MAIL.deviation(one, {"label": "spam", "scores": {"ham": 0.75, "spam": 0.25}}) == math.inf
    assert math.isnan(MAIL.deviation(one, {"label": "ham", "scores": {"ham": math.nan, "spam": 0.25}}))
    assert MAIL.tolerance == REVIEWS.tolerance == 0.02


def test_the_schemas_tell_what_comes_and_goes():
    for exhibit, labels in ((MAIL, ["ham", "spam"]), (REVIEWS, ["negative", "positive"])):
        output = ask(student(), "good film", exhibit)
        assert exhibit.output_schema["properties"]["label"]["enum"] == [*labels, None]
        assert list(output["scores"]) == labels
        assert set(exhibit.output_schema["required"]) == set(output)
        assert set(exhibit.output_schema["properties"]["words"]["items"]["required"]) == set(output["words"][0])
        assert set(exhibit.input_schema["properties"]) == {"text", "words"}
    assert (MAIL.id, REVIEWS.id) == ("mail", "reviews")
