"""A visitor's own model: inspected, run, shrunk and compared, the same in the browser and natively.

``onnx``, ``onnxslim`` and onnxruntime's quantiser are imported within functions only: a page fetches them when they are
asked for, and the command line needs them for these commands alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ..errors import HundredfoldError
from ..session import Session

OpenModel = Callable[[bytes, str], Awaitable[Session]]
"""A session from a model's bytes and its name, natively or in the browser; whoever called it closes it."""
Progress = Callable[[str, float], Awaitable[None]]
"""Told the phase's code and the share of it that is done, 0 to 1."""
Stopped = Callable[[], bool]
"""Whether the user has asked to stop."""


class Cancelled(HundredfoldError):  # noqa: N818 - what happened is no error
    """The user stopped the work; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__("stopped, as you asked; nothing was changed")


async def step(phase: str, done: float, on_progress: Progress | None, cancelled: Stopped | None) -> None:
    """Tell how far ``phase`` is, and raise Cancelled if the user has asked to stop."""
    if on_progress is not None:
        await on_progress(phase, done)
    if cancelled is not None and cancelled():
        raise Cancelled
