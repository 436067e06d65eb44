"""The digits that no model has seen before it is judged by them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...exhibits.digits.drawing import prepare
from . import mnist


def load(cache: Path) -> tuple[np.ndarray, np.ndarray]:
    """Inputs float32 [10000, 1, 28, 28] of MNIST's test part, and their labels; fetched into ``cache`` once."""
    test = mnist.load(cache / "mnist")[2]
    return prepared(test.images), test.labels


def prepared(images: np.ndarray) -> np.ndarray:
    """uint8 [N, H, W] drawings -> float32 [N, 1, 28, 28], each prepared as a visitor's drawing is."""
    tensors = [prepare(image) for image in images]
    return np.concatenate([np.zeros((1, 1, 28, 28), np.float32) if one is None else one for one in tensors])
