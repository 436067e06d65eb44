"""What a page asks about a visitor's own model: one dictionary in, one out, with files as bytes beside them.

``handle`` answers one of these, by its key "do":

  {"do": "inspect", "name"} with the file "model"
      -> what inspect() tells
  {"do": "run", "name", "samples", "index"} with "model"
      -> {"outputs": {<name>: {"dtype", "dims", "file"} or {"dtype", "dims", "texts"}}} of one sample, with their files
  {"do": "perf", "name", "samples", "repeats", "warmups"} with "model"
      -> what perf() tells
  {"do": "quantize", "name", "method", "samples", "max_drop", "simplify"} with "model"
      -> {"bytes", "method", "floats", "before", "after", "tried", "notes"}; the small model becomes the file "small"
  {"do": "compare", "samples", "layers"} with "model" and "small"
      -> what compare() tells
  {"do": "report", "inspection", "perf", "quantized", "comparison", "perf_small"}; all but the first may be null
      -> what report() makes of them

``samples`` is null, {"made_up": n, "seed"} or {"inputs": {<name>: {"dtype", "dims", "file"} or {"dims", "texts"}},
"labels", "classes", "made_up"}: the first of ``dims`` counts the samples, and ``file`` names the file with an array's
bytes, row by row.
An error comes back as RFC 9457 problem details, told from an answer by its key "status".
"""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import numpy as np

from ..errors import InputError, ModelFileError, Problem, SessionError, brief
from ..measure import Clock
from ..session import TEXT_KINDS
from . import Cancelled, OpenModel, Progress, Stopped
from .compare import compare
from .inspect import inspect
from .perf import MOST_REPEATS, perf
from .quantize import quantize
from .report import report
from .samples import Samples, check, made_up

STOPPED = 499
"""The status of what the user stopped, as nginx has it."""
MOST_MADE_UP = 4096
MOST_NAME = 300
UNUSABLE = "Input can not be used"


class Asked:
    """One request: its fields, each checked when it is taken; InputError names the field."""

    def __init__(
        self,
        request: Mapping[str, Any],
        files: dict[str, bytes],
        open_model: OpenModel,
        on_progress: Progress | None,
        cancelled: Stopped | None,
        clock: Clock,
    ) -> None:
        self.request, self.files, self.open_model, self.clock = request, files, open_model, clock
        self.how: dict[str, Any] = {"on_progress": on_progress, "cancelled": cancelled}

    def file(self, name: str) -> bytes:
        if name not in self.files:
            raise InputError(name, f"the file '{name}' is missing: send its bytes with the request")
        return self.files[name]

    def name(self) -> str:
        name = self.request.get("name", "model.onnx")
        if not isinstance(name, str) or not 0 < len(name) <= MOST_NAME:
            raise InputError("name", f"name must be text of at most {MOST_NAME} characters, not {brief(name)}")
        return name

    def whole(self, field: str, default: int, low: int, high: int) -> int:
        value = self.request.get(field, default)
        if type(value) is not int or not low <= value <= high:
            raise InputError(field, f"{field} must be a whole number from {low} to {high}, not {brief(value)}")
        return value

    def truth(self, field: str, default: bool) -> bool:
        value = self.request.get(field, default)
        if not isinstance(value, bool):
            raise InputError(field, f"{field} must be true or false, not {brief(value)}")
        return value

    def samples(self, inspection: Mapping[str, Any]) -> Samples | None:
        """As the model takes them; None: the request brings none."""
        told = self.request.get("samples")
        if told is None:
            return None
        if not isinstance(told, Mapping):
            raise InputError("samples", f"samples must be null or an object, not {brief(told)}")
        n = told.get("made_up")
        if type(n) is int and "inputs" not in told:
            return check(made_up(inspection, _within(n, MOST_MADE_UP), told.get("seed", 1)), inspection)
        return check(_samples(told, self.files), inspection)


Verb = Callable[[Asked], Awaitable[dict[str, Any]]]


