"""Samples to run, calibrate and compare models with: given by the user, or made up from what the model declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..errors import InputError, brief
from ..session import TEXT_KINDS
from .arrays import npy, npz
from .notes import note

FEW = 64
"""With fewer real samples than this, what is measured on them is said to be unsure."""
MADE_UP_SIZE = 1
"""What a free dimension is taken to be where the user gives no samples."""
LAYOUTS = {"nchw": (0, 3, 1, 2), "nhwc": (0, 2, 3, 1)}
"""How to bring an array of the other layout into each."""
HINTS = {
    "nchw": "the model wants NCHW; transpose them by (0, 3, 1, 2)",
    "nhwc": "the model wants NHWC; transpose them by (0, 2, 3, 1)",
    "no-samples-axis": "the axis of samples is missing; add it in front with x[None]",
    "no-channels-first": "the axis of channels is missing; add it with x[:, None]",
    "no-channels-last": "the axis of channels is missing; add it with x[..., None]",
    "fixed-batch": "the model takes several at a time; add an axis of samples in front of its own, or export it with a "
    "free batch",
    "resize": "resize or crop them to what the model wants",
    "axes": "the first axis counts the samples, the others are as the model wants them",
    "convert": "convert them",
    "too-large": "some values do not fit into that; convert them",
    "bytes": "give whole numbers from 0 to 255",
    "scale": "scale the bytes as the model was trained, often (x / 255 - mean) / std",
}
"""What to do about samples that do not fit, by the code that an error's values hold as ``hint``."""
DTYPES = {
    "bool",
    "float16",
    "float32",
    "float64",
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
}
"""Those of numbers that the engine, numpy and JavaScript share."""
MOST_MADE_UP_BYTES = 256 * 2**20


@dataclass(frozen=True)
class Samples:
    """Inputs of N samples by the model's input names: the first axis of each array counts the samples.

    ``labels`` are int64 [N], ``classes`` their names. ``made_up`` inputs say nothing about accuracy. ``check`` sets the
    rest: ``whole`` names the inputs whose samples are whole tensors, so that the model's shape has no axis of samples;
    ``together`` says whether the model takes several samples in one run.
    """

    inputs: dict[str, np.ndarray]
    labels: np.ndarray | None = None
    classes: tuple[str, ...] | None = None
    made_up: bool = False
    whole: frozenset[str] = frozenset()
    together: bool = True

    @property
    def n(self) -> int:
        return len(next(iter(self.inputs.values()))) if self.inputs else 0

    def one(self, i: int) -> dict[str, np.ndarray]:
        """What to feed for sample ``i``: with an axis of one sample where the model has one."""
        return {name: array[i, ...] if name in self.whole else array[i : i + 1] for name, array in self.inputs.items()}

    def batches(self, size: int = 32) -> Iterator[dict[str, np.ndarray]]:
        """What to feed for all samples in order, ``size`` at a time where the model takes several, else one by one."""
        if self.whole or not self.together:
            yield from (self.one(i) for i in range(self.n))
            return
        for start in range(0, self.n, size):
            yield {name: array[start : start + size] for name, array in self.inputs.items()}

    def first(self, n: int) -> Samples:
        """The first ``n`` samples."""
        labels = None if self.labels is None else self.labels[:n]
        return replace(self, inputs={name: array[:n] for name, array in self.inputs.items()}, labels=labels)


def made_up(inspection: Mapping[str, Any], n: int, seed: int = 1, sizes: Mapping[str, int] | None = None) -> Samples:
    """``n`` samples from the declared inputs: floats from a normal distribution, integers 0 or 1, masks all 1.

    A free dimension is the inspection's assumption for it, or what ``sizes`` gives for its name. Integers stay small,
    since most are indices. Raises InputError for inputs of text and of other kinds, and for too much of it.
    """
    random = np.random.default_rng(seed)
    inputs, whole = {}, set()
    assumed = {**inspection.get("assumed", {}), **(sizes or {})}
    for item in inspection["inputs"]:
        shape = item["shape"]
        if shape is None or item["dtype"] == "str":
            what = "takes text" if item["dtype"] == "str" else "does not say its shape"
            message = f"{brief(item['name'])} {what}: give samples of your own, since it can not be made up"
            raise InputError(item["name"], message, "samples-not-made-up", {"input": item["name"]})
        batched = bool(shape) and (not isinstance(shape[0], int) or shape[0] == 1)
        rest = [
            size if isinstance(size, int) else int(assumed.get(size or f"{item['name']}:{axis}", MADE_UP_SIZE))
            for axis, size in enumerate(shape)
        ][1 if batched else 0 :]
        if n * float(np.prod([float(size) for size in rest])) * 8 > MOST_MADE_UP_BYTES:
            message = f"{n} made-up samples of {brief(item['name'])} would take too much memory: make up fewer"
            raise InputError(item["name"], message, "samples-too-many", {"input": item["name"], "n": n})
        inputs[item["name"]] = _random(random, item["name"], (n, *rest), item["dtype"])
        if not batched:
            whole.add(item["name"])
    return Samples(inputs, made_up=True, whole=frozenset(whole), together=_together(inspection) and not whole)


