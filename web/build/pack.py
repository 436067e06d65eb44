"""Pack Python for the browser: modules as bytecode in an uncompressed zip, and none that a visitor never runs.

Runs in Pyodide under Node, so that the very interpreter that will load the bytecode makes it. The zip is uncompressed
because the server sends it brotli-compressed, which is smaller, and unpacks faster, than deflate inside.
"""

import json
import zipfile
from importlib.util import MAGIC_NUMBER, source_hash
from marshal import dumps
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: the same input makes the same bytes, and so the same file name."""
UNCHECKED = (0b01).to_bytes(4, "little")
"""The .pyc flag for 'told by a hash, and never look for the source' (PEP 552)."""
ONLY_TEXT = ("numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py")
"""Modules that do nothing but attach documentation: they stay, empty."""


def pack(sources: str, target: str) -> str:
    """Write the zip ``target``; returns JSON: {files: n}.

    ``sources`` is JSON: [{from: zip or folder, into: prefix of each path, files: what is taken, bare: without
    docstrings and asserts}].
    """
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for source in json.loads(sources):
            read = _reader(Path(source["from"]))
            for path in sorted(source["files"]):
                content, into = read(path), source.get("into", "") + path
                if path.endswith(".py"):
                    text = b"" if path in ONLY_TEXT else content
                    into, content = f"{into}c", _bytecode(into, text, optimize=2 if source.get("bare") else 0)
                archive.writestr(zipfile.ZipInfo(into, EPOCH), content)
                count += 1
    return json.dumps({"files": count})


def _reader(source: Path):
    if source.is_dir():
        return lambda path: (source / path).read_bytes()
    return zipfile.ZipFile(source).read


def _bytecode(path: str, source: bytes, optimize: int) -> bytes:
    code = compile(source, path, "exec", dont_inherit=True, optimize=optimize)
    return MAGIC_NUMBER + UNCHECKED + source_hash(source) + dumps(code)
