"""A picture as a network takes it: its middle, in the network's size, grey or in colours, as shares of 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..resample import resampling

LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""How bright red, green and blue are (ITU-R BT.601)."""


def prepared(picture: np.ndarray, form: Mapping[str, Any]) -> np.ndarray:
    """uint8 [height, width, 3] -> [1, channels, height, width] or [1, height, width, channels], as ``form`` has it."""
    middle = _middle(picture, form["width"] / form["height"]).astype(np.float32)
    rows = resampling(middle.shape[0], form["height"])
    columns = resampling(middle.shape[1], form["width"])
    if form["channels"] == 1:
        middle = (middle @ LUMA)[..., None]
    small = np.einsum("ab,bcd,ec->aed", rows, middle, columns, optimize=True)
    if form["dtype"] == "uint8":
        made = np.clip(np.rint(small), 0, 255).astype(np.uint8)
    else:
        made = ((small / 255 - np.array(form["mean"])) / np.array(form["std"])).astype(np.float32)
    placed: np.ndarray = np.ascontiguousarray((made.transpose(2, 0, 1) if form["layout"] == "nchw" else made)[None])
    return placed


def _middle(picture: np.ndarray, ratio: float) -> np.ndarray:
    """The largest part around its middle whose width is ``ratio`` times its height."""
    height, width = picture.shape[:2]
    wide, high = min(width, max(1, round(height * ratio))), min(height, max(1, round(width / ratio)))
    left, top = (width - wide) // 2, (height - high) // 2
    return picture[top : top + high, left : left + wide]
