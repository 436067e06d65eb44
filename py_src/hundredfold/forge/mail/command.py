"""What `hundredfold evaluate mail` takes and does: its inputs are texts, and its two errors do not weigh the same."""

from __future__ import annotations

import argparse
from typing import Any

from ... import environment
from ...arguments import needs
from ...errors import brief
from ..command import Metered

EXHIBIT = "mail"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--variant", help="default: the one that runs here")


def evaluate(arguments: argparse.Namespace, _: Metered) -> dict[str, Any]:
    """How often one variant is right on the whole test set, and how many good mails it takes for spam."""
    needs("hundredfold.forge.text_score", "server")
    from ...adapters.native import NativeSession
    from ...manifest import Manifest, content_of
    from .. import text_score
    from . import data, errors

    models = environment.models()
    ladder = Manifest.load(models / "manifest.json").ladder(EXHIBIT)
    asked = arguments.variant
    if asked is not None and ladder.by_id(asked) is None:
        known = ", ".join(item.id for item in ladder.variants)
        raise environment.UsageError(f"--variant must be one of {known}, not {brief(asked)}")
    variant = ladder.default("here") if asked is None else ladder.variant(asked)
    test = data.load(environment.cache() / "forge").test
    session = NativeSession(content_of(variant, models), variant.model_id)
    told = errors.both(text_score.odds(EXHIBIT, session, test.texts), test.labels, test.hard)
    return {
        "exhibit": EXHIBIT,
        "variant": variant.id,
        "n": told["accuracy"]["n"],
        "accuracy": {key: told["accuracy"][key] for key in ("value", "low", "high")},
        "good_taken_for_spam": told["good_taken_for_spam"],
        "spam_missed": told["spam_missed"],
        "macs": variant.macs,
        "params": variant.params,
        "bytes": variant.bytes,
    }
