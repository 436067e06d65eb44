"""The JavaScript side of the bridge, played by native onnxruntime: what adapters/web.py gets in a browser."""

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hundredfold.adapters.native import NativeSession


@dataclass
class Pending:
    """What is awaited: its values are known already."""

    values: list[Any]


@dataclass
class Bytes:
    """A Uint8Array of JavaScript."""

    content: bytes

    def to_memoryview(self) -> memoryview:
        return memoryview(self.content)

    def to_bytes(self) -> bytes:
        return self.content

    def assign_to(self, array: np.ndarray) -> None:
        array[:] = np.frombuffer(self.content, np.uint8)


class Session:
    def __init__(self, engine: "Engine", native: NativeSession) -> None:
        self.engine, self.native = engine, native
        described = [
            [
                {"name": info.name, "isTensor": True, "type": info.dtype, "shape": [size or "" for size in info.shape]}
                for info in infos
            ]
            for infos in (native.inputs, native.outputs)
        ]
        self.metadata = json.dumps(described)

    def runner(self, names: str) -> Any:
        def run(*arrays: np.ndarray) -> Pending:
            feeds = {info.name: array for info, array in zip(self.native.inputs, arrays, strict=True)}
            values: list[Any] = [""]
            for array in asyncio.run(self.native.run(json.loads(names), feeds)):
                array = array * self.engine.distortion
                values += [",".join(map(str, array.shape)), Bytes(array.tobytes())]
            return Pending(values)

        return run


@dataclass
class Engine:
    """Opens sessions; each model whose size in bytes is in ``broken`` answers wrongly."""

    broken: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    distortion: float = 1.0
    created: int = 0
    facts: str = json.dumps({"provider": "replayed", "threads": 1, "isolated": True})

    def create(self, model: Bytes) -> Pending:
        self.created += 1
        if len(model.content) in self.refused:
            return Pending(["the engine does not know this operator"])
        engine = Engine(distortion=-1.0 if len(model.content) in self.broken else 1.0)
        return Pending(["", Session(engine, NativeSession(model.content, "replayed", threads=1))])


@dataclass
class Files:
    """Gives the files of models/, some of them altered or missing."""

    models: Path
    altered: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    replaced: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, file: str, sha256: str) -> Pending:
        if file in self.missing:
            return Pending(["the server answered 404"])
        content = self.replaced[file] if file in self.replaced else (self.models / file).read_bytes()
        return Pending(["", Bytes(content[:-1] if file in self.altered else content)])
