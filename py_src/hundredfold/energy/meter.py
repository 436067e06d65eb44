"""What reads the power that a machine draws while a model runs on it."""

from __future__ import annotations

from typing import Protocol

from .devices import Power


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
