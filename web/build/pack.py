"""Pack Python for the browser: modules as bytecode in an uncompressed zip, without what a visitor never runs.

Runs in Pyodide under Node, so that the very interpreter that will load the bytecode makes it. The zip is uncompressed
because the server sends it brotli-compressed, which is smaller, and unpacks faster, than deflate inside.
"""

import json
import zipfile
from collections.abc import Iterator
from importlib.util import MAGIC_NUMBER, source_hash
from marshal import dumps
from pathlib import Path
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the same input makes the same bytes, and so the same file name."""
UNCHECKED = (0b01).to_bytes(4, "little")
"""The .pyc flag for 'told by a hash, and never look for the source' (PEP 552)."""


def pack(sources: str, target: str) -> str:
    """Write the zip ``target``; returns JSON: {kept: n, dropped: n}.

    ``sources`` is JSON: [{from: zip or folder, into: prefix of each path, drop: {paths, folders, endings}}].
    """
    counts = {"kept": 0, "dropped": 0}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for source in json.loads(sources):
            for path, content in _entries(Path(source["from"])):
                if _unwanted(path, source.get("drop", {})):
                    counts["dropped"] += 1
                    continue
                path = source.get("into", "") + path
                if path.endswith(".py"):
                    path, content = f"{path}c", _bytecode(path, content)
                archive.writestr(zipfile.ZipInfo(path, EPOCH), content)
                counts["kept"] += 1
    return json.dumps(counts)


def _unwanted(path: str, drop: dict[str, Any]) -> bool:
    return (
        path.startswith(tuple(drop.get("paths", ())))
        or path.endswith(tuple(drop.get("endings", ())))
        or not set(drop.get("folders", ())).isdisjoint(path.split("/")[:-1])
    )


def _entries(source: Path) -> Iterator[tuple[str, bytes]]:
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file():
                yield path.relative_to(source).as_posix(), path.read_bytes()
        return
    with zipfile.ZipFile(source) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith("/"):
                yield name, archive.read(name)


def _bytecode(path: str, source: bytes) -> bytes:
    return MAGIC_NUMBER + UNCHECKED + source_hash(source) + dumps(compile(source, path, "exec", dont_inherit=True))
