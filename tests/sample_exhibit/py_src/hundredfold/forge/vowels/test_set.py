"""Words that no model has seen: made up, as many letters of each kind as chance wants."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...exhibits.vowels import LETTERS, shares


def words(count: int, seed: int) -> list[str]:
    generator = np.random.default_rng(seed)
    return ["".join(generator.choice(list(LETTERS + "aeiou" * 3), generator.integers(1, 12))) for _ in range(count)]


def load(cache: Path) -> tuple[np.ndarray, np.ndarray]:
    """Inputs float32 [300, 26] and labels: 0 where vowels are half or more, 1 where consonants are more."""
    tested = words(300, 7)
    vowels = np.array([sum(letter in "aeiou" for letter in word) / len(word) for word in tested])
    return np.concatenate([shares(word) for word in tested]), (vowels < 0.5).astype(int)
