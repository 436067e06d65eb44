"""app.handle() in the browser, JSON text in and out, driven by web/src/runtime/worker/rpc.js.

Before a variant gives its first answer on this device, some of its golden vectors are run. Where they do not come out
as recorded, its fallback stands in, and the answer says so in ``notice``: a message of the page, by code and values.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Coroutine, Mapping
from typing import Any

import numpy as np

from ..app import handle
from ..errors import Problem
from ..manifest import Ladder, Manifest, ManifestError, Variant
from ..trust import Verdict, fallback, verdict
from ..verbs.asked import UNUSABLE, known
from .web import opener, settled

CHECKED_VECTORS = 2
"""Golden vectors a variant must pass: enough to tell a broken kernel, few enough for a big model on a phone."""


class Driven:
    """A coroutine that JavaScript drives: it sends in what was awaited, and gets what to await next, or the answer."""

    def __init__(self, answer: Coroutine[Any, Any, dict[str, Any]]) -> None:
        self._answer = answer

    def send(self, js_values: Any = None) -> Any:
        """What is to be awaited next, or the answer as JSON text."""
        try:
            return self._answer.send(js_values)
        except StopIteration as done:
            return json.dumps(done.value)


class Dispatcher:
    """Answers requests; ``js_fetch(file, sha256)`` gets a file of models/, ``js_engine`` is the engine of ort.js."""

    def __init__(self, js_fetch: Any, js_engine: Any, manifest: str) -> None:
        self._js_fetch = js_fetch
        self._manifest = Manifest.read(manifest, each_alone=True)
        self._open_session = opener(js_fetch, js_engine)
        self._golden: dict[str, bytes] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._episodes: dict[str, Any] = {}
        facts = json.loads(js_engine.facts)
        self.facts = json.dumps({"python": sys.version.split()[0], "numpy": np.__version__, **facts})

    def ask(self, request: str) -> Driven:
        """Start to answer one request of app.handle()."""
        return Driven(self._answer(json.loads(request)))

    async def _answer(self, request: Any) -> dict[str, Any]:
        """What is no good request goes to app.handle() as it is, which says why."""
        if not isinstance(request, dict):
            return await self._handle(request)
        if request.get("do") == "warm":
            return await self._warm()
        if request.get("where", "here") == "there":
            detail = "where must be 'here': what runs there is asked of the server"
            return Problem(422, UNUSABLE, detail, {"field": "where"}).as_dict()
        name = request.get("exhibit")
        ladder = self._manifest.ladders[name] if name in known(self._manifest) else None
        if ladder is not None and ladder.added is not None:
            from .bring import bring  # only where something was added

            try:
                self._manifest = await bring(self._manifest, ladder, self._js_fetch)
            except ManifestError as error:
                return _damaged(Verdict(False, str(error), damaged=True))
            ladder = self._manifest.ladders[ladder.exhibit]
        if request.get("do") == "play" and ladder is not None:
            return await self._play(request, ladder)
        if request.get("do") not in ("run", "many", "mailbox") or ladder is None:
            return await self._handle(request)
        wanted = request.get("variant")
        variant = ladder.default("here") if wanted is None else ladder.by_id(wanted)
        if variant is None or "here" not in variant.runs:
            return await self._handle(request)
        return await self._run(request, ladder, variant)

    async def _warm(self) -> dict[str, Any]:
        """Open and check the variant that is used first, so that a first answer's time has no loading in it.

        That is the first exhibit's; the others' are opened when a visitor comes to them. What is wrong with it is not
        told now, but to the run that wants it.
        """
        first = [self._manifest.ladders[name].default("here") for name in known(self._manifest)[:1]]
        return {"warm": [variant.id for variant in first if (await self._verdict(variant)).agrees]}

    async def _play(self, request: dict[str, Any], ladder: Ladder) -> dict[str, Any]:
        """Play on, after every variant that runs here alone was checked: all of them act together."""
        if request.get("verb") == "start" and request.get("agent") == "here":
            for variant in (variant for variant in ladder.variants if "here" in variant.runs):
                found = await self._verdict(variant)
                if found.damaged:
                    return _damaged(found)
                if not found.agrees:
                    detail = (
                        f"{variant.model_id} gives other answers on this device than recorded, so it is not used. "
                        "Try another browser."
                    )
                    told = {} if found.why else {"code": "runtime-no-agent", "values": {"model": variant.model_id}}
                    return Problem(500, "No agent works on this device", found.why or detail, told).as_dict()
        return await self._handle(request)

    async def _handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return await handle(request, self._open_session, self._manifest, episodes=self._episodes)

    async def _run(self, request: dict[str, Any], ladder: Ladder, wanted: Variant) -> dict[str, Any]:
        """Run the wanted variant, or the nearest one above it that answers here as it was recorded."""
        variant: Variant | None = wanted
        while variant is not None:
            found = await self._verdict(variant)
            if found.damaged:
                return _damaged(found)
            if found.agrees:
                return self._noted(await self._handle({**request, "variant": variant.id}), wanted, variant)
            variant = fallback(ladder, variant)
        detail = (
            f"{wanted.model_id} and all variants above it give other answers on this device than recorded. "
            "Use the server's answer, or another browser."
        )
        told = {"code": "runtime-no-variant", "values": {"model": wanted.model_id}}
        return Problem(500, "No variant works on this device", detail, told).as_dict()

    def _noted(self, result: dict[str, Any], wanted: Variant, used: Variant) -> dict[str, Any]:
        if used is not wanted and "status" not in result:
            why = self._verdicts[wanted.model_id].why
            told = {"used": used.id, "wanted": wanted.id}
            result["notice"] = (
                {"code": "runtime-stood-in", "values": {**told, "text": why}}
                if why
                else {"code": "runtime-stands-in-for-others", "values": told}
            )
        return result

    async def _verdict(self, variant: Variant) -> Verdict:
        """Whether a variant may be used here; kept, unless its files were at fault."""
        if variant.model_id not in self._verdicts:
            if variant.golden not in self._golden:
                js_values = await settled(self._js_fetch(variant.golden, ""))
                if js_values[0]:
                    return Verdict(False, f"{variant.golden} could not be fetched: {js_values[0]}", damaged=True)
                self._golden[variant.golden] = js_values[1].to_bytes()
            golden = self._golden[variant.golden]
            found = await verdict(variant, golden, "here", self._handle, CHECKED_VECTORS)
            if found.damaged:
                return found
            self._verdicts[variant.model_id] = found
        return self._verdicts[variant.model_id]


def _damaged(found: Verdict) -> dict[str, Any]:
    return Problem(500, "Model refused", found.why, {"kind": "model"}).as_dict()
