"""The door that JavaScript knocks at: app.handle() in the browser, JSON text in and out, driven by
web/src/runtime/worker/rpc.js.

Before a variant gives its first answer on this device, some of its golden vectors are run. Where they do not come out
as recorded, its parent stands in, and the answer says so in ``notice``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Coroutine, Mapping
from typing import Any

import numpy as np

from ..app import handle, known
from ..errors import Problem
from ..manifest import Ladder, Manifest, ManifestError, Variant, golden_vectors
from .web import opener, settled

CHECKED_VECTORS = 2
"""Golden vectors a variant must pass: enough to tell a broken kernel, few enough for a big model on a phone."""


class Flow:
    """One answer in the making: JavaScript sends in what was awaited and gets what to await next, or the answer."""

    def __init__(self, answer: Coroutine[Any, Any, dict[str, Any]]) -> None:
        self._answer = answer

    def send(self, js_values: Any = None) -> Any:
        """What is to be awaited next, or the answer as JSON text."""
        try:
            return self._answer.send(js_values)
        except StopIteration as done:
            return json.dumps(done.value)


class Door:
    """Answers requests; ``js_fetch(file, sha256)`` gets a file of models/, ``js_engine`` is the engine of ort.js."""

    def __init__(self, js_fetch: Any, js_engine: Any, manifest: str) -> None:
        self._js_fetch = js_fetch
        self._manifest = Manifest.read(manifest, each_alone=True)
        self._open_session = opener(js_fetch, js_engine)
        self._golden: dict[str, bytes] = {}
        self._checks: dict[str, Mapping[str, Any]] = {}
        self._shelf: dict[str, Any] = {}
        facts = json.loads(js_engine.facts)
        self.facts = json.dumps({"python": sys.version.split()[0], "numpy": np.__version__, **facts})

    def ask(self, request: str) -> Flow:
        """Start to answer one request of app.handle()."""
        return Flow(self._answer(json.loads(request)))

    async def _answer(self, request: Any) -> dict[str, Any]:
        """What is no good request goes to app.handle() as it is, which says why."""
        if not isinstance(request, dict):
            return await self._handle(request)
        if request.get("do") == "warm":
            return await self._warm()
        if request.get("where", "here") == "there":
            detail = "where must be 'here': what runs there is asked of the server"
            return Problem(422, "Input can not be used", detail, {"field": "where"}).as_dict()
        name = request.get("exhibit")
        ladder = self._manifest.ladders[name] if name in known(self._manifest) else None
        if request.get("do") == "play" and ladder is not None:
            return await self._play(request, ladder)
        if request.get("do") != "run" or ladder is None:
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
        first = known(self._manifest)[:1]
        checks = [await self._check(self._manifest.ladders[name].default("here")) for name in first]
        return {"warm": [check["variant"] for check in checks if check.get("agrees")]}

    async def _play(self, request: dict[str, Any], ladder: Ladder) -> dict[str, Any]:
        """Play on, after every variant that runs here alone was checked: all of them act together."""
        if request.get("verb") == "start" and request.get("agent") == "here":
            for variant in ladder.variants:
                check = await self._check(variant) if "here" in variant.runs else {"agrees": True}
                if "status" in check:
                    return dict(check)
                if not check["agrees"]:
                    detail = (
                        f"{variant.model_id} gives other answers on this device than recorded, so it is not used. "
                        "Try another browser."
                    )
                    return Problem(500, "No agent works on this device", detail).as_dict()
        return await self._handle(request)

    async def _handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        return await handle(request, self._open_session, self._manifest, shelf=self._shelf)

    async def _run(self, request: dict[str, Any], ladder: Ladder, wanted: Variant) -> dict[str, Any]:
        """Run the wanted variant, or the nearest one above it that answers here as it was recorded."""
        variant: Variant | None = wanted
        while variant is not None:
            check = await self._check(variant)
            if check.get("kind") == "model":
                return dict(check)
            if check.get("agrees"):
                return self._noted(await self._handle({**request, "variant": variant.id}), wanted, variant)
            variant = _above(ladder, variant)
        detail = (
            f"{wanted.model_id} and all variants above it give other answers on this device than recorded. "
            "Use the server's answer, or another browser."
        )
        return Problem(500, "No variant works on this device", detail).as_dict()

    def _noted(self, result: dict[str, Any], wanted: Variant, used: Variant) -> dict[str, Any]:
        if used is not wanted and "status" not in result:
            check = self._checks[wanted.model_id]
            why = check.get("detail") or "its answers on this device are not those recorded for it"
            result["notice"] = f"{used.id} stands in for {wanted.id}: {why}"
        return result

    async def _check(self, variant: Variant) -> Mapping[str, Any]:
        """The answer of app.handle() to a check of this variant; kept, unless the model's file was at fault."""
        if variant.model_id not in self._checks:
            try:
                vectors = await self._vectors(variant)
            except ManifestError as error:
                return Problem(500, "Model refused", str(error), {"kind": "model"}).as_dict()
            check = await self._handle(
                {"do": "check", "exhibit": variant.exhibit, "variant": variant.id, "where": "here", "vectors": vectors}
            )
            if check.get("kind") == "model":
                return check
            self._checks[variant.model_id] = check
        return self._checks[variant.model_id]

    async def _vectors(self, variant: Variant) -> list[Any]:
        if variant.golden not in self._golden:
            js_values = await settled(self._js_fetch(variant.golden, ""))
            if js_values[0]:
                raise ManifestError(f"{variant.golden} could not be fetched: {js_values[0]}")
            self._golden[variant.golden] = js_values[1].to_bytes()
        return golden_vectors(variant, self._golden[variant.golden])[:CHECKED_VECTORS]


def _above(ladder: Ladder, variant: Variant) -> Variant | None:
    """The nearest ancestor of a variant that may run here."""
    above = ladder.by_id(variant.parent) if variant.parent else None
    while above is not None and "here" not in above.runs:
        above = ladder.by_id(above.parent) if above.parent else None
    return above
