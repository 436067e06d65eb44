"""The models of a site, with those of folders that were added to it: the only place that knows of such folders.

A folder is used as `hundredfold add` left it: its manifest.json, written last, has the sha256 of all that it holds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import HundredfoldError, brief
from ..manifest import Ladder, Manifest, ManifestError
from ..manifest_added import SAMPLES, of
from .describe import NAME, FolderError, describe, inside

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class ModelFiles:
    """The manifest of every exhibit, and ``files / name`` for where a file that it names lies."""

    manifest: Manifest
    models: Path
    folders: Mapping[str, Path]
    """Of each added exhibit, by its id."""

    def __truediv__(self, name: str) -> Path:
        exhibit, _, file = name.partition("/")
        return self.folders[exhibit] / file if exhibit in self.folders and file else self.models / name

    def is_file(self, name: str) -> bool:
        """Whether there is such a file, which is no link that leads out of its folder."""
        exhibit = name.partition("/")[0]
        path, root = self / name, self.folders.get(exhibit, self.models)
        return path.is_file() and path.resolve().is_relative_to(root.resolve())

    @property
    def content(self) -> bytes:
        """The manifest as it is served: the file itself, where no folder was added."""
        if not self.folders:
            return (self.models / MANIFEST).read_bytes()
        return json.dumps(self.manifest.as_dict()).encode()

    def samples(self, exhibit: str) -> list[Any]:
        """The inputs that an added exhibit's page offers."""
        told: list[dict[str, Any]] = json.loads((self / f"{exhibit}/{SAMPLES}").read_bytes())
        return [each["input"] for each in told]

    @classmethod
    def load(cls, models: Path, folders: Iterable[Path] = ()) -> ModelFiles:
        """Read all; what can not be used is in the manifest's ``refused``. Raises ManifestError without models/."""
        own = Manifest.load(models / MANIFEST, each_alone=True)
        refused, found = dict(own.refused), dict[str, Path]()
        ladders = {name: ladder for name, ladder in own.ladders.items() if ladder.added is None}
        for name in own.ladders.keys() - ladders.keys():
            refused[name] = f"manifest: exhibits.{name}.added: only the manifest of a folder of its own has that"
        for folder in (Path(os.path.abspath(each)) for each in folders):
            try:
                ladder = read(folder)
                if ladder.exhibit in found:
                    raise FolderError(f'{folder}: another one has the id "{ladder.exhibit}", too: give it another id')
            except HundredfoldError as error:
                # Visitors read it, too, and where it lies on this machine is none of their business.
                name = folder.name or "the folder"
                told = str(error).replace(str(folder), name)
                refused[name if name not in {*ladders, *refused} else f"{name} ({len(refused)})"] = told
            else:
                ladders[ladder.exhibit], found[ladder.exhibit] = ladder, folder
        return cls(Manifest(ladders, refused), models, found)


def read(folder: Path) -> Ladder:
    """The ladder of a folder that was added; raises FolderError, ManifestError."""
    said = describe(folder)
    again = f"run `hundredfold add {folder}`"
    if not (folder / MANIFEST).exists():
        raise FolderError(f"{folder} was not added yet: {again}")
    inside(folder, MANIFEST)
    try:
        ladders = Manifest.load(folder / MANIFEST).ladders
    except ManifestError as error:
        raise FolderError(f"{folder / MANIFEST} can not be used ({error}): {again}") from None
    ladder = ladders.get(said.id)
    if ladder is None or ladder.added is None or len(ladders) > 1:
        raise FolderError(f"{folder / MANIFEST} is of another exhibit than {brief(said.id)}: {again}")
    try:
        added = of(ladder)
    except ManifestError as error:
        raise FolderError(f"{folder / MANIFEST} can not be used ({error}): {again}") from None
    hashes = {variant.file.partition("/")[2]: variant.sha256 for variant in ladder.variants}
    for name, sha256 in {**added.files, **hashes}.items():
        if not inside(folder, name).is_file():
            raise FolderError(f"{folder / name} is missing: put it back, or {again}")
        if digest(folder / name) != sha256:
            raise FolderError(f"{folder / name} was changed since it was added: {again}")
    if added.files.keys() != {NAME, SAMPLES, "golden.json", *said.source}:
        raise FolderError(f"{folder} has other files than when it was added: {again}")
    return replace(ladder, source=said.source)


def digest(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
