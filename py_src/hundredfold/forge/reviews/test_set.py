"""The sentences that no model has seen before it is judged by them, and no choice was made on."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from ...session import Session
from .. import text_score
from . import data


def load(cache: Path) -> tuple[list[str], np.ndarray]:
    """Sentences about films of the test part, and their labels as int64 [N]; fetched into ``cache`` once."""
    test = data.load(cache).test
    return test.texts, test.labels


def accuracy(session: Session, texts: list[str], labels: np.ndarray) -> dict[str, Any]:
    """``{value, low, high, n}`` of right answers, with a 95 % interval."""
    return text_score.accuracy("reviews", session, texts, labels)


def told(part: data.Part) -> dict[str, object]:
    """What the manifest says of it: ``{name, n, sha256}``, the sha256 of labels and sentences, one a line."""
    lines = "".join(f"{label}\t{text}\n" for text, label in zip(part.texts, part.labels, strict=True))
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return {"name": "film sentences, films apart", "n": len(part.texts), "sha256": digest}
