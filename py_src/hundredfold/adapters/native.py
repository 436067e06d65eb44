"""open_session() over native onnxruntime: what the server, the forge and the command line run models with."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence

import numpy as np
import onnxruntime

from ..errors import SessionError
from ..manifest import Files, Variant, content_of
from ..session import OpenSession, TensorInfo, check_array, check_names
from .cores import cores

DTYPES = {
    "float": "float32",
    "double": "float64",
    "float16": "float16",
    "int8": "int8",
    "uint8": "uint8",
    "int16": "int16",
    "uint16": "uint16",
    "int32": "int32",
    "uint32": "uint32",
    "int64": "int64",
    "uint64": "uint64",
    "bool": "bool",
    "string": "str",
}


def _info(value: onnxruntime.NodeArg) -> TensorInfo:
    kind = re.fullmatch(r"tensor\((\w+)\)", value.type)
    return TensorInfo(value.name, tuple(value.shape), DTYPES.get(kind[1], kind[1]) if kind else value.type)


class NativeSession:
    """One model in native onnxruntime, on the CPU."""

    def __init__(self, model: bytes, model_id: str, threads: int = 0) -> None:
        """``threads`` counts the threads inside one operator; 0 takes one per core that may be used."""
        threads = threads or cores()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Threads that wait for work shall sleep: else they go on for some 30 ms after an answer, which took 6.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        start = time.perf_counter()
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises a class of its own per status code, with no common base
            raise SessionError(model_id, f"onnxruntime could not load it: {error}") from error
        self.load_ms = (time.perf_counter() - start) * 1e3
        self.model_id = model_id
        self.inputs = [_info(value) for value in self._session.get_inputs()]
        self.outputs = [_info(value) for value in self._session.get_outputs()]
        self.runtime = {
            "provider": f"onnxruntime {onnxruntime.__version__} cpu",
            "threads": threads,
            "isolated": None,
        }
        self._fits: dict[str, tuple[np.dtype, tuple[int, ...]]] = {}
        """The dtype and shape of each input that were checked last: the next ones mostly have the same."""
        self._all = [info.name for info in self.outputs]

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        given = {name: (array.dtype, array.shape) for name, array in feeds.items()}
        if given != self._fits:
            check_names(self.model_id, self.inputs, feeds)
            for info in self.inputs:
                check_array(self.model_id, info, feeds[info.name])
            self._fits = given
        try:
            results = self._session.run(self._all if names is None else list(names), dict(feeds))
        except Exception as error:
            raise SessionError(self.model_id, str(error)) from error
        return list(results)

    def close(self) -> None:
        self._session = None


def opener(models: Files, threads: int = 0) -> OpenSession:
    """An open_session() that reads variants from ``models`` and keeps each session it opened."""
    opened: dict[str, NativeSession] = {}

    async def open_session(variant: Variant) -> NativeSession:
        if variant.model_id not in opened:
            opened[variant.model_id] = NativeSession(content_of(variant, models), variant.model_id, threads)
        return opened[variant.model_id]

    return open_session
