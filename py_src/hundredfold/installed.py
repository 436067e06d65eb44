"""What an installed copy brings with it: the built page and the models, packed small, and unpacked once for a user.

`hundredfold dist` packs them, see publish/packed.py. A model is stored with its numbers' first bytes together, then
their second ones and so on, where that is smaller; and as the difference to another, where it began as a copy of that.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import sys
import tempfile
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np

SITE = Path(__file__).parent / "site"
"""Only where this is an installed copy: a checkout has its page in web/dist, and models/."""
INDEX = "site.json"
"""``{id, files: {<file>: sha256}, models: {<file>: how it is packed}}``, in the order in which they are unpacked."""
NUMBER_BYTES = 4
GZIP_LEVEL = 6
"""The build's is 9, and takes twice the time; who asks for brotli, as browsers do, gets the build's."""

Json = dict[str, Any]


def is_installed() -> bool:
    """Whether this is no checkout, but brings its page and models with it."""
    return (SITE / INDEX).is_file()


@once
def unpacked(caches: Path) -> Path:
    """The folder with ``page`` and ``models``: made if need be, and anew where anything of it is lost or altered.

    Raises OSError where it can not be written.
    """
    index = json.loads((SITE / INDEX).read_text())
    folder = caches / f"site-{index['id']}"
    if not _intact(folder, index["files"]):
        print(f"Unpacking the page and the models, once, into {folder}", file=sys.stderr, flush=True)
        caches.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".site-", dir=caches) as room:
            made, old = Path(room, "new"), Path(room, "old")
            _unpack(index, made)
            if folder.exists():
                folder.rename(old)
            made.rename(folder)
    return folder


def _intact(folder: Path, files: Mapping[str, str]) -> bool:
    try:
        return all(_sha256((folder / name).read_bytes()) == sha256 for name, sha256 in files.items())
    except OSError:
        return False


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unpack(index: Json, target: Path) -> None:
    with ThreadPoolExecutor() as pool:
        done = [
            pool.submit(_unpack_file, name, target / name) for name in index["files"] if name not in index["models"]
        ]
        for name, how in index["models"].items():  # in order: one may need another
            content = unpack_model((SITE / how["packed"]).read_bytes(), how, lambda other: target / other)
            _write(target / name, content)
        for each in done:
            each.result()


def _unpack_file(name: str, place: Path) -> None:
    """One of the page, of which often only the copy in brotli is here, or one that lies beside a model."""
    small = SITE / f"{name}.br"
    if not small.is_file():
        _write(place, (SITE / name).read_bytes())
        return
    import brotli  # the server's; a command that looks at a model goes without

    content = brotli.decompress(small.read_bytes())
    _write(place, content)
    _write(place.with_name(f"{place.name}.br"), small.read_bytes())
    _write(place.with_name(f"{place.name}.gz"), gzip.compress(content, GZIP_LEVEL, mtime=0))


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def unpack_model(packed: bytes, how: Json, other: Callable[[str], Path]) -> bytes:
    """A model's file; ``other`` tells where that lies which it is stored as the difference to."""
    whole = np.frombuffer(lzma.decompress(packed) if how["xz"] else zlib.decompress(packed), np.uint8)
    if how["apart"]:
        whole = together(whole)
    if how["like"]:
        whole, like = whole.copy(), np.frombuffer(other(how["like"]).read_bytes(), np.uint8)
        for at, at_other, count in how["ranges"]:
            whole[at : at + count] += like[at_other : at_other + count]
    return whole.tobytes()


def apart(whole: np.ndarray) -> np.ndarray:
    """First bytes of all numbers, second ones, ...; what is left over stays behind them."""
    end = len(whole) // NUMBER_BYTES * NUMBER_BYTES
    return np.concatenate((whole[:end].reshape(-1, NUMBER_BYTES).T.ravel(), whole[end:]))


def together(parts: np.ndarray) -> np.ndarray:
    """The reverse of ``apart``."""
    end = len(parts) // NUMBER_BYTES * NUMBER_BYTES
    return np.concatenate((parts[:end].reshape(NUMBER_BYTES, -1).T.ravel(), parts[end:]))
