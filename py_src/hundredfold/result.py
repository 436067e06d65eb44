"""What is asked and answered, the same here and there: the OpenAPI document and the page's types are made of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal, get_args, get_type_hints

from .manifest import Accuracy, Variant
from .manifest_added import Added

LANGUAGE_MODEL = "language-model"
"""The id of a language model that is asked beside an exhibit's variants, there only."""
Where = Literal["here", "there"]
Origin = Literal["measured", "estimated"]
Boundary = Literal["marginal", "idle-inclusive"]
"""Marginal: what the run adds to an idle device. Idle-inclusive: all that the device draws meanwhile."""


@dataclass(frozen=True)
class Told:
    """What documents say of a field."""

    description: str = ""
    least: float | None = None
    """The lowest value that it may have."""
    page: bool = False
    """Only the page adds it to an answer: the server does not tell it."""


Amount = Annotated[float, Told(least=0)]


@dataclass(frozen=True)
class RunRequest:
    """The body of a run; the input itself is checked by the exhibit, the same here and there."""

    input: Mapping[str, Any]
    variant: Annotated[str | None, Told("A variant that runs there; null: the baseline")] = None
    repeats: Annotated[int, Told("Runs of the model to time", least=1)] = 1


@dataclass(frozen=True)
class Defaults:
    """The variants that are used when a request names none."""

    here: str
    there: str


@dataclass(frozen=True)
class Recorded:
    """When an answer was recorded, and on which machine."""

    made: Annotated[str, Told("A day, as 2026-01-31")]
    cpu: str | None
    machine: str | None


@dataclass(frozen=True)
class LanguageModel:
    """A language model that is asked about an exhibit's inputs: run by the server, or what was recorded of one."""

    id: Annotated[str, Told("The variant by which it is asked")]
    live: Annotated[bool, Told("Asked anew; false: only what was recorded of it is answered")]
    name: str
    quantisation: str | None
    bytes: Annotated[int | None, Told("Of its file; null: it runs elsewhere", least=0)]
    params: int | None
    macs: Annotated[int | None, Told("Multiply-accumulates of one answer, about: each parameter once a token")]
    recipe: str
    accuracy: Annotated[Accuracy | None, Told("On texts of the test set; null: this one was not measured")]
    energy: Annotated[Mapping[str, Any] | None, Told("Of one answer, as recorded; as `energy` of a Result")]
    recorded: Recorded


@dataclass(frozen=True)
class ExhibitFacts:
    """An exhibit, its test set and its ladder of variants, baseline first."""

    title: str
    question: str
    default: Defaults
    devices: Annotated[tuple[str, ...], Told("What its page may ask the visitor for: camera, microphone")]
    test_set: Mapping[str, Any]
    variants: tuple[Variant, ...]
    language_model: Annotated[LanguageModel | None, Told("Asked beside the ladder; it is there only")] = None
    added: Annotated[Added | None, Told("Of one that was added from a folder: what its page shows")] = None


@dataclass(frozen=True)
class Exhibits:
    """All exhibits by id, and why those that are refused have no models which can be used."""

    exhibits: Mapping[str, ExhibitFacts]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class Summary:
    """Milliseconds inside the engine; none of them for an input that is answered without the model."""

    n: int
    median: float | None
    p95: float | None
    min: float | None
    spread: Annotated[float | None, Told("Interquartile range over the median")]
    drift: Annotated[float | None, Told("Median of the last third over that of the first, less 1")]


@dataclass(frozen=True)
class Timing:
    """Milliseconds."""

    model_ms: Summary
    python_ms: Annotated[float, Told("Everything but the engine")]
    total_ms: Annotated[float, Told("One answer: Python, and each call of the engine by its median over the repeats")]
    load_ms: Annotated[float, Told("From the model's bytes to a session")]
    network_ms: Annotated[float | None, Told("The way there and back; null: there was no network", page=True)] = None


@dataclass(frozen=True)
class Runtime:
    """What ran the model."""

    provider: str
    threads: int
    isolated: bool | None
    batch: Annotated[int | None, Told("With others it was answered by one call of the engine: so many", least=1)] = None
    clock_step_ms: Annotated[float | None, Told("The step of the clock that the times are told by", page=True)] = None


@dataclass(frozen=True)
class Ends:
    """From the lowest that it may be to the highest."""

    low: Amount
    mid: Amount
    high: Amount


@dataclass(frozen=True)
class FigureFacts:
    """A figure that is not known exactly, with the source it was taken from or the inputs it was computed from."""

    label: Annotated[str, Told("What it is, in words")]
    unit: str
    low: Amount
    mid: Amount
    high: Amount
    origin: Origin
    source: str
    inputs: Mapping[str, FigureFacts]


@dataclass(frozen=True)
class EnergyFacts:
    """What one answer draws, in joules, and what that was computed from."""

    joules: Ends
    origin: Annotated[Origin, Told("Measured when both the seconds and the power were")]
    boundary: Boundary
    inputs: Annotated[Mapping[str, Any], Told("Here figures; there its seconds, and who tells the power")]
    unit: Annotated[str | None, Told("Always J; the server leaves it out", page=True)] = None
    with_idle: Annotated[EnergyFacts | None, Told("With idle power; null: it is not known", page=True)] = None


@dataclass(frozen=True)
class Result:
    """One answer."""

    exhibit: str
    variant: str
    where: Where
    output: Any
    timing: Timing
    energy: EnergyFacts | None
    bytes_sent: Annotated[int | None, Told("Length of the request's body; null: it was recorded", least=0)]
    runtime: Runtime
    record: Annotated[Recorded | None, Told("The server has it from a record: nothing ran for this answer")] = None
    notice: Annotated[str | None, Told("Another variant stood in, or when and where it was recorded", page=True)] = None
    bytes_received: Annotated[int | None, Told("Of the answer", page=True)] = None
    recorded: Annotated[bool | None, Told("It is out of a record, not of a run", page=True)] = None
    further: Annotated[bool | None, Told("More of its output was asked for afterwards", page=True)] = None


def described(shape: type, *, page: bool = False) -> dict[str, tuple[Any, Told]]:
    """The fields of a shape, each with its type and what is said of it; with those that only the page adds, or not."""
    found = {}
    hints = get_type_hints(shape, include_extras=True)
    for name in (each.name for each in fields(shape) if each.metadata.get("listed", True)):
        hint = hints[name]
        notes = [each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Told)]
        said = notes[0] if notes else Told()
        if page or not said.page:
            found[name] = (get_args(hint)[0] if notes else hint, said)
    return found
