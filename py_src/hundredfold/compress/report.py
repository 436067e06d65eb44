"""All that was found out about a model, as one JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .quantize import Quantized

SCHEMA_VERSION = 1


def report(
    inspection: Mapping[str, Any],
    perf: Mapping[str, Any] | None = None,
    quantized: Quantized | Mapping[str, Any] | None = None,
    comparison: Mapping[str, Any] | None = None,
    perf_small: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """``{schema_version, model, perf, quantized, comparison, perf_small, ratios, notes}``; None for what was not done.

    ``ratios`` are of the smaller model to the original: ``bytes``, and ``model_ms`` by the medians of both ``perf``,
    each None where it is not known. ``notes`` are those of all parts, each once. The document holds no sample and no
    weight, and is valid JSON.
    """
    small = quantized.as_dict() if isinstance(quantized, Quantized) else None if quantized is None else dict(quantized)
    small = None if small is None else {key: value for key, value in small.items() if key not in ("content", "bytes")}
    parts = (inspection, small, comparison)
    return {
        "schema_version": SCHEMA_VERSION,
        "model": dict(inspection),
        "perf": None if perf is None else dict(perf),
        "quantized": small,
        "comparison": None if comparison is None else dict(comparison),
        "perf_small": None if perf_small is None else dict(perf_small),
        "ratios": {"bytes": _bytes(small), "model_ms": _times(perf, perf_small)},
        "notes": _once([note for part in parts if part for note in part.get("notes", [])]),
    }


def _bytes(small: Mapping[str, Any] | None) -> float | None:
    return None if small is None else float(small["after"]["bytes"] / small["before"]["bytes"])


def _times(perf: Mapping[str, Any] | None, perf_small: Mapping[str, Any] | None) -> float | None:
    if perf is None or perf_small is None:
        return None
    one, other = perf["model_ms"]["median"], perf_small["model_ms"]["median"]
    return float(other / one) if one and other is not None else None


def _once(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for note in notes:
        if note not in found:
            found.append(note)
    return found
