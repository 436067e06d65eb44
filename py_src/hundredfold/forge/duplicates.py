"""Finds texts that are nearly the same, so that none is on both sides of a split: MinHash over runs of five words.

Broder, "On the resemblance and containment of documents", 1997: the share of equal minima under random hashes estimates
the Jaccard similarity of two sets. Here it only proposes pairs; each is then compared exactly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from zlib import crc32

import numpy as np

RUN = 5
"""Words in a run; a text of fewer is one run."""
ALIKE = 0.7
"""Jaccard similarity from which on two texts count as one."""
BANDS, ROWS = 32, 4
"""Pairs are proposed that agree in all minima of any band: at a similarity of 0.7 all but one in 5,000 are."""

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_STEP = np.uint64(0x9E3779B97F4A7C15)


def runs(text: str) -> np.ndarray:
    """uint64: the different runs of words, hashed; in lower case, each digit as a zero."""
    words = [crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(_DIGIT.sub("0", text.lower()))]
    hashed = np.array(words or [0], np.uint64)
    size = min(RUN, len(hashed))
    total = np.zeros(len(hashed) - size + 1, np.uint64)
    for place in range(size):
        total = (total ^ hashed[place : place + len(total)]) * _STEP
        total ^= total >> np.uint64(29)
    return np.unique(total)


def minima(sets: Sequence[np.ndarray]) -> np.ndarray:
    """uint64 [N, BANDS * ROWS]: each set's smallest member under each of so many hashes."""
    random = np.random.default_rng(1)
    keys = random.integers(1, 1 << 63, (BANDS * ROWS, 1), np.uint64) * np.uint64(2) + np.uint64(1)
    return np.stack([((one * keys) >> np.uint64(16)).min(1) for one in sets])


def pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """All pairs (first, second) of texts, first < second, that are alike."""
    sets = [runs(text) for text in texts]
    signatures = minima(sets)
    proposed: set[tuple[int, int]] = set()
    for band in range(BANDS):
        same: defaultdict[bytes, list[int]] = defaultdict(list)
        for index, row in enumerate(signatures[:, band * ROWS : (band + 1) * ROWS]):
            same[row.tobytes()].append(index)
        for group in same.values():
            proposed.update(combinations(group, 2))
    return sorted(pair for pair in proposed if _jaccard(sets[pair[0]], sets[pair[1]]) >= ALIKE)


def _jaccard(one: np.ndarray, other: np.ndarray) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def kept(texts: Sequence[str]) -> np.ndarray:
    """bool [N]: no two that are kept are alike; of those that are, the earlier one is kept."""
    keep = np.ones(len(texts), np.bool_)
    for first, second in sorted(pairs(texts), key=lambda pair: (pair[1], pair[0])):
        if keep[first]:
            keep[second] = False
    return keep
