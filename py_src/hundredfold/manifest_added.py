"""What the manifest says of an exhibit that somebody added from a folder: its words, and how its models are asked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from .manifest import Ladder
from .manifest_fields import HASH, NAME, TEXT, Check, ManifestError, check_fields

Kind = Literal["image", "text", "numbers"]
Scores = Literal["logits", "probabilities"]
KINDS: tuple[Kind, ...] = ("image", "text", "numbers")
CODE = ("pre.py", "post.py")
"""The files of a folder that hold Python, which travels to the browser."""
SAMPLES = "samples.json"
"""The inputs that its page offers, as the exhibit takes them."""
MOST_LABELS = 2000
MOST_INPUTS = 100
LARGEST_SIDE = 512
"""Pixels of a picture's longer side, as it is sent."""


@dataclass(frozen=True, eq=False)
class Added:
    """An exhibit that was made from a folder: what its page shows, and how its models are asked."""

    title: str
    question: str
    kind: Kind
    labels: tuple[str, ...]
    """What an answer may be; none: it is a number."""
    unit: str
    """Of an answer that is a number."""
    within: float | None
    """So far from the truth a number still counts as right; None: none is counted."""
    licence: str
    scores: Scores
    """What the models tell of each label."""
    form: Mapping[str, Any]
    """Of a picture the size that the models take, of numbers their names and bounds: see FORMS."""
    files: Mapping[str, str]
    """The sha256 of what else the folder holds, by its name."""
    source: Mapping[str, str] = field(default_factory=dict, metadata={"listed": False})
    """The text of its CODE, where it is at hand: not in the manifest."""

    @property
    def code(self) -> dict[str, str]:
        """The sha256 of each file of Python, by its name."""
        return {name: self.files[name] for name in CODE if name in self.files}

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, which ``read`` reads back."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "source"}
        return told | {"labels": list(self.labels), "form": dict(self.form), "files": dict(self.files)}


def of(ladder: Ladder) -> Added:
    """What the manifest says of an added exhibit, with its Python where that is at hand; raises ManifestError."""
    return replace(read(f"manifest: exhibits.{ladder.exhibit}.added", ladder.added), source=ladder.source)


def read(where: str, item: Any) -> Added:
    """What stands at this place of the manifest; raises ManifestError."""
    if not isinstance(item, dict):
        raise ManifestError(f"{where}: it must be an object")
    check_fields(where, item, ADDED)
    check_fields(f"{where}.form", item["form"], FORMS[item["kind"]])
    for index, given in enumerate(item["form"].get("inputs", ())):
        check_fields(f"{where}.form.inputs[{index}]", given, INPUT)
    if item["kind"] != "numbers" and not item["labels"]:
        raise ManifestError(f"{where}.labels: an answer to {item['kind']} is one of some labels: list them")
    return Added(**{**item, "labels": tuple(item["labels"])})


def _is_texts(value: Any) -> bool:
    texts = isinstance(value, list | tuple) and all(isinstance(each, str) and each.isprintable() for each in value)
    return texts and len(value) <= MOST_LABELS and len(set(value)) == len(value) and "" not in value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_side(value: Any) -> bool:
    return type(value) is int and 1 <= value <= 4096


def _is_channels(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) in (1, 3) and all(map(_is_number, value))


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _one_of(*values: Any) -> Check:
    return (lambda value: type(value) in map(type, values) and value in values), f"one of {', '.join(map(str, values))}"


NUMBER: Check = (_is_number, "a number")
SIDE: Check = (_is_side, "a whole number from 1 to 4096")
CHANNELS: Check = (_is_channels, "a list of 1 or 3 numbers")
ADDED: Mapping[str, Check] = {
    "title": TEXT,
    "question": TEXT,
    "kind": _one_of(*KINDS),
    "labels": (_is_texts, f"a list of at most {MOST_LABELS} different texts"),
    "unit": TEXT,
    "within": (lambda value: value is None or (_is_number(value) and value >= 0), "a number from 0, or null"),
    "licence": TEXT,
    "scores": _one_of("logits", "probabilities"),
    "form": (_is_map, "an object"),
    "files": (
        lambda value: _is_map(value) and all(NAME[0](name) and HASH[0](digest) for name, digest in value.items()),
        "an object of files, each with its sha256",
    ),
}
FORMS: Mapping[str, Mapping[str, Check]] = {
    "image": {
        "width": SIDE,
        "height": SIDE,
        "channels": _one_of(1, 3),
        "layout": _one_of("nchw", "nhwc"),
        "dtype": _one_of("float32", "uint8"),
        "mean": CHANNELS,
        "std": (lambda value: _is_channels(value) and all(each > 0 for each in value), "1 or 3 numbers above 0"),
        "largest": (lambda value: _is_side(value) and value <= LARGEST_SIDE, f"a number from 1 to {LARGEST_SIDE}"),
    },
    "text": {},
    "numbers": {
        "inputs": (
            lambda value: isinstance(value, list) and 1 <= len(value) <= MOST_INPUTS and all(map(_is_map, value)),
            f"a list of 1 to {MOST_INPUTS} objects",
        )
    },
}
INPUT: Mapping[str, Check] = {"name": TEXT, "unit": TEXT, "low": NUMBER, "high": NUMBER, "value": NUMBER}
"""What is said of each number that is asked for, ``value`` being the one it starts with."""
