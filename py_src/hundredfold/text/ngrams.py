"""What a text's small models see of it: hashed words, pairs of words and runs of letters, by numpy over UTF-8 bytes.

There is no loop over grams in Python, so that preparing a mail costs no more than the model itself. What a hash is made
of is fixed: models are trained on the ids. Feature hashing: Weinberger et al., "Feature Hashing for Large Scale
Multitask Learning", ICML 2009.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

BITS = 17
BUCKETS = 1 << BITS
"""Ids lie below this."""
LIMIT_BYTES = 65_536
"""What is read of a text, from its beginning, as UTF-8."""
SHORT, LONG = 3, 5
"""Letters in a run. Runs go across words: what is between two words is letters, too, and any white space one space."""
LONG_UNTIL = 512
"""Long runs are taken of so many letters only: a sentence is told by them, a mail hardly better, and slower."""

_SPACE = 32


class Grams(NamedTuple):
    """The grams of a text; each different one once, where it comes first."""

    ids: np.ndarray
    """int32 [n], from 0 to BUCKETS - 1."""
    word: np.ndarray
    """int32 [n]: the index of the word that the gram is counted to."""
    spans: np.ndarray
    """int32 [words, 2]: where each word begins and ends in the text, in code points."""


def _tables() -> tuple[bytes, np.ndarray]:
    lower = np.arange(256, dtype=np.uint8)
    lower[:32] = _SPACE
    lower[ord("A") : ord("Z") + 1] += 32
    word = np.zeros(256, np.bool_)
    for first, last in ((ord("a"), ord("z")), (ord("0"), ord("9")), (128, 255)):
        word[first : last + 1] = True
    return lower.tobytes(), word


def _powers(base: int) -> np.ndarray:
    powers = np.full(LIMIT_BYTES + 2, base, np.uint32)
    powers[0] = 1
    return np.multiply.accumulate(powers, dtype=np.uint32)  # numpy would take the widest the machine has


_LOWER, _IN_WORD = _tables()
"""Each byte in lower case where it is ASCII, control characters and white space as spaces; and whether it is part of a
word, as letters, digits and all that is not ASCII are."""
_ODD = 0x9E3779B1
_POWERS, _INVERSES = _powers(_ODD), _powers(pow(_ODD, -1, 1 << 32))
"""Powers of an odd number and of its inverse modulo 2^32: a word's hash is a difference of two sums."""
_LETTER, _PAIR, _MIX = (np.uint32(number) for number in (0x85EBCA6B, 0xC2B2AE35, 0x2C1B3C6D))
_HALF, _REST = np.uint32(15), np.uint32(32 - BITS)
_NONE = Grams(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros((0, 2), np.int32))


def grams(text: str) -> Grams:
    """The grams of the text's first LIMIT_BYTES bytes; none where it has no letter or digit there."""
    text = text[:LIMIT_BYTES]
    data = text.encode("utf-8", "replace")[:LIMIT_BYTES]
    spaced = np.frombuffer(b" %b ." % data.translate(_LOWER), np.uint8)
    solid = spaced != _SPACE
    kept = np.flatnonzero(solid[1:] | solid[:-1])  # of several spaces the last one, and not the dot
    letters = spaced[kept]
    inside = _IN_WORD[letters]
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, last = edges[0::2] + 1, edges[1::2]
    if not len(starts):
        return _NONE
    hashes, word = _hashes(letters, starts, last, inside)
    ids = _mixed(hashes)
    first = _first(ids)
    return Grams(ids[first], word[first], _spans(spaced, kept[starts], kept[last], text.isascii()))


def _hashes(
    letters: np.ndarray, starts: np.ndarray, last: np.ndarray, inside: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """uint32 and word's index of every gram: words, pairs of them, runs of letters."""
    words = len(starts)
    pairs = 2 * words - 1
    short, long = max(0, len(letters) - SHORT + 1), max(0, min(len(letters), LONG_UNTIL) - LONG + 1)
    hashes, word = (np.empty(pairs + short + long, kind) for kind in (np.uint32, np.int32))

    wide = letters.astype(np.uint32)
    sums = np.add.accumulate(wide * _POWERS[: len(wide)], dtype=np.uint32)  # wraps around
    whole = (sums[last] - sums[starts - 1]) * _INVERSES[starts]
    hashes[:words] = whole
    hashes[words:pairs] = whole[:-1] * _PAIR + whole[1:]
    run = (wide[:-2] * _LETTER + wide[1:-1]) * _LETTER + wide[2:]
    hashes[pairs : pairs + short] = run
    ends = wide[SHORT : SHORT + long + 1]
    hashes[pairs + short :] = (run[:long] * _LETTER + ends[:long]) * _LETTER + ends[1:]

    number = np.arange(words, dtype=np.int32)
    word[:words] = number
    word[words:pairs] = number[1:]
    begun = np.add.accumulate(inside[1:] > inside[:-1], dtype=np.int32)  # at each letter but the first: words so far
    begun = np.maximum(begun - 1, 0)  # what is before the first word is counted to it
    word[pairs : pairs + short] = begun[:short]  # the word at a run's middle, or the one before it
    word[pairs + short :] = begun[1 : long + 1]
    return hashes, word


def _mixed(hashes: np.ndarray) -> np.ndarray:
    """int32 ids: the hashes' upper bits, after every bit was let into them."""
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    hashes >>= _REST
    return hashes.view(np.int32)


def _first(ids: np.ndarray) -> np.ndarray:
    """Where each different id comes first, without sorting: each writes its place, the first ones last."""
    places = np.arange(len(ids), dtype=np.int32)
    table = np.empty(BUCKETS, np.int32)
    table[ids[::-1]] = places[::-1]
    return np.flatnonzero(table[ids] == places)


def _spans(spaced: np.ndarray, starts: np.ndarray, last: np.ndarray, ascii_only: bool) -> np.ndarray:
    """Places of bytes, counted from the space in front of all, as code points of the text."""
    spans = np.empty((len(starts), 2), np.int32)
    if not ascii_only:
        points = np.add.accumulate((spaced & 0xC0) != 0x80, dtype=np.int32) - 1  # a code point's later bytes: 10xxxxxx
        starts, last = points[starts], points[last]
    spans[:, 0] = starts
    spans[:, 0] -= 1
    spans[:, 1] = last
    return spans
