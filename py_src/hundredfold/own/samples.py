"""Samples as the commands take them: `--samples x.npz --labels y`, or inputs made up from the model's shapes."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..arguments import together, whole
from ..compress import samples as core
from ..compress.arrays import MOST_BYTES, npy, npz
from ..compress.samples import Samples
from ..environment import UsageError
from ..errors import InputError, brief
from .files import content_of
from .labels import classes_of, labels_of

MADE_UP, SEED = 8, 1
UNKNOWN = "samples-input-unknown"
"""The code of what is no input of the model."""
KEY = "labels"
"""A key in the samples that needs no naming, unless the model has an input that is called so."""


def add_arguments(parser: argparse.ArgumentParser, required: bool = False, labels: bool = True) -> None:
    parser.add_argument(
        "--samples",
        type=Path,
        required=required,
        metavar="X.npz",
        help="keys are names of inputs, the first axis counts the samples; .npy for a model with one input",
    )
    if not labels:
        parser.set_defaults(labels=None, classes=None)
        return
    parser.add_argument("--labels", metavar="Y", help="a .npy, .txt or .csv, or a key in X.npz: whole numbers or words")
    parser.add_argument("--classes", metavar="A,B,...", help="what the classes are called, in the model's order")


def add_made_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=whole(0, 2**31 - 1), help="of inputs that are made up; default: 1")


def given_or_made_up(arguments: argparse.Namespace, inspection: Mapping[str, Any]) -> Samples:
    """The samples that are asked for, else some that are made up from the model's shapes. Raises UsageError."""
    together(arguments, "seed", "is of made-up inputs: leave it, or --samples", holds=arguments.samples is None)
    if (samples := given(arguments, inspection)) is not None:
        return samples
    try:
        return core.made_up(inspection, MADE_UP, _seed(arguments))
    except InputError as error:
        raise UsageError(f"--samples are needed: {error}") from None


def facts(samples: Samples | None, arguments: argparse.Namespace) -> dict[str, Any] | None:
    """What an answer says of the samples behind it."""
    if samples is None:
        return None
    seed = {"seed": _seed(arguments)} if samples.made_up else {}
    return {"n": samples.n, "made_up": samples.made_up, **seed, "labels": samples.labels is not None}


def text(facts: Mapping[str, Any] | None) -> list[str]:
    if facts is None:
        return []
    if facts["made_up"]:
        return [f"note: the inputs were made up (seed {facts['seed']}), so nothing can be said about accuracy"]
    return [f"on {facts['n']:,} samples{' with labels' if facts['labels'] else ''}"]


def _seed(arguments: argparse.Namespace) -> int:
    seed = getattr(arguments, "seed", None)
    return SEED if seed is None else int(seed)


def given(arguments: argparse.Namespace, inspection: Mapping[str, Any]) -> Samples | None:
    """The samples that are asked for, checked against the model; None without. Raises UsageError."""
    if arguments.samples is None:
        for name in ("labels", "classes"):
            together(arguments, name, "goes with --samples: give both, or neither", holds=False)
        return None
    try:
        arrays = _arrays(arguments.samples, inspection)
        inputs = [each["name"] for each in inspection["inputs"]]
        asked = arguments.labels
        if asked is None and KEY in arrays and KEY not in inputs:
            asked = KEY
        together(arguments, "classes", "goes with labels: name them with --labels", holds=asked is not None)
        classes = None if arguments.classes is None else classes_of(arguments.classes)
        labels = None
        if asked is not None:
            labels, classes = labels_of(asked, arrays, classes)
            if asked not in inputs:
                arrays.pop(asked, None)
        samples = core.check(Samples(_counted(arrays), labels, classes), inspection)
    except InputError as error:
        if error.field == "labels" and arguments.labels is not None:
            raise UsageError(f"--labels {brief(arguments.labels)}: {error}") from None
        hint = ", or name it by --labels if it holds them" if error.code == UNKNOWN and arguments.labels is None else ""
        raise UsageError(f"--samples {str(arguments.samples)!r}: {error}{hint}") from None
    if labels is not None and len(labels) != samples.n:
        raise UsageError(
            f"--labels {brief(asked)} has {len(labels):,} labels for {samples.n:,} samples: give one for each"
        )
    _check_classes(samples, inspection)
    return samples


def _check_classes(samples: Samples, inspection: Mapping[str, Any]) -> None:
    """Raise UsageError where words can not be matched with a classifier's outputs: it tells more apart, or fewer."""
    shapes = [each["shape"] for each in inspection["outputs"] if each["dtype"].startswith("float")]
    counts = [shape[1] for shape in shapes if shape and len(shape) == 2 and isinstance(shape[1], int)]
    if samples.classes is None or not counts:
        return
    count = max(counts[0], 2)
    if len(samples.classes) != count:
        advice = "--classes must name each, in the model's order"
        raise UsageError(f"there are {len(samples.classes)} labels, and the model tells {count} apart: {advice}")


def _arrays(path: Path, inspection: Mapping[str, Any]) -> dict[str, np.ndarray]:
    content = content_of(path, "--samples", MOST_BYTES)
    if path.suffix.lower() == ".npz":
        return npz(content)
    if path.suffix.lower() != ".npy":
        raise UsageError(f"--samples must be a .npz whose keys are names of inputs, or a .npy, not {str(path)!r}")
    if len(inspection["inputs"]) != 1:
        names = ", ".join(brief(each["name"]) for each in inspection["inputs"])
        raise UsageError(
            f"--samples {str(path)!r} is one array, and the model takes {names}: give a .npz with a key for each"
        )
    name = inspection["inputs"][0]["name"]
    return {name: npy(content, name)}


def _counted(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The arrays, if all have as many samples; else raises InputError."""
    counts = {name: len(array) if array.ndim else 0 for name, array in arrays.items()}
    if len(set(counts.values())) == 1 and all(counts.values()):
        return arrays
    told = ", ".join(f"{brief(name)} has {count}" for name, count in counts.items()) or "there is no array in it"
    raise InputError("samples", f"the first axis counts the samples, as many in each array and one at least: {told}")
