"""How far the answers of two models are apart, sample by sample, without keeping the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..session import TEXT_KINDS
from .score import wilson

AGREES_WITHIN = 0.01
"""Without classes, a sample agrees whose answer is no further off than this, relative to the range of the output."""


class Answers:
    """Collects the outputs of an original and a smaller model, batch by batch.

    The first output of the shape [N, K] in floating point, N being the samples, makes it a classifier: its label is the
    largest of K, or with K = 1 whether the value is above 0.5, or above 0 where the original's values leave 0 to 1.
    """

    def __init__(self) -> None:
        self.n = 0
        self._labels: list[tuple[np.ndarray, np.ndarray]] = []
        self._class_output: int | None = None
        self._single = False
        self._mean: list[np.ndarray] = []
        """Of each batch, the mean absolute difference [outputs, N]."""
        self._broken: list[np.ndarray] = []
        """Of each batch, the share of values that are not comparable [outputs, N]: one of them is no number."""
        self._worst = np.zeros(0)
        self._low = np.zeros(0)
        self._high = np.zeros(0)

    def add(self, original: Sequence[np.ndarray], small: Sequence[np.ndarray], n: int) -> None:
        """Take the outputs of both for the same ``n`` samples, in the same order."""
        if not self.n:
            self._begin(original, n)
        means, broken = np.zeros((len(original), n)), np.zeros((len(original), n))
        for place, (one, other) in enumerate(zip(original, small, strict=True)):
            means[place], broken[place] = self._difference(place, np.asarray(one), np.asarray(other), n)
        self._mean.append(means)
        self._broken.append(broken)
        if self._class_output is not None:
            one, other = np.asarray(original[self._class_output]), np.asarray(small[self._class_output])
            if self._single:
                self._labels.append((one.reshape(-1).astype(np.float32), other.reshape(-1).astype(np.float32)))
            else:
                self._labels.append((one.argmax(1), other.argmax(1)))
        self.n += n

    def _begin(self, original: Sequence[np.ndarray], n: int) -> None:
        for place, output in enumerate(original):
            array = np.asarray(output)
            if array.ndim == 2 and array.shape[0] == n and array.shape[1] and array.dtype.kind == "f":
                self._class_output, self._single = place, array.shape[1] == 1
                break
        self._worst = np.zeros(len(original))
        self._low, self._high = np.full(len(original), np.inf), np.full(len(original), -np.inf)

    def _difference(self, place: int, one: np.ndarray, other: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
        """Mean absolute difference and share of values that are not comparable, per sample [n]."""
        if one.shape != other.shape:
            return np.zeros(n), np.ones(n)
        if not one.size:
            return np.zeros(n), np.zeros(n)
        if one.dtype.kind in TEXT_KINDS or one.dtype.kind == "b":
            apart = (one != other).astype(np.float64)
            self._low[place], self._high[place] = 0.0, 1.0
        else:
            with np.errstate(invalid="ignore", over="ignore"):
                apart = np.abs(one.astype(np.float64) - other.astype(np.float64))
            apart[(one == other) | ((one != one) & (other != other))] = 0.0
            if (numbers := one[np.isfinite(one)]).size:
                self._low[place] = min(self._low[place], float(numbers.min()))
                self._high[place] = max(self._high[place], float(numbers.max()))
        rows = apart.reshape(n, -1) if apart.ndim and apart.shape[0] == n else np.tile(apart.reshape(1, -1), (n, 1))
        odd = ~np.isfinite(rows)
        rows = np.where(odd, 0.0, rows)
        self._worst[place] = np.inf if odd.any() else max(self._worst[place], float(rows.max()))
        return rows.mean(1), odd.mean(1)

    def _ranges(self) -> np.ndarray:
        """By what each output's differences are divided [outputs]: its range, or its size where it is constant."""
        spread = np.where(self._high > self._low, self._high - self._low, np.maximum(np.abs(self._high), 1e-12))
        return np.where(np.isfinite(spread), spread, 1.0)

    def deviations(self) -> np.ndarray:
        """Of each sample, the mean absolute difference over the original's range, for the output that differs most [N].

        A value that is no number on one side only counts as one whole range.
        """
        if not self.n:
            return np.zeros(0)
        means, broken = np.concatenate(self._mean, 1), np.concatenate(self._broken, 1)
        return np.asarray((means / self._ranges()[:, None] + broken).max(0, initial=0.0))

    def deviation(self) -> dict[str, float]:
        """``{mean, p95, worst}`` relative to the range of the original's output, 1 being the whole range.

        ``mean`` and ``p95`` are over samples; ``worst`` is the largest difference of a single value (at most 1e9).
        """
        each = np.sort(self.deviations())
        if not each.size:
            return {"mean": 0.0, "p95": 0.0, "worst": 0.0}
        worst = float((self._worst / self._ranges()).max(initial=0.0))
        return {"mean": float(each.mean()), "p95": float(each[-(-95 * each.size // 100) - 1]), "worst": min(worst, 1e9)}

    @property
    def classifies(self) -> bool:
        return self._class_output is not None

    def labels(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The labels of both, int64 [N] each, or None where the model is no classifier."""
        if not self.classifies:
            return None
        one, other = (np.concatenate([pair[side] for pair in self._labels]) for side in (0, 1))
        if self._single:
            share = bool(np.all((one >= 0) & (one <= 1)))
            one, other = (values > (0.5 if share else 0.0) for values in (one, other))
        return one.astype(np.int64), other.astype(np.int64)

    def agreement(self) -> dict[str, Any]:
        """``{value, low, high, n}``: the share of samples with the same label, or close by without labels."""
        labels = self.labels()
        same = labels[0] == labels[1] if labels else self.deviations() <= AGREES_WITHIN
        return share(int(same.sum()), self.n)

    def accuracy(self, truth: np.ndarray | None) -> dict[str, Any] | None:
        """``{original, small}`` with ``{value, low, high, n}`` each, or None without labels or classes."""
        labels = self.labels()
        if truth is None or labels is None:
            return None
        truth = truth[: self.n]
        return {
            side: share(int((found == truth).sum()), self.n)
            for side, found in zip(("original", "small"), labels, strict=True)
        }

    def loss(self, truth: np.ndarray | None) -> float:
        """What the smaller model loses, in percentage points.

        That is accuracy where there are labels (negative where the smaller is right more often), else agreement, and
        without classes the mean deviation in percent of the output's range.
        """
        if accuracy := self.accuracy(truth):
            return 100.0 * float(accuracy["original"]["value"] - accuracy["small"]["value"])
        if self.classifies:
            return 100.0 * (1.0 - float(self.agreement()["value"]))
        return 100 * self.deviation()["mean"]


def share(count: int, n: int) -> dict[str, Any]:
    """``{value, low, high, n}``: a share with its 95 % interval."""
    low, high = wilson(count, n)
    return {"value": count / n if n else 0.0, "low": low, "high": high, "n": n}
