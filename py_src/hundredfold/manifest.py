"""The only reader of models/manifest.json: validates it, finds variants, and checks a model's bytes against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from .errors import brief
from .manifest_fields import ACCURACY, TEST_SET, UNKNOWN, VARIANT, check_fields, is_name
from .manifest_fields import ManifestError as ManifestError

Buffer = bytes | bytearray | memoryview
SCHEMA = 1
RESTORE = "restore it with `git checkout models/`"


class Files(Protocol):
    """Where the files that a manifest names lie: a folder, or what knows of several (folders/files.py)."""

    def __truediv__(self, name: str, /) -> Path: ...


@dataclass(frozen=True)
class Accuracy:
    """Share of right answers on the test set, with a 95 % Wilson interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Variant:
    """One model of an exhibit, with its facts."""

    exhibit: str = field(metadata={"listed": False})
    """Not among what is told of it: it is the exhibit's ladder that lists it."""
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
    accuracy: Accuracy | None
    """None, of what was added from a folder: its samples do not say what is right."""
    golden: str

    @property
    def model_id(self) -> str:
        return f"{self.exhibit}/{self.id}"

    @property
    def right(self) -> Accuracy:
        """How often it is right; raises ManifestError where that is not known."""
        if self.accuracy is None:
            raise ManifestError(f"{self.where}.accuracy is not known: its samples do not say what is right")
        return self.accuracy

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
    added: Mapping[str, Any] | None = None
    """Of an exhibit that was added from a folder, what it is, as it stands there: manifest_added.of() reads it."""
    source: Mapping[str, str] = field(default_factory=dict)
    """The text of such an exhibit's own Python, by the file's name, where it is at hand."""

    def by_id(self, variant_id: str) -> Variant | None:
        return next((variant for variant in self.variants if variant.id == variant_id), None)

    def variant(self, variant_id: str) -> Variant:
        """The variant of that id; raises ManifestError where there is none."""
        if (found := self.by_id(variant_id)) is None:
            raise ManifestError(f"manifest: exhibits.{self.exhibit} has no variant {brief(variant_id)}: {RESTORE}")
        return found

    def default(self, where: str) -> Variant:
        """There the baseline; here the last rung of the ladder that runs here."""
        if where == "there":
            return next(variant for variant in self.variants if variant.role == "baseline")
        return [variant for variant in self.variants if "here" in variant.runs][-1]


