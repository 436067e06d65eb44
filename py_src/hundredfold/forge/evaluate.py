"""Recompute a variant's accuracy on its exhibit's whole test set, natively, through the exhibit's own preparation."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from ..adapters.native import NativeSession
from ..environment import UsageError
from ..errors import brief
from ..manifest import Manifest, Variant, content_of
from ..session import Session
from . import score


def evaluate(exhibit: str, variant_id: str | None, models: Path, cache: Path) -> dict[str, Any]:
    """``{exhibit, variant, n, accuracy: {value, low, high}, macs, params, bytes}``; UsageError for another id."""
    variant, session = chosen(exhibit, variant_id, models)
    test_set = import_module(f".{exhibit}.test_set", __package__)
    accuracy = getattr(test_set, "accuracy", score.accuracy)
    return told(variant, accuracy(session, *test_set.load(cache)))


def chosen(exhibit: str, variant_id: str | None, models: Path) -> tuple[Variant, Session]:
    """The variant of that id, None for the one that runs here, and its native session; UsageError for another id."""
    ladder = Manifest.load(models / "manifest.json").ladder(exhibit)
    if variant_id is not None and ladder.by_id(variant_id) is None:
        known = ", ".join(item.id for item in ladder.variants)
        raise UsageError(f"--variant must be one of {known}, not {brief(variant_id)}")
    variant = ladder.default("here") if variant_id is None else ladder.variant(variant_id)
    return variant, NativeSession(content_of(variant, models), variant.model_id)


def told(variant: Variant, accuracy: Mapping[str, Any]) -> dict[str, Any]:
    """What `hundredfold evaluate` ends with, for an accuracy ``{value, low, high, n}``."""
    return {
        "exhibit": variant.exhibit,
        "variant": variant.id,
        "n": accuracy["n"],
        "accuracy": {key: accuracy[key] for key in ("value", "low", "high")},
        "macs": variant.macs,
        "params": variant.params,
        "bytes": variant.bytes,
    }
