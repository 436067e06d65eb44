"""What free dimensions are taken to be for one sample: batch 1, and the others what is common for such inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

IMAGE, SEQUENCE, SIGNAL, SOUND, OTHER = 224, 128, 512, 16_000, 32
"""A picture's side, tokens of a text, values of a signal, a second of sound, and the sides of anything else."""
OTHER_IMAGES = ((48, 320), (32, 320), (64, 64), (32, 32), (28, 28), (256, 256), (299, 299), (512, 512), (640, 640))
OTHER_SIGNALS = (256, 576, 64, 1024, 16_000)
OTHER_SOUNDS = (32_000, 48_000, 160_000)
FLOATS = (1, 10, 11, 16)
SOUNDS = ("sample", "audio", "wav", "time")
LARGEST = 2**31 - 1
"""No engine holds more along one axis."""
NAMELESS = ("", "?")


def named(dimension: Any) -> str:
    """The name of a free dimension, "" if it has none."""
    name = dimension.dim_param if dimension.HasField("dim_param") else ""
    return "" if name in NAMELESS else str(name)


def fixed(dimension: Any) -> int | None:
    """The size of a dimension of an input, None where it is free; some exporters write 0 or -1 for free."""
    return int(dimension.dim_value) if dimension.HasField("dim_value") and dimension.dim_value > 0 else None


def assume(inputs: Any) -> dict[str, int]:
    """The size of each free dimension by its name, or as ``input:axis`` where it has none."""
    sizes: dict[str, int] = {}
    for value in inputs:
        dimensions = value.type.tensor_type.shape.dim
        for axis, dimension in enumerate(dimensions):
            if fixed(dimension) is None:
                key = named(dimension) or f"{value.name}:{axis}"
                size = _common(value.type.tensor_type.elem_type, len(dimensions), axis, f"{key} {value.name}".lower())
                if axis == 1 and (fixed(dimensions[0]) or 1) > 1:
                    size = 1  # as in the states of recurrent layers: [layers, batch, hidden]
                sizes[key] = min(size, sizes.get(key, size))
    return sizes


def guesses(inputs: Any) -> Iterator[dict[str, int]]:
    """Sizes to try, the most common first: where those do not fit the graph, sides of other pictures and signals."""
    first = assume(inputs)
    yield first
    sides = [key for key, size in first.items() if size == IMAGE]
    for height, width in OTHER_IMAGES if sides else ():
        yield {**first, **{key: (height, width)[at % 2] for at, key in enumerate(sides)}}
    for size, others in ((SIGNAL, OTHER_SIGNALS), (SOUND, OTHER_SOUNDS)):
        lengths = [key for key, assumed in first.items() if assumed == size]
        for other in others if lengths else ():
            yield {**first, **dict.fromkeys(lengths, other)}


def _common(kind: int, rank: int, axis: int, names: str) -> int:
    if axis == 0 or "batch" in names.split(" ")[0]:
        return 1
    if any(word in names for word in SOUNDS) and rank < 4:
        return SOUND
    if rank == 4:
        return IMAGE
    if rank == 2:
        return SIGNAL if kind in FLOATS else SEQUENCE
    return SEQUENCE if rank == 3 else OTHER


def input_shape(value: Any, assumed: Mapping[str, int]) -> tuple[int, ...] | None:
    """The sizes of an input of the model; None where not even its rank is declared."""
    kind = value.type.tensor_type
    if not value.type.HasField("tensor_type") or not kind.HasField("shape"):
        return None
    return tuple(
        fixed(dimension) or assumed.get(named(dimension) or f"{value.name}:{axis}", 1)
        for axis, dimension in enumerate(kind.shape.dim)
    )


def resolved(kind: Any, assumed: Mapping[str, int]) -> tuple[int, ...] | None:
    """The sizes of a tensor type within a graph, None unless all are known; 0 is a size there."""
    if not kind.HasField("shape"):
        return None
    sizes = []
    for dimension in kind.shape.dim:
        size = dimension.dim_value if dimension.HasField("dim_value") else assumed.get(named(dimension))
        if size is None or not 0 <= size <= LARGEST:
            return None
        sizes.append(int(size))
    return tuple(sizes)
