"""Reads a folder's exhibit.toml: what is wrong with it is named in one sentence, with its line and what to write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard

from ..added import code
from ..errors import HundredfoldError, brief
from ..exhibits import EXHIBITS
from ..manifest_added import CODE, KINDS, LARGEST_SIDE, MOST_INPUTS, MOST_LABELS, Kind

NAME = "exhibit.toml"
ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
RESERVED = {"own", "exhibits", "models", "embed"}
"""Names that the page, or an address of the site, has already."""
MOST_BYTES = 100_000
"""Of exhibit.toml, and of each file of Python."""
MOST_TEXT = 300


class FolderError(HundredfoldError):
    """A folder is no exhibit: the message names the file, the line and what to write."""


@dataclass(frozen=True)
class Description:
    """What exhibit.toml says, checked."""

    folder: Path
    id: str
    title: str
    question: str
    kind: Kind
    labels: tuple[str, ...]
    licence: str
    unit: str
    within: float | None
    scores: str | None
    """None: found out from the models' answers."""
    small: str
    big: str
    samples: str
    mean: tuple[float, ...]
    std: tuple[float, ...]
    largest: int | None
    inputs: tuple[dict[str, Any], ...]
    source: dict[str, str]
    """The text of pre.py and post.py, where they are there."""


def describe(folder: Path) -> Description:
    """Read and check a folder, without running anything of it; raises FolderError."""
    try:
        there = folder.is_dir()
    except (OSError, ValueError):  # a name that is too long, a NUL in it
        there = False
    if not there:
        raise FolderError(f"{folder} is no folder: name one that holds {NAME}, as `hundredfold new` makes it")
    text = _text(folder, NAME)
    toml = _Toml(folder / NAME, text)
    return toml.description(folder.resolve(), _source(folder))


def _text(folder: Path, name: str) -> str:
    path = folder / name
    inside(folder, name)
    try:
        content = path.read_bytes()
        if len(content) > MOST_BYTES:
            raise FolderError(f"{path} has {len(content):,} bytes: {MOST_BYTES:,} are the most")
        return content.decode()
    except FileNotFoundError:
        raise FolderError(f"{path} is missing: write it, or start with `hundredfold new`") from None
    except OSError as error:
        raise FolderError(f"{path} can not be read ({error.strerror}): let this user read it") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FolderError(f"{path}, line {line}: it is no UTF-8: save the file as UTF-8") from None


def inside(folder: Path, name: str) -> Path:
    """The path of one of a folder's files; raises FolderError for a link that leads out of it."""
    if not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise FolderError(f"{folder / name} is a link that leads out of its folder: copy the file there")
    return folder / name


def _source(folder: Path) -> dict[str, str]:
    source = {name: _text(folder, name) for name in CODE if (folder / name).exists()}
    for name, text in source.items():
        try:
            code.check(name, text)
        except code.CodeError as error:
            raise FolderError(f"{folder}/{error}") from None
    return source


