"""Recompute a variant's accuracy on its exhibit's whole test set, natively, through the exhibit's own preparation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ..adapters.native import NativeSession
from ..environment import UsageError
from ..errors import brief
from ..exhibits.digits import prepare
from ..manifest import Manifest, content_of
from . import mnist, score


def prepared(images: np.ndarray) -> np.ndarray:
    """uint8 [N, H, W] drawings -> float32 [N, 1, 28, 28], each prepared as a visitor's drawing is."""
    tensors = [prepare(image) for image in images]
    return np.concatenate([np.zeros((1, 1, 28, 28), np.float32) if one is None else one for one in tensors])


def _digits(cache: Path) -> tuple[np.ndarray, np.ndarray]:
    test = mnist.load(cache / "mnist")[2]
    return prepared(test.images), test.labels


TEST_SETS: dict[str, Callable[[Path], tuple[np.ndarray, np.ndarray]]] = {"digits": _digits}


def evaluate(exhibit: str, variant_id: str | None, models: Path, cache: Path) -> dict[str, Any]:
    """``{exhibit, variant, n, accuracy: {value, low, high}, macs, params, bytes}``; UsageError for another id."""
    ladder = Manifest.load(models / "manifest.json").ladder(exhibit)
    if variant_id is not None and ladder.by_id(variant_id) is None:
        known = ", ".join(item.id for item in ladder.variants)
        raise UsageError(f"--variant must be one of {known}, not {brief(variant_id)}")
    variant = ladder.default("here") if variant_id is None else ladder.variant(variant_id)
    content = content_of(variant, models)
    inputs, labels = TEST_SETS[exhibit](cache)
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
