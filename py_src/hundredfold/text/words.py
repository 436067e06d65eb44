"""Which words of a text spoke for what: sums by word, the strongest of them, and groups of words to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

MOST = 100
"""So many words of an answer are told."""
GROUPS = 32
"""So many groups of words are left out in turn: each costs a whole answer of the model."""
DIGITS = 4
"""Behind the point, of a contribution."""


def sums(parts: np.ndarray, word: np.ndarray, words: int) -> np.ndarray:
    """float64 [words]: parts float32 [n] added up by the word int32 [n] that each is counted to."""
    return np.bincount(word, parts, words)


def told(contributions: np.ndarray, spans: np.ndarray) -> list[dict[str, Any]]:
    """``[{start, end, contribution}]`` of at most MOST words, those of the largest contributions, in the text's order.

    Contributions are float [words], in log-odds; spans int [words, 2], in code points.
    """
    if len(contributions) > MOST:
        chosen = np.argpartition(np.abs(contributions), -MOST)[-MOST:]
        chosen.sort()
        contributions, spans = contributions[chosen], spans[chosen]
    figures = contributions.round(DIGITS).tolist()
    return [
        {"start": start, "end": end, "contribution": figure}
        for (start, end), figure in zip(spans.tolist(), figures, strict=True)
    ]


def of_pieces(
    text: str, pieces: Sequence[tuple[int, int]], apart: Sequence[Sequence[int]]
) -> tuple[list[int], np.ndarray]:
    """The word that each piece is in, and int32 [words, 2] spans: pieces with no white space between are one word.

    Characters in the ranges ``apart``, of scripts that write no spaces, are words of their own.
    """
    word: list[int] = []
    spans: list[list[int]] = []
    before, alone = 0, True
    for start, end in pieces:
        single = any(first <= ord(text[start]) <= last for first, last in apart)
        if not spans or single or alone or (start > before and any(map(str.isspace, text[before:start]))):
            spans.append([start, end])
        else:
            spans[-1][1] = max(end, spans[-1][1])
        word.append(len(spans) - 1)
        before, alone = end, single
    return word, np.array(spans, np.int32).reshape(-1, 2)


def groups(words: int) -> list[tuple[int, int]]:
    """At most GROUPS groups of neighbouring words, as even as can be: each from one word to before another."""
    count = min(words, GROUPS)
    edges = [words * place // count for place in range(count + 1)] if count else [0]
    return list(pairwise(edges))
