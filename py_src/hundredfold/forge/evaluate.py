"""Recompute a variant's accuracy on its exhibit's whole test set, natively, through the exhibit's own preparation."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from ..adapters.native import NativeSession
from ..environment import UsageError
from ..errors import brief
from ..manifest import Manifest, content_of
from . import score


def evaluate(exhibit: str, variant_id: str | None, models: Path, cache: Path) -> dict[str, Any]:
    """``{exhibit, variant, n, accuracy: {value, low, high}, macs, params, bytes}``; UsageError for another id."""
    ladder = Manifest.load(models / "manifest.json").ladder(exhibit)
    if variant_id is not None and ladder.by_id(variant_id) is None:
        known = ", ".join(item.id for item in ladder.variants)
        raise UsageError(f"--variant must be one of {known}, not {brief(variant_id)}")
    variant = ladder.default("here") if variant_id is None else ladder.variant(variant_id)
    content = content_of(variant, models)
    inputs, labels = import_module(f".{exhibit}.test_set", __package__).load(cache)
    result = score.accuracy(NativeSession(content, variant.model_id), inputs, labels)
    return {
        "exhibit": exhibit,
        "variant": variant.id,
        "n": result["n"],
        "accuracy": {key: result[key] for key in ("value", "low", "high")},
        "macs": variant.macs,
        "params": variant.params,
        "bytes": variant.bytes,
    }