async def handle(
    request: Mapping[str, Any],
    files: dict[str, bytes],
    open_model: OpenModel,
    on_progress: Progress | None = None,
    cancelled: Stopped | None = None,
    clock: Clock = time.perf_counter,
) -> dict[str, Any]:
    """Answer one request; never raises, whatever the request, the model or the samples are.

    A verb that makes a file puts it into ``files``.
    """
    try:
        verb = request.get("do") if isinstance(request, Mapping) else None
        if not isinstance(verb, str) or verb not in VERBS:
            return Problem(
                400, "Unknown request", f"'do' must be one of {', '.join(VERBS)}, not {brief(verb)}"
            ).as_dict()
        answer = await VERBS[verb](Asked(request, files, open_model, on_progress, cancelled, clock))
        return dict(_plain(answer))
    except Cancelled as error:
        return Problem(STOPPED, "Stopped", str(error), {"code": "own-runtime-stopped"}).as_dict()
    except ModelFileError as error:
        return Problem(422, "Model can not be used", str(error), error.extra()).as_dict()
    except InputError as error:
        return Problem(422, UNUSABLE, str(error), error.extra()).as_dict()
    except SessionError as error:
        return Problem(500, "The engine failed", f"{error}. Try a smaller model, or fewer samples.").as_dict()
    except MemoryError:
        detail = "There is not enough memory for this model on this device: close other pages, or give fewer samples."
        return Problem(507, "Out of memory", detail, {"code": "own-runtime-memory"}).as_dict()
    except Exception as error:
        traceback.print_exc()
        detail = f"A mistake in this program: {type(error).__name__}. Its log has more; try another model or method."
        return Problem(500, "The run failed", detail).as_dict()


async def _inspect(asked: Asked) -> dict[str, Any]:
    return inspect(asked.file("model"), asked.name())


async def _run(asked: Asked) -> dict[str, Any]:
    content, name = asked.file("model"), asked.name()
    inspection = inspect(content, name)
    samples = asked.samples(inspection) or check(made_up(inspection, 1), inspection)
    feeds = samples.one(asked.whole("index", 0, 0, samples.n - 1))
    session = await asked.open_model(content, name)
    try:
        names = [info.name for info in session.outputs]
        arrays = await session.run(None, feeds)
    finally:
        session.close()
    outputs = {}
    for place, (output, array) in enumerate(zip(names, arrays, strict=True)):
        if array.dtype.kind in TEXT_KINDS:
            outputs[output] = {"dtype": "str", "dims": list(array.shape), "texts": array.ravel().tolist()}
            continue
        file = f"outputs/{place}"
        asked.files[file] = np.ascontiguousarray(array).tobytes()
        outputs[output] = {"dtype": array.dtype.name, "dims": list(array.shape), "file": file}
    return {"outputs": outputs}


async def _perf(asked: Asked) -> dict[str, Any]:
    content, name = asked.file("model"), asked.name()
    inspection = inspect(content, name)
    samples = asked.samples(inspection) or check(made_up(inspection, 1), inspection)
    repeats, warmups = asked.whole("repeats", 30, 1, MOST_REPEATS), asked.whole("warmups", 3, 0, MOST_REPEATS)
    return await perf(content, name, samples, asked.open_model, repeats, warmups, asked.clock, **asked.how)


async def _quantize(asked: Asked) -> dict[str, Any]:
    content, name = asked.file("model"), asked.name()
    method, drop = asked.request.get("method", "auto"), asked.request.get("max_drop", 0.5)
    simplify = asked.truth("simplify", True)
    samples = asked.samples(inspect(content, name))
    limits = {"method": method, "samples": samples, "max_drop": drop, "simplify": simplify}
    made = await quantize(content, name, **limits, open_model=asked.open_model, clock=asked.clock, **asked.how)
    asked.files["small"] = made.content
    return {"bytes": len(made.content), **made.as_dict()}


