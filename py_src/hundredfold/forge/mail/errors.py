"""Both errors of a model that sorts mail: good mails that it takes for spam, and spam that it lets through."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..text_score import right, share

LOST = 0.01
"""Of all good mails, hard ones among them, so many may be taken for spam where the decision is set."""
LOST_EASY = 0.002
"""The same of ordinary ones alone: less than half of what is aimed at, since mails change with time."""


def threshold(odds: np.ndarray, labels: np.ndarray, hard: np.ndarray) -> float:
    """The lowest log-odds from which on a mail is spam with no more good ones lost than LOST and LOST_EASY."""
    good = labels == 0
    return max(_cut(odds[good], LOST), _cut(odds[good & ~hard], LOST_EASY))


def _cut(good: np.ndarray, lost: float) -> float:
    """Halfway between the last good mail that may be lost and the next one that may not."""
    order = np.sort(good)[::-1]
    most = int(lost * len(order))
    return float((order[max(0, most - 1)] + order[most]) / 2 if most else order[0] + 0.01)


def both(odds: np.ndarray, labels: np.ndarray, hard: np.ndarray) -> dict[str, Any]:
    """At log-odds of 0: how many are right, good ones lost, hard good ones lost, and spam missed, with intervals.

    What has nothing to read is not taken for spam, and is answered wrong.
    """
    spam = odds > 0
    groups = {
        "good_taken_for_spam": (spam, labels == 0),
        "hard_good_taken_for_spam": (spam, hard),
        "spam_missed": (~spam, labels == 1),
    }
    told = {
        name: share(int(bad[which].sum()), int(which.sum())) for name, (bad, which) in groups.items() if which.any()
    }
    return {"accuracy": right(odds, labels), **told}


def curve(odds: np.ndarray, labels: np.ndarray) -> list[dict[str, float]]:
    """Both errors as the threshold rises: one point for each number of good mails lost, up to 5 % of them."""
    good, spam = np.sort(odds[(labels == 0) & ~np.isnan(odds)])[::-1], odds[labels == 1]
    n = int((labels == 0).sum())
    points = []
    for lost in range(min(int(0.05 * n), len(good) - 1) + 1):
        at = float(good[lost])  # what is above this is spam
        missed = float(1 - (spam > at).mean())
        points.append({"threshold": round(at, 3), "good_lost": round(lost / n, 5), "spam_missed": round(missed, 5)})
    return points
