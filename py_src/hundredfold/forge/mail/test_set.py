"""The mails that no model has seen before it is judged by them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from . import data


def load(cache: Path) -> tuple[list[str], np.ndarray]:
    """Subject and body of each mail, and its label as int64 [N], 1 for spam; fetched into ``cache`` once."""
    test = data.load(cache).test
    return test.texts, test.labels
