"""open_session() over onnxruntime-web: what the browser runs models with.

The other half of the bridge is web/src/runtime/worker/ort.js. Names that start with js_ hold JavaScript's objects;
Python's reference counting frees those of a run when its variables go, so nothing here may keep them in a cycle.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import types
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import SessionError
from ..manifest import ManifestError, Variant
from ..session import TEXT_KINDS, OpenSession, TensorInfo, check_array, check_names, fits

DTYPES = {
    "bool": np.dtype(np.bool_),
    **{f"{kind}{bits}": np.dtype(f"{kind}{bits}") for kind in ("int", "uint") for bits in (8, 16, 32, 64)},
    **{f"float{bits}": np.dtype(f"float{bits}") for bits in (16, 32, 64)},
    "str": np.dtype(object),
}
"""What each dtype of a TensorInfo is in numpy: the element types that the engine and numpy share."""


@types.coroutine
def settled(js_pending: Any) -> Generator[Any, Any, Any]:
    """Wait for a pending result of ort.js and return its values; its first value says what went wrong, or is "".

    Outside of asyncio the pending result goes to who drives this coroutine (dispatcher.py, rpc.js) and awaits it as a
    plain promise. In a task of asyncio it is awaited there, which takes 0.1 ms longer.
    """
    if _in_a_task():
        return (yield from js_pending.promise.__await__())
    return (yield js_pending)


def _in_a_task() -> bool:
    try:
        return asyncio.current_task() is not None
    except RuntimeError:  # no loop runs
        return False


class WebSession:
    """One model in onnxruntime-web; use ``create``."""

    def __init__(self, js_session: Any, model_id: str, load_ms: float, runtime: Mapping[str, Any]) -> None:
        self._js_session = js_session
        self.model_id, self.load_ms, self.runtime = model_id, load_ms, runtime
        inputs, outputs = json.loads(js_session.metadata)
        self.inputs = [self._info(item) for item in inputs]
        self.outputs = [self._info(item) for item in outputs]
        self._wanted = [(info.name, DTYPES[info.dtype], info) for info in self.inputs]
        self._output_dtypes = {info.name: DTYPES[info.dtype] for info in self.outputs}
        self._js_runners: dict[tuple[str, ...], Any] = {}

    def _info(self, item: Mapping[str, Any]) -> TensorInfo:
        kind = item["type"].replace("string", "str") if item["isTensor"] else "not a tensor"
        if kind not in DTYPES:
            known = ", ".join(DTYPES)
            raise SessionError(self.model_id, f"'{item['name']}' is {kind}; only these cross to numpy: {known}")
        return TensorInfo(item["name"], tuple(_size(size) for size in item["shape"]), kind)

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        wanted = tuple(self._output_dtypes) if names is None else tuple(names)
        js_run = self._js_runners.get(wanted) or self._runner(wanted)
        js_values = await settled(js_run(*self._crossing(feeds)))
        if js_values[0]:
            raise SessionError(self.model_id, js_values[0])
        return [
            _array(js_values[2 * position + 1], js_values[2 * position + 2], self._output_dtypes[name])
            for position, name in enumerate(wanted)
        ]

    def _runner(self, names: tuple[str, ...]) -> Any:
        for name in names:
            if name not in self._output_dtypes:
                have = ", ".join(self._output_dtypes)
                raise SessionError(self.model_id, f"it has no output '{name}'; it has: {have}")
        self._js_runners[names] = js_run = self._js_session.runner(json.dumps(names))
        return js_run

    def _crossing(self, feeds: Mapping[str, Any]) -> list[Any]:
        """The inputs in the model's order, each as JavaScript reads it: a plain array, or JSON for text."""
        if len(feeds) != len(self._wanted) or any(name not in feeds for name, _, _ in self._wanted):
            check_names(self.model_id, self.inputs, feeds)
        values = []
        for name, dtype, info in self._wanted:
            array = np.asarray(feeds[name])
            if array.dtype != dtype:
                array = _converted(array, dtype)
            if array.dtype != dtype or not fits(array.shape, info.shape):
                check_array(self.model_id, info, array)
            values.append(self._texts(array, name) if dtype.hasobject else _plain(array))
        return values

    def _texts(self, array: np.ndarray, name: str) -> str:
        texts = array.ravel().tolist()
        for text in texts:
            if not isinstance(text, str) or "\0" in text:
                raise SessionError(self.model_id, f"{text!r} can not cross: it must be text without NUL", name)
        return json.dumps([array.shape, texts])

    def close(self) -> None:
        self._js_runners.clear()
        self._js_session.release()


def _size(told: int | str) -> int | str | None:
    """A dimension as a TensorInfo has it: some files give a free one the size -1, which arrives without its sign."""
    return None if told == "" or (isinstance(told, int) and not 0 <= told < 2**31) else told


def _converted(array: np.ndarray, dtype: np.dtype[Any]) -> np.ndarray:
    """The array with this machine's byte order, or as text; as it was when neither makes it fit."""
    if array.dtype.newbyteorder("=") == dtype or (dtype.hasobject and array.dtype.kind in TEXT_KINDS):
        return array.astype(dtype)
    return array


def _plain(array: np.ndarray) -> np.ndarray:
    """The same values with the memory layout that the engine reads: row by row, aligned."""
    flags = array.flags
    return array if flags.c_contiguous and flags.aligned else array.copy("C")


def _array(shape: str, js_data: Any, dtype: np.dtype[Any]) -> np.ndarray:
    array = np.empty(tuple(map(int, shape.split(","))) if shape else (), dtype)
    if dtype.hasobject:
        array.reshape(-1)[:] = json.loads(js_data)
    elif array.size:
        js_data.assign_to(array.reshape(-1).view(np.uint8))
    return array


async def create(model: Any, model_id: str, js_engine: Any) -> WebSession:
    """Load a model from its bytes, Python's or JavaScript's, into the engine of ort.js."""
    start = time.perf_counter()
    js_values = await settled(js_engine.create(model))
    load_ms = (time.perf_counter() - start) * 1e3
    if js_values[0]:
        raise SessionError(model_id, f"onnxruntime-web could not load it: {js_values[0]}")
    return WebSession(js_values[1], model_id, load_ms, json.loads(js_engine.facts))


def find_later(site: str) -> None:
    """Have packages whose first modules came in a zip find those that came later, into the folder ``site``."""
    for name, module in list(sys.modules.items()):
        folder = Path(site, *name.split("."))
        paths = getattr(module, "__path__", None)
        if isinstance(paths, list) and str(folder) not in paths and folder.is_dir():
            paths.append(str(folder))


def opener(js_fetch: Any, js_engine: Any) -> OpenSession:
    """An open_session() that keeps each session it opened; ``js_fetch(file, sha256)`` gets a file of models/."""
    opened: dict[str, WebSession] = {}

    async def open_session(variant: Variant) -> WebSession:
        if variant.model_id not in opened:
            js_values = await settled(js_fetch(variant.file, variant.sha256))
            if js_values[0]:
                raise ManifestError(f"{variant.file} could not be fetched: {js_values[0]}")
            variant.check(js_values[1].to_memoryview())
            opened[variant.model_id] = await create(js_values[1], variant.model_id, js_engine)
        return opened[variant.model_id]

    return open_session