def _random(random: np.random.Generator, name: str, shape: tuple[int, ...], dtype: str) -> np.ndarray:
    if dtype not in DTYPES:
        message = f"{brief(name)} takes {dtype}, which can not be made up: give samples of your own"
        raise InputError(name, message, "samples-not-made-up", {"input": name})
    kind = np.dtype(dtype)
    if kind.kind == "f":
        return random.standard_normal(shape, np.float32).astype(kind)
    if kind.kind == "b" or "mask" in name.lower():
        return np.ones(shape, kind)
    return random.integers(0, 2, shape).astype(kind)


def _together(inspection: Mapping[str, Any]) -> bool:
    """Whether the first size of every input and output is free, so that several samples go into one run."""
    ends = (*inspection["inputs"], *inspection["outputs"])
    return all(item["shape"] and not isinstance(item["shape"][0], int) for item in ends)


def from_npz(content: bytes) -> Samples:
    """Samples from a .npz whose keys are input names; an optional key ``labels`` holds whole numbers [N]."""
    return _samples(npz(content))


def from_npy(content: bytes, name: str) -> Samples:
    """Samples from a .npy for the model's only input, ``name``."""
    return _samples({name: npy(content, name)})


def _samples(arrays: dict[str, np.ndarray]) -> Samples:
    labels = arrays.pop("labels", None)
    if not arrays:
        raise InputError("samples", "the file holds no inputs: name each array after an input", "samples-empty")
    lengths = {name: len(array) if array.ndim else None for name, array in arrays.items()}
    if labels is not None:
        labels = _labels(labels)
        lengths["labels"] = len(labels)
    counts = set(lengths.values())
    if len(counts) > 1 or None in counts or 0 in counts:
        told = ", ".join(f"{name} {'a single value' if n is None else n}" for name, n in lengths.items())
        message = f"the first axis of each array counts the samples and must be the same, and at least 1, not {told}"
        raise InputError("samples", message, "samples-lengths", {"found": told})
    return Samples(arrays, labels)


def _labels(labels: np.ndarray) -> np.ndarray:
    labels = labels[:, 0] if labels.ndim == 2 and labels.shape[1] == 1 else labels
    if labels.ndim != 1 or labels.dtype.kind not in "iub" or (labels.size and int(labels.min()) < 0):
        message = f"labels must be whole numbers from 0, one per sample, not {labels.dtype.name} {list(labels.shape)}"
        raise InputError("labels", message, "samples-labels", {"found": f"{labels.dtype.name} {list(labels.shape)}"})
    return labels.astype(np.int64)


def check(samples: Samples, inspection: Mapping[str, Any]) -> Samples:
    """The samples as the model takes them (dtypes that lose nothing converted), or InputError with what to change."""
    wanted = {item["name"]: item for item in inspection["inputs"]}
    if missing := [name for name in wanted if name not in samples.inputs]:
        have = ", ".join(brief(name) for name in samples.inputs)
        message = f"the model needs an input {brief(missing[0])}, and the samples hold {have}: name the array so"
        values: dict[str, str | float] = {"input": missing[0], "found": have}
        raise InputError(missing[0], message, "samples-input-missing", values)
    if extra := [name for name in samples.inputs if name not in wanted]:
        needs = ", ".join(brief(name) for name in wanted)
        message = f"the model has no input {brief(extra[0])}: it needs {needs}. Take that array out"
        raise InputError(extra[0], message, "samples-input-unknown", {"input": extra[0], "needed": needs})
    inputs, whole = {}, set()
    for name, item in wanted.items():
        array = _typed(samples.inputs[name], item)
        if _is_whole(array, item):
            whole.add(name)
        inputs[name] = array
    if samples.labels is not None:
        _check_labels(samples.labels, inspection)
    return replace(samples, inputs=inputs, whole=frozenset(whole), together=_together(inspection) and not whole)


