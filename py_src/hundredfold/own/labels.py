"""Labels for samples: from a file of them, or from an array that lies beside the samples."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..compress.arrays import npy
from ..environment import UsageError
from ..errors import InputError, brief
from ..session import TEXT_KINDS
from .files import content_of

FORMS = (".npy", ".txt", ".csv")
HEADINGS = ("label", "labels", "class", "target", "y")
"""What a table's column of labels is called, in any case."""
MOST_BYTES = 100_000_000


def labels_of(
    asked: str, arrays: dict[str, np.ndarray], classes: Sequence[str] | None
) -> tuple[np.ndarray, tuple[str, ...] | None]:
    """Labels, int64 [N], and what they are called, where they are words or ``classes`` says it.

    ``asked`` is a key of ``arrays`` or the name of a file. Words are numbered in the order of ``classes``, else in that
    of the alphabet. Raises UsageError.
    """
    found = arrays[asked] if asked in arrays else _file(asked, arrays)
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    if found.ndim != 1:
        raise UsageError(f"--labels {brief(asked)} must be one label a sample, not of shape {list(found.shape)}")
    numbers = _numbers(found)
    if numbers is None:
        if found.dtype.kind not in TEXT_KINDS:
            raise UsageError(f"--labels {brief(asked)} must be whole numbers from 0 on or words, not {found.dtype}")
        return _numbered(asked, found.tolist(), classes)
    if len(numbers) and (numbers.min() < 0 or (classes is not None and numbers.max() >= len(classes))):
        odd = int(numbers.min() if numbers.min() < 0 else numbers.max())
        most = f" to {len(classes) - 1}, the last of --classes" if classes is not None else " on"
        raise UsageError(f"--labels {brief(asked)} must be whole numbers from 0{most}; one is {odd}")
    return numbers, tuple(classes) if classes is not None else None


def classes_of(asked: str) -> tuple[str, ...]:
    """Names of classes in the model's order: with commas between, or the lines of a file; raises UsageError."""
    file = Path(asked)
    try:
        lines = file.is_file()
    except (OSError, ValueError):
        lines = False
    names = _text(file, "--classes").splitlines() if lines else asked.split(",")
    told = tuple(name.strip() for name in names if name.strip())
    if len(told) < 2:
        raise UsageError(f"--classes must name the classes in the model's order, as in cat,dog, not {brief(asked)}")
    if len(set(told)) < len(told):
        raise UsageError(f"--classes names {brief(next(each for each in told if told.count(each) > 1))} twice")
    return told


def _file(asked: str, arrays: dict[str, np.ndarray]) -> np.ndarray:
    path = Path(asked)
    form = path.suffix.lower()
    if form not in FORMS:
        keys = f" or a key of --samples ({brief(', '.join(arrays))})" if arrays else ""
        raise UsageError(f"--labels must be a file in {', '.join(FORMS)}{keys}, not {brief(asked)}")
    if form == ".npy":
        content = content_of(path, "--labels", MOST_BYTES)
        try:
            return npy(content, "labels")
        except InputError as error:
            raise UsageError(f"--labels {asked!r}: {error}") from None
    text = _text(path, "--labels")
    lines = [line.strip() for line in text.splitlines() if line.strip()] if form == ".txt" else _column(asked, text)
    return np.array(lines, dtype=object)


def _text(path: Path, flag: str) -> str:
    try:
        return content_of(path, flag, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{flag} {str(path)!r} is no text: it must be UTF-8, one a line") from None


def _column(asked: str, text: str) -> list[str]:
    """A table's only column, or the one whose heading says that it has labels."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UsageError(f"--labels {asked!r} is no table that can be read: {error}") from None
    if not rows:
        raise UsageError(f"--labels {asked!r} has nothing in it")
    heads = [cell.strip().lower() for cell in rows[0]]
    at = next((heads.index(each) for each in HEADINGS if each in heads), None)
    if at is None and len(heads) > 1:
        raise UsageError(
            f"--labels {asked!r} has {len(heads)} columns, none called {HEADINGS[0]}: give that one its name"
        )
    cells = [row[at or 0].strip() if len(row) > (at or 0) else "" for row in (rows if at is None else rows[1:])]
    if "" in cells:
        raise UsageError(f"--labels {asked!r} has no label in row {cells.index('') + 1}")
    return cells


def _numbers(found: np.ndarray) -> np.ndarray | None:
    """Whole numbers, whatever they are written as; None where they are others or words."""
    if found.dtype.kind in TEXT_KINDS:
        try:
            return np.array([int(each) for each in found.tolist()], dtype=np.int64)
        except (ValueError, OverflowError):
            return None
    if found.dtype.kind not in "biuf":
        return None
    with np.errstate(invalid="ignore"):
        whole = found.astype(np.int64)
        return whole if np.array_equal(whole, found) else None


def _numbered(asked: str, words: list[str], classes: Sequence[str] | None) -> tuple[np.ndarray, tuple[str, ...]]:
    names = tuple(classes) if classes is not None else tuple(sorted(set(words)))
    numbers = {name: number for number, name in enumerate(names)}
    if strange := next((each for each in words if each not in numbers), None):
        raise UsageError(f"--labels {brief(asked)} has {brief(strange)}, which --classes does not name")
    return np.array([numbers[each] for each in words], dtype=np.int64), names
