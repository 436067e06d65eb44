"""Weigh a review: a sentence about a film that speaks for it or against it."""

from __future__ import annotations

from ...text import Reading
from ...text.classify import exhibit

EXHIBIT = exhibit(
    "reviews",
    "Weigh a review",
    "One sentence about a film: for or against it?",
    ("negative", "positive"),
    lambda text: Reading(text, raw=False),
)