@dataclass(frozen=True)
class Manifest:
    """What models/manifest.json says."""

    ladders: Mapping[str, Ladder]
    refused: Mapping[str, str] = field(default_factory=dict)
    """Why exhibits that it lists can not be used, where each of them was read for itself."""

    def ladder(self, exhibit: str) -> Ladder:
        """An exhibit's ladder; raises ManifestError where there is none."""
        if exhibit not in self.ladders:
            raise ManifestError(f"manifest: exhibits.{exhibit} is missing: {RESTORE}")
        return self.ladders[exhibit]

    @classmethod
    def load(cls, path: Path | str, each_alone: bool = False) -> Manifest:
        """Read and validate the file; raises ManifestError. ``each_alone``: see ``parse``."""
        try:
            content = Path(path).read_bytes()
        except FileNotFoundError:
            raise ManifestError(f"{path} is missing: {RESTORE}") from None
        except OSError as error:
            raise ManifestError(f"{path} can not be read ({error.strerror}): {RESTORE}") from None
        manifest, folder = cls.read(content, each_alone), Path(path).parent.resolve()
        leaving = {name: reason for name, each in manifest.ladders.items() if (reason := _leads_out(each, folder))}
        if leaving and not each_alone:
            raise ManifestError(next(iter(leaving.values())))
        inside = {name: ladder for name, ladder in manifest.ladders.items() if name not in leaving}
        return replace(manifest, ladders=inside, refused={**manifest.refused, **leaving})

    @classmethod
    def read(cls, content: str | bytes, each_alone: bool = False) -> Manifest:
        """Validate the manifest's text; raises ManifestError. ``each_alone``: see ``parse``."""
        try:
            data = json.loads(content, object_pairs_hook=_once_each, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise ManifestError(f"the manifest is not JSON ({error}): {RESTORE}") from None
        return cls.parse(data, each_alone)

    @classmethod
    def parse(cls, data: Any, each_alone: bool = False) -> Manifest:
        """Validate the manifest's JSON; raises ManifestError with the path of what is wrong.

        With ``each_alone`` an exhibit that can not be used is left out, with the reason in ``refused``, and the others
        are there.
        """
        if not isinstance(data, dict) or type(data.get("schema")) is not int or data["schema"] != SCHEMA:
            raise ManifestError(f"manifest: 'schema' must be {SCHEMA}; this file was written by another version")
        exhibits = data.get("exhibits")
        if not isinstance(exhibits, dict):
            raise ManifestError(f"manifest: 'exhibits' is missing: {RESTORE}")
        for name in exhibits:
            if not is_name(name):
                raise ManifestError(
                    f"manifest: exhibits.{brief(name)}: an exhibit's name is of letters, digits and dashes"
                )
        ladders: dict[str, Ladder] = {}
        refused: dict[str, str] = {}
        for name, part in exhibits.items():
            try:
                ladders[name] = _ladder(name, part)
            except ManifestError as error:
                if not each_alone:
                    raise
                refused[name] = str(error)
        return cls(ladders, refused)

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
                    **({"added": dict(ladder.added)} if ladder.added is not None else {}),
                }
                for name, ladder in self.ladders.items()
            },
        }


def content_of(variant: Variant, models: Files) -> bytes:
    """A variant's file, checked; raises ManifestError."""
    try:
        content = (models / variant.file).read_bytes()
    except OSError as error:
        raise ManifestError(f"{variant.file} can not be read ({error}): run `git checkout models/`") from error
    variant.check(content)
    return content


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


def _leads_out(ladder: Ladder, folder: Path) -> str:
    """What is wrong with a file that lies elsewhere; "" when none does."""
    for variant in ladder.variants:
        for name in (variant.file, variant.golden):
            if not (folder / name).resolve().is_relative_to(folder):
                return f"{variant.where}: {name} is a link that leads out of models/: copy the file there"
    return ""


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
    check_fields(f"{where}.test_set", test_set, TEST_SET)
    if not isinstance(items, list):
        raise ManifestError(f"{where}.variants: it must be a list, not {brief(items)}")
    added = part.get("added")
    if not isinstance(added, dict) and "added" in part:
        raise ManifestError(f"{where}.added: it must be an object, not {brief(added)}")
    variants = tuple(_variant(exhibit, index, item, added is not None) for index, item in enumerate(items))
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
    return Ladder(exhibit, test_set, variants, added)


def _variant(exhibit: str, index: int, item: Any, added: bool) -> Variant:
    where = f"manifest: exhibits.{exhibit}.variants[{index}]"
    if not isinstance(item, dict):
        raise ManifestError(f"{where}: it must be an object, not {brief(item)}")
    unknown = added and item.get("accuracy", "") is None
    check_fields(where, item, {**VARIANT, "accuracy": UNKNOWN} if unknown else VARIANT)
    accuracy = None if unknown else _accuracy(f"{where}.accuracy", item["accuracy"])
    return Variant(**{**item, "exhibit": exhibit, "accuracy": accuracy, "runs": tuple(item["runs"])})


def _accuracy(where: str, item: dict[str, Any]) -> Accuracy:
    check_fields(where, item, ACCURACY)
    accuracy = Accuracy(**item)
    if not accuracy.low <= accuracy.value <= accuracy.high:
        raise ManifestError(f"{where}: it must be 0 <= low <= value <= high <= 1")
    return accuracy
