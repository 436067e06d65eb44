"""What training took: seconds, CPU seconds and joules by the meter that was passed in, kept with the checkpoint."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ..energy.meter import Meter


@dataclass
class Ledger:
    """Adds up what stretches of work took; a training that is stopped goes on with its ledger.

    Without a meter only time is kept. CPU seconds are this process's, all threads together.
    """

    meter: Meter | None = None
    seconds: float = 0.0
    core_s: float = 0.0
    joules: dict[str, float] = field(default_factory=lambda: {"low": 0.0, "mid": 0.0, "high": 0.0})

    @contextmanager
    def counting(self, name: str) -> Iterator[None]:
        """Count what happens inside."""
        window = self.meter.start(name) if self.meter else None
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        elapsed = time.perf_counter() - wall
        self.seconds += elapsed
        self.core_s += time.process_time() - cpu
        if window:
            watts = window.stop().active_w.range
            for end in self.joules:
                self.joules[end] += getattr(watts, end) * elapsed

    def as_dict(self) -> dict[str, Any]:
        """``{seconds, core_s, joules: {low, mid, high}}``."""
        return {"seconds": self.seconds, "core_s": self.core_s, "joules": dict(self.joules)}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go on from what ``as_dict`` told."""
        self.seconds, self.core_s, self.joules = kept["seconds"], kept["core_s"], dict(kept["joules"])
