"""Sessions over a server that speaks the Open Inference Protocol v2: KServe, MLServer, Triton, OpenVINO, or ours."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import numpy as np

from ..errors import brief
from ..manifest import Variant
from ..session import TensorInfo, check_array, check_names, fits
from .oip_http import Address, Answer, Kind, PeerError
from .oip_tensors import BINARY, LENGTH, TensorError, infos, parsed, read, written

OURS = "hundredfold"
"""What a server of this program says that it is: it tells what draws its power, too."""
NAMES = "{exhibit}-{variant}"
BUSY, ABSENT = (429, 503), (400, 404)
_IDS = itertools.count(1)
"""Of requests: KServe answers none without."""
ENDS = ("low", "mid", "high")


@dataclass(frozen=True)
class Taken:
    """What one call took."""

    round_trip_s: float
    model_s: float | None
    """Inside the engine, where the server tells it."""
    energy: Mapping[str, Any] | None
    """``{joules, origin, boundary, cpu_s}``, where it tells that."""


@dataclass(frozen=True)
class Signature:
    """The inputs and outputs of a model, as the server declares them."""

    inputs: Sequence[TensorInfo]
    outputs: Sequence[TensorInfo]


class Peer:
    """One server and what is asked of it; methods raise PeerError, and end at ``until_s`` of the monotonic clock."""

    def __init__(self, url: str, names: str = NAMES) -> None:
        """``names``: how it calls a model, with {exhibit} and {variant}. Raises ValueError for what is no address."""
        self.address, self._names = Address(url), names
        self.url = self.address.url
        self.says = ""
        """Its program and version."""
        self._binary = self.ours = False

    def name(self, variant: Variant) -> str:
        return self._names.replace("{exhibit}", variant.exhibit).replace("{variant}", variant.id)

    def meet(self, until_s: float) -> None:
        """Ask whether it is ready, and what it is."""
        answer = self.address.ask("GET", "/v2/health/ready", until_s)
        if answer.status != 200:
            kind: Kind = "busy" if answer.status == 429 else "gone"
            raise PeerError(f"{self.url} is not ready: {_said(answer)}", kind, _retry_after_s(answer))
        answer = self.address.ask("GET", "/v2", until_s)
        told = self._json(answer, "") if answer.status not in ABSENT else {}
        extensions = told.get("extensions")
        self._binary = isinstance(extensions, list) and BINARY in extensions
        name, version = str(told.get("name") or "a server")[:60], str(told.get("version") or "")[:20]
        self.says, self.ours = f"{name} {version}".strip(), name == OURS

    def signature(self, variant: Variant, until_s: float) -> Signature:
        """What a model takes and gives; PeerError "missing" where the server has none of that name."""
        answer = self.address.ask("GET", self._path(variant), until_s)
        if answer.status in ABSENT:
            raise PeerError(f"{self.url} has no model {self.name(variant)}", "missing")
        told = self._json(answer, self.name(variant))
        try:
            found = Signature(infos(told.get("inputs")), infos(told.get("outputs")))
        except TensorError as error:
            raise self._nonsense(variant, error) from None
        if not found.inputs or not found.outputs:
            raise self._nonsense(variant, "its metadata declares no inputs or no outputs")
        return found

    def infer(
        self,
        variant: Variant,
        signature: Signature,
        names: Sequence[str] | None,
        feeds: Mapping[str, np.ndarray],
        until_s: float,
    ) -> tuple[list[np.ndarray], Taken]:
        """The named outputs, None: all; also raises SessionError where the inputs are none of this model."""
        check_names(variant.model_id, signature.inputs, feeds)
        for info in signature.inputs:
            check_array(variant.model_id, info, feeds[info.name])
        wanted = [info.name for info in signature.outputs] if names is None else list(names)
        parameters = {"parameters": {"binary_data": True}} if self._binary else {}
        told = {"id": f"{next(_IDS)}", "outputs": [{"name": name, **parameters} for name in wanted]}
        try:
            body = written(told, "inputs", feeds, lambda name: self._binary)
        except TensorError as error:
            raise PeerError(f"{variant.model_id} can not be asked of {self.url}: {error}", "refused") from None
        start = time.perf_counter()
        answer = self.address.ask("POST", f"{self._path(variant)}/infer", until_s, body.content, body.headers)
        round_trip_s = time.perf_counter() - start
        found, blob = self._parsed(answer, self.name(variant))
        if found.get("model_name", self.name(variant)) != self.name(variant):
            raise self._nonsense(variant, f"it answered for {brief(found['model_name'])}")
        if found.get("id") not in (None, "", told["id"]):
            raise self._nonsense(variant, f"it answered the request {brief(found['id'])}, not {told['id']}")
        try:
            arrays = read(found.get("outputs"), blob)
        except TensorError as error:
            raise self._nonsense(variant, error) from None
        declared = {info.name: info for info in signature.outputs}
        given = [self._given(variant, name, arrays.get(name), declared.get(name)) for name in wanted]
        if more := arrays.keys() - declared.keys():  # some servers give all outputs, whatever was asked for
            raise self._nonsense(variant, f"it gave {brief(min(more))}, which its metadata does not declare")
        return given, _taken(found.get("parameters"), round_trip_s)

    def power(self, until_s: float) -> dict[str, Any] | None:
        """What one of ours tells of what draws its power; None where it tells nothing."""
        answer = self.address.ask("GET", "/api/v1/power", until_s)
        return self._json(answer, "") if answer.status == 200 else None

    def _given(self, variant: Variant, name: str, array: np.ndarray | None, declared: TensorInfo | None) -> np.ndarray:
        """An output, if it is as it was declared; MLServer's way to send [n] as [n, 1] is taken as that."""
        if declared is None:
            raise self._nonsense(variant, f"it has no output {name!r}; its metadata declares others")
        if array is None:
            raise self._nonsense(variant, f"its answer lacks the output {name!r}")
        dtype = "str" if array.dtype.kind == "O" else array.dtype.name
        if dtype != declared.dtype:
            raise self._nonsense(variant, f"{name!r} is {dtype}, and its metadata declares {declared.dtype}")
        if array.shape[1:] == (1,) and len(declared.shape) == 1:
            array = array[:, 0]
        if not fits(array.shape, declared.shape):
            sizes = ["any" if size is None else size for size in declared.shape]
            raise self._nonsense(variant, f"{name!r} has the shape {list(array.shape)}, its metadata declares {sizes}")
        return array

    def _path(self, variant: Variant) -> str:
        return f"/v2/models/{quote(self.name(variant), safe='')}"

    def _json(self, answer: Answer, model: str) -> dict[str, Any]:
        return self._parsed(answer, model)[0]

    def _parsed(self, answer: Answer, model: str) -> tuple[dict[str, Any], memoryview]:
        about = f"{self.url}{f', asked for the model {model},' if model else ''}"
        if answer.status in BUSY:
            raise PeerError(f"{about} is busy: {_said(answer)}", "busy", _retry_after_s(answer))
        if answer.status != 200:
            raise PeerError(f"{about} refused: {_said(answer)}", "refused")
        try:
            return parsed(answer.content, answer.headers.get(LENGTH.lower()))
        except TensorError as error:
            raise PeerError(f"{about} gave no answer that can be read: {error}", "nonsense") from None

    def _nonsense(self, variant: Variant, why: object) -> PeerError:
        return PeerError(f"{self.url} does not answer as {self.name(variant)} should: {why}", "nonsense")


