"""Fetches numpy for the browser: the wheel that Pyodide's own lock file names, checked by the sha256 in there."""

from __future__ import annotations

import hashlib
import http.client
import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .steps import Progress, SetupError, say

CARRIER = "open-webui==0.9.6"
CARRIED_IN = "open_webui/frontend/pyodide"
"""A package on PyPI whose wheel holds, among 150 MB, the very file: one member of it is read, not the whole."""
CONNECT_S = 8
CHUNK_BYTES = 1 << 16

Chunks = Iterator[tuple[bytes, int | None]]
"""Parts of a file as they arrive, each with the file's whole size if it is known."""


@dataclass(frozen=True)
class Wanted:
    """A file as pyodide-lock.json names it."""

    name: str
    sha256: str
    pyodide: str

    def is_in(self, path: Path) -> bool:
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256


Source = Callable[[Wanted], Chunks]
"""Where a file can be had; its docstring's first line names it. Raises any exception when it can not be had there."""


def from_cdn(wanted: Wanted) -> Chunks:
    """Pyodide's CDN"""
    address = f"https://cdn.jsdelivr.net/pyodide/v{wanted.pyodide}/full/{wanted.name}"
    with urllib.request.urlopen(address, timeout=CONNECT_S) as response:
        size = response.headers.get("Content-Length")
        while chunk := response.read(CHUNK_BYTES):
            yield chunk, int(size) if size else None


def from_carrier(wanted: Wanted) -> Chunks:
    """one file of the package open-webui==0.9.6, from your package index"""
    import remotezip

    with remotezip.RemoteZip(_carrier_address(), timeout=60) as archive:
        member = archive.getinfo(f"{CARRIED_IN}/{wanted.name}")
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk, member.file_size


def _carrier_address() -> str:
    """Ask pip, which knows the machine's package index, mirrors and proxies."""
    options = ["--dry-run", "--no-deps", "--ignore-installed", "--quiet", "--retries", "1", "--timeout", "20"]
    command = [sys.executable, "-m", "pip", "install", *options, "--report", "-", CARRIER]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["pip gave no reason"]
        raise OSError(last[0])
    report: Any = json.loads(done.stdout)
    return str(report["install"][0]["download_info"]["url"])


SOURCES: tuple[Source, ...] = (from_cdn, from_carrier)


def ensure_numpy_wheel(pyodide: Path, cache: Path, sources: tuple[Source, ...] = SOURCES) -> Path:
    """numpy's wheel in ``cache``, fetched if it is missing, cut short or altered; ``pyodide`` is the npm package."""
    wanted = _wanted(pyodide)
    target = cache / wanted.name
    if wanted.is_in(target):
        say(f"numpy for the browser: {target} is there and intact")
        return target
    if target.exists():
        say(f"numpy for the browser: {target} is not what it should be (by its sha256); fetching it again")
    cache.mkdir(parents=True, exist_ok=True)
    tried = []
    for source in sources:
        name = (source.__doc__ or "").splitlines()[0]
        say(f"numpy for the browser: fetching {wanted.name} from {name}")
        try:
            _fetch(source, wanted, target)
        except (OSError, ValueError, LookupError, ImportError, http.client.HTTPException) as error:
            tried.append(f"  - {name}: {type(error).__name__}: {error}")
            say(f"  not there ({error})")
        else:
            return target
    raise SetupError(
        f"numpy for the browser is missing, and it could be fetched from none of:\n{chr(10).join(tried)}\n"
        "Connect this machine to the network and run this again, or get the file elsewhere and put\n"
        f"  {wanted.name}\n  (sha256 {wanted.sha256})\ninto the folder\n  {cache}"
    )


def _wanted(pyodide: Path) -> Wanted:
    entry = json.loads((pyodide / "pyodide-lock.json").read_text())["packages"]["numpy"]
    version = json.loads((pyodide / "package.json").read_text())["version"]
    return Wanted(entry["file_name"], entry["sha256"], version)


def _fetch(source: Source, wanted: Wanted, target: Path) -> None:
    """Write to a .part beside the target, which is replaced only by a file that is complete and right."""
    part = target.with_name(f"{target.name}.part")
    progress: Progress | None = None
    with part.open("wb") as file:
        for chunk, total_bytes in source(wanted):
            progress = progress or Progress(wanted.name, total_bytes)
            file.write(chunk)
            progress.add(len(chunk))
    if not wanted.is_in(part):
        part.unlink()
        raise ValueError("what arrived has another sha256 than pyodide-lock.json says")
    part.replace(target)