async def _compare(asked: Asked) -> dict[str, Any]:
    content, small = asked.file("model"), asked.file("small")
    inspection = inspect(content, asked.name())
    samples = asked.samples(inspection) or check(made_up(inspection, 1), inspection)
    return await compare(content, small, samples, asked.open_model, layers=asked.truth("layers", False), **asked.how)


async def _report(asked: Asked) -> dict[str, Any]:
    names = ("inspection", "perf", "quantized", "comparison", "perf_small")
    parts: dict[str, Any] = {name: asked.request.get(name) for name in names}
    for name, part in parts.items():
        if not isinstance(part, Mapping) and (part is not None or name == "inspection"):
            raise InputError(name, f"{name} must be what {name} told, not {brief(part)}")
    return report(**parts)


VERBS: dict[str, Verb] = {
    "inspect": _inspect,
    "run": _run,
    "perf": _perf,
    "quantize": _quantize,
    "compare": _compare,
    "report": _report,
}


def _samples(told: Mapping[str, Any], files: Mapping[str, bytes]) -> Samples:
    """The samples as they came; raises InputError."""
    given, classes, labels = told.get("inputs"), told.get("classes"), told.get("labels")
    if not isinstance(given, Mapping) or not given:
        raise InputError("samples", "samples.inputs must be an object with an array for each input of the model")
    arrays = {str(name): _array(f"samples.inputs.{name}", value, files) for name, value in given.items()}
    counts = {name: len(array) for name, array in arrays.items()}
    if labels is not None:
        if not isinstance(labels, list) or not all(type(label) is int and 0 <= label < 2**31 for label in labels):
            raise InputError("labels", "labels must be a list of whole numbers from 0, one per sample")
        counts["labels"] = len(labels)
    if len(set(counts.values())) > 1 or 0 in counts.values():
        found = ", ".join(f"{name} {count}" for name, count in counts.items())
        message = f"there must be as many samples in each input and as many labels, and at least one, not {found}"
        raise InputError("samples", message, "samples-lengths", {"found": found})
    if classes is not None and not (isinstance(classes, list) and all(isinstance(each, str) for each in classes)):
        raise InputError("classes", "classes must be a list of names")
    numbered = None if labels is None else np.array(labels, np.int64)
    named = tuple(classes) if classes is not None else None
    return Samples(arrays, numbered, named, told.get("made_up") is True)


def _array(field: str, told: Any, files: Mapping[str, bytes]) -> np.ndarray:
    dims = told.get("dims") if isinstance(told, Mapping) else None
    if not isinstance(dims, list) or not dims or not all(type(size) is int and size >= 0 for size in dims):
        raise InputError(field, f"{field}.dims must be a list of whole numbers, the first of them counting the samples")
    texts = told.get("texts")
    if texts is not None:
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise InputError(field, f"{field}.texts must be a list of texts")
        _counted(field, dims, len(texts))
        array = np.empty(len(texts), object)
        array[:] = texts
        return array.reshape(dims)
    try:
        dtype = np.dtype(str(told.get("dtype")))
    except TypeError:
        raise InputError(field, f"{field}.dtype is {brief(told.get('dtype'))}, which numpy does not have") from None
    if dtype.kind not in "biuf" or dtype.itemsize > 8:
        raise InputError(field, f"{field}.dtype must be bool, an integer or a float, not {dtype.name}")
    content = files.get(str(told.get("file")))
    if content is None:
        raise InputError(field, f"{field}.file must name a file that was sent")
    _counted(field, dims, len(content) / dtype.itemsize)
    return np.frombuffer(content, dtype).reshape(dims)


def _counted(field: str, dims: list[int], have: float) -> None:
    if math.prod(dims) != have:
        raise InputError(field, f"{field} has {have:g} values; its dims {dims} want {math.prod(dims)}")


def _within(n: int, most: int) -> int:
    if not 1 <= n <= most:
        raise InputError("samples", f"samples.made_up must be a whole number from 1 to {most}, not {brief(n)}")
    return n


def _plain(value: Any) -> Any:
    """The same as JSON has it: numbers of numpy as Python's, what is not finite as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
