"""A replaying session: answers recorded beforehand instead of an engine, so that the core is tested without one."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import numpy as np

from hundredfold import Manifest, TensorInfo, handle
from hundredfold.exhibits.digits.drawing import encode

MODELS = Path(__file__).resolve().parents[2] / "models"
STROKE = np.zeros((28, 28), np.uint8)
STROKE[4:24, 12:15] = 255
RUN = {"do": "run", "exhibit": "digits", "input": encode(STROKE), "where": "here"}


class Replay:
    """Gives back fixed logits, advances a fake clock as the engine would, and keeps what it was fed."""

    runtime = {"provider": "replay", "threads": 1, "isolated": None}  # noqa: RUF012
    inputs = (TensorInfo("image", ("batch", 1, 28, 28), "float32"),)
    outputs = (TensorInfo("logits", ("batch", 10), "float32"),)
    load_ms = 7.0

    def __init__(self, model_id, logits, clock, run_ms=(2.0,)):
        self.model_id, self.logits, self.clock, self.run_ms = model_id, logits, clock, run_ms
        self.fed = []

    async def run(self, names, feeds):
        self.clock.now += self.run_ms[len(self.fed) % len(self.run_ms)] / 1e3
        self.fed.append(feeds)
        return [np.array([self.logits], np.float32)]

    def close(self):
        pass


class Clock:
    """Seconds that pass only when somebody says so."""

    now = 100.0

    def __call__(self):
        return self.now


def ask_once(request, logits=(0,) * 9 + (9,), run_ms=(2.0,), clock=None, opened=None):
    """One request through the one door, with replayed answers; what comes back is plain JSON."""
    clock = clock or Clock()
    opened = {} if opened is None else opened

    async def open_session(variant):
        return opened.setdefault(variant.id, Replay(variant.model_id, logits, clock, run_ms))

    manifest = Manifest.load(MODELS / "manifest.json")
    return json.loads(json.dumps(asyncio.run(handle(request, open_session, manifest, clock))))