def _check_labels(labels: np.ndarray, inspection: Mapping[str, Any]) -> None:
    """Raise InputError where a label is none of the classes of the first output, if that is one score per class."""
    first = inspection["outputs"][0]
    if not str(first["dtype"]).startswith("float") or not first["shape"] or len(first["shape"]) != 2:
        return
    classes = first["shape"][1]
    most = int(labels.max(initial=0))
    if isinstance(classes, int) and most >= max(classes, 2):
        message = f"the labels go up to {most}, and the model tells {max(classes, 2)} classes: count them from 0"
        raise InputError("labels", message, "samples-label-unknown", {"label": most, "classes": max(classes, 2)})


def _typed(array: np.ndarray, item: Mapping[str, Any]) -> np.ndarray:
    """The array in the input's dtype, where no value changes but by rounding of floats."""
    name, dtype = item["name"], item["dtype"]
    have = "str" if array.dtype.kind in TEXT_KINDS else array.dtype.name
    if have == dtype:
        return array
    hint = "convert"
    if dtype in DTYPES and have != "str":
        kind = np.dtype(dtype).kind
        if array.dtype.kind == kind == "f":
            return array.astype(dtype)
        if array.dtype.kind in "iub" and kind in "iu":
            info = np.iinfo(dtype)
            if not array.size or (info.min <= int(array.min()) and int(array.max()) <= info.max):
                return array.astype(dtype)
            hint = "too-large"
        elif have.startswith("float") and dtype == "uint8":
            hint = "bytes"
        elif have == "uint8" and kind == "f":
            hint = "scale"
    message = f"{brief(name)} takes {dtype}, and the samples are {have}: {HINTS[hint]}"
    raise InputError(name, message, "samples-dtype", {"input": name, "found": have, "wanted": dtype, "hint": hint})


def _is_whole(array: np.ndarray, item: Mapping[str, Any]) -> bool:
    """Whether each sample is a whole tensor of the declared shape; raises InputError where it fits in neither way."""
    shape = item["shape"]
    if shape is None or (array.ndim == len(shape) and _fits(array.shape[1:], shape[1:]) and not _fixed(shape)):
        return False
    if array.ndim == len(shape) + 1 and _fits(array.shape[1:], shape):
        return True
    name, wanted = item["name"], ", ".join("any" if size is None else str(size) for size in shape)
    found = ", ".join(map(str, array.shape))
    hint = _hint(array, shape)
    values: dict[str, str | float] = {"input": name, "found": found, "wanted": wanted, "hint": hint}
    message = f"{brief(name)} has the shape [{wanted}], and the samples have [{found}]: {HINTS[hint]}"
    raise InputError(name, message, "samples-shape", values)


def _fixed(shape: list[Any]) -> bool:
    return bool(shape) and isinstance(shape[0], int) and shape[0] != 1


def _fits(have: tuple[int, ...], wanted: list[Any]) -> bool:
    return len(have) == len(wanted) and all(
        not isinstance(want, int) or want == size for size, want in zip(have, wanted, strict=True)
    )


def _hint(array: np.ndarray, shape: list[Any]) -> str:
    """The hint on what most likely brings the array into the shape."""
    if array.ndim == len(shape) == 4 and not _fixed(shape):
        for layout, order in LAYOUTS.items():
            if _fits(tuple(array.shape[axis] for axis in order)[1:], shape[1:]):
                return layout
    if array.ndim == len(shape) - 1:
        if _fits(array.shape, shape[1:]):
            return "no-samples-axis"
        if array.ndim == 3 and shape[1] == 1 and _fits(array.shape[1:], shape[2:]):
            return "no-channels-first"
        if array.ndim == 3 and shape[-1] == 1 and _fits(array.shape[1:], shape[1:-1]):
            return "no-channels-last"
    if _fixed(shape) and array.ndim == len(shape) and _fits(array.shape[1:], shape[1:]):
        return "fixed-batch"
    return "resize" if array.ndim == len(shape) and array.ndim > 2 else "axes"


def doubts(samples: Samples) -> list[dict[str, Any]]:
    """Notes on what these samples can not tell."""
    if samples.made_up:
        return [note("samples-made-up")]
    return [note("samples-few", n=samples.n, few=FEW)] if samples.n < FEW else []
