"""Session: one loaded model, whatever runs it.

A session is onnxruntime-shaped and asynchronous, so that one interface fits the native engine, the engine in a browser
and a replay of recorded answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from .errors import SessionError
from .manifest import Variant

TEXT_KINDS = "OUT"
"""numpy's kinds of dtype that hold text."""


@dataclass(frozen=True)
class TensorInfo:
    """Name, shape and dtype of one input or output; a free dimension is None or the name the model gives it."""

    name: str
    shape: tuple[int | str | None, ...]
    dtype: str


class Session(Protocol):
    """One loaded model."""

    @property
    def model_id(self) -> str:
        """``<exhibit>/<variant>``: what errors call it."""
        ...

    @property
    def inputs(self) -> Sequence[TensorInfo]: ...

    @property
    def outputs(self) -> Sequence[TensorInfo]: ...

    @property
    def load_ms(self) -> float:
        """Milliseconds from the model's bytes to a session that is ready to run."""
        ...

    @property
    def runtime(self) -> Mapping[str, Any]:
        """``{provider: str, threads: int, isolated: bool | None}``: what runs it."""
        ...

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """Compute the named outputs (None: all, in the model's order) from the inputs by name.

        Raises SessionError, which names the model and the offending input.
        """
        ...

    def close(self) -> None:
        """Free what the engine lets be freed."""
        ...


def busy_threads(runtime: Mapping[str, Any]) -> int:
    """Threads that are busy while a model runs: the engine's wait for each other without sleeping."""
    return int(runtime.get("threads") or 1)


OpenSession = Callable[[Variant], Awaitable[Session]]


def check_names(model_id: str, inputs: Sequence[TensorInfo], feeds: Mapping[str, Any]) -> None:
    """Raise SessionError unless the inputs are fed, all of them and nothing else."""
    needed = [info.name for info in inputs]
    for name in feeds:
        if name not in needed:
            raise SessionError(model_id, f"the model has no such input; it needs: {', '.join(needed)}", name)
    for name in needed:
        if name not in feeds:
            raise SessionError(model_id, f"it is missing; the model needs: {', '.join(needed)}", name)


def check_array(model_id: str, info: TensorInfo, array: np.ndarray) -> None:
    """Raise SessionError unless the array has the input's dtype, rank and fixed sizes."""
    dtype = "str" if array.dtype.kind in TEXT_KINDS else array.dtype.name
    if dtype != info.dtype:
        raise SessionError(model_id, f"its dtype is {dtype}; it must be {info.dtype}", info.name)
    if not fits(array.shape, info.shape):
        expected = ", ".join("any" if size is None else str(size) for size in info.shape)
        raise SessionError(model_id, f"its shape is {list(array.shape)}; it must be [{expected}]", info.name)


def fits(shape: tuple[int, ...], expected: tuple[int | str | None, ...]) -> bool:
    """Whether an array's shape has the expected rank, and the expected sizes where they are fixed."""
    return len(shape) == len(expected) and all(
        not isinstance(size, int) or size == have for have, size in zip(shape, expected, strict=True)
    )
