"""Makes an exhibit of a folder: asks its models its samples, and writes down what came out, the manifest last."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import added as room
from ..adapters.native import NativeSession
from ..errors import HundredfoldError
from ..forge.score import wilson
from ..manifest import SCHEMA, Manifest
from ..manifest_added import LARGEST_SIDE, SAMPLES, Added, of
from ..measure import Timed, summary
from ..session import Session, TensorInfo
from . import files
from .card import card
from .describe import NAME, Description, FolderError
from .facts import facts
from .files import MANIFEST, digest
from .samples import Sample, read, shown
from .samples import digest as digest_of

MOST_BYTES = 100_000_000
MOST_BYTES_HERE = 24_000_000
"""Of the big model, so that a visitor may choose it here, too."""
GOLDEN, GOLDEN_BYTES = 8, 400_000
"""So many golden vectors of each model, and of what size at most."""
TIMED = 20
GOLDEN_FILE = "golden.json"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """A model and what it answered to every sample."""

    content: bytes
    outputs: list[dict[str, Any]]
    model_ms: float


def add(said: Description, say: Say) -> dict[str, Any]:
    """Measure a folder's models and write its manifest; returns ``{exhibit, samples, accuracy, ...}``.

    Runs its pre.py and post.py. Raises FolderError; what was written before then stays as it was.
    """
    contents = {name: _content(said.folder / file) for name, file in (("big", said.big), ("small", said.small))}
    known = {name: facts(content, str(said.folder / getattr(said, name))) for name, content in contents.items()}
    sessions = {name: _open(said, name, content) for name, content in contents.items()}
    form = _form(said, sessions["small"])
    samples = read(said, form.get("largest", LARGEST_SIDE))
    say(f"{said.title}: {len(samples)} samples, asked of both models")
    added = Added(
        title=said.title,
        question=said.question,
        kind=said.kind,
        labels=said.labels,
        unit=said.unit,
        within=said.within,
        licence=said.licence,
        scores="probabilities" if said.scores == "probabilities" else "logits",
        form=form,
        files={},
        source=said.source,
    )
    # Of its Python it is enough for now that it is there: the hashes of all files come last.
    added = replace(added, files=dict.fromkeys(said.source, ""))
    if said.scores is None and said.labels and _tells_shares(said, added, sessions["big"], samples):
        added = replace(added, scores="probabilities")
    asked = {name: _ask(said, added, name, sessions[name], contents[name], samples) for name in contents}
    vectors = {name: _golden(samples, each.outputs) for name, each in asked.items()}
    _write(said.folder / GOLDEN_FILE, {"variants": vectors})
    _write(said.folder / SAMPLES, shown(samples))
    names = (NAME, SAMPLES, GOLDEN_FILE, *said.source)
    added = replace(added, files={name: digest(said.folder / name) for name in names})
    variants = [_variant(said, name, each, known[name], samples) for name, each in asked.items()]
    test_set = {"name": "the folder's samples", "n": len(samples), "sha256": digest_of(samples)}
    entry = {"test_set": test_set, "variants": variants, "added": added.as_dict()}
    manifest = Manifest.parse({"schema": SCHEMA, "exhibits": {said.id: entry}})
    same = _agreement(said, asked["small"].outputs, asked["big"].outputs)
    times = {name: each.model_ms for name, each in asked.items()}
    (said.folder / "CARD.md").write_text(card(manifest.ladders[said.id], added, same, times), encoding="utf-8")
    _write(said.folder / MANIFEST, manifest.as_dict())
    accuracy = {each["id"]: each["accuracy"] and each["accuracy"]["value"] for each in variants}
    told = {"exhibit": said.id, "folder": str(said.folder), "samples": len(samples), "accuracy": accuracy}
    return {**told, "agreement": same, "bytes": {name: len(content) for name, content in contents.items()}}


def evaluate(said: Description, name: str) -> tuple[list[Sample], dict[str, Any] | None]:
    """The samples, and how often one model is right about them; None where they do not say what is right."""
    added = of(files.read(said.folder))
    content = _content(said.folder / getattr(said, name))
    samples = read(said, added.form.get("largest", LARGEST_SIDE))
    asked = _ask(said, added, name, _open(said, name, content), content, samples)
    return samples, _accuracy(said, samples, asked.outputs)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FolderError(f"{path} has {path.stat().st_size / 1e6:.0f} MB: {MOST_BYTES / 1e6:.0f} MB are the most")
        return path.read_bytes()
    except OSError as error:
        raise FolderError(f"{path} can not be read ({error.strerror}): let this user read it") from None


def _open(said: Description, name: str, content: bytes) -> NativeSession:
    try:
        return NativeSession(content, f"{said.id}/{name}")
    except HundredfoldError as error:
        raise FolderError(f"{said.folder / getattr(said, name)} can not be used: {error}") from None


def _form(said: Description, session: Session) -> dict[str, Any]:
    """What the page and the preparation of an input need to know of the models."""
    if said.kind == "numbers":
        return {"inputs": list(said.inputs)}
    if said.kind == "text":
        return {}
    info = session.inputs[0]
    layout, sides = _layout(info)
    if layout is None and "pre.py" not in said.source:
        shape = ", ".join(map(str, info.shape))
        raise FolderError(
            f"{said.folder / said.small}: its input {info.name} is {info.dtype} [{shape}], and a picture is float32 or "
            "uint8 [1, 1 or 3, height, width] or [1, height, width, 1 or 3]: export it so, or write pre.py"
        )
    height, width, channels = sides
    largest = said.largest or min(LARGEST_SIDE, max(32, 2 * max(height, width)))
    dtype = info.dtype if info.dtype == "uint8" else "float32"
    channel = {"mean": list(said.mean), "std": list(said.std)}
    if any(len(each) not in (1, channels) for each in channel.values()):
        raise FolderError(f"{said.folder / NAME}: image.mean and image.std must be one number, as its models see grey")
    size = {"width": width, "height": height, "channels": channels, "layout": layout or "nchw"}
    return {**size, "dtype": dtype, **channel, "largest": largest}


def _layout(info: TensorInfo) -> tuple[str | None, tuple[int, int, int]]:
    """How an input takes a picture, and its height, width and channels; None: it takes none as it is."""
    sizes = [size if isinstance(size, int) and size > 0 else 0 for size in info.shape]
    if info.dtype in ("float32", "uint8") and len(sizes) == 4 and sizes[0] in (0, 1):
        _, one, two, three = sizes
        if one in (1, 3):
            return "nchw", (two or 224, three or 224, one)
        if three in (1, 3):
            return "nhwc", (one or 224, two or 224, three)
    return None, (224, 224, 3)


def _tells_shares(said: Description, added: Added, session: Session, samples: Sequence[Sample]) -> bool:
    """Whether a model's own outputs are shares of 1 already, by its answers to some samples."""
    exhibit = room.exhibit(said.id, replace(added, scores="probabilities"))
    answers, inputs = room.answers, room.inputs

    async def all_sums() -> list[bool]:
        names = [info.name for info in session.outputs]
        found = []
        for sample in samples[:GOLDEN]:
            values = await session.run(names, inputs.feeds(session, exhibit.parse(sample.input)))
            raw = answers.numbers(added, session.model_id, dict(zip(names, values, strict=True)))
            inside = bool(((raw >= 0) & (raw <= 1)).all())
            found.append(inside and (raw.size == 1 or abs(float(raw.sum()) - 1) < 1e-3))
        return found

    try:
        return all(asyncio.run(all_sums()))
    except HundredfoldError as error:
        raise FolderError(f"{said.folder / said.big} gives no answer to its samples: {error}") from None