class OipSession:
    """One model at one or several servers: ``infer(names, feeds)`` decides which of them is asked."""

    load_ms = 0.0

    def __init__(
        self,
        model_id: str,
        signature: Signature,
        provider: str,
        infer: Callable[[Sequence[str] | None, Mapping[str, np.ndarray]], list[np.ndarray]],
    ) -> None:
        self.model_id, self.inputs, self.outputs = model_id, signature.inputs, signature.outputs
        self.runtime = {"provider": provider, "threads": 1, "isolated": None}
        self._infer = infer

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        return self._infer(names, feeds)

    def close(self) -> None:
        """The servers' models are not ours to unload."""


def parameters_of(answer: Mapping[str, Any]) -> dict[str, str | float]:
    """What one of our answers took, flat as the protocol's parameters are; the inverse of what a Taken is read from."""
    told: dict[str, str | float] = {"model_ms": answer["timing"]["model_ms"]}
    if energy := answer.get("energy"):
        told |= {f"energy_j_{end}": energy["joules"][end] for end in ENDS}
        told |= {f"cpu_s_{end}": energy["inputs"]["cpu_s"][end] for end in ENDS}
        told |= {"energy_origin": energy["origin"], "energy_boundary": energy["boundary"]}
    return told


def _taken(parameters: Any, round_trip_s: float) -> Taken:
    """What a server says that it took, as far as it can be believed: no more time than the whole way took."""
    told = parameters if isinstance(parameters, Mapping) else {}
    model_s = _number(told.get("model_ms"), round_trip_s * 1e3)
    ends = [[_number(told.get(f"{name}_{end}")) for end in ENDS] for name in ("energy_j", "cpu_s")]
    kinds = told.get("energy_origin"), told.get("energy_boundary")
    known = kinds[0] in ("measured", "estimated") and kinds[1] in ("marginal", "idle-inclusive")
    energy = None
    if known and all(None not in each and each == sorted(each) for each in ends):  # type: ignore[type-var]
        joules, cpu_s = (dict(zip(ENDS, each, strict=True)) for each in ends)
        energy = {"joules": joules, "origin": kinds[0], "boundary": kinds[1], "cpu_s": cpu_s}
    return Taken(round_trip_s, None if model_s is None else model_s / 1e3, energy)


def _number(value: Any, most: float = 1e9) -> float | None:
    return float(value) if type(value) in (int, float) and 0 <= value <= most else None


def _said(answer: Answer) -> str:
    """A refusal in the server's own words, as far as they are any."""
    try:
        told = json.loads(answer.content)
        text = told["error"] if isinstance(told["error"], str) else told["detail"]
    except (ValueError, RecursionError, KeyError, TypeError):
        text = answer.content[:200].decode("utf-8", "replace")
    return f"status {answer.status}{f', {text[:200]}' if text else ''}"


def _retry_after_s(answer: Answer) -> int | None:
    told = answer.headers.get("retry-after", "")
    return min(int(told), 3600) if told.isascii() and told.isdecimal() and len(told) < 8 else None
