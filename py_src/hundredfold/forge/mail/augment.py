"""More mails out of few, for the student: what of a mail people paste, and shorter ones than those of 2002."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FIRST_LETTERS = 300
FEWEST, MOST = 30, 120
"""Words of a part from the middle; of shorter mails the whole is taken."""


def variants(texts: Sequence[str], seed: int) -> list[list[str]]:
    """Three of each mail: without its subject, its first letters, a part from somewhere; the same for one seed."""
    dice = np.random.default_rng(seed)
    return [
        [text.partition("\n")[2] or text for text in texts],
        [text[:FIRST_LETTERS] for text in texts],
        [_part(text, dice) for text in texts],
    ]


def _part(text: str, dice: np.random.Generator) -> str:
    words = text.split()
    if len(words) <= FEWEST + 10:
        return text
    start = int(dice.integers(0, len(words) - FEWEST))
    return " ".join(words[start : start + int(dice.integers(FEWEST, MOST))])
