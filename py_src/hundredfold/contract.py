"""The shapes that everything is written against: Session, Exhibit, Problem.

A session is onnxruntime-shaped and asynchronous, so that one interface fits the native engine, the engine in a browser
and a replay of recorded answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

if TYPE_CHECKING:
    from .energy.devices import Power
    from .manifest import Variant

Where = Literal["here", "there"]
QUOTED = 60
"""An error quotes a value with so many characters."""
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


OpenSession = Callable[["Variant"], Awaitable[Session]]


class Window(Protocol):
    """A stretch of time during which a meter reads, while one model runs and nothing else."""

    @property
    def least_s(self) -> float:
        """Seconds below which the meter could not tell: whoever measures repeats its runs until they are over."""
        ...

    def stop(self) -> Power:
        """What the machine drew on average since the window was opened."""
        ...


class Meter(Protocol):
    """Reads what runs draw on the machine that it is on."""

    def start(self, model_id: str) -> Window: ...


@dataclass(frozen=True)
class Kit:
    """What an exhibit that is played has on the visitor's device."""

    open: Callable[[str], Awaitable[Session]]
    """Opens one of the exhibit's variants by its id."""
    shelf: dict[str, Any]
    """Where it keeps what is under way."""
    clock: Callable[[], float]
    """Seconds, to tell how long an agent computed."""


@dataclass(frozen=True)
class Exhibit:
    """One task: how its input is checked and how one answer is computed with a session."""

    id: str
    title: str
    question: str
    """What a visitor is asked to do, in one sentence."""
    input_schema: Mapping[str, Any]
    """JSON Schema of the input, shown in the OpenAPI document."""
    output_schema: Mapping[str, Any]
    parse: Callable[[Any], Any]
    """Checks the JSON input and returns it in the form that ``run`` takes; raises InputError."""
    run: Callable[[Session, Any], Awaitable[dict[str, Any]]]
    """Computes the JSON output from the parsed input; holds no clock."""
    deviation: Callable[[Mapping[str, Any], Mapping[str, Any]], float]
    """How far two outputs lie apart, as the largest absolute difference of a figure; infinite if the answers differ."""
    tolerance: float = 1e-3
    """The largest deviation from a golden vector that still counts as the same answer."""
    play: Callable[[Mapping[str, Any], Kit], Awaitable[dict[str, Any]]] | None = None
    """Answers one request of a page on which something goes on in steps; None: each run is all there is to it."""


class HundredfoldError(Exception):
    """The base of every error that this package raises on purpose."""


class InputError(HundredfoldError):
    """The visitor's input can not be used; ``field`` says which part, as a dotted path, and the message what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class SessionError(HundredfoldError):
    """The engine refused a model or a run."""

    def __init__(self, model_id: str, message: str, tensor: str | None = None) -> None:
        about = f"input '{tensor}' of {model_id}" if tensor else model_id
        super().__init__(f"{about}: {message}")
        self.model_id = model_id
        self.tensor = tensor


def brief(value: Any) -> str:
    """A value as an error quotes it: cut short, whatever it is."""
    try:
        text = repr(value)
    except ValueError:  # Python writes out no integer of thousands of digits
        return "a number with thousands of digits"
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}..."


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


@dataclass(frozen=True)
class Problem:
    """An error as RFC 9457 problem details: what went wrong, and in ``detail`` what to do about it."""

    status: int
    title: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail, **self.extra}
