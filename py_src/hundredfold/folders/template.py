"""Writes a folder that is an exhibit at once: an exhibit.toml to change, two small models that work, and samples.

Each kind's small model does with little what its big one does with much; the samples are made up, and labelled.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from ..added import code
from ..arguments import needs
from ..environment import UsageError
from . import written

OPSET, IR = 20, 10
SIDE = 32
LINES = (("flat", 0.0), ("upright", math.pi / 2))
TILT = 0.6
"""Radians that a stroke may lean, of the 0.79 at which it would lean to the other side as much."""
EACH = 20
"""Pictures of each label."""


def write(folder: Path, kind: str) -> list[str]:
    """Write the template of a kind; returns the files' names. Raises UsageError where something is there already."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"DIR must be a folder that does not exist yet, or an empty one: {folder} holds something")
        files = MAKERS[kind]()
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise UsageError(f"DIR must be a folder that can be written, not {folder} ({error.strerror})") from None
    return sorted({name.partition("/")[0] for name in files})


def _image() -> dict[str, str | bytes]:
    """Strokes: which way do the edges in a picture lie? Two filters of 3 x 3, or 64 of 7 x 7."""
    chance = np.random.default_rng(1)
    pictures = {
        f"samples/{label}/{label}-{turn + 1:02}.png": _png(_stroke(chance, angle))
        for label, angle in LINES
        for turn in range(EACH)
    }
    sobel = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]]) / 8
    small = _edges(np.stack([sobel, sobel.T]), np.array([[1, -1], [-1, 1]]) * 60)
    angles = np.arange(64) * math.pi / 64
    rows, columns = np.mgrid[-3:4, -3:4]
    blob = np.exp(-(rows**2 + columns**2) / 6)
    filters = [(blob * (np.cos(a) * rows + np.sin(a) * columns)) for a in angles]
    towards = np.cos(2 * angles)
    big = _edges(np.stack(filters) / 20, np.stack([towards, -towards], 1) * 4)
    return {"exhibit.toml": written.IMAGE, "small.onnx": small, "big.onnx": big, **pictures}


def _edges(filters: np.ndarray, weights: np.ndarray) -> bytes:
    """float32 [1, 1, SIDE, SIDE] -> two logits: how strong the edges are that each filter [n, k, k] finds, weighed."""
    size = filters.shape[1] // 2
    nodes = [
        helper.make_node("Conv", ["image", "filters"], ["found"], pads=[size] * 4),
        helper.make_node("Mul", ["found", "found"], ["strength"]),
        helper.make_node("GlobalAveragePool", ["strength"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["logits"]),
    ]
    return _model(nodes, ("image", (1, 1, SIDE, SIDE)), {"filters": filters[:, None], "weights": weights})


def _stroke(chance: np.random.Generator, angle: float) -> np.ndarray:
    """uint8 [48, 48], a dark stroke on paper that leans a bit."""
    angle += chance.uniform(-TILT, TILT)
    length, thickness = chance.uniform(14, 20), chance.uniform(2, 4)
    rows, columns = np.mgrid[:48, :48] - (23.5 + chance.uniform(-4, 4, 2))[:, None, None]
    along = np.abs(columns * np.cos(angle) + rows * np.sin(angle)) - length
    across = np.abs(-columns * np.sin(angle) + rows * np.cos(angle)) - thickness
    ink = np.clip(0.5 - np.maximum(along, across), 0, 1)
    picture: np.ndarray = np.rint(255 * (1 - 0.9 * ink)).astype(np.uint8)
    return picture


def _png(picture: np.ndarray) -> bytes:
    file = io.BytesIO()
    needs("PIL.Image", "own").fromarray(picture).save(file, "PNG")
    return file.getvalue()


def _text() -> dict[str, str | bytes]:
    """Sentences about food or weather, by their words: one weight for each word, or a layer of units between."""
    pre = code.run("pre.py", written.PRE)
    weights = np.zeros((pre["BUCKETS"], 2), np.float32)
    for column, words in enumerate(written.WORDS):
        for word in words:
            weights[pre["bucket"](word), column] += 1
    small = _model(
        [helper.make_node("MatMul", ["words", "w"], ["logits"])], ("words", (1, len(weights))), {"w": weights}
    )
    known = np.flatnonzero(weights.any(1))
    first = np.repeat(np.eye(len(weights), dtype=np.float32)[:, known], 4, axis=1)
    second = np.repeat(weights[known], 4, axis=0) / 4
    nodes = [
        helper.make_node("MatMul", ["words", "first"], ["units"]),
        helper.make_node("Relu", ["units"], ["heard"]),
        helper.make_node("MatMul", ["heard", "second"], ["logits"]),
    ]
    big = _model(nodes, ("words", (1, len(weights))), {"first": first, "second": second})
    table = _csv(("text", "label"), written.SENTENCES)
    return {
        "exhibit.toml": written.TEXT,
        "pre.py": written.PRE,
        "small.onnx": small,
        "big.onnx": big,
        "samples.csv": table,
    }


def _numbers() -> dict[str, str | bytes]:
    """Litres of paint for a wall: by the product, or by the plane that comes nearest to it."""
    chance = np.random.default_rng(1)
    walls = np.column_stack(
        [chance.uniform(1, 10, 60).round(1), chance.uniform(2, 4, 60).round(1), chance.integers(1, 4, 60)]
    )
    litres = walls.prod(1) / written.COVERS
    plane = np.linalg.lstsq(np.column_stack([walls, np.ones(60)]), litres, rcond=None)[0].astype(np.float32)
    nodes = [
        helper.make_node("MatMul", ["wall", "slope"], ["sloped"]),
        helper.make_node("Add", ["sloped", "start"], ["litres"]),
    ]
    small = _model(nodes, ("wall", (1, 3)), {"slope": plane[:3, None], "start": plane[3:]}, "litres")
    # A product is the exponential of a sum; the big model finds it out with a sum over 64 units that all say it.
    nodes = [
        helper.make_node("Log", ["wall"], ["logs"]),
        helper.make_node("MatMul", ["logs", "ones"], ["sums"]),
        helper.make_node("Exp", ["sums"], ["products"]),
        helper.make_node("MatMul", ["products", "share"], ["litres"]),
    ]
    share = np.full((64, 1), 1 / (64 * written.COVERS))
    big = _model(nodes, ("wall", (1, 3)), {"ones": np.ones((3, 64)), "share": share}, "litres")
    rows = [[*map("{:g}".format, wall), f"{amount:.3f}"] for wall, amount in zip(walls, litres, strict=True)]
    table = _csv(("length", "height", "coats", "label"), rows)
    return {"exhibit.toml": written.NUMBERS, "small.onnx": small, "big.onnx": big, "samples.csv": table}


def _model(
    nodes: list[onnx.NodeProto],
    given: tuple[str, tuple[int, ...]],
    weights: Mapping[str, np.ndarray],
    output: str = "logits",
) -> bytes:
    graph = helper.make_graph(
        nodes,
        "template",
        [helper.make_tensor_value_info(given[0], TensorProto.FLOAT, given[1])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    content: bytes = onnx.shape_inference.infer_shapes(model).SerializeToString()
    return content


def _csv(head: tuple[str, ...], rows: object) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)  # type: ignore[arg-type]
    return file.getvalue()


MAKERS: dict[str, Callable[[], dict[str, str | bytes]]] = {"image": _image, "text": _text, "numbers": _numbers}
