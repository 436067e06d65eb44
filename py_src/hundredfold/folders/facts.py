"""What a model's file tells of itself: its opset, how many numbers it holds, and how much it multiplies."""

from __future__ import annotations

from ..compress.inspect import inspect
from ..errors import ModelFileError
from .describe import FolderError


def facts(content: bytes, name: str) -> dict[str, int]:
    """``{opset, params, macs}`` of a model; macs are 0 where its shapes do not tell them. Raises FolderError."""
    try:
        told = inspect(content, name)
    except ModelFileError as error:
        raise FolderError(f"{name}: {error}") from None
    return {"opset": told["opset"] or 1, "params": told["params"], "macs": told["macs"] or 0}
