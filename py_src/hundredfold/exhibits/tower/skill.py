"""A skill's own arithmetic: 1,440 products, which an engine takes far longer to be asked for than to do.

The engine loads and checks each skill's file, and gives its weights, which are outputs of the model too. From then on
a step is a few small products here, the same that the file describes: that is made sure of when an agent begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from ...errors import SessionError
from ...session import Session
from .geometry import SCALE
from .motion import Offsets

ACTION = "action"
WEIGHTS = tuple(f"layers.{layer}.{part}" for layer in (0, 2, 4) for part in ("weight", "bias"))
COARSE, FINE = 4.0, 20.0
"""It sees its features as they are, and bent by these."""
TRIED = ((0.0, 0.0, 0.0), (0.2, -0.15, 0.03), (-0.004, -0.002, -0.08))
"""Ways, in metres, of which its file and this must say the same."""
EQUAL = 1e-3
"""How far the two may be apart, in units of speed or logits."""


class Act(Protocol):
    """How far it is -> what a skill does next: two speeds, the logit of a closed gripper, and that of being done."""

    def __call__(self, away: Offsets) -> Sequence[float]: ...


class Perceptron:
    """Two hidden layers, as forge.tower.networks has them."""

    def __init__(self, weights: Sequence[np.ndarray]) -> None:
        first, first_bias, second, second_bias, last, last_bias = weights
        first = first / np.repeat(np.array([SCALE, 1, 1], np.float32), 3)  # metres as they are, in its own units
        # Each layer's bias is a column of its matrix, for an input that is always 1: a product less, and no sum.
        self._layers = tuple(
            np.ascontiguousarray(np.column_stack([weight, bias]), np.float32)
            for weight, bias in ((first, first_bias), (second, second_bias), (last, last_bias))
        )
        widths = (len(first), len(second), len(last))
        self._features = np.ones(first.shape[1] + 1, np.float32)
        self._hidden = tuple(np.ones(width + 1, np.float32) for width in widths[:2])
        self._answer = np.empty(widths[2], np.float32)
        self._parts = (self._hidden[0][:-1], self._hidden[1][:-1], self._features[3:9])
        self._bends = np.repeat(np.array([COARSE, FINE], np.float32) / np.float32(SCALE), 3)

    def __call__(self, away: Offsets) -> Sequence[float]:
        features, (one, other), (first, second, bent) = self._features, self._hidden, self._parts
        features[:9] = away * 3
        bent *= self._bends
        np.tanh(bent, bent)
        np.dot(self._layers[0], features, first)
        np.maximum(first, 0, out=first)
        np.dot(self._layers[1], one, second)
        np.maximum(second, 0, out=second)
        np.dot(self._layers[2], other, self._answer)
        answer: list[float] = self._answer.tolist()
        return answer


async def perceptron(session: Session) -> Perceptron:
    """A skill by its loaded file; raises SessionError where the file describes another network."""
    ways = np.array(TRIED, np.float32) / np.float32(SCALE)
    answers, *weights = await session.run([ACTION, *WEIGHTS], {"features": ways})
    skill = Perceptron(weights)
    for way, answer in zip(TRIED, answers, strict=True):
        own = np.array(skill(way))
        own[:2] = np.clip(own[:2], -1, 1)  # a hand goes no faster than it can
        if not np.allclose(own, answer, atol=EQUAL, rtol=EQUAL):
            raise SessionError(session.model_id, "it is not the network that exhibits/tower/skill.py computes")
    return skill