def _ask(
    said: Description, added: Added, name: str, session: NativeSession, content: bytes, samples: Sequence[Sample]
) -> Asked:
    exhibit = room.exhibit(said.id, added)
    timed = Timed(session)

    async def all_outputs() -> list[dict[str, Any]]:
        found = []
        for sample in samples:
            try:
                found.append(await exhibit.run(timed, exhibit.parse(sample.input)))
            except HundredfoldError as error:
                file = said.folder / getattr(said, name)
                raise FolderError(f"{file} gives no answer to the sample {sample.name!r}: {error}") from None
        for sample in samples[:TIMED]:  # once more, when all is warm
            await exhibit.run(timed, exhibit.parse(sample.input))
        return found

    outputs = asyncio.run(all_outputs())
    return Asked(content, outputs, summary([sum(each) for each in timed.calls_ms[len(samples) :]])["median"])


def _golden(samples: Sequence[Sample], outputs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Inputs with their own output, rather those that are no close call, so that another processor agrees."""
    both = [{"input": sample.input, "output": output} for sample, output in zip(samples, outputs, strict=True)]
    clear = [each for each in both if _margin(each["output"]) > 2 * room.TOLERANCE] or both
    step = max(1, len(clear) // GOLDEN)
    chosen: list[dict[str, Any]] = []
    left = GOLDEN_BYTES
    for each in clear[::step][:GOLDEN]:
        left -= len(json.dumps(each))
        if left >= 0 or len(chosen) < 2:
            chosen.append(each)
    return chosen


def _margin(output: dict[str, Any]) -> float:
    scores = sorted(output.get("scores", {}).values())
    return float(scores[-1] - scores[-2]) if len(scores) > 1 else 1.0


def _accuracy(said: Description, samples: Sequence[Sample], outputs: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """``{value, low, high, n}``; None where the samples, or exhibit.toml, do not say what is right."""
    labels = [sample.label for sample in samples]
    if None in labels or (not said.labels and said.within is None):
        return None
    right = 0
    for label, output in zip(labels, outputs, strict=True):
        if said.labels:
            right += output["label"] == label
        else:
            right += abs(output["value"] - float(label or 0)) <= (said.within or 0)
    low, high = wilson(right, len(labels))
    return {"value": right / len(labels), "low": low, "high": high, "n": len(labels)}


def _agreement(said: Description, small: Sequence[dict[str, Any]], big: Sequence[dict[str, Any]]) -> float:
    """Of all samples, on which share both models say the same: one label, or numbers no further apart than counts."""
    same = [_same(said, one, other) for one, other in zip(small, big, strict=True)]
    return sum(same) / len(same)


def _same(said: Description, one: dict[str, Any], other: dict[str, Any]) -> bool:
    if said.labels:
        return bool(one["label"] == other["label"])
    if said.within is not None:
        return bool(abs(one["value"] - other["value"]) <= said.within)
    return room.answers.deviation(one, other) <= room.TOLERANCE


def _variant(
    said: Description, name: str, asked: Asked, known: dict[str, int], samples: Sequence[Sample]
) -> dict[str, Any]:
    file = getattr(said, name)
    here = name == "small" or len(asked.content) <= MOST_BYTES_HERE
    return {
        "id": name,
        "role": "baseline" if name == "big" else "student",
        "parent": None if name == "big" else "big",
        "recipe": f"{file}, as it lay in the folder",
        "file": f"{said.id}/{file}",
        "bytes": len(asked.content),
        "sha256": hashlib.sha256(asked.content).hexdigest(),
        **known,
        "runs": ["here", "there"] if here else ["there"],
        "accuracy": _accuracy(said, samples, asked.outputs),
        "golden": f"{said.id}/{GOLDEN_FILE}",
    }


def _write(path: Path, value: Any) -> None:
    """All of it or nothing."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(f"{json.dumps(value, indent=1 if path.name == MANIFEST else None)}\n", encoding="utf-8")
    part.replace(path)
