"""The child process that runs models: one JSON request per line in, one JSON answer per line out.

A crash in here - a fault in the engine, the kernel short of memory - costs one run, not the server. The child ends when
its input ends, which is also what it sees when the server was killed: no orphan stays behind.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..adapters.native import opener
from ..app import handle
from ..folders.files import ModelFiles
from ..manifest import Manifest, ManifestError, Variant, golden_vectors
from ..session import OpenSession, Session
from ..trust import verdict
from . import log
from .memory import settle
from .power.choose import choose
from .power.lesson import Lesson
from .together import Answer, Party, may_join

Examples = dict[tuple[str, str], Any]
"""An input of each variant, by its exhibit and its name."""


def main(models: Path, threads: int, powercap: Path, folders: Sequence[Path]) -> None:
    """Warm up, say which models are refused and what meters their power, then answer until the input ends."""
    log.set_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the server ends us
    with suppress(OSError):  # Linux: when memory runs out, this process goes before the server
        Path("/proc/self/oom_score_adj").write_text("500")
    with suppress(AttributeError, OSError):  # refusals and pages go first: they take microseconds, a model all cores
        os.nice(10)
    asyncio.run(_serve(ModelFiles.load(models, folders), threads, powercap))


async def _serve(files: ModelFiles, threads: int, powercap: Path) -> None:
    """Reads without giving way: there is nothing else to do meanwhile, and a new loop for each takes longer."""
    # Standard input is a socket, for both directions; standard output is the log.
    answers = os.fdopen(os.dup(0), "w", encoding="utf-8")
    manifest, open_session = files.manifest, opener(files, threads)

    def say(told: Mapping[str, Any]) -> None:
        print(json.dumps(told), file=answers, flush=True)

    refused, examples, together = await warm_up(files, open_session)

    async def open_checked(variant: Variant) -> Session:
        if variant.model_id in refused:
            raise ManifestError(refused[variant.model_id])
        return await open_session(variant)

    meter, report = choose(powercap, rest=False)
    lesson = Lesson(meter)
    facts = {**lesson.facts(), "variants": list(examples)}
    settle()
    say({"refused": refused, "power": report, "lesson": facts, "together": together})
    for line in sys.stdin.buffer:
        say(await answer(json.loads(line), open_checked, manifest, lesson, examples))


async def answer(
    request: Mapping[str, Any], open_session: OpenSession, manifest: Manifest, lesson: Lesson, examples: Examples
) -> dict[str, Any]:
    """What app.handle() says, and the lessons that the pool asks for while it has nothing else to ask."""
    match request.get("do"):
        case "rest":
            return lesson.rest(request["first"])
        case "learn":
            exhibit, variant = request["exhibit"], request["variant"]
            run = {"do": "run", "exhibit": exhibit, "variant": variant, "where": "there"}
            given = examples[exhibit, variant]
            return await lesson.run(request["first"], lambda: handle({**run, "input": given}, open_session, manifest))
        case "together":
            lesson.drop()
            party = Party(open_session, time.perf_counter, lesson.cpu.cpu_clock)
            return {"answers": await party.answer([_answering(each, manifest) for each in request["requests"]])}
    lesson.drop()
    return await handle(request, open_session, manifest, cpu_clock=lesson.cpu.cpu_clock)


def _answering(request: Mapping[str, Any], manifest: Manifest) -> Answer:
    return lambda open_session, clock, cpu_clock: handle(request, open_session, manifest, clock, cpu_clock)


async def warm_up(files: ModelFiles, open_session: OpenSession) -> tuple[dict[str, str], Examples, list[list[Any]]]:
    """Open every model that runs there and check its first golden vector.

    Tells what is wrong with it by model id; of those that may be used, their vectors' inputs; and which of these may
    answer several at once, as ``[exhibit, variant]``, None for the exhibit's default.
    """
    manifest = files.manifest
    refused: dict[str, str] = {}
    examples: Examples = {}
    together: list[list[Any]] = []

    async def ask(request: Mapping[str, Any]) -> dict[str, Any]:
        return await handle(request, open_session, manifest)

    for ladder in manifest.ladders.values():
        again = "Run `hundredfold add` for its folder" if ladder.added else "Restore it with `git checkout models/`"
        for variant in ladder.variants:
            if "there" not in variant.runs:
                continue
            try:
                golden = (files / variant.golden).read_bytes()
            except OSError as error:
                refused[variant.model_id] = f"{error}"
                continue
            found = await verdict(variant, golden, "there", ask, most=1)
            if found.agrees:
                examples[variant.exhibit, variant.id] = found.example
                if await may_join(variant, files, golden_vectors(variant, golden), open_session, manifest):
                    names = (variant.id, None) if variant == ladder.default("there") else (variant.id,)
                    together += [[variant.exhibit, name] for name in names]
            elif found.why:
                refused[variant.model_id] = f"{variant.model_id} is not used. {found.why}"
            else:
                refused[variant.model_id] = (
                    f"{variant.file}: a golden vector comes out differently here than it was recorded, so it is not "
                    f"used. {again} and restart the server, or choose another variant."
                )
    return refused, examples, together


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), [*map(Path, sys.argv[4:])])
