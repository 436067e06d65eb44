"""The quickest of the smaller models that keeps within the user's limit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from ..errors import ModelFileError, SessionError
from . import Progress, Stopped, step
from .calibrate import Range, ranges
from .graph import CONVOLUTIONS, inferred, layers, operators, parsed
from .judge import Judge, Verdict
from .layers import around, hurts
from .methods import activations, apply, quantizable
from .samples import Samples

MOST_FLOAT = 0.6
"""Static-int8 is given up when more than this share of the weights would have to stay in float."""
AS_QUICK = 1.15
"""Of models that take no longer than this times the quickest, the smallest is taken: such differences are noise."""


@dataclass(frozen=True)
class Attempt:
    """One smaller model, and how it did."""

    method: str
    content: bytes
    floats: tuple[str, ...]
    """Layers that static-int8 left in float: those with weights, or the others where it is none of those."""
    verdict: Verdict | None
    """None where it could not be made or did not run: ``error`` says why."""
    holds: bool
    error: ModelFileError | SessionError | None = None

    def told(self) -> dict[str, Any]:
        """``{method, floats, bytes, loss, holds, model_ms, why}`` for a report; ``loss`` in percentage points."""
        return {
            "method": self.method,
            "floats": list(self.floats),
            "bytes": len(self.content) or None,
            "loss": self.verdict.loss if self.verdict else None,
            "holds": self.holds,
            "model_ms": self.verdict.model_ms if self.verdict else None,
            "why": str(self.error) if self.error else None,
        }


@dataclass
class Search:
    """What a search needs, and what it has tried so far."""

    model: Any
    """Prepared, simplified and inferred."""
    name: str
    calibration: Samples
    judge: Judge
    max_drop: float
    on_progress: Progress | None = None
    cancelled: Stopped | None = None
    attempts: list[Attempt] = field(default_factory=list)
    _static: dict[frozenset[str], Attempt] = field(default_factory=dict)

    async def run(self) -> Attempt | None:
        """The attempt to hand out, or None where nothing smaller keeps within the limit.

        Half precision takes twice the bytes of int8 and, on a processor, computes in float: it is tried only where
        nothing that computes in int8 holds.
        """
        found = [await self._static_int8()] if not self.calibration.made_up else []
        if not operators(self.model) & set(CONVOLUTIONS):
            found.append(await self.attempt("dynamic-int8"))
        others = ("weights-int8",) if self._usable(found) else ("weights-int8", "float16")
        holding = self._usable([*found, *[await self.attempt(method) for method in others]])
        if not holding:
            return None
        quickest = min(_ms(attempt) for attempt in holding)
        return min(
            (attempt for attempt in holding if _ms(attempt) <= AS_QUICK * quickest),
            key=lambda attempt: len(attempt.content),
        )

    def _usable(self, attempts: list[Attempt | None]) -> list[Attempt]:
        smaller = [attempt for attempt in attempts if attempt and len(attempt.content) < len(self.judge.original)]
        return [attempt for attempt in smaller if attempt.holds]

    async def attempt(
        self,
        method: str,
        found: dict[str, Range] | None = None,
        nodes: Collection[str] = (),
        floats: tuple[str, ...] = (),
    ) -> Attempt:
        """Make a model and judge it; one that can not be made is an attempt that does not hold."""
        await step("quantize", 0.0, self.on_progress, self.cancelled)
        content = b""
        try:
            content = apply(self.model, method, found, nodes)
            verdict = await self.judge.verdict(content, self.max_drop)
            attempt = Attempt(method, content, floats, verdict, verdict.loss <= self.max_drop)
        except (ModelFileError, SessionError) as error:
            attempt = Attempt(method, content, floats, None, False, error)
        self.attempts.append(attempt)
        return attempt

    async def _static_int8(self) -> Attempt | None:
        """Static-int8 with as few activations in float as keep within the limit, or None.

        The activations that rounding hurts most go back to float first, twice as many at each step until it holds;
        then bisection takes back what was not needed.
        """
        nodes = quantizable(self.model)
        if not nodes:
            return None
        found = await ranges(
            *(self.model, activations(self.model, nodes), self.name, self.calibration, self.judge.open_model),
            *(self.on_progress, self.cancelled),
        )
        whole = await self._with_floats(nodes, found, set())
        if whole.holds or whole.verdict is None or len(whole.content) >= len(self.judge.original):
            return whole if whole.holds else None
        hurt = await hurts(
            *(self.model, parsed(whole.content), self.name, self.calibration, self.judge.open_model),
            *(self.on_progress, self.cancelled),
        )
        order = [tensor for tensor in hurt if self._share(self._around([tensor])) <= MOST_FLOAT]
        failing, holding, count = 0, 0, 1
        while failing < len(order):
            count = min(count, len(order))
            excluded = self._around(order[:count])
            if self._share(excluded) > MOST_FLOAT or not set(nodes) - excluded:
                break
            if (await self._with_floats(nodes, found, excluded)).holds:
                holding = count
                break
            failing, count = count, 2 * count
        while holding - failing > 1:
            middle = (failing + holding) // 2
            held = (await self._with_floats(nodes, found, self._around(order[:middle]))).holds
            failing, holding = (failing, middle) if held else (middle, holding)
        return await self._with_floats(nodes, found, self._around(order[:holding])) if holding else None

    def _around(self, tensors: list[str]) -> set[str]:
        return set().union(*(around(self.model, tensor) for tensor in tensors))

    def _share(self, excluded: set[str]) -> float:
        """The share of the weights that these nodes hold."""
        sizes = layers(self.model)
        return sum(sizes.get(name, 0) for name in excluded) / max(1, sum(sizes.values()))

    async def _with_floats(self, nodes: list[str], found: dict[str, Range], excluded: set[str]) -> Attempt:
        """Static-int8 with the excluded nodes in float; each set of them is tried once."""
        left = [name for name in nodes if name not in excluded]
        key = frozenset(left)
        if key not in self._static:
            weighty = [name for name in layers(self.model) if name not in left]
            others = [name for name in nodes if name in excluded]
            self._static[key] = await self.attempt("static-int8", found, left, tuple(weighty or others))
        return self._static[key]


def _ms(attempt: Attempt) -> float:
    return attempt.verdict.model_ms or 0.0 if attempt.verdict else 0.0


def search_in(
    model: Any,
    name: str,
    calibration: Samples,
    judge: Judge,
    max_drop: float,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
) -> Search:
    """A search among the smaller models of a prepared one."""
    return Search(inferred(model), name, calibration, judge, max_drop, on_progress, cancelled)
