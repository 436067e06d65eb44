"""The laws of hashed n-grams, and some ids as they must stay: models are trained on them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hundredfold.text.ngrams import BUCKETS, LIMIT_BYTES, LONG, LONG_UNTIL, SHORT, grams

WORDS = st.lists(st.text("abcdefgh0123é漢😀", min_size=1, max_size=9), min_size=1, max_size=30)
GAPS = st.sampled_from([" ", "  ", "\n", "\t \r\n", "\n\n\n"])


def told(text: str) -> list[str]:
    return [text[start:end] for start, end in grams(text).spans]


def run_hash(run: bytes) -> int:
    """In plain Python, modulo 2^32: what the arrays must compute."""
    total = 0
    for letter in run:
        total = (total * 0x85EBCA6B + letter) % 2**32
    return total


def word_hash(word: str) -> int:
    return sum(letter * 0x9E3779B1**place for place, letter in enumerate(word.encode())) % 2**32


def mixed(value: int) -> int:
    value ^= value >> 15
    return (value * 0x2C1B3C6D % 2**32) >> 15


def plain(words: list[str]) -> dict[int, int]:
    """The ids of lower-case words with a space between two, one by one, each with the word that it is counted to."""
    hashes = [word_hash(word) for word in words]
    pairs = [(one * 0xC2B2AE35 + other) % 2**32 for one, other in pairwise(hashes)]
    data = f" {' '.join(words)} ".encode()
    found = [*zip(hashes, range(len(words)), strict=True), *zip(pairs, range(1, len(words)), strict=True)]
    for size, end in ((SHORT, len(data)), (LONG, min(len(data), LONG_UNTIL))):
        for at in range(end - size + 1):
            middle = at + size // 2
            found.append((run_hash(data[at : at + size]), max(0, data[:middle].count(b" ") - 1)))
    return {mixed(value): word for value, word in reversed(found)}


@given(WORDS)
def test_ids_are_those_of_a_plain_loop(words):
    found = grams(" ".join(words))
    assert dict(zip(found.ids.tolist(), found.word.tolist(), strict=True)) == plain(words)
    assert len(found.ids) == len(plain(words)), "each once"


def test_long_runs_end_where_they_should():
    words = [f"word{number}" for number in range(200)]
    assert set(grams(" ".join(words)).ids.tolist()) == set(plain(words))


@given(st.text())
def test_any_text_has_grams_of_words_that_are_there(text):
    found = grams(text)
    assert found.ids.dtype == found.word.dtype == found.spans.dtype == np.int32
    assert len(found.ids) == len(found.word)
    assert found.spans.shape == (len(found.spans), 2)
    assert ((found.ids >= 0) & (found.ids < BUCKETS)).all()
    assert ((found.word >= 0) & (found.word < max(1, len(found.spans)))).all()
    flat = found.spans.reshape(-1)
    assert (np.diff(flat) >= 0).all()
    assert not len(flat) or (flat[0] >= 0 and flat[-1] <= len(text))
    assert (found.spans[:, 0] < found.spans[:, 1]).all()
    assert bool(len(found.spans)) == bool(len(found.ids))
    again = grams(text)
    assert all(np.array_equal(one, other) for one, other in zip(found, again, strict=True))


@given(WORDS, st.lists(GAPS, min_size=31, max_size=31))
def test_spans_are_the_words_whatever_is_between_them(words, gaps):
    text = gaps[0] + "".join(word + gap for word, gap in zip(words, gaps[1:], strict=False))
    assert told(text) == words
    assert set(grams(text).ids.tolist()) == set(plain(words)), "white space of any kind and length is one space"


@given(WORDS)
def test_capitals_of_ascii_do_not_matter(words):
    text = " ".join(words)
    shouted = "".join(letter.upper() if letter.isascii() else letter for letter in text)
    assert np.array_equal(grams(text).ids, grams(shouted).ids)


@given(st.text("abc ", max_size=40), st.text("abc ", max_size=40))
def test_a_word_is_the_same_gram_at_any_place(before, after):
    whole = grams(f"{before} zebra {after}")
    number = told(f"{before} zebra {after}").index("zebra")
    place = whole.ids.tolist().index(mixed(word_hash("zebra")))
    assert whole.word[place] == number


def test_spans_count_code_points():
    text = "Grüße 😀 an   Zoë's 漢字, e\u0301te\u0301 🇪🇸!"
    assert told(text) == ["Grüße", "😀", "an", "Zoë", "s", "漢字", "e\u0301te\u0301", "🇪🇸"]


def test_nothing_to_read_has_no_grams():
    for text in ("", " ", "?! ... \n", "\x00\x1f"):
        assert all(len(part) == 0 for part in grams(text))


def test_half_a_character_is_read_as_a_mark():
    assert told("a \ud83d b") == ["a", "b"]


def test_a_long_text_is_read_to_its_limit():
    text = "word " * 20_000
    assert len(text) == 100_000
    found = grams(text)
    assert len(found.spans) == -(-LIMIT_BYTES // 5)
    assert found.spans[-1].tolist() == [LIMIT_BYTES - 1, LIMIT_BYTES]
    assert np.array_equal(grams("é" * 100_000).spans, [[0, LIMIT_BYTES // 2]])
    assert len(grams("x" * 100_000).ids) == 6, "a word; its start, middle and end; of fives no end"


def test_ids_stay_what_models_were_trained_on():
    found = grams("Hello, héllo wörld 😀")
    assert found.ids[:8].tolist() == [117057, 95258, 65692, 44631, 122074, 9058, 34024, 95948]
    assert len(found.ids) == 54
    assert int(found.ids.sum()) == 3_434_597
    assert found.word[:7].tolist() == [0, 1, 2, 3, 1, 2, 3]
