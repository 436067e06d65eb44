"""The Open Inference Protocol v2 over this site's models: what is asked and answered, whatever carries it."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..adapters.oip import NAMES, OURS, parameters_of
from ..adapters.oip_tensors import BINARY, DATATYPES, Body, TensorError, parsed, read, written
from ..errors import Problem, brief
from ..manifest import Manifest, Variant
from ..verbs.asked import UNUSABLE
from ..verbs.infer import packed, unpacked
from .problems import RefusalError
from .settings import VERSION

Ask = Callable[[Mapping[str, Any]], Awaitable[dict[str, Any]]]
"""Answers a request of `app.handle`."""
MODEL_VERSION = "1"
PLATFORM = "onnxruntime_onnx"


KINDS = ("application/json", "application/octet-stream")
MODEL = re.compile(r"/v2/models/(?P<name>[^/]+)(/versions/(?P<version>[^/]+))?(?P<verb>/ready|/infer)?")
NOWHERE = "There is nothing at this address: /v2/models/NAME describes a model, POST /v2/models/NAME/infer runs it."


@dataclass(frozen=True)
class Asked:
    """One request, whatever carried it."""

    method: str
    path: str
    kind: str
    """The body's media type."""
    content: bytes
    json_bytes: str | None
    """The header that tells where the body's JSON ends."""


@dataclass(frozen=True)
class Reply:
    """The answer to it."""

    status: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)


class ProblemError(Exception):
    """Ends a request with a problem, in its dictionary form."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.problem = problem


async def respond(asked: Asked, models: Models, ask: Ask, ready: Callable[[], Awaitable[bool]], most: int) -> Reply:
    """The answer of the protocol to whatever is asked; ``most`` bytes may be in a body."""
    try:
        return await _respond(asked, models, ask, ready, most)
    except ProblemError as error:
        return refused(error.problem)
    except RefusalError as refusal:
        return refused(refusal.problem.as_dict(), refusal.retry_after_s)


async def _respond(asked: Asked, models: Models, ask: Ask, ready: Callable[[], Awaitable[bool]], most: int) -> Reply:
    found = MODEL.fullmatch(asked.path)
    known = asked.path in ("/v2", "/v2/health/live", "/v2/health/ready") or found
    wanted = "POST" if found and found["verb"] == "/infer" else "GET"
    if not known:
        raise _problem(404, "Not Found", NOWHERE)
    if asked.method not in (wanted, "HEAD" if wanted == "GET" else ""):
        raise _problem(405, "Method Not Allowed", f"Ask by {wanted}, not {brief(asked.method)}.")
    if not found:
        if asked.path.endswith("/ready") and not await ready():
            detail = "No model can be asked yet: try again in a moment; /api/v1/health says what is wrong."
            raise RefusalError(503, "Not ready", detail, retry_after_s=2)
        return as_json(server() if asked.path == "/v2" else {asked.path.rpartition("/")[2]: True})
    name, version = found["name"], found["version"]
    if found["verb"] == "/infer":
        if asked.kind.partition(";")[0].strip().lower() not in KINDS:
            raise _problem(415, "Unsupported Media Type", f"Send the body as {' or '.join(KINDS)}.")
        if len(asked.content) > most:
            raise _problem(413, "Content Too Large", f"Send a body of at most {most} bytes: fewer or smaller inputs.")
        body = await models.infer(name, version, asked.content, asked.json_bytes, ask)
        return Reply(200, body.content, body.headers)
    described = await models.describe(name, version, ask)
    return as_json({"name": name, "ready": True} if found["verb"] else described)


def as_json(told: Mapping[str, Any]) -> Reply:
    return Reply(200, json.dumps(told).encode(), {"Content-Type": "application/json"})


def refused(problem: Mapping[str, Any], retry_after_s: int | None = None) -> Reply:
    """A problem as ours are, with the member that the protocol's errors have."""
    headers = {"Content-Type": "application/problem+json"}
    if retry_after_s is not None:
        headers["Retry-After"] = str(retry_after_s)
    return Reply(problem["status"], json.dumps({"error": problem["detail"], **problem}).encode(), headers)


def server() -> dict[str, Any]:
    return {"name": OURS, "version": VERSION, "extensions": [BINARY]}


