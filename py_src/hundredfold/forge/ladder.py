"""Write an exhibit's ladder: model files, golden vectors, and last the manifest, whose presence means complete."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx

from ..adapters.native import NativeSession
from ..exhibits import EXHIBITS
from ..manifest import SCHEMA, Manifest
from ..session import Session
from . import export


@dataclass(frozen=True)
class Rung:
    """One variant to be written; ``facts_of`` is the model whose arithmetic is counted, when quantising hides it."""

    id: str
    role: str
    parent: str | None
    recipe: str
    model: onnx.ModelProto
    facts_of: onnx.ModelProto | None = None
    runs: tuple[str, ...] = ("here", "there")
    golden: str = "golden.json"
    """The file of its golden vectors: what runs here should not have to fetch those of what does not."""
    params: int | None = None
    macs: int | None = None
    """Where the file's own products do not tell them: of a table that is looked up in, of inputs of any length."""


def golden_vectors(exhibit: str, session: Session, inputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each input with the session's own output."""
    room = EXHIBITS[exhibit]

    async def all_outputs() -> list[dict[str, Any]]:
        return [await room.run(session, room.parse(value)) for value in inputs]

    return [{"input": i, "output": o} for i, o in zip(inputs, asyncio.run(all_outputs()), strict=True)]


def write_ladder(
    models: Path,
    exhibit: str,
    test_set: dict[str, Any],
    rungs: list[Rung],
    accuracy: Callable[[Session], dict[str, Any]],
    golden: Callable[[Session], list[dict[str, Any]]],
) -> Manifest:
    """Write ``models``/``exhibit``/* and then ``models``/manifest.json, keeping its other exhibits."""
    variants: list[dict[str, Any]] = []
    vectors: dict[str, dict[str, Any]] = {}
    for rung in rungs:
        file = f"{exhibit}/{rung.id}.onnx"
        facts = export.write(rung.model, models / file)
        session = NativeSession(rung.model.SerializeToString(), f"{exhibit}/{rung.id}")
        vectors.setdefault(rung.golden, {})[rung.id] = golden(session)
        source = rung.facts_of or rung.model
        entry: dict[str, Any] = {
            "id": rung.id,
            "role": rung.role,
            "parent": rung.parent,
            "recipe": rung.recipe,
            "file": file,
            **facts,
            "params": export.count_params(source) if rung.params is None else rung.params,
            "macs": export.count_macs(source) if rung.macs is None else rung.macs,
            "runs": list(rung.runs),
            "accuracy": accuracy(session),
            "golden": f"{exhibit}/{rung.golden}",
        }
        variants.append(entry)
        print(
            f"{rung.id}: {entry['accuracy']['value']:.2%} right, {entry['bytes']} bytes, {entry['macs']} MACs",
            flush=True,
        )
    for name, golden_vectors_of in vectors.items():
        text = json.dumps({"variants": golden_vectors_of}, separators=(",", ":"))
        (models / exhibit / name).write_text(f"{text}\n")
    path = models / "manifest.json"
    data: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {"schema": SCHEMA, "exhibits": {}}
    data["exhibits"][exhibit] = {"test_set": test_set, "variants": variants}
    manifest = Manifest.parse(data)
    path.write_text(json.dumps(manifest.as_dict(), indent=2) + "\n")
    return manifest
