"""Reads a folder's samples: pictures in folders by label, or rows of a table, as inputs of its exhibit."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..added.inputs import MOST_LETTERS
from ..arguments import needs
from ..errors import brief
from .describe import Description, FolderError, inside

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".ppm", ".pgm")
MOST = 10_000
SHOWN = 12
"""On the page."""
SHOWN_BYTES = 1_000_000
"""Of them, as JSON."""
MOST_NAME = 40


@dataclass(frozen=True)
class Sample:
    """One input, what it is called, and what is right: a label, or a number."""

    name: str
    input: dict[str, Any]
    label: str | float | None


def read(said: Description, largest: int) -> list[Sample]:
    """All samples, a picture's longer side being at most so many pixels; raises FolderError."""
    path = said.folder / said.samples
    found = _pictures(said, path, largest) if said.kind == "image" else _rows(said, path)
    if not found:
        raise FolderError(f"{path} has no sample: put some there, as `hundredfold new` does")
    if len(found) > MOST:
        raise FolderError(f"{path} has {len(found):,} samples: {MOST:,} are the most")
    with_label = [sample for sample in found if sample.label is not None]
    if with_label and len(with_label) < len(found):
        without = next(sample.name for sample in found if sample.label is None)
        raise FolderError(f"{path}: {brief(without)} has no label, and others have: label all of them, or none")
    return found


def digest(samples: Sequence[Sample]) -> str:
    """The sha256 of all samples and what is right of each."""
    return hashlib.sha256(json.dumps([[each.input, each.label] for each in samples]).encode()).hexdigest()


def shown(samples: Sequence[Sample]) -> list[dict[str, Any]]:
    """Those that the page offers, one of each label in turn: ``[{name, input}]``."""
    by_label: dict[Any, list[Sample]] = {}
    for sample in samples:
        by_label.setdefault(sample.label if isinstance(sample.label, str) else None, []).append(sample)
    turns = sorted(
        ((turn, place, sample) for place, each in enumerate(by_label.values()) for turn, sample in enumerate(each)),
        key=lambda each: each[:2],
    )
    chosen: list[dict[str, Any]] = []
    left = SHOWN_BYTES
    for _, _, sample in turns[:SHOWN]:
        left -= len(json.dumps(sample.input))
        if left >= 0 or not chosen:
            chosen.append({"name": sample.name, "input": sample.input})
    return chosen


def _pictures(said: Description, folder: Path, largest: int) -> list[Sample]:
    if not folder.is_dir():
        raise FolderError(f"{folder} must be a folder with pictures, in folders that are called as the labels")
    images = needs("PIL.Image", "own")
    found = []
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(said.folder)
        if path.suffix.lower() not in PICTURES or any(part.startswith(".") for part in place.parts):
            continue
        label = path.parent.name if path.parent != folder else None
        if label is not None and label not in said.labels:
            raise FolderError(f"{path.parent} is called as none of the labels: they are {', '.join(said.labels)}")
        try:
            with images.open(inside(said.folder, place.as_posix())) as picture:
                picture.thumbnail((largest, largest))
                flat = images.new("RGBA", picture.size, "white")
                flat.alpha_composite(picture.convert("RGBA"))
                pixels = np.asarray(flat.convert("RGB"))
        except (OSError, ValueError, SyntaxError, images.DecompressionBombError) as error:
            raise FolderError(f"{path} is no picture that can be read ({error}): save it once more, as PNG") from None
        height, width = pixels.shape[:2]
        content = {"width": width, "height": height, "pixels": base64.b64encode(pixels.tobytes()).decode()}
        found.append(Sample(path.stem[:MOST_NAME], {"image": content}, label))
    return found


def _rows(said: Description, path: Path) -> list[Sample]:
    """Of a table with a head: `text` or the inputs' names, and `label` where it is known."""
    wanted = ["text"] if said.kind == "text" else [each["name"] for each in said.inputs]
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            head = reader.fieldnames or []
            if missing := [name for name in wanted if name not in head]:
                raise FolderError(
                    f"{path}, line 1: the column {brief(missing[0])} is missing: write {','.join(wanted)}"
                )
            return [_sample(said, row, f"{path}, line {reader.line_num}") for row in reader]
    except OSError as error:
        raise FolderError(f"{path} can not be read ({error.strerror}): write it as a table, as CSV") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise FolderError(f"{path} is no table ({error}): save it as CSV in UTF-8") from None


def _sample(said: Description, row: dict[str, Any], where: str) -> Sample:
    label: str | float | None = (row.get("label") or "").strip() or None
    if label is not None and not said.labels:
        label = _number(str(label), f"{where}, label")
    elif label is not None and label not in said.labels:
        raise FolderError(f"{where}: {brief(label)} is none of the labels: they are {', '.join(said.labels)}")
    if said.kind == "text":
        text = row["text"] or ""
        if len(text) > MOST_LETTERS:
            raise FolderError(f"{where}: the text has {len(text):,} letters, and {MOST_LETTERS:,} are the most")
        return Sample(" ".join(text.split())[:MOST_NAME], {"text": text}, label)
    numbers = []
    for each in said.inputs:
        value = _number(row[each["name"]] or "", f"{where}, {each['name']}")
        if not each["low"] <= value <= each["high"]:
            raise FolderError(f"{where}, {each['name']}: {value:g} is not from {each['low']:g} to {each['high']:g}")
        numbers.append(value)
    return Sample((row.get("name") or ", ".join(f"{n:g}" for n in numbers))[:MOST_NAME], {"numbers": numbers}, label)


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FolderError(f"{where}: it must be a number such as 1.5, not {brief(text)}")
    return value
