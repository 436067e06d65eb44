"""Draw a digit: from any drawing to the model's input the way MNIST was made, and from logits to an answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from math import ceil
from typing import Any

import numpy as np

from ...errors import InputError, brief
from ...resample import resampling
from ...session import Session

SMALLEST, LARGEST = 8, 1024
"""Bounds on a drawing's width and height, in pixels."""
BOX, SIDE = 20, 28
"""MNIST: a digit fits a 20x20 box, placed in 28x28 pixels (LeCun et al., 'The MNIST database')."""
FAINT = 8
"""A pixel below this (of 255) is paper when the ink's bounding box is found: rounding noise of a resized picture."""
DARK = 250
"""A drawing whose darkest point comes out below this is darkened to full ink, as MNIST's are."""
SPECK = 1 / 20
"""A drawing whose ink spans less than this share of the larger side is a speck, not a digit."""
THINNEST = 1.8
"""Mean stroke width, in pixels of the 20x20 box, to which thinner pens are thickened: about MNIST's thinnest."""


def parse(value: Any) -> np.ndarray:
    """``{image: {width, height, pixels}}`` -> uint8 [height, width], 0 paper, 255 ink; raises InputError."""
    if not isinstance(value, Mapping) or not isinstance(value.get("image"), Mapping):
        raise InputError("image", "send {image: {width, height, pixels}}")
    image = value["image"]
    sides = []
    for name in ("height", "width"):
        side = image.get(name)
        if isinstance(side, bool) or not isinstance(side, int) or not SMALLEST <= side <= LARGEST:
            raise InputError(
                f"image.{name}", f"{name} must be a whole number from {SMALLEST} to {LARGEST}, not {brief(side)}"
            )
        sides.append(side)
    pixels = image.get("pixels")
    if not isinstance(pixels, str):
        raise InputError("image.pixels", "pixels must be base64 of one byte per pixel, row by row, 0 paper, 255 ink")
    try:
        raw = base64.b64decode(pixels, validate=True)
    except (binascii.Error, ValueError):
        raise InputError("image.pixels", "pixels is not valid base64") from None
    if len(raw) != sides[0] * sides[1]:
        raise InputError(
            "image.pixels", f"pixels must hold width x height = {sides[0] * sides[1]} bytes; it holds {len(raw)}"
        )
    return np.frombuffer(raw, np.uint8).reshape(sides)


def encode(image: np.ndarray) -> dict[str, Any]:
    """The inverse of ``parse``: uint8 [height, width] -> the exhibit's JSON input."""
    height, width = image.shape
    pixels = base64.b64encode(np.ascontiguousarray(image, np.uint8).tobytes()).decode()
    return {"image": {"width": width, "height": height, "pixels": pixels}}


def prepare(image: np.ndarray) -> np.ndarray | None:
    """uint8 [height, width] of any size -> float32 [1, 1, 28, 28] in steps of 1/255, or None for a blank drawing.

    As MNIST was made: the ink's bounding box is scaled, its shape kept, into a 20x20 box, with grey from anti-aliasing,
    and placed so that the ink's centre of mass is the centre of the 28x28 image. Thin pens are thickened and pale ones
    darkened to what MNIST's look like; an MNIST image comes back as it was.
    """
    inked = image >= FAINT
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    if not len(rows) or max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1 < SPECK * max(image.shape):
        return None
    ink = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    ink = _thicken(ink, BOX / max(ink.shape)).astype(np.float32)
    scale = BOX / max(ink.shape)
    height, width = (max(1, round(side * scale)) for side in ink.shape)
    small = resampling(ink.shape[0], height) @ ink @ resampling(ink.shape[1], width).T
    if small.max() < DARK:
        small *= 255 / small.max()
    small = np.clip(np.rint(small), 0, 255)
    top, left = _offset(small.sum(1), height), _offset(small.sum(0), width)
    result = np.zeros((1, 1, SIDE, SIDE), np.float32)
    result[0, 0, top : top + height, left : left + width] = small / 255
    return result


def _offset(profile: np.ndarray, length: int) -> int:
    """Where ink with this profile along one axis starts, so that its centre of mass falls on the middle pixel."""
    centre = float(profile @ np.arange(length) / profile.sum())
    return min(max(ceil(SIDE / 2 - 0.5 - centre), 0), SIDE - length)


def _thicken(ink: np.ndarray, scale: float) -> np.ndarray:
    """Widen the strokes of a drawing that is to be scaled by ``scale``, if they would come out thinner than THINNEST.

    A stroke's mean width is twice its area over its outline's length.
    """
    dark = ink >= 128
    solid = _framed(dark if dark.any() else ink > 0, 1)
    outline = np.count_nonzero(solid[1:] != solid[:-1]) + np.count_nonzero(solid[:, 1:] != solid[:, :-1])
    width = 2 * np.count_nonzero(solid) / outline * scale
    grow = round((THINNEST - width) / scale / 2)
    if scale >= 1 or grow < 1:
        return ink
    ink, reach = _framed(ink, 2 * grow), 1
    while reach < 2 * grow + 1:  # the largest value within `grow`, by doubling the window
        step = min(reach, 2 * grow + 1 - reach)
        ink = np.maximum(ink[step:], ink[:-step])
        ink = np.maximum(ink[:, step:], ink[:, :-step])
        reach += step
    return ink


def _framed(image: np.ndarray, width: int) -> np.ndarray:
    """The image with so many pixels of paper around it."""
    rows, columns = image.shape
    framed = np.zeros((rows + 2 * width, columns + 2 * width), image.dtype)
    framed[width : width + rows, width : width + columns] = image
    return framed


def softmax(logits: np.ndarray) -> np.ndarray:
    """Logits [..., classes] -> probabilities, float64, that sum to 1."""
    shifted = np.exp(logits.astype(np.float64) - logits.max(-1, keepdims=True))
    shares: np.ndarray = shifted / shifted.sum(-1, keepdims=True)
    return shares


async def run(session: Session, image: np.ndarray) -> dict[str, Any]:
    """``{label: 0..9, scores: [10 probabilities]}``; a blank drawing has the label None and no score above 0."""
    tensor = prepare(image)
    if tensor is None:
        return {"label": None, "scores": [0.0] * 10}
    (logits,) = await session.run(["logits"], {"image": tensor})
    scores = softmax(logits[0])
    return {"label": int(scores.argmax()), "scores": scores.tolist()}


def deviation(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The largest difference of a score; infinite when the labels differ."""
    if one["label"] != other["label"]:
        return float("inf")
    return float(np.abs(np.subtract(one["scores"], other["scores"])).max())
