"""WordPiece: the same pieces at the same places as PyPI's tokenizers has, whatever the text."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import BertWordPieceTokenizer

from hundredfold.text.wordpiece import KEPT, LATER, WordPiece

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
WHOLE = [
    "the",
    "film",
    "was",
    "good",
    "great",
    "un",
    "##believ",
    "##able",
    "not",
    "##ing",
    "##'",
    "don",
    "free",
    "money",
]
SCRIPTS = "éßøñžαβγσςжщя中文字漢日本語한국어ᄒ하ᅡᆫאבגعربप्रणा😀🎉👍–—…“”’•€£$^`~|<>=+.,:;!?-_()[]{}@#%&*/\\\"'"
VOCABULARY = list(
    dict.fromkeys(
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{letter}" for letter in LETTERS), *WHOLE]
        + [each for letter in SCRIPTS for each in (letter, f"##{letter}")]
        + [f"##{letter}" for letter in unicodedata.normalize("NFD", "한국어하")]
        + list(unicodedata.normalize("NFD", "한국어하"))
    )
)
OURS = WordPiece(VOCABULARY)
THEIRS = BertWordPieceTokenizer({piece: number for number, piece in enumerate(VOCABULARY)})


def theirs(text, limit=None):
    THEIRS.no_truncation()
    if limit:
        THEIRS.enable_truncation(limit)
    told = THEIRS.encode(text)
    return list(told.ids), list(told.offsets), bool(told.overflowing)


def ours(text, limit=1_000_000):
    pieces = OURS.encode(text, limit)
    return pieces.ids, pieces.spans, pieces.truncated


def reordered(text):
    """Whether accents stand in another order than the standard one, in which tokenizers tells them from each other by
    their place there; ours are the places where they are in the text."""
    dropped = ("Cc", "Cf")  # before anything else
    text = "".join(letter for letter in text if unicodedata.category(letter) not in dropped)
    return unicodedata.normalize("NFD", text) != "".join(unicodedata.normalize("NFD", letter) for letter in text)


ANY = st.characters(exclude_categories=("Cs",))
WORDS = st.sampled_from(
    [*WHOLE, "UNBELIEVABLE", "Déjà", "naïve", "İstanbul", "ΣΑΣ", "don't", "e\u0301", "\u212a", "中文abc"]
)
MIXED = st.lists(
    st.one_of(
        WORDS,
        st.text(ANY, max_size=8),
        st.text(st.sampled_from(SCRIPTS), max_size=12),
        st.text(st.characters(max_codepoint=0x250), max_size=12),
        st.text(st.characters(categories=("Mn", "Mc", "Me", "Cf", "Cc", "Zs", "Zl", "Zp")), max_size=4),
        st.text(st.characters(min_codepoint=0x2E80, max_codepoint=0xD7FF), max_size=6),
        st.text(st.characters(min_codepoint=0x1F000, max_codepoint=0x1FAFF), max_size=4),
        st.integers(95, 110).map(lambda size: "a" * size),
        st.sampled_from([" ", "\n", "\t", "\r\n", "\x0b", "\x85", "\xa0", "\u2028", "\u200b", "\ufffd", "\0"]),
    ),
    max_size=12,
)


@settings(max_examples=1000)
@example("")
@example("e\u0301\u0323x \u0301")
@example("한국어 하ᅡᆫ a한b")
@example("a" * 100 + " " + "a" * 101 + " " + "é" * 101)
@example("\u2f800\uf900豈")
@example("\u0958\u0344\u1e69\u0390")
@example("\u037e\u1fef\u2329x\u2000\u2001")
@given(MIXED.flatmap(lambda parts: st.sampled_from(["".join(parts), " ".join(parts)])))
def test_pieces_are_those_of_tokenizers(text):
    ids, spans, truncated = ours(text)
    assert (ids, truncated) == theirs(text)[::2]
    if not reordered(text):
        assert spans == theirs(text)[1]


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=30), st.integers(3, 40))
def test_a_text_is_cut_where_tokenizers_cuts_it(parts, limit):
    text = " ".join(parts)
    assert ours(text, limit) == theirs(text, limit)
    assert len(ours(text, limit)[0]) <= limit


def test_every_character_is_what_it_is_to_tokenizers():
    """One by one between letters: all that Unicode had when this was written, whatever Python knows by now."""
    newer = tuple(map(int, unicodedata.unidata_version.split("."))) > (15, 1, 0)
    category = (unicodedata.ucd_3_2_0 if newer else unicodedata).category
    known = [each for each in map(chr, range(sys.maxunicode + 1)) if category(each) not in ("Cn", "Cs")]
    for first in range(0, len(known), 500):
        some = [f"x{character}y" for character in known[first : first + 500]]
        if ours(" ".join(some)) != theirs(" ".join(some)):
            assert [text for text in some if ours(text) != theirs(text)] == []


def test_characters_that_came_after_unicode_8_are_letters_in_every_python():
    """Else the browser's Python, which has another Unicode, would cut other pieces than the server's."""
    assert all(first <= last for first, last in LATER)
    assert [first for first, _ in LATER] == sorted(first for first, _ in LATER)
    for number in (0x8D4, 0x1ABF, 0x2E43, 0x11945, 0x1E94A, 0x13430):
        assert len(ours(f"x{chr(number)}y")[0]) == 3, hex(number)


def test_a_text_can_not_write_the_marks():
    assert OURS.encode("[SEP]", 9).ids == [2, *(VOCABULARY.index(each) for each in ("[", "s", "##e", "##p", "]")), 3]


def test_a_vocabulary_without_marks_is_refused():
    with pytest.raises(ValueError, match=r"lacks \[CLS\], \[SEP\]"):
        WordPiece(["[UNK]", "a"])


@pytest.mark.parametrize(
    "unit", ["The film was not unbelievable; ", "a", "é", "中", "\u0301", "déjà vu ", "!", "x" * 101 + " "]
)
def test_100_000_letters_take_well_under_a_second(unit):
    text = (unit * 100_000)[:100_000]
    tokens = WordPiece(VOCABULARY)
    start = time.perf_counter()
    pieces = tokens.encode(text, 1_000_000)
    assert time.perf_counter() - start < 0.8
    assert pieces.ids == theirs(text)[0]


def test_what_is_kept_of_words_is_bounded():
    tokens = WordPiece(VOCABULARY)
    tokens.encode(" ".join(f"w{number}" for number in range(3 * KEPT)), 1_000_000)
    tokens.encode("".join(map(chr, range(0x4E00, 0x4E00 + 2 * KEPT))), 1_000_000)
    assert len(tokens._cuts) <= KEPT
    assert len(tokens._letters) <= KEPT
