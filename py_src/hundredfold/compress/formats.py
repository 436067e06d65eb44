"""Files that are no ONNX models, known by what they begin with and by their names, with what to do about each."""

from __future__ import annotations

from ..errors import ModelFileError
from .refusals import refusal

COMMANDS = {
    "TensorFlow Lite": "python -m tf2onnx.convert --tflite model.tflite --output model.onnx",
    "Keras": "python -m tf2onnx.convert --keras model.h5 --output model.onnx",
    "TensorFlow SavedModel": "python -m tf2onnx.convert --saved-model FOLDER --output model.onnx",
    "PyTorch": "torch.onnx.export(model, (example_input,), 'model.onnx', dynamo=True)",
    "pickle": "skl2onnx.to_onnx(model, X[:1])",
    "safetensors": "optimum-cli export onnx --model FOLDER OUT",
    "GGUF": "optimum-cli export onnx --model NAME_OF_THE_ORIGINAL OUT",
    "PaddlePaddle": "paddle2onnx --model_dir FOLDER --save_file model.onnx",
}
"""What turns each format into ONNX."""
FINAL = ("ONNX Runtime", "OpenVINO", "Core ML")
"""Formats that models are turned into, and not back from."""
ENDINGS = {
    "tflite": "TensorFlow Lite",
    "lite": "TensorFlow Lite",
    "h5": "Keras",
    "hdf5": "Keras",
    "keras": "Keras",
    "pb": "TensorFlow SavedModel",
    "pt": "PyTorch",
    "pth": "PyTorch",
    "ckpt": "PyTorch",
    "bin": "PyTorch",
    "pkl": "pickle",
    "pickle": "pickle",
    "joblib": "pickle",
    "safetensors": "safetensors",
    "gguf": "GGUF",
    "ort": "ONNX Runtime",
    "mlmodel": "Core ML",
    "mlpackage": "Core ML",
    "pdmodel": "PaddlePaddle",
    "pdiparams": "PaddlePaddle",
}
"""What a name's ending says, where the content is none that is known."""
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!")
FIRST_BYTES = 4096


def other_format(content: bytes, name: str) -> ModelFileError | None:
    """What the first bytes say the file is, if they say that it is no ONNX model."""
    start = bytes(content[:FIRST_BYTES])
    if not start:
        return refusal("model-empty")
    ending = _ending(name)
    if start.startswith(b"PK"):
        if b"data.pkl" in start or b"/data/" in start or (ending in ("pt", "pth", "ckpt", "bin")):
            return converted("PyTorch")
        if ending == "keras" or b"model.weights.h5" in start:
            return converted("Keras")
        if ending == "npz" or start[26:300].find(b".npy") > 0:
            return refusal("model-arrays")
    if start.startswith(ARCHIVES):
        return refusal("model-archive")
    if start[4:8] == b"TFL3":
        return converted("TensorFlow Lite")
    if start[4:8] == b"ORTM":
        return converted("ONNX Runtime")
    if start.startswith(b"\x89HDF\r\n\x1a\n"):
        return converted("Keras")
    if start.startswith(b"GGUF"):
        return converted("GGUF")
    if start.startswith(b"\x93NUMPY"):
        return refusal("model-arrays")
    if start[8:9] == b"{" and int.from_bytes(start[:8], "little") < 1 << 32:
        return converted("safetensors")
    if start[:1] == b"\x80" and start[1:2] in b"\x02\x03\x04\x05" and start[1:2]:
        return converted("PyTorch" if ending in ("pt", "pth", "ckpt", "bin") else "pickle")
    if start.startswith(b"version https://git-lfs"):
        return refusal("model-pointer")
    if start.startswith(PICTURES[:-2]) or (start.startswith(b"RIFF") and start[8:12] == b"WEBP"):
        return refusal("model-picture")
    return _marked_up(start.lstrip(b"\xef\xbb\xbf \t\r\n").lower())


def _marked_up(start: bytes) -> ModelFileError | None:
    """What a file of text is."""
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return refusal("model-html")
    if start.startswith((b"<?xml", b"<net")):
        return converted("OpenVINO") if b"<net" in start else refusal("model-not-onnx")
    return None


def by_name(name: str) -> ModelFileError:
    """What a file that could not be read as ONNX is, as its name says."""
    known = ENDINGS.get(_ending(name))
    return converted(known) if known else refusal("model-not-onnx")


def is_named_otherwise(name: str) -> bool:
    """Whether the name's ending is that of another format."""
    return _ending(name) in ENDINGS


def converted(kind: str) -> ModelFileError:
    if kind in FINAL:
        return refusal("model-format-final", format=kind)
    return refusal("model-format", format=kind, command=COMMANDS[kind])


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
