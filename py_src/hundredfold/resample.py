"""Scales pictures, the same on both sides."""

from __future__ import annotations

import numpy as np


def resampling(before: int, after: int) -> np.ndarray:
    """float32 [after, before]: weights of a triangle filter that scales one axis, wide enough not to alias."""
    scale = before / after
    reach = max(1.0, scale)
    centres = (np.arange(after, dtype=np.float32)[:, None] + 0.5) * scale - 0.5
    weights = np.maximum(0, 1 - np.abs(np.arange(before, dtype=np.float32) - centres) / reach)
    normal: np.ndarray = weights / weights.sum(1, keepdims=True)
    return normal.astype(np.float32)