class _Toml:
    """exhibit.toml, with the place of each of its fields."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        try:
            self.fields: dict[str, Any] = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            found = re.search(r"\(at line (\d+), column \d+\)", str(error))
            line = found[1] if found else str(text.count("\n") + 1)
            why = re.sub(r" \(at .*\)$", "", str(error))
            raise FolderError(f"{path}, line {line}: it is no TOML ({why}): mend that line") from None

    def wrong(self, name: str, wanted: str) -> FolderError:
        """What is wrong with a field, by the line that it stands on, or by the end of the file where it is missing."""
        key = name.rpartition(".")[2]
        written = re.compile(rf"\s*\[*\s*{re.escape(key)}\s*[=\]]")
        place = next((at for at, line in enumerate(self.text.splitlines(), 1) if written.match(line)), 0)
        where = f"{self.path}, line {place}" if place else f"{self.path}"
        return FolderError(f"{where}: {name} {wanted}")

    def take(self, name: str, wanted: str, holds: Callable[[Any], bool], default: Any = None) -> Any:
        """A field, which is needed unless there is a default; a dot leads into a table."""
        table, _, key = name.rpartition(".")
        room: Any = self.fields.get(table, {}) if table else self.fields
        if not isinstance(room, dict):
            raise self.wrong(table, f"must be a table, as in [{table}]")
        if key not in room and default is not None:
            return default
        if key not in room:
            raise self.wrong(name, f"is missing: write {name} = {wanted}")
        if not holds(room[key]):
            raise self.wrong(name, f"must be {wanted}, not {brief(room[key])}")
        return room[key]

    def text_of(self, name: str, example: str, default: str | None = None, most: int = MOST_TEXT) -> str:
        def holds(value: Any) -> bool:
            return isinstance(value, str) and value.isprintable() and bool(value.strip()) and len(value) <= most

        told: str = self.take(name, f'a text on one line, such as "{example}"', holds, default)
        return told

    def description(self, folder: Path, source: dict[str, str]) -> Description:
        kind: Kind = self.take("kind", " or ".join(f'"{each}"' for each in KINDS), lambda value: value in KINDS)
        self._only(kind)
        labels = self._labels(kind)
        within = self.take("within", "a number from 0", lambda value: _is_number(value) and value >= 0, -1)
        for name in ("within", "unit"):
            if name in self.fields and labels:
                raise self.wrong(name, "is for answers that are a number: leave it out where there are labels")
        scores = self.take("scores", '"logits" or "probabilities"', lambda v: v in ("logits", "probabilities"), "")
        largest = self.take(
            "image.largest", f"a whole number from 8 to {LARGEST_SIDE}", lambda v: _is_whole(v, 8, LARGEST_SIDE), 0
        )
        return Description(
            folder=folder,
            id=self._id(folder),
            title=self.text_of("title", "Which stroke?"),
            question=self.text_of("question", "Choose a picture: which way does the stroke go?"),
            kind=kind,
            labels=labels,
            licence=self.text_of("licence", "CC-BY-4.0"),
            unit=self.take("unit", 'a text such as "kg"', lambda v: _is_text(v, 20), ""),
            within=None if within == -1 else float(within),
            scores=scores or None,
            small=self._file("small", "small.onnx"),
            big=self._file("big", "big.onnx"),
            samples=self._file("samples", "samples" if kind == "image" else "samples.csv"),
            mean=self._channels("image.mean", 0.0),
            std=self._channels("image.std", 1.0),
            largest=largest or None,
            inputs=self._inputs() if kind == "numbers" else (),
            source=source,
        )

    def _only(self, kind: Kind) -> None:
        known = {"id", "title", "question", "kind", "labels", "licence", "unit", "within", "scores", "small", "big"}
        known |= {"samples"} | ({"image"} if kind == "image" else {"inputs"} if kind == "numbers" else set())
        tables = {"image": {"mean", "std", "largest"}} if kind == "image" else {}
        found = [(name, known) for name in self.fields if name not in known]
        for table, names in tables.items():
            room = self.fields.get(table, {})
            if not isinstance(room, dict):
                raise self.wrong(table, f"must be a table, as in [{table}]")
            found += [(f"{table}.{name}", names) for name in room if name not in names]
        for name, among in found:
            like = get_close_matches(name.rpartition(".")[2], among, 1)
            advice = f"did you mean {like[0]}?" if like else f"these are: {', '.join(sorted(among))}"
            raise self.wrong(name, f"is no field of an exhibit of kind {kind}: {advice}")

    def _id(self, folder: Path) -> str:
        if "id" not in self.fields and not ID.fullmatch(folder.name):
            raise self.wrong("id", f'is needed, as the folder is called {brief(folder.name)}: write id = "my-exhibit"')
        id: str = self.take(
            "id", 'of 2 to 40 small letters, digits and dashes, such as "my-exhibit"', _is_id, folder.name
        )
        if id in EXHIBITS or id in RESERVED:
            raise self.wrong("id", f'{brief(id)} is taken by the site itself: write another one, as id = "my-exhibit"')
        return id

    def _labels(self, kind: Kind) -> tuple[str, ...]:
        def holds(value: Any) -> bool:
            texts = isinstance(value, list) and all(_is_text(each, 100) and each for each in value)
            return texts and len(set(value)) == len(value) != 1 and len(value) <= MOST_LABELS

        wanted = f'a list of 2 to {MOST_LABELS} different texts, such as ["cat", "dog"], in the order of the outputs'
        given = self.take("labels", wanted, holds, [] if kind == "numbers" else None)
        if not given and kind != "numbers":
            raise self.wrong("labels", f"must be {wanted}")
        return tuple(given)

    def _file(self, name: str, default: str) -> str:
        def holds(value: Any) -> bool:
            return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9][\w.-]{0,99}", value, re.ASCII) is not None

        file: str = self.take(name, f'the name of a file in the same folder, such as "{default}"', holds, default)
        path = inside(self.path.parent, file)
        if not path.exists():
            said = f"says {brief(file)}" if name in self.fields else f"is not said, so that it is {brief(file)}"
            raise self.wrong(name, f"{said}, and {path} is missing: put it there, or name the one that is")
        return file

    def _channels(self, name: str, default: float) -> tuple[float, ...]:
        def holds(value: Any) -> bool:
            each = value if isinstance(value, list) else [value]
            numbers = len(each) in (1, 3) and all(map(_is_number, each))
            return numbers and (name == "image.mean" or all(v > 0 for v in each))

        given = self.take(name, "a number, or a list of three, in shares of 1", holds, default)
        return tuple(map(float, given if isinstance(given, list) else [given]))

    def _inputs(self) -> tuple[dict[str, Any], ...]:
        wanted = f'1 to {MOST_INPUTS} tables, each as in [[inputs]] name = "length", low = 0, high = 10, value = 5'
        given = self.take("inputs", wanted, lambda v: isinstance(v, list) and 1 <= len(v) <= MOST_INPUTS)
        made = []
        for index, each in enumerate(given):
            place = f"number {index + 1} of inputs"
            if not isinstance(each, dict) or not _is_text(each.get("name"), 60) or not each["name"]:
                raise self.wrong("inputs", f"must be {wanted}: {place} has no name")
            place = f"{place}, {each['name']},"
            numbers = {name: each.get(name) for name in ("low", "high")}
            low, high = numbers.values()
            if not _is_number(low) or not _is_number(high) or low >= high:
                raise self.wrong("inputs", f"must be {wanted}: {place} needs low and high, in this order")
            value = each.get("value", low)
            if not _is_number(value) or not low <= value <= high:
                raise self.wrong("inputs", f"must be {wanted}: the value of {place} is out of bounds")
            if (unit := each.get("unit", "")) and not _is_text(unit, 20):
                raise self.wrong("inputs", f"must be {wanted}: the unit of {place} is no short text")
            if unknown := each.keys() - {"name", "low", "high", "value", "unit"}:
                raise self.wrong(min(unknown), "is no field of inputs: these are name, unit, low, high, value")
            made.append({"name": each["name"], "unit": unit, **numbers, "value": value})
        if len({each["name"] for each in made}) < len(made):
            raise self.wrong("inputs", "must have different names")
        return tuple(made)


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= most


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300


def _is_whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most
