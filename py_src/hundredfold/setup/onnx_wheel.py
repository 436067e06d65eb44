"""Fetches what "your own model" needs of other projects for the browser's Python, by pip: onnx and what it imports.

Each is one file of the package index, pinned by its sha256. onnxruntime's quantiser, which is Python too, is taken from
the onnxruntime that is installed here: so both sides shrink a model by the same program.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .steps import SetupError, say

BROWSER_PYTHON = "313"
"""The Python of the pyodide package, as pip writes it."""


@dataclass(frozen=True)
class Pinned:
    """A wheel of the package index: ``platform`` is what its name ends in."""

    package: str
    version: str
    file: str
    sha256: str
    bytes: int

    @property
    def platform(self) -> str:
        return self.file.removesuffix(".whl").rpartition("-")[2]

    def is_in(self, path: Path) -> bool:
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256


PINNED = (
    Pinned(
        "onnx",
        "1.22.0",
        "onnx-1.22.0-cp312-abi3-pyemscripten_2025_0_wasm32.whl",
        "82e9f27fc1223cb06d68a56bed6f9d3caf3d0dad1b61bce45006d529b15bd94c",
        16_966_387,
    ),
    Pinned(
        "protobuf",
        "7.36.2",
        "protobuf-7.36.2-py3-none-any.whl",
        "bdb3a345d48db958e6ce1f18e508beb0cc981d64f24088427549c866cd039f1e",
        179_806,
    ),
    Pinned(
        "onnxslim",
        "0.1.98",
        "onnxslim-0.1.98-py3-none-any.whl",
        "25383fcd43c471e3cabeb774b5cdbf3e36a1b3fd283c7ebbdcdf5aa6731dcee3",
        245_766,
    ),
    Pinned(
        "packaging",
        "26.4",
        "packaging-26.4-py3-none-any.whl",
        "81383611a09c1bc0b08b76e0fd5829d7c6824c65b27a6aee339da133f4233ea2",
        140_049,
    ),
)
"""onnxslim is the one that pyproject.toml asks for, so that both sides simplify a model alike."""

Fetch = Callable[[Pinned, Path], None]
"""Puts a wheel into a folder; raises OSError with why not."""


def by_pip(wanted: Pinned, folder: Path) -> None:
    """Ask pip, which knows the machine's package index, mirrors and proxies."""
    which = ["--no-deps", "--only-binary", ":all:", "--implementation", "cp", "--python-version", BROWSER_PYTHON]
    options = [*which, "--platform", wanted.platform, "--quiet", "--disable-pip-version-check", "--timeout", "20"]
    for abi in ("abi3", "none"):
        options += ["--abi", abi]
    what = f"{wanted.package}=={wanted.version}"
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), what]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise OSError((errors or done.stderr.strip().splitlines() or ["pip gave no reason"])[-1])


def ensure_onnx_wheels(cache: Path, fetch: Fetch = by_pip, pinned: tuple[Pinned, ...] = PINNED) -> list[Path]:
    """The wheels in ``cache``, in the order of ``pinned``, fetched where missing, cut short or altered; SetupError."""
    return [_ensure(wanted, cache, fetch) for wanted in pinned]


def _ensure(wanted: Pinned, cache: Path, fetch: Fetch) -> Path:
    target = cache / wanted.file
    if wanted.is_in(target):
        say(f"{wanted.package} for the browser: {target} is there and intact")
        return target
    if target.exists():
        say(f"{wanted.package} for the browser: {target} is not what it should be (by its sha256); fetching it again")
        target.unlink()
    say(f"{wanted.package} for the browser: fetching {wanted.file} ({wanted.bytes / 1e6:.1f} MB) by pip")
    incoming = cache / f"{wanted.package}.part"
    incoming.mkdir(parents=True, exist_ok=True)
    part = incoming / wanted.file
    try:
        fetch(wanted, incoming)
        if not wanted.is_in(part):
            raise OSError("what arrived has another sha256 than it should have")
        part.replace(target)
    except OSError as error:
        raise SetupError(
            f"{wanted.package} for the browser is missing, and pip could not fetch it: {error}\n"
            "Connect this machine to the network and run this again, or get the file elsewhere and put\n"
            f"  {wanted.file}\n  (sha256 {wanted.sha256})\ninto the folder\n  {cache}"
        ) from error
    finally:
        part.unlink(missing_ok=True)
        incoming.rmdir()
    return target


def quantiser() -> Path:
    """The folder of onnxruntime's quantiser, of the onnxruntime that is installed here; SetupError without one."""
    spec = find_spec("onnxruntime")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (folder := Path(place) / "quantization").is_dir():
            return folder
    raise SetupError(
        "onnxruntime is not installed here, and the page takes its quantiser from it: "
        "pip install 'hundredfold[server]', then run this again"
    )
