"""What a smaller model loses and how quick it is, on samples held apart; and whether it runs at all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..errors import SessionError
from ..measure import Clock, summary
from ..session import Session
from . import OpenModel, Progress, Stopped, step
from .answers import Answers
from .calibrate import together
from .samples import Samples

KEPT_BYTES = 64 * 2**20
"""The original's answers are kept while they take no more; else it answers anew for each model that is judged."""
WARM_UPS, TIMED = 2, 9
ENOUGH_S = 2.0
"""Runs end after so long, or after three."""
MOST_CALIBRATING, MOST_CHECKING = 128, 1000
EVERY = 3
"""Of so many samples one calibrates."""


def take(samples: Samples, places: np.ndarray) -> Samples:
    """The samples at these places."""
    labels = None if samples.labels is None else samples.labels[places]
    return replace(samples, inputs={name: array[places] for name, array in samples.inputs.items()}, labels=labels)


def thinned(places: np.ndarray, most: int) -> np.ndarray:
    """At most so many of the places, evenly spread."""
    return places if len(places) <= most else places[np.arange(most) * len(places) // most]


def split(samples: Samples) -> tuple[Samples, Samples]:
    """Samples to calibrate with, and others to check with, always the same ones; a single sample does both."""
    places = np.arange(samples.n)
    if samples.n < 2:
        return samples, samples
    chosen = places % EVERY == 0
    return take(samples, thinned(places[chosen], MOST_CALIBRATING)), take(
        samples, thinned(places[~chosen], MOST_CHECKING)
    )


@dataclass(frozen=True)
class Verdict:
    """How a model did against the original on the samples of a Judge."""

    loss: float
    """Percentage points: see Answers.loss."""
    accuracy: dict[str, Any] | None
    agreement: dict[str, Any]
    deviation: dict[str, float]
    model_ms: float | None
    """Median of single samples, or None where it was not timed."""


class Judge:
    """Runs models on the same samples, and tells what each loses against the original."""

    def __init__(
        self,
        original: bytes,
        name: str,
        samples: Samples,
        open_model: OpenModel,
        clock: Clock = time.perf_counter,
        on_progress: Progress | None = None,
        cancelled: Stopped | None = None,
    ) -> None:
        self.original, self.name, self.samples, self.open_model, self.clock = original, name, samples, open_model, clock
        self.on_progress, self.cancelled = on_progress, cancelled
        self._names: list[str] = []
        self._kept: list[Sequence[np.ndarray]] | None = []
        self.counts = False
        """Whether a loss counts samples, which makes it coarse where they are few; known once ``begin`` was awaited."""

    async def begin(self) -> Verdict:
        """Run the original: its answers, its time, and that it runs here."""
        session = await self.open_model(self.original, self.name)
        try:
            self._names = [info.name for info in session.outputs]
            answers, size = Answers(), 0
            for feeds, n in self._batches():
                outputs = await session.run(self._names, feeds)
                size += sum(output.nbytes for output in outputs)
                self._kept = [*self._kept, outputs] if self._kept is not None and size <= KEPT_BYTES else None
                answers.add(outputs, outputs, n)
                await self._step("check-original", answers.n / self.samples.n)
            self.counts = answers.classifies
            return self._verdict(answers, await self._time(session))
        finally:
            session.close()

    async def verdict(self, content: bytes, limit: float | None = None) -> Verdict:
        """How ``content`` does; timed only where it loses no more than ``limit`` points (None: always).

        Raises SessionError where it does not load, does not run or answers in another shape.
        """
        small = await self.open_model(content, self.name)
        original = await self.open_model(self.original, self.name) if self._kept is None else None
        try:
            have = [info.name for info in small.outputs]
            if have != self._names:
                raise SessionError(self.name, f"the smaller model has other outputs: {', '.join(have)}")
            answers = Answers()
            for place, (feeds, n) in enumerate(self._batches()):
                if original is not None:
                    outputs: Sequence[np.ndarray] = await original.run(self._names, feeds)
                else:
                    outputs = (self._kept or [])[place]
                found = await small.run(self._names, feeds)
                if [output.shape for output in found] != [output.shape for output in outputs]:
                    raise SessionError(self.name, "the smaller model answers in another shape")
                answers.add(outputs, found, n)
                await self._step("check", answers.n / self.samples.n)
            holds = limit is None or answers.loss(self.samples.labels) <= limit
            return self._verdict(answers, await self._time(small) if holds else None)
        finally:
            small.close()
            if original is not None:
                original.close()

    def _batches(self) -> Any:
        """What to feed, and how many samples it is."""
        size = together(self.samples)
        for feeds in self.samples.batches(size):
            one_by_one = bool(self.samples.whole) or not self.samples.together
            yield feeds, 1 if one_by_one else len(next(iter(feeds.values())))

    def _verdict(self, answers: Answers, model_ms: float | None) -> Verdict:
        labels = self.samples.labels
        return Verdict(
            answers.loss(labels), answers.accuracy(labels), answers.agreement(), answers.deviation(), model_ms
        )

    async def _time(self, session: Session) -> float:
        """The median of single samples, in milliseconds."""
        taken: list[float] = []
        for turn in range(WARM_UPS + TIMED):
            await self._step("time", turn / (WARM_UPS + TIMED))
            feeds = self.samples.one(turn % self.samples.n)
            start = self.clock()
            await session.run(self._names, feeds)
            if turn >= WARM_UPS:
                taken.append((self.clock() - start) * 1e3)
            if len(taken) >= 3 and sum(taken) > ENOUGH_S * 1e3:
                break
        return float(summary(taken)["median"])

    async def _step(self, phase: str, done: float) -> None:
        await step(phase, done, self.on_progress, self.cancelled)
