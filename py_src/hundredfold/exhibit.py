"""Exhibit: one task, as both sides know it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .session import Session


@dataclass(frozen=True)
class PlayContext:
    """What an exhibit that is played has on the visitor's device."""

    open: Callable[[str], Awaitable[Session]]
    """Opens one of the exhibit's variants by its id."""
    episodes: dict[str, Any]
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
    largest_body_bytes: int = 2_000_000
    """Of a request to run it there: what is longer is refused, unless the operator set a lower bound for all."""
    devices: Sequence[Literal["camera", "microphone"]] = ()
    """What its page may ask the visitor for."""
    scenes: Sequence[Mapping[str, Any]] = ()
    """Whole episodes of what is played, which a site without a server has recorded."""
    play: Callable[[Mapping[str, Any], PlayContext], Awaitable[dict[str, Any]]] | None = None
    """Answers one request of a page on which something goes on in steps; None: each run is all there is to it."""
