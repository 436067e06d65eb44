"""Model files that want to do harm, or are none, each with what loading it must answer: a code, or None for opened.

`python tests/core/hostile_models.py FOLDER` writes them, and codes.json, for checks that run elsewhere.
"""

import io
import json
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
from hostile_graphs import GRAPHS, model, plain, varint

HUGE = 100_000_001


def field(number, content):
    """A protobuf field of bytes."""
    return varint(number << 3 | 2) + varint(len(content)) + content


def zipped(name, content=b"{}"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def npy():
    stream = io.BytesIO()
    np.save(stream, np.zeros(3))
    return stream.getvalue()


def nested_types(depth=3000):
    """An input whose type is a sequence of sequences of sequences."""
    kind = b""
    for _ in range(depth):
        kind = field(4, field(1, kind))
    return field(7, field(11, field(1, b"x") + field(2, kind)))


def nested_graphs(depth=60):
    """A graph in a node's attribute in a graph, and so on, by bytes: no library reads it."""
    graph = field(2, b"g")
    for _ in range(depth):
        graph = field(1, field(2, b"y") + field(4, b"If") + field(5, field(1, b"then_branch") + field(6, graph)))
    return field(8, field(1, b"") + b"\x10\x11") + field(7, graph)


def not_utf8():
    return plain().SerializeToString().replace(b"weight", b"\xff\xfeight")


def with_tail(tail):
    return plain().SerializeToString() + tail


BYTES = {
    "empty": (lambda: b"", "model.onnx", "model-empty"),
    "zip": (lambda: zipped("model.onnx"), "model.onnx", "model-archive"),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(60), "model.onnx", "model-archive"),
    "torch": (lambda: zipped("archive/data.pkl"), "model.onnx", "model-format"),
    "torch-by-name": (lambda: zipped("x"), "model.pt", "model-format"),
    "torch-legacy": (lambda: b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.", "m.pth", "model-format"),
    "keras": (lambda: zipped("model.weights.h5"), "model.keras", "model-format"),
    "hdf5": (lambda: b"\x89HDF\r\n\x1a\n" + bytes(100), "model.h5", "model-format"),
    "tflite": (lambda: b"\x1c\x00\x00\x00TFL3" + bytes(100), "model.tflite", "model-format"),
    "pickle": (lambda: b"\x80\x04\x95\x00\x00\x00cos\nsystem\n(S'true'\ntR.", "model.pkl", "model-format"),
    "safetensors": (lambda: struct.pack("<Q", 2) + b"{}", "model.safetensors", "model-format"),
    "gguf": (lambda: b"GGUF\x03\x00\x00\x00" + bytes(100), "model.gguf", "model-format"),
    "ort": (lambda: b"\x1c\x00\x00\x00ORTM" + bytes(100), "model.ort", "model-format-final"),
    "openvino": (lambda: b'<?xml version="1.0"?><net name="m" version="11"></net>', "m.xml", "model-format-final"),
    "saved-model": (lambda: b"\x08\x01\x12\x04\x0a\x02\x12\x00", "saved_model.pb", "model-format"),
    "numpy": (npy, "model.onnx", "model-arrays"),
    "npz": (lambda: zipped("x.npy", npy()), "samples.npz", "model-arrays"),
    "html": (lambda: b"\n<!DOCTYPE html><title>Sign in</title>", "model.onnx", "model-html"),
    "git-lfs": (lambda: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "model.onnx", "model-pointer"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "model.onnx", "model-picture"),
    "words": (lambda: b"this is no model", "model.onnx", "model-not-onnx"),
    "json": (lambda: b'{"graph": {"node": []}}', "model.onnx", "model-not-onnx"),
    "zeros": (lambda: bytes(4096), "model.onnx", "model-not-onnx"),
    "ones": (lambda: b"\xff" * 4096, "model.onnx", "model-not-onnx"),
    "too-big": (lambda: bytes(HUGE), "model.onnx", "model-too-big"),
    "length-lies": (lambda: b"\x08\x07\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "model.onnx", "model-cut-off"),
    "length-wraps": (lambda: b"\x08\x07\x3a\xff\xff\xff\xff\x0f", "model.onnx", "model-cut-off"),
    "varint-without-end": (lambda: b"\x08" + b"\x80" * 10_000, "model.onnx", "model-not-onnx"),
    "field-zero": (lambda: with_tail(b"\x00\x00"), "model.onnx", "model-cut-off"),
    "group": (lambda: with_tail(b"\x3b" * 5000), "model.onnx", "model-cut-off"),
    "nested-types": (nested_types, "model.onnx", "model-too-nested"),
    "nested-graphs-by-bytes": (nested_graphs, "model.onnx", "model-too-nested"),
    "many-empty-nodes": (lambda: field(7, b"\x0a\x00" * 2_000_000), "model.onnx", "model-too-many-parts"),
    "many-fields": (lambda: b"\x08\x07" * 3_000_000, "model.onnx", "model-too-many-parts"),
    "many-graphs": (lambda: field(7, b"") * 1_000_000, "model.onnx", "model-too-many-parts"),
    "loose-numbers": (
        lambda: field(7, field(5, field(7, b"\x01" * 20_000_000))),
        "model.onnx",
        "model-numbers-loose",
    ),
    "not-utf-8": (not_utf8, "model.onnx", "model-not-utf8"),
    "no-graph": (lambda: b"\x08\x08\x12\x07pytorch", "model.onnx", "model-no-graph"),
    **{
        f"cut-off-at-{eighth}-eighths": (
            lambda eighth=eighth: (whole := plain().SerializeToString())[: len(whole) * eighth // 8],
            "model.onnx",
            "model-cut-off",
        )
        for eighth in range(1, 8)
    },
}
"""By name: (what makes the file's bytes, the file's name, the code of the refusal)."""

HOSTILE = {
    **BYTES,
    **{name: (lambda make=make: model(make), f"{name}.onnx", code) for name, (make, code) in GRAPHS.items()},
}
"""All of them; a code of None says that the file does no harm, and is opened."""


def write(folder: Path) -> None:
    """Every file into ``folder``, and codes.json: ``{file: code or null}``."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = {}
    for key, (make, name, code) in HOSTILE.items():
        target = folder / f"{key}{Path(name).suffix}"
        target.write_bytes(make())
        codes[target.name] = code
    (folder / "codes.json").write_text(json.dumps(codes, indent=1))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
