"""Asks the there-side, as the server asks it, everything that a site without a server can answer later."""

from __future__ import annotations

import asyncio
import hashlib
import json
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..app import handle
from ..digest import record_key
from ..errors import HundredfoldError, SessionError
from ..exhibits import EXHIBITS
from ..folders.files import ModelFiles
from ..manifest import Ladder, Manifest, Variant
from ..service.child import BOOT_S
from ..service.language_model import LanguageModel
from ..service.pool import Pool
from ..service.power.processor import detect, machine
from ..service.problems import RefusalError
from ..service.settings import Settings
from ..session import Session
from ..verbs.asked import exhibit_of, known

Json = dict[str, Any]
Ask = Callable[[str, str, Any, int], Json]
"""(exhibit, variant, input, repeats) -> Result."""

PACKAGE = Path(__file__).resolve().parents[1]
NOT_ANSWERING = {"bench", "cli.py", "arguments.py", "forge", "folders", "setup"}
"""Of the package: what no answer from there comes through."""
REPEATS = 20
"""Of a sample, so that its one record is firm; a step of an episode is asked once, as the page does."""


class RecordError(HundredfoldError):
    """The there-side gave no answer; the message says why."""


def recorded(samples: Mapping[str, Sequence[Any]], settings: Settings, folder: Path, fresh: bool) -> tuple[Json, bool]:
    """What was recorded, and whether it was before: kept in ``folder``, since times differ from run to run.

    ``samples`` are inputs by exhibit. The record is ``{made: date, machine: {cpu, machine, runtime}, meter: what the
    server's power is metered by, learnt: what it is, ladders, scenes: by exhibit, exhibits: {id: {record_key:
    Result}}}``. Raises RecordError.
    """
    kept = folder / f"recorded-{record_name(samples, settings)}.json"
    if not fresh:
        with suppress(OSError, ValueError):  # one that can not be read is recorded anew
            return json.loads(kept.read_text()), True
    told = record(samples, settings)
    folder.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_text(json.dumps(told))
    part.replace(kept)
    return told, False


def record_name(samples: Mapping[str, Sequence[Any]], settings: Settings, package: Path = PACKAGE) -> str:
    """Changes with whatever the answers depend on: models, what they are asked, all code that answers, the machine."""
    processor = detect()
    ran = [platform.python_version(), *(version(name) for name in ("numpy", "onnxruntime"))]
    on = [processor.name, machine(processor), settings.threads, str(settings.powercap)]
    result = hashlib.sha256(json.dumps([samples, _scenes(), ran, on], sort_keys=True).encode())
    result.update(ModelFiles.load(settings.models, settings.exhibits).content)
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if path.is_file() and name.parts[0] not in NOT_ANSWERING and "__pycache__" not in name.parts:
            result.update(f"\0{name.as_posix()}\0".encode() + path.read_bytes())
    return result.hexdigest()[:16]


def _scenes() -> dict[str, list[Json]]:
    return {name: [dict(scene) for scene in exhibit.scenes] for name, exhibit in EXHIBITS.items() if exhibit.scenes}


def record(samples: Mapping[str, Sequence[Any]], settings: Settings) -> Json:
    """Ask anew, in the server's own worker and with its meter. Raises RecordError."""
    manifest = ModelFiles.load(settings.models, settings.exhibits).manifest
    pool = Pool(replace(settings, workers=1, wait_s=BOOT_S))  # the first run waits until the worker has started
    try:
        pool.learn_all(BOOT_S)  # before answers follow each other without a pause
        answers = {
            name: dict(_answers(ladder, samples.get(name, ()), _asker(pool), manifest))
            for name, ladder in manifest.ladders.items()
            if name in known(manifest)
        }
        language_model = LanguageModel(replace(settings, llm=""), manifest, pool)
        report, learnt = pool.power or {}, pool.learner.document(language_model.powers())
    finally:
        pool.close()
    told = asyncio.run(handle({"do": "exhibits"}, _no_session, manifest))
    for name, facts in told["exhibits"].items():
        facts["language_model"] = language_model.described(name)
        answers[name] |= language_model.recorded(name)
    engine: Json = next((answer["runtime"] for each in answers.values() for answer in each.values()), {})
    return {
        "made": datetime.now(UTC).date().isoformat(),
        "machine": {"cpu": report.get("cpu"), "machine": report.get("machine"), "runtime": engine},
        "meter": {name: report.get(name) for name in ("meter", "says", "cpu", "machine")} | {"better": []},
        "learnt": learnt,
        "ladders": told["exhibits"],
        "refused": told["refused"],
        "scenes": {name: scenes for name, scenes in _scenes().items() if name in manifest.ladders},
        "exhibits": answers,
    }


def _asker(pool: Pool) -> Ask:
    def ask(exhibit: str, variant: str, given: Any, repeats: int) -> Json:
        asked = {"exhibit": exhibit, "where": "there", "input": given, "variant": variant, "repeats": repeats}
        request = {"do": "run", **asked}
        try:
            answer = pool.run(request)
        except RefusalError as refusal:
            raise RecordError(f"{exhibit}/{variant} could not be recorded: {refusal}") from None
        if "status" in answer:
            raise RecordError(f"{exhibit}/{variant} could not be recorded: {answer['detail']}")
        del answer["bytes_sent"]  # nothing is sent for a recorded answer
        return answer

    return ask


def _answers(ladder: Ladder, inputs: Sequence[Any], ask: Ask, manifest: Manifest) -> Iterator[tuple[str, Json]]:
    """Samples by every variant that runs there, episodes by the one that does unless another is chosen."""
    there = [variant for variant in ladder.variants if "there" in variant.runs]
    for given in inputs:
        for variant in there:
            yield record_key(given, variant.id), ask(ladder.exhibit, variant.id, given, REPEATS)
    default = ladder.default("there").id
    for scene in exhibit_of(ladder).scenes:
        yield from _episode(ladder.exhibit, dict(scene), default, ask, manifest)


def _episode(exhibit: str, scene: Json, variant: str, ask: Ask, manifest: Manifest) -> Iterator[tuple[str, Json]]:
    """As the page plays it: what goes on is here, and there is asked once for some steps."""
    episodes: Json = {}

    def play(verb: str, **more: Any) -> Json:
        request = {"do": "play", "exhibit": exhibit, "episode": "recorded", "verb": verb, **more}
        told = asyncio.run(handle(request, _no_session, manifest, episodes=episodes))
        if "status" in told:
            raise RecordError(f"{exhibit}, {scene}: {told['detail']}")
        return told

    facts = play("start", agent="there", scene=scene)
    frame = facts["frame"]
    while not (frame["success"] or frame["failure"]):
        given = play("observe")["input"]
        answer = ask(exhibit, variant, given, 1)
        yield record_key(given, variant), answer
        frame = play("apply", actions=answer["output"]["actions"][: facts["execute"]])["frames"][-1]


async def _no_session(variant: Variant) -> Session:
    raise SessionError(variant.model_id, "runs are computed in a worker")