def _problem(status: int, title: str, detail: str, **extra: Any) -> ProblemError:
    return ProblemError(Problem(status, title, detail, extra).as_dict())


class Models:
    """The models that run there, by the names that the protocol calls them by."""

    def __init__(self, manifest: Manifest) -> None:
        every = [variant for ladder in manifest.ladders.values() for variant in ladder.variants]
        self._variants = {
            NAMES.format(exhibit=variant.exhibit, variant=variant.id): variant
            for variant in every
            if "there" in variant.runs
        }
        self._described: dict[str, dict[str, Any]] = {}

    def names(self) -> list[str]:
        return list(self._variants)

    async def describe(self, name: str, version: str | None, ask: Ask) -> dict[str, Any]:
        """A model's metadata, which is asked of the model once; raises ProblemError."""
        variant = self._variant(name, version)
        if name not in self._described:
            told = _answer(await ask({"do": "signature", **_asked(variant)}))
            tensors = {side: [_declared(each) for each in told[side]] for side in ("inputs", "outputs")}
            self._described[name] = {"name": name, "versions": [MODEL_VERSION], "platform": PLATFORM, **tensors}
        return self._described[name]

    async def infer(self, name: str, version: str | None, content: bytes, json_bytes: str | None, ask: Ask) -> Body:
        """Outputs for the inputs in a body, whose JSON ends where the header says; raises ProblemError."""
        variant = self._variant(name, version)
        try:
            told, blob = parsed(content, json_bytes)
            inputs = [packed(each, array) for each, array in read(told.get("inputs"), blob).items()]
        except TensorError as error:
            raise _unusable("inputs", f"The request can not be used: {error}.") from None
        wanted, binary = _wanted(told)
        answer = _answer(await ask({"do": "infer", **_asked(variant), "inputs": inputs, "outputs": wanted}))
        given = {"id": told["id"]} if isinstance(told.get("id"), str) else {}
        about = {"model_name": name, "model_version": MODEL_VERSION, **given, "parameters": parameters_of(answer)}
        try:
            return written(about, "outputs", dict(map(unpacked, answer["outputs"])), binary)
        except TensorError as error:
            detail = f"{error}. Ask for it as bytes, with the parameter binary_data, or send other inputs."
            raise _problem(500, "The engine failed", detail) from None

    def _variant(self, name: str, version: str | None) -> Variant:
        if name not in self._variants:
            detail = f"There is no model {brief(name)}. These exist: {', '.join(self._variants)}."
            raise _problem(404, "Unknown model", detail)
        if version not in (None, MODEL_VERSION):
            detail = f"{name} has no version {brief(version)}: leave it out, or ask for {MODEL_VERSION}."
            raise _problem(404, "Unknown version", detail)
        return self._variants[name]


def _wanted(told: Mapping[str, Any]) -> tuple[list[str] | None, Callable[[str], bool]]:
    """The outputs that are asked for, None: all, and which of them as bytes."""
    items, parameters = told.get("outputs") or [], told.get("parameters")
    if not isinstance(items, list) or not all(isinstance(each, Mapping) for each in items):
        raise _unusable("outputs", "outputs must be a list of {name}: leave it out for all of them.")
    names = [each.get("name") for each in items]
    if not all(isinstance(each, str) for each in names):
        raise _unusable("outputs", "each of outputs must have the name of an output of the model.")
    all_binary = isinstance(parameters, Mapping) and parameters.get("binary_data_output") is True
    asked = {each["name"]: each.get("parameters") for each in items}

    def binary(name: str) -> bool:
        said = asked.get(name)
        return bool(said.get("binary_data", all_binary)) if isinstance(said, Mapping) else all_binary

    return names or None, binary


def _asked(variant: Variant) -> dict[str, Any]:
    return {"exhibit": variant.exhibit, "variant": variant.id, "where": "there"}


def _declared(tensor: Mapping[str, Any]) -> dict[str, Any]:
    shape = [-1 if size is None else size for size in tensor["shape"]]
    return {"name": tensor["name"], "datatype": DATATYPES.get(tensor["dtype"], tensor["dtype"]), "shape": shape}


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    if "status" in told:
        raise ProblemError(told)
    return told


def _unusable(field: str, detail: str) -> ProblemError:
    return _problem(422, UNUSABLE, detail, field=field)
