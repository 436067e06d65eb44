"""A visitor's own model in the browser: compress.requests over onnxruntime-web, driven by web/src/own/worker/."""

from __future__ import annotations

import json
from typing import Any

from ..compress.requests import handle
from ..energy.quantities import EnergyError
from ..energy.requests import of_answers
from ..measure import Timed
from ..session import Session, busy_threads
from .dispatcher import Driven
from .web import create, settled


class Desk:
    """Answers requests about models that a visitor gave, one at a time; ``js_engine`` is the engine of ort.js."""

    def __init__(self, js_engine: Any) -> None:
        self._js_engine = js_engine
        self._made: dict[str, bytes] = {}

    def ask(self, request: str, js_files: Any, js_tell: Any, js_stopped: Any) -> Driven:
        """Start to answer one request of compress.requests.

        ``js_files`` are [name, Uint8Array] pairs, ``js_tell(phase, done)`` shows progress and gives other messages a
        turn, and ``js_stopped()`` tells whether the visitor wants to stop.
        """
        files = {name: js_bytes.to_bytes() for name, js_bytes in js_files}
        return Driven(self._answer(json.loads(request), files, js_tell, js_stopped))

    def take(self, name: str) -> bytes:
        """A file that the last answer made, once."""
        return self._made.pop(name)

    async def _answer(self, request: Any, files: dict[str, bytes], js_tell: Any, js_stopped: Any) -> dict[str, Any]:
        opened: list[Timed] = []

        async def open_model(content: bytes, name: str) -> Session:
            session = Timed(await create(content, name, self._js_engine))
            opened.append(session)
            return session

        async def on_progress(phase: str, done: float) -> None:
            await settled(js_tell(phase, done))

        sent = set(files)
        answer = await handle(request, files, open_model, on_progress, lambda: bool(js_stopped()))
        self._made = {name: content for name, content in files.items() if name not in sent}
        answer["made"] = sorted(self._made)
        if "model_ms" in answer and opened:
            answer["energy"] = self._energy(request, answer, opened[-1])
        return answer

    def _energy(self, request: dict[str, Any], measured: dict[str, Any], session: Timed) -> dict[str, Any] | None:
        """Of one run after the warm-ups; None where it is not known what this device draws."""
        device = request.get("device")
        if not device:
            return None
        answers_ms = [sum(turn) for turn in session.calls_ms[measured["warmups"] :]]
        step_ms = json.loads(self._js_engine.facts)["clock_step_ms"]
        try:
            return of_answers(device, answers_ms, 0.0, busy_threads(session.runtime), step_ms)
        except EnergyError:
            return None
