"""The native engine as the core asks for one, and what drives the core without an event loop."""

from __future__ import annotations

from collections.abc import Awaitable
from importlib.util import find_spec
from typing import Any, TypeVar

from ..arguments import needs
from ..session import Session

T = TypeVar("T")
EXTRA = "own"
PACKAGES = ("onnx", "onnxslim", "onnxruntime")


def needed() -> None:
    """Raise RuntimeError, with the command that installs it, unless there is all that these commands need."""
    for module in PACKAGES:
        if find_spec(module) is None:  # importing all takes a second, which not each command needs
            needs(module, EXTRA)


async def open_model(content: bytes, name: str) -> Session:
    """A session of native onnxruntime; the caller closes it."""
    from ..adapters.native import NativeSession

    return NativeSession(content, name)


def now(answer: Awaitable[T]) -> T:
    """The result of what waits for nothing but its turn: an event loop would keep Ctrl-C to itself meanwhile."""
    steps: Any = answer.__await__()
    try:
        while next(steps) is None:
            pass
    except StopIteration as done:
        value: T = done.value
        return value
    raise RuntimeError("an answer waits for something, which a native session does not")
