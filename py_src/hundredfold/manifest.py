"""The only reader of models/manifest.json: validates it, finds variants, and checks a model's bytes against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .contract import HundredfoldError

if TYPE_CHECKING:
    Buffer = bytes | bytearray | memoryview

SCHEMA = 1
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
            data = json.loads(Path(path).read_text())
        except FileNotFoundError:
            raise ManifestError(f"{path} is missing: restore it with `git checkout models/`") from None
        except ValueError as error:
            raise ManifestError(f"{path} is not JSON ({error}): restore it with `git checkout models/`") from None
        return cls.parse(data)

    @classmethod
    def parse(cls, data: Any) -> Manifest:
        """Validate the manifest's JSON; raises ManifestError with the path of what is wrong."""
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ManifestError(f"manifest: 'schema' must be {SCHEMA}; this file was written by another version")
        exhibits = data.get("exhibits")
        if not isinstance(exhibits, dict):
            raise ManifestError("manifest: 'exhibits' is missing: restore the file with `git checkout models/`")
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


def _ladder(exhibit: str, part: Any) -> Ladder:
    where = f"manifest: exhibits.{exhibit}"
    if not isinstance(part, dict) or not {"test_set", "variants"} <= part.keys():
        raise ManifestError(f"{where}: 'test_set' and 'variants' must be there")
    variants = tuple(_variant(exhibit, item) for item in part["variants"])
    ids = [variant.id for variant in variants]
    if len(set(ids)) != len(ids):
        raise ManifestError(f"{where}: two variants share an id")
    if [variant.role for variant in variants].count("baseline") != 1:
        raise ManifestError(f"{where}: exactly one variant must have the role 'baseline'")
    if not any("here" in variant.runs for variant in variants):
        raise ManifestError(f"{where}: no variant runs here")
    for variant in variants:
        if variant.parent is not None and variant.parent not in ids:
            raise ManifestError(f"{where}.{variant.id}: the parent '{variant.parent}' is not in the ladder")
    return Ladder(exhibit, part["test_set"], variants)


def _variant(exhibit: str, item: Mapping[str, Any]) -> Variant:
    where = f"manifest: exhibits.{exhibit}.{item.get('id', '?')}"
    try:
        variant = Variant(
            exhibit=exhibit,
            accuracy=Accuracy(**item["accuracy"]),
            runs=tuple(item["runs"]),
            **{key: item[key] for key in item if key not in ("accuracy", "runs")},
        )
    except (TypeError, KeyError) as error:
        raise ManifestError(f"{where}: a field is missing or unknown ({error})") from None
    if variant.role not in ROLES:
        raise ManifestError(f"{where}: role must be one of {', '.join(ROLES)}, not '{variant.role}'")
    if not set(variant.runs) <= {"here", "there"} or not variant.runs:
        raise ManifestError(f"{where}: runs must name 'here', 'there' or both")
    if len(variant.sha256) != 64:
        raise ManifestError(f"{where}: sha256 must have 64 hex digits")
    if ".." in Path(variant.file).parts or Path(variant.file).is_absolute():
        raise ManifestError(f"{where}: file must stay inside models/")
    if not 0 <= variant.accuracy.low <= variant.accuracy.value <= variant.accuracy.high <= 1:
        raise ManifestError(f"{where}: accuracy must be 0 <= low <= value <= high <= 1")
    return variant
