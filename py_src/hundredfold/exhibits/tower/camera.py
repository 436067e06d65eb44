"""The camera that both agents look through: the table from the side, in its own light and colours, from its own place.

Drawn with sums and products in a fixed order and rounded to bytes, so that natively and in a browser it is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .world import AREA_WIDTH, AREA_X, TABLE, Box, World

ROWS, COLUMNS = 64, 96
PIXEL = (TABLE[1] - TABLE[0]) / COLUMNS
"""Metres that a pixel spans, before the camera's own zoom."""
TABLE_ROW = 58.0
"""Where the table's surface is in the picture, before the camera's own shift."""
COLOURS = ((217, 72, 60), (236, 154, 41), (240, 208, 60), (88, 168, 92), (62, 124, 190), (128, 92, 172))
"""Red, green and blue of each block, the smallest first, before the light."""
WALL, WOOD, MARK, STEEL = (214, 214, 208), (150, 126, 104), (48, 48, 52), (104, 108, 116)


@dataclass(frozen=True)
class Jitter:
    """How much cameras differ; 1 is what the agents were trained with."""

    noise: float = 1.0
    light: float = 1.0


class Camera:
    """One episode's camera: its place, zoom, light and colours come from the seed, its noise from seed and step."""

    def __init__(self, seed: int, jitter: Jitter = Jitter()) -> None:
        self._seed, self._noise = seed, jitter.noise
        random = np.random.Generator(np.random.PCG64([seed, 1]))
        draw = random.random(64) * 2 - 1  # one call: what a draw is used for never shifts the others
        self.left, self.down = 1.5 * draw[0], 1.5 * draw[1]
        self.zoom = 1 + 0.03 * draw[2]
        light = (1 + 0.2 * jitter.light * draw[3]) * (1 + 0.06 * jitter.light * draw[4:7])
        slope = 0.15 * jitter.light * draw[7] * (np.arange(COLUMNS) * 2 / (COLUMNS - 1) - 1)
        self._light = np.maximum(light * (1 + slope)[:, None], 0).astype(np.float32)
        self._colours = np.clip(np.asarray(COLOURS) + 14 * draw[8:26].reshape(6, 3), 0, 255).astype(np.float32)
        wall, wood = np.asarray(WALL) + 16 * draw[26:29], np.asarray(WOOD) + 16 * draw[29:32]
        self._empty = np.empty((ROWS, COLUMNS, 3), np.float32)
        self._empty[:] = wall
        table = (TABLE[0] - 1, TABLE[1] + 1, -1.0, 0.0)
        self._paint(self._empty, table, wood.astype(np.float32))
        for x in AREA_X:
            half = AREA_WIDTH / 2
            self._paint(self._empty, (x - half, x + half, -0.012, -0.002), np.asarray(MARK, np.float32))

    def pixel(self, x: float, z: float) -> tuple[float, float]:
        """The (column, row) at which a point of the table, in metres, is seen; pixel middles are at halves."""
        scale = self.zoom / PIXEL
        return (x - 0.3) * scale + COLUMNS / 2 + self.left, TABLE_ROW + self.down - z * scale

    def image(self, world: World) -> np.ndarray:
        """uint8 [64, 96, 3]: what it sees now."""
        picture = self._empty.copy()
        for block in world.blocks:
            self._paint(picture, block.box, self._colours[block.rank])
        steel = np.asarray(STEEL, np.float32)
        for box in world.gripper():
            self._paint(picture, box, steel)
        self._paint(picture, (world.x - 0.006, world.x + 0.006, world.gripper()[0][3], 1.0), steel)
        picture *= self._light
        if self._noise > 0:
            random = np.random.Generator(np.random.PCG64([self._seed, 2, world.step_count]))
            bytes_ = np.frombuffer(random.bytes(2 * picture.size), np.uint8).astype(np.float32)
            grain = bytes_[: picture.size] + bytes_[picture.size :] - 255
            picture += (grain * np.float32(0.05 * self._noise)).reshape(picture.shape)
        seen: np.ndarray = np.clip(picture + 0.5, 0, 255).astype(np.uint8)
        return seen

    def _paint(self, picture: np.ndarray, box: Box, colour: np.ndarray) -> None:
        """Cover a box with a colour; a pixel that it covers in part takes on a part of it."""
        (left, bottom), (right, top) = self.pixel(box[0], box[2]), self.pixel(box[1], box[3])
        first, last = max(0, int(left)), min(COLUMNS, int(right) + 1)
        upper, lower = max(0, int(top)), min(ROWS, int(bottom) + 1)
        if first >= last or upper >= lower:
            return
        columns, rows = np.arange(first, last), np.arange(upper, lower)
        across = np.clip(np.minimum(columns + 1, right) - np.maximum(columns, left), 0, 1)
        along = np.clip(np.minimum(rows + 1, bottom) - np.maximum(rows, top), 0, 1)
        cover = (along[:, None] * across)[:, :, None].astype(np.float32)
        part = picture[upper:lower, first:last]
        part += (colour - part) * cover
