"""A model's file, read and inspected: what every one of these commands begins with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..compress import inspect, load
from .files import content_of


@dataclass(frozen=True)
class Model:
    """A model's bytes, its file's name and what `compress.inspect` found."""

    content: bytes
    name: str
    inspection: dict[str, Any]


def read(path: Path, flag: str) -> Model:
    """Raises UsageError for a file that can not be read, ModelFileError for one that can not be used."""
    content = content_of(path, flag, load.MOST_BYTES)
    return Model(content, path.name, inspect.inspect(content, path.name))
