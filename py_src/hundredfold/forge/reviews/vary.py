"""Many sentences out of few, for a teacher to judge: what a student has not enough labelled sentences to learn from.

After Tang and others, "Distilling Task-Specific Knowledge from BERT into Simple Neural Networks", 2019, section 3.3:
words are left out, or replaced by others that are near them in the teacher's own table of words, and parts of sentences
stand alone. What they say then is the teacher's to judge; the label of the sentence they came from is not used.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

NEAR = 12
"""Words that one word may be replaced by."""
REPLACED, LEFT_OUT, CUT = 0.2, 0.05, 0.4
"""How often a word is replaced, is left out, and a sentence is cut to a part of itself."""
LENGTHS = (1, 1, 2, 2, 3, 4, 5)
"""Of snippets, in words; the shorter ones twice as often."""
FIRST = 1996
"""Where the words begin in BERT's vocabulary: letters, digits and marks are before."""


def neighbours(texts: Sequence[str], vocabulary: Sequence[str], table: np.ndarray) -> dict[str, list[str]]:
    """Of each word of ``texts`` that is one piece: the ``NEAR`` words that are next to it by cosine in ``table``."""
    words = [i for i, piece in enumerate(vocabulary) if i >= FIRST and piece.isalpha() and piece.isascii()]
    if len(words) <= NEAR:
        return {}
    rows = table[words] / np.linalg.norm(table[words], axis=1, keepdims=True)
    used = {bare(word) for text in texts for word in text.split()}
    asked = [index for index, piece in enumerate(words) if vocabulary[piece] in used]
    found: dict[str, list[str]] = {}
    for part in np.array_split(np.array(asked, np.int64), max(1, len(asked) // 500)):
        near = np.argpartition(-(rows[part] @ rows.T), NEAR, axis=1)[:, : NEAR + 1]
        for index, others in zip(part, near, strict=True):
            found[vocabulary[words[index]]] = [vocabulary[words[other]] for other in others if other != index]
    return found


def vary(texts: Sequence[str], near: Mapping[str, Sequence[str]], copies: int, seed: int) -> list[str]:
    """``copies`` variants of each text, always the same for one seed; those that came out alike are there once."""
    dice = random.Random(seed)
    return list(dict.fromkeys(_one(text.split(), near, dice) for _ in range(copies) for text in texts))


def snippets(texts: Sequence[str], vocabulary: Sequence[str], each: int, seed: int) -> list[str]:
    """``each`` snippets of one to five words out of every text, and the vocabulary's own words, each once.

    What a few words say by themselves is what a sum over words must learn, and a teacher knows it of words that no
    labelled sentence has.
    """
    dice = random.Random(seed)
    found: list[str] = []
    for text in texts:
        words = text.split()
        for _ in range(each):
            length = min(len(words), dice.choice(LENGTHS))
            start = dice.randint(0, len(words) - length)
            found.append(" ".join(words[start : start + length]))
    found += [piece for piece in vocabulary[FIRST:] if piece.isalpha() and piece.isascii()]
    return [text for text in dict.fromkeys(found) if any(map(str.isalnum, text))]


def _one(words: list[str], near: Mapping[str, Sequence[str]], dice: random.Random) -> str:
    if len(words) > 4 and dice.random() < CUT:
        length = dice.randint(3, len(words))
        start = dice.randint(0, len(words) - length)
        words = words[start : start + length]
    kept = [word for word in words if dice.random() >= LEFT_OUT] or words
    return " ".join(_replaced(word, near, dice) if dice.random() < REPLACED else word for word in kept)


def _replaced(word: str, near: Mapping[str, Sequence[str]], dice: random.Random) -> str:
    """Another word in its place, between the same marks."""
    core = bare(word)
    others = near.get(core)
    if not others:
        return word
    start = word.lower().find(core)
    return word[:start] + dice.choice(others) + word[start + len(core) :]


def bare(word: str) -> str:
    """Without the marks around it, in small letters."""
    return word.lower().strip(".,;:!?\"'()[]-–—…*")
