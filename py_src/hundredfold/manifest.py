"""The only reader of models/manifest.json: validates it, finds variants, and checks a model's bytes against it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .contract import HundredfoldError, brief

if TYPE_CHECKING:
    Buffer = bytes | bytearray | memoryview

SCHEMA = 1
RESTORE = "restore it with `git checkout models/`"
ROLES = ("baseline", "rung", "student")


class ManifestError(HundredfoldError):
    """The manifest, or a file it names, is not what it should be; the message says what to do."""


@dataclass(frozen=True)
class Accuracy:
    """Share of right answers on the test set, with a 95 % Wilson interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Variant:
    """One model file of an exhibit, with its facts."""

    exhibit: str
    id: str
    role: str
    parent: str | None
    recipe: str
    file: str
    bytes: int
    sha256: str
    opset: int
    params: int
    macs: int
    runs: tuple[str, ...]
    accuracy: Accuracy
    golden: str

    @property
    def model_id(self) -> str:
        return f"{self.exhibit}/{self.id}"

    @property
    def where(self) -> str:
        """What errors call its place in the manifest."""
        return f"manifest: exhibits.{self.exhibit}.{self.id}"

    def check(self, content: Buffer) -> None:
        """Raise ManifestError unless ``content`` is this variant's file, by its sha256."""
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise ManifestError(
                f"{self.file}: the model's sha256 is {found[:12]}..., the manifest says {self.sha256[:12]}...: it was "
                "altered or cut short, so it is not used. Reload the page; on the server, restore it with "
                f"`git checkout models/{self.file}`."
            )


@dataclass(frozen=True)
class Ladder:
    """All variants of one exhibit, baseline first, and the test set that their accuracy was measured on."""

    exhibit: str
    test_set: Mapping[str, Any]
    variants: tuple[Variant, ...]

    def by_id(self, variant_id: str) -> Variant | None:
        return next((variant for variant in self.variants if variant.id == variant_id), None)

    def default(self, where: str) -> Variant:
        """There the baseline; here the last rung of the ladder that runs here."""
        if where == "there":
            return next(variant for variant in self.variants if variant.role == "baseline")
        return [variant for variant in self.variants if "here" in variant.runs][-1]


