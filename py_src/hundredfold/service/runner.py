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
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..adapters.native import opener
from ..app import handle
from ..contract import Meter, OpenSession, Problem
from ..manifest import Manifest
from .power.choose import choose


def main(models: Path, threads: int, powercap: Path) -> None:
    """Warm up, say which models are refused and what meters their power, then answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the server ends us
    with suppress(OSError):  # Linux: when memory runs out, this process goes before the server
        Path("/proc/self/oom_score_adj").write_text("500")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints goes to the log, not between the answers
    manifest, open_session = Manifest.load(models / "manifest.json"), opener(models, threads)
    with asyncio.Runner() as runner:

        def say(told: Mapping[str, Any]) -> None:
            print(json.dumps(told), file=answers, flush=True)

        refused = runner.run(warm_up(manifest, models, open_session))
        meter, report = choose(powercap)  # after the models: it measures what the machine draws while nothing runs
        say({"refused": refused, "power": report})
        for line in sys.stdin:
            say(runner.run(answer(json.loads(line), manifest, open_session, meter)))


async def warm_up(manifest: Manifest, models: Path, open_session: OpenSession) -> dict[str, str]:
    """Open every model that runs there and check its first golden vector: model id -> what is wrong with it."""
    refused = {}
    for ladder in manifest.ladders.values():
        for variant in ladder.variants:
            if "there" not in variant.runs:
                continue
            request = {"do": "check", "exhibit": variant.exhibit, "variant": variant.id, "where": "there"}
            vectors = first_golden(models / variant.golden, variant.id)
            told = await answer({**request, "vectors": vectors}, manifest, open_session)
            if "status" in told:
                refused[variant.model_id] = told["detail"]
            elif not told["agrees"]:
                refused[variant.model_id] = (
                    f"{variant.file}: a golden vector comes out differently here than it was recorded. "
                    "Restore it with `git checkout models/`, or choose another variant."
                )
    return refused


def first_golden(path: Path, variant_id: str) -> list[Mapping[str, Any]]:
    """The first of a variant's golden vectors; none when the file lacks them, which a run does not need."""
    try:
        return list(json.loads(path.read_text())["variants"][variant_id][:1])
    except (OSError, ValueError, KeyError):
        return []


async def answer(
    request: Mapping[str, Any], manifest: Manifest, open_session: OpenSession, meter: Meter | None = None
) -> dict[str, Any]:
    """What the one door answers; a mistake of ours behind it becomes a problem, and the child goes on."""
    try:
        return await handle(request, open_session, manifest, meter=meter)
    except Exception:
        traceback.print_exc()
        detail = "The run failed by a mistake in the server, which is in its log. Try another input or variant."
        return Problem(500, "The run failed", detail).as_dict()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
