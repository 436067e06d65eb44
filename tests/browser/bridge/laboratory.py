"""Runs in the browser, in the place of the core: sends arrays of every kind over the bridge, says what came back."""

import asyncio
import base64
import gc
import json
import sys
import types

import numpy as np

from hundredfold.adapters.dispatcher import Driven
from hundredfold.adapters.web import create
from hundredfold.errors import SessionError


def with_layout(array: np.ndarray, layout: str) -> np.ndarray:
    """The same values, otherwise in memory."""
    match layout:
        case "plain":
            return array
        case "fortran":
            return np.asfortranarray(array) if array.ndim else array
        case "strided":
            wide = np.repeat(array, 2, axis=-1) if array.ndim else array
            return wide[..., ::2] if array.ndim else wide
        case "reversed":
            return np.flip(np.flip(array).copy()) if array.ndim else array
        case "swapped":
            return array.astype(array.dtype.newbyteorder(">"))
        case "unaligned":
            raw = b"?" + array.tobytes()
            return np.frombuffer(raw, array.dtype, offset=1, count=array.size).reshape(array.shape)
        case "readonly":
            array.setflags(write=False)
            return array
    raise ValueError(layout)


class Laboratory:
    """Answers requests as a Dispatcher does."""

    def __init__(self, js_engine):
        self.js_engine = js_engine
        self.facts = js_engine.facts
        self.sessions = {}

    def ask(self, request):
        return Driven(self._answer(json.loads(request)))

    async def _answer(self, request):
        try:
            return await getattr(self, request.pop("do"))(**request)
        except SessionError as error:
            return {"error": str(error), "tensor": error.tensor}

    async def load(self, name, model):
        self.sessions[name] = session = await create(base64.b64decode(model), name, self.js_engine)
        return {
            "inputs": [[info.name, info.shape, info.dtype] for info in session.inputs],
            "outputs": [[info.name, info.shape, info.dtype] for info in session.outputs],
            "load_ms": session.load_ms,
            "runtime": session.runtime,
        }

    async def echo(self, name, dtype, shape, content, layout):
        array = with_layout(self._array(dtype, shape, content), layout)
        (result,) = await self.sessions[name].run(None, {"x": array})
        return self._described(result)

    async def run(self, name, feeds, names=None):
        arrays = {key: self._array(*value) for key, value in feeds.items()}
        return {"results": [self._described(array) for array in await self.sessions[name].run(names, arrays)]}

    async def grow(self, name, count):
        """Runs with ever larger arrays, between which Python's memory grows and old views of it die."""
        equal = []
        for size in (count // 100, count // 10, count):
            array = np.arange(size, dtype=np.uint32)
            (result,) = await self.sessions[name].run(None, {"x": array})
            equal.append(bool((result == array).all()))
        return {"equal": equal}

    async def close(self, name):
        self.sessions.pop(name).close()
        return {}

    async def leak(self, name, dtype, shape, runs):
        """How many more blocks of memory and references to an input there are after many runs."""
        session, array = self.sessions[name], np.zeros(shape, dtype)
        for _ in range(50):
            await session.run(None, {"x": array})
        gc.collect()
        blocks, references = sys.getallocatedblocks(), sys.getrefcount(array)
        for _ in range(runs):
            await session.run(None, {"x": array})
        gc.collect()
        return {
            "blocks": sys.getallocatedblocks() - blocks,
            "references": sys.getrefcount(array) - references,
        }

    async def in_asyncio(self, name):
        """The same session from a task of asyncio, several runs at once: they must queue."""
        session = self.sessions[name]
        arrays = [np.full((2, 3), number, np.float32) for number in range(5)]
        task = asyncio.ensure_future(asyncio.gather(*(session.run(None, {"x": array}) for array in arrays)))
        results = await _driven(task)
        return {"equal": all((one == other[0]).all() for one, other in zip(arrays, results, strict=True))}

    @staticmethod
    def _array(dtype, shape, content):
        if dtype == "str":
            return np.array(content, dtype=object).reshape(shape)
        return np.frombuffer(bytearray(base64.b64decode(content)), dtype).reshape(shape)

    @staticmethod
    def _described(array):
        text = array.dtype.hasobject
        content = array.ravel().tolist() if text else base64.b64encode(array.tobytes()).decode()
        return {"dtype": "str" if text else str(array.dtype), "shape": array.shape, "content": content}


@types.coroutine
def _driven(future):
    """Let rpc.js wait for a future of asyncio, in no task of which this coroutine is."""
    yield types.SimpleNamespace(promise=future)
    return future.result()
