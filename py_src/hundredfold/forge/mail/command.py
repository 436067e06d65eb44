"""What `hundredfold evaluate mail` takes and does: its inputs are texts, and its two errors do not weigh the same."""

from __future__ import annotations

import argparse
from typing import Any

from ... import environment
from ...arguments import needs
from ..command import Metered

EXHIBIT = "mail"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--variant", help="default: the one that runs here")


def evaluate(arguments: argparse.Namespace, _: Metered) -> dict[str, Any]:
    """How often one variant is right on the whole test set, and how many good mails it takes for spam."""
    needs("hundredfold.forge.text_score", "server")
    from .. import evaluate as evaluated
    from .. import text_score
    from . import data, errors

    variant, session = evaluated.chosen(EXHIBIT, arguments.variant, environment.models())
    test = data.load(environment.cache() / "forge").test
    both = errors.both(text_score.odds(EXHIBIT, session, test.texts), test.labels, test.hard)
    own = {name: both[name] for name in ("good_taken_for_spam", "spam_missed")}
    return {**evaluated.told(variant, both["accuracy"]), **own}