@dataclass(frozen=True)
class Manifest:
    """What models/manifest.json says."""

    ladders: Mapping[str, Ladder]

    @classmethod
    def load(cls, path: Path | str) -> Manifest:
        """Read and validate the file; raises ManifestError."""
        try:
            content = Path(path).read_bytes()
        except FileNotFoundError:
            raise ManifestError(f"{path} is missing: {RESTORE}") from None
        except OSError as error:
            raise ManifestError(f"{path} can not be read ({error.strerror}): {RESTORE}") from None
        manifest, folder = cls.read(content), Path(path).resolve().parent
        for variant in (variant for ladder in manifest.ladders.values() for variant in ladder.variants):
            for name in (variant.file, variant.golden):
                if not (folder / name).resolve().is_relative_to(folder):
                    raise ManifestError(
                        f"{variant.where}: {name} is a link that leads out of models/: copy the file there"
                    )
        return manifest

    @classmethod
    def read(cls, content: str | bytes) -> Manifest:
        """Validate the manifest's text; raises ManifestError."""
        try:
            data = json.loads(content, object_pairs_hook=_once_each, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise ManifestError(f"the manifest is not JSON ({error}): {RESTORE}") from None
        return cls.parse(data)

    @classmethod
    def parse(cls, data: Any) -> Manifest:
        """Validate the manifest's JSON; raises ManifestError with the path of what is wrong."""
        if not isinstance(data, dict) or type(data.get("schema")) is not int or data["schema"] != SCHEMA:
            raise ManifestError(f"manifest: 'schema' must be {SCHEMA}; this file was written by another version")
        exhibits = data.get("exhibits")
        if not isinstance(exhibits, dict):
            raise ManifestError(f"manifest: 'exhibits' is missing: {RESTORE}")
        for name in exhibits:
            if not _is_name(name):
                raise ManifestError(
                    f"manifest: exhibits.{brief(name)}: an exhibit's name is of letters, digits and dashes"
                )
        return cls({name: _ladder(name, part) for name, part in exhibits.items()})

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, which ``parse`` reads back."""
        return {
            "schema": SCHEMA,
            "exhibits": {
                name: {
                    "test_set": dict(ladder.test_set),
                    "variants": [
                        {key: value for key, value in asdict(variant).items() if key != "exhibit"}
                        | {"runs": list(variant.runs)}
                        for variant in ladder.variants
                    ],
                }
                for name, ladder in self.ladders.items()
            },
        }


def golden_vectors(variant: Variant, content: str | bytes) -> list[Any]:
    """A variant's golden vectors from the content of their file; raises ManifestError where it has none."""
    try:
        vectors = json.loads(content)["variants"][variant.id]
    except (ValueError, KeyError, TypeError, RecursionError):
        vectors = None
    if not isinstance(vectors, list) or not vectors:
        raise ManifestError(
            f"{variant.golden} has no golden vectors of {variant.id}, which is not used unchecked. Reload the page; on "
            f"the server, restore the file with `git checkout models/{variant.golden}` and restart it."
        )
    return vectors


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name in found if [key for key, _ in pairs].count(name) > 1)
        raise ValueError(f"{brief(twice)} is there twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _ladder(exhibit: str, part: Any) -> Ladder:
    where = f"manifest: exhibits.{exhibit}"
    if not isinstance(part, dict) or not {"test_set", "variants"} <= part.keys():
        raise ManifestError(f"{where}: 'test_set' and 'variants' must be there")
    test_set, items = part["test_set"], part["variants"]
    if not isinstance(test_set, dict):
        raise ManifestError(f"{where}.test_set: it must be an object, not {brief(test_set)}")
    _check_fields(f"{where}.test_set", test_set, TEST_SET)
    if not isinstance(items, list):
        raise ManifestError(f"{where}.variants: it must be a list, not {brief(items)}")
    variants = tuple(_variant(exhibit, index, item) for index, item in enumerate(items))
    by_id = {variant.id: variant for variant in variants}
    if len(by_id) != len(variants):
        raise ManifestError(f"{where}.variants: two variants share an id")
    baselines = [variant for variant in variants if variant.role == "baseline"]
    if len(baselines) != 1 or "there" not in baselines[0].runs:
        raise ManifestError(f"{where}.variants: exactly one must have the role 'baseline', and it must run there")
    if not any("here" in variant.runs for variant in variants):
        raise ManifestError(f"{where}.variants: no variant runs here")
    for variant in variants:
        above, line = variant, {variant.id}
        while above.parent is not None:
            if above.parent not in by_id:
                raise ManifestError(f"{above.where}.parent: {above.parent} is not in the ladder")
            if above.parent in line:
                raise ManifestError(f"{above.where}.parent: {above.parent} is its own parent, over some steps or none")
            above = by_id[above.parent]
            line.add(above.id)
    return Ladder(exhibit, test_set, variants)


def _variant(exhibit: str, index: int, item: Any) -> Variant:
    where = f"manifest: exhibits.{exhibit}.variants[{index}]"
    if not isinstance(item, dict):
        raise ManifestError(f"{where}: it must be an object, not {brief(item)}")
    _check_fields(where, item, VARIANT)
    _check_fields(f"{where}.accuracy", item["accuracy"], ACCURACY)
    accuracy = Accuracy(**item["accuracy"])
    if not accuracy.low <= accuracy.value <= accuracy.high:
        raise ManifestError(f"{where}.accuracy: it must be 0 <= low <= value <= high <= 1")
    return Variant(**{**item, "exhibit": exhibit, "accuracy": accuracy, "runs": tuple(item["runs"])})


Check = tuple[Callable[[Any], bool], str]
"""Whether a value is as it must be, and how that is, in words."""


def _check_fields(where: str, item: dict[str, Any], checks: Mapping[str, Check]) -> None:
    """Raise ManifestError, with the place, unless an object has these fields and no others, each as it must be."""
    for what, names in (("missing", checks.keys() - item.keys()), ("unknown", item.keys() - checks.keys())):
        if names:
            raise ManifestError(f"{where}: a field is {what}: {', '.join(map(brief, sorted(names)))}")
    for name, (holds, wanted) in checks.items():
        if not holds(item[name]):
            raise ManifestError(f"{where}.{name}: it must be {wanted}, not {brief(item[name])}")


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9][\w.-]{0,99}", value, re.ASCII) is not None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


def _is_inside(value: Any) -> bool:
    """A path of plain names: nothing absolute, hidden, upwards or of another system is left."""
    return isinstance(value, str) and all(map(_is_name, value.split("/")))


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


NAME: Check = (_is_name, "a name of letters, digits, dots and dashes")
TEXT: Check = (_is_text, "text on one line")
INSIDE: Check = (_is_inside, "a path that stays inside models/, as in digits/student.onnx")
HASH: Check = (_is_hash, "64 hex digits")
COUNT: Check = (_is_count, "a whole number from 0")
POSITIVE: Check = (_is_positive, "a whole number from 1")
SHARE: Check = (_is_share, "a number from 0 to 1")
TEST_SET: Mapping[str, Check] = {"name": TEXT, "n": POSITIVE, "sha256": HASH}
ACCURACY: Mapping[str, Check] = {"value": SHARE, "low": SHARE, "high": SHARE, "n": POSITIVE}
VARIANT: Mapping[str, Check] = {
    "id": NAME,
    "role": (lambda value: value in ROLES, f"one of {', '.join(ROLES)}"),
    "parent": (lambda value: value is None or _is_name(value), "the id of another variant, or null"),
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
