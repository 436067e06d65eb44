"""What each field of the manifest must be: plain checks, so that nothing else is ever read from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .errors import HundredfoldError, brief

ROLES = ("baseline", "rung", "student")


class ManifestError(HundredfoldError):
    """The manifest, or a file it names, is not what it should be; the message says what to do."""


Check = tuple[Callable[[Any], bool], str]
"""Whether a value is as it must be, and how that is, in words."""


def check_fields(where: str, item: dict[str, Any], checks: Mapping[str, Check]) -> None:
    """Raise ManifestError, with the place, unless an object has these fields and no others, each as it must be."""
    for what, names in (("missing", checks.keys() - item.keys()), ("unknown", item.keys() - checks.keys())):
        if names:
            raise ManifestError(f"{where}: a field is {what}: {', '.join(map(brief, sorted(names)))}")
    for name, (holds, wanted) in checks.items():
        if not holds(item[name]):
            raise ManifestError(f"{where}.{name}: it must be {wanted}, not {brief(item[name])}")


def is_name(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9][\w.-]{0,99}", value, re.ASCII) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


def _is_inside(value: Any) -> bool:
    """A path of plain names: nothing absolute, hidden, upwards or of another system is left."""
    return isinstance(value, str) and all(map(is_name, value.split("/")))


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _is_runs(value: Any) -> bool:
    return isinstance(value, list | tuple) and list(value) in (["here"], ["there"], ["here", "there"])


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_positive(value: Any) -> bool:
    return _is_count(value) and value > 0


NAME: Check = (is_name, "a name of letters, digits, dots and dashes")
TEXT: Check = (_is_text, "text on one line")
INSIDE: Check = (_is_inside, "a path that stays inside models/, as in exhibit/student.onnx")
HASH: Check = (_is_hash, "64 hex digits")
COUNT: Check = (_is_count, "a whole number from 0")
POSITIVE: Check = (_is_positive, "a whole number from 1")
UNKNOWN: Check = (lambda value: value is None, "null")
SHARE: Check = (_is_share, "a number from 0 to 1")
TEST_SET: Mapping[str, Check] = {"name": TEXT, "n": POSITIVE, "sha256": HASH}
ACCURACY: Mapping[str, Check] = {"value": SHARE, "low": SHARE, "high": SHARE, "n": POSITIVE}
VARIANT: Mapping[str, Check] = {
    "id": NAME,
    "role": (lambda value: value in ROLES, f"one of {', '.join(ROLES)}"),
    "parent": (lambda value: value is None or is_name(value), "the id of another variant, or null"),
    "recipe": TEXT,
    "file": INSIDE,
    "bytes": POSITIVE,
    "sha256": HASH,
    "opset": POSITIVE,
    "params": COUNT,
    "macs": COUNT,
    "runs": (_is_runs, "['here'], ['there'] or ['here', 'there']"),
    "accuracy": (lambda value: isinstance(value, dict), "an object"),
    "golden": INSIDE,
}
