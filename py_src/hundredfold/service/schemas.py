"""The API's shapes, for checking bodies and for the OpenAPI document; the exhibits' own parts come from the core."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, ForwardRef, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from .. import result
from ..exhibit import Exhibit
from ..result import described

MeterName = Literal["rapl", "zeus", "cpu"]


class Problem(BaseModel):
    """RFC 9457 problem details."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str = Field(description="What went wrong and what to do about it")
    field: str | None = Field(None, description="The part of the body that can not be used, as a dotted path")


class Queue(BaseModel):
    """Runs that wait for a worker."""

    waiting: int = Field(ge=0)
    limit: int = Field(ge=0, description="With this many waiting, one more run is answered 503")


class Health(BaseModel):
    """Degraded: some runs will be refused; `trouble` says why and what to do."""

    status: Literal["ok", "degraded", "ending"]
    ready: bool = Field(description="Models are loaded, and runs are taken")
    version: str
    queue: Queue
    trouble: list[str]


class Probe(BaseModel):
    """What asks."""

    model_config = ConfigDict(extra="forbid")

    probe: Literal["alive", "ready"] = Field("alive", description="ready: answered 503 while `ready` is false")


_MADE: dict[type, Any] = {}


def model(shape: type, called: str = "", **changed: Any) -> Any:
    """A shape of the core, checked by pydantic, without what only the page adds; ``changed`` are other types."""
    if shape in _MADE and not changed:
        return _MADE[shape]
    _MADE.setdefault(shape, ForwardRef(shape.__name__))
    defaults = {each.name: ... if each.default is MISSING else each.default for each in fields(shape)}
    kept = {
        name: (_typed(hint), Field(defaults[name], description=said.description or None, ge=said.least))
        for name, (hint, said) in described(shape).items()
    }
    made = create_model(called or shape.__name__, __doc__=shape.__doc__, **{**kept, **changed})
    made.model_rebuild(_types_namespace={shape.__name__: made})
    if not changed:
        _MADE[shape] = made
    return made


def _typed(hint: Any) -> Any:
    """A type in which shapes are models."""
    if is_dataclass(hint):
        return model(hint)  # type: ignore[arg-type]
    inside = get_args(hint)
    if not inside or get_origin(hint) is Literal:
        return hint
    if get_origin(hint) is Mapping:
        return dict[str, _typed(inside[1])]  # type: ignore[misc]
    if get_origin(hint) is tuple:
        return tuple[_typed(inside[0]), ...]  # type: ignore[misc]
    return functools.reduce(operator.or_, map(_typed, inside))


Exhibits, Ends, FigureFacts = model(result.Exhibits), model(result.Ends), model(result.FigureFacts)


class EnergyInputs(BaseModel):
    """The numbers of this answer; all other figures are found where `power` says."""

    cpu_s: Ends = Field(description="CPU seconds of one answer, all threads together")  # type: ignore[valid-type]
    answers: int = Field(ge=1, description="So many answers it is the mean of")
    power: str = Field(description="The address that tells what a CPU second of this variant draws")


RunEnergy = model(result.EnergyFacts, "RunEnergy", inputs=(EnergyInputs, ...))


class BetterMeter(BaseModel):
    """A meter that would tell more."""

    meter: MeterName
    why_not: str
    command: str | None = Field(description="What would enable it; null: nothing on this machine")


class MeterFacts(BaseModel):
    """The meter of the runs there: RAPL's counters, GPU counters by Zeus, or CPU seconds."""

    meter: MeterName
    says: str = Field(description="What it reads, in a sentence")
    better: list[BetterMeter]
    cpu: str | None
    machine: str


class LearntPower(BaseModel):
    """What a CPU second draws, in watts, with all it rests on."""

    active_w: FigureFacts = Field(description="Above idle")  # type: ignore[valid-type]
    idle_w: FigureFacts | None = Field(description="Idle, its share; null: not known")  # type: ignore[valid-type]


class PowerFacts(BaseModel):
    """What the energy of an answer from there is computed with."""

    meter: MeterFacts | None = Field(description="null: no worker is warm yet")
    pue: FigureFacts  # type: ignore[valid-type]
    network_j_per_byte: FigureFacts  # type: ignore[valid-type]
    grid: FigureFacts | None = Field(description="null: the operator states none")  # type: ignore[valid-type]
    learning: bool = Field(description="The power of some variants is still being learnt, while nothing else runs")
    idle: FigureFacts | None = Field(  # type: ignore[valid-type]
        description="What the machine draws at rest, by its counters; null: they tell none"
    )
    cpu_second: LearntPower | None = Field(
        description="Of variants that are not in `learnt`; null: no worker is warm yet"
    )
    learnt: dict[str, dict[str, LearntPower]] = Field(description="By exhibit and variant, learnt from the counters")


class Strict(BaseModel):
    """A body whose numbers are numbers, with nothing in it that nobody knows."""

    model_config = ConfigDict(strict=True, extra="forbid")


def run_request(exhibit: Exhibit, max_repeats: int) -> type[BaseModel]:
    """The body of a run of one exhibit."""
    _, said = described(result.RunRequest)["repeats"]
    repeats = (int, Field(1, ge=said.least, le=max_repeats, description=said.description))
    given = (_described(exhibit.input_schema), ...)
    made = model(result.RunRequest, f"{exhibit.id.title()}Run", input=given, repeats=repeats)
    return create_model(f"{exhibit.id.title()}Run", __base__=(Strict, made), __doc__=made.__doc__)


def answer(exhibit: Exhibit) -> type[BaseModel]:
    """The answer to a run."""
    output = (_described(exhibit.output_schema), ...)
    made: type[BaseModel] = model(result.Result, output=output, energy=(RunEnergy | None, ...))
    return create_model(f"{exhibit.id.title()}Result", __base__=made)


def _described(schema: Mapping[str, Any]) -> Any:
    return Annotated[dict[str, Any], WithJsonSchema(dict(schema))]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of an operation, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": DESCRIPTIONS[status], "content": content} for status in statuses}


DESCRIPTIONS = {
    404: "No such exhibit",
    413: "The body is too large",
    415: "The body is not declared as JSON",
    422: "The body can not be used; `field` says which part",
    429: "Asked too often; Retry-After says when to come back",
    500: "The server or a model failed",
    503: "The queue is full, the run crashed, or the models are missing; Retry-After says when to come back",
    504: "The run took too long",
}
