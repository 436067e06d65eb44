"""What `hundredfold evaluate reviews` takes and does: as for models of pictures, but its inputs are texts."""

from __future__ import annotations

import argparse
from typing import Any

from ... import environment
from ...arguments import needs
from ...errors import brief
from ..command import Metered

EXHIBIT = "reviews"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--variant", help="default: the one that runs here")


def evaluate(arguments: argparse.Namespace, _: Metered) -> dict[str, Any]:
    """How often one variant is right on the whole test set."""
    needs("hundredfold.forge.text_score", "server")
    from ...adapters.native import NativeSession
    from ...manifest import Manifest, content_of
    from .. import text_score
    from . import test_set

    models = environment.models()
    ladder = Manifest.load(models / "manifest.json").ladder(EXHIBIT)
    asked = arguments.variant
    if asked is not None and ladder.by_id(asked) is None:
        known = ", ".join(item.id for item in ladder.variants)
        raise environment.UsageError(f"--variant must be one of {known}, not {brief(asked)}")
    variant = ladder.default("here") if asked is None else ladder.variant(asked)
    session = NativeSession(content_of(variant, models), variant.model_id)
    texts, labels = test_set.load(environment.cache() / "forge")
    result = text_score.accuracy(EXHIBIT, session, texts, labels)
    return {
        "exhibit": EXHIBIT,
        "variant": variant.id,
        "n": result["n"],
        "accuracy": {key: result[key] for key in ("value", "low", "high")},
        "macs": variant.macs,
        "params": variant.params,
        "bytes": variant.bytes,
    }
