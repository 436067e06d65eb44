"""What an added exhibit's models say, as JSON: a label with how likely each is, or a number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..errors import SessionError
from ..manifest_added import Added
from .code import at, function


def schema(added: Added) -> dict[str, Any]:
    """JSON Schema of the output."""
    if not added.labels:
        number = {"type": "number", "description": added.unit}
        return {"type": "object", "required": ["value"], "properties": {"value": number}}
    share = {"type": "number", "minimum": 0, "maximum": 1}
    scores = {"type": "object", "required": list(added.labels), "additionalProperties": share}
    properties = {"label": {"enum": list(added.labels)}, "scores": scores}
    return {"type": "object", "required": ["label", "scores"], "properties": properties}


def output(added: Added, model_id: str, outputs: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The answer that a model's outputs, by their names, tell; raises SessionError."""
    said = numbers(added, model_id, outputs)
    if not np.isfinite(said).all():
        raise SessionError(model_id, "it answered with something that is no number: choose another model")
    if not added.labels:
        if said.size != 1:
            raise SessionError(model_id, f"it answered with {said.size} numbers in the place of one: write post.py")
        return {"value": float(said[0])}
    scores = _scores(added, model_id, said)
    return {
        "label": added.labels[int(scores.argmax())],
        "scores": dict(zip(added.labels, map(float, scores), strict=True)),
    }


def numbers(added: Added, model_id: str, outputs: Mapping[str, np.ndarray]) -> np.ndarray:
    """float64 [n], from post.py or the first output."""
    own = function(added, "post.py")
    try:
        said = next(iter(outputs.values())) if own is None else own(dict(outputs))
        return np.asarray(said, np.float64).reshape(-1)
    except Exception as error:
        told = f"{type(error).__name__}{at(error, 'post.py')}: {error}"
        raise SessionError(model_id if own is None else "post.py", told) from error


def _scores(added: Added, model_id: str, said: np.ndarray) -> np.ndarray:
    """float64 [labels], shares of 1. One number for two labels speaks for the second."""
    labels = len(added.labels)
    scores: np.ndarray
    if said.size == 1 and labels == 2:
        one = float(said[0])
        second = one if added.scores == "probabilities" else 1 / (1 + math.exp(-min(max(one, -700.0), 700.0)))
        scores = np.clip(np.array([1 - second, second]), 0, 1)
        return scores
    if said.size != labels:
        detail = f"it answered with {said.size} numbers for {labels} labels: mend the labels, or write post.py"
        raise SessionError(model_id, detail)
    if added.scores == "logits":
        said = np.exp(said - said.max())
        said = said / said.sum()
    scores = np.clip(said, 0, 1)
    return scores


def deviation(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The largest difference of a score, infinite when the labels differ; of a number, as a share of it."""
    if "value" in one:
        return abs(float(one["value"]) - float(other["value"])) / max(1.0, abs(float(other["value"])))
    if one["label"] != other["label"] or one["scores"].keys() != other["scores"].keys():
        return math.inf
    return float(max(abs(one["scores"][label] - other["scores"][label]) for label in one["scores"]))
